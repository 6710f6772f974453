import { fieldAt } from "./fields.ts";
import type { Config } from "./schema.ts";

const MASK = "***";

/** The configuration as a plain object with its secrets masked: fit for logs and terminals. */
export function maskedConfig(config: Config): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "object" ? maskedSection(key, value) : maskedValue(key, value),
    ]),
  );
}

function maskedSection(section: string, values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, maskedValue(`${section}.${key}`, value)]),
  );
}

function maskedValue(path: string, value: unknown): unknown {
  return value !== undefined && fieldAt(path)?.secret === true ? MASK : value;
}

/** The effective configuration as JSON that `--config` takes again, except for masked secrets. */
export function printConfig(config: Config): string {
  return JSON.stringify(maskedConfig(config), undefined, 2);
}
