import { type Command, Option } from "commander";
import { ENV_PREFIX, fieldAt } from "../config/fields.ts";
import { isConfigProblems, loadConfig } from "../config/load.ts";
import { problemLine } from "../config/problem.ts";
import type { Config } from "../config/schema.ts";
import { type CliIo, usageFailure } from "./io.ts";

/** Flags of every command that starts a server or looks at its configuration. */
export interface ConfigFlags {
  readonly config?: string;
  readonly set?: readonly string[];
  readonly host?: string;
  readonly port?: string;
  readonly fastLanePort?: string;
  readonly fastLaneEngine?: string;
  readonly clock?: string;
  readonly logLevel?: string;
  readonly logFormat?: string;
}

/** Short forms of the most common keys; `--set` reaches the others. */
const SHORT_FORMS = [
  ["--host <address>", "host", "listen.host"],
  ["-p, --port <number>", "port", "listen.port"],
  ["--fast-lane-port <number>", "fastLanePort", "listen.fastLanePort"],
  ["--fast-lane-engine <name>", "fastLaneEngine", "listen.fastLaneEngine"],
  ["--clock <source>", "clock", "clock"],
  ["--log-level <level>", "logLevel", "log.level"],
  ["--log-format <format>", "logFormat", "log.format"],
] as const;

export function addConfigOptions(command: Command): Command {
  command.option("-c, --config <file>", `configuration file, JSON (or its path in ${ENV_PREFIX}CONFIG)`);
  for (const [flags, , path] of SHORT_FORMS) {
    const field = fieldAt(path);
    command.addOption(new Option(flags, `${path}, ${String(field?.defaultValue)} by default`));
  }
  return command.option("--set <key=value>", "any other key, e.g. --set track.maxStations=1000", collect);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/**
 * The configuration from file, environment and flags. `extra` holds values of the command's own flags by path.
 * @throws CommandFailure that names every mistake
 */
export function configFrom(
  flags: ConfigFlags,
  io: CliIo,
  extra: Readonly<Record<string, unknown>> = {},
): Config {
  const file = flags.config ?? (io.env[`${ENV_PREFIX}CONFIG`] || undefined);
  const short = Object.fromEntries(SHORT_FORMS.map(([, name, path]) => [path, flags[name]]));
  const loaded = loadConfig({
    file,
    env: io.env,
    flags: { ...short, ...assignments(flags.set ?? []), ...given(extra) },
  });
  if (!isConfigProblems(loaded)) return loaded;
  throw usageFailure(loaded.map(problemLine).join("\n"));
}

/** A flag that was not given must not take back what `--set` says. */
function given(extra: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== undefined));
}

function assignments(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const mark = text.indexOf("=");
      if (mark > 0) return [text.slice(0, mark).trim(), text.slice(mark + 1)];
      throw usageFailure(`--set takes key=value, not ${text}.`, "For example --set listen.port=9090.");
    }),
  );
}
