import { z } from "zod";
import { configSchema } from "./schema.ts";

/** One key of the configuration, as the schema describes it. */
export interface ConfigField {
  /** Dotted path, e.g. `listen.fastLanePort`. */
  readonly path: string;
  /** Name of the environment variable, e.g. `ROADPULSE_LISTEN_FAST_LANE_PORT`. */
  readonly envName: string;
  readonly type: "integer" | "number" | "string" | "boolean";
  readonly description: string;
  readonly defaultValue: string | number | boolean | undefined;
  readonly choices: readonly string[] | undefined;
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** Never printed or logged. */
  readonly secret: boolean;
}

/** One section of the configuration, e.g. `listen`; the section without a path holds the keys of the top level. */
export interface ConfigSection {
  readonly path: string;
  readonly description: string;
  readonly fields: readonly ConfigField[];
}

export const ENV_PREFIX = "ROADPULSE_";

interface SchemaNode {
  readonly type: ConfigField["type"] | "object";
  readonly description?: string;
  readonly default?: string | number | boolean;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly secret?: boolean;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

/** `listen.fastLanePort` → `ROADPULSE_LISTEN_FAST_LANE_PORT`. */
export function envNameOf(path: string): string {
  const words = path.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).replaceAll(".", "_");
  return ENV_PREFIX + words.toUpperCase();
}

function fieldOf(path: string, node: SchemaNode): ConfigField {
  return {
    path,
    envName: envNameOf(path),
    type: node.type === "object" ? "string" : node.type,
    description: node.description ?? "",
    defaultValue: node.default,
    choices: node.enum,
    least: node.minimum ?? node.minLength,
    most: node.maximum ?? node.maxLength,
    secret: node.secret ?? false,
  };
}

function readSections(): readonly ConfigSection[] {
  // The library's type of a JSON Schema leaves every keyword open; our schema uses only those of SchemaNode.
  const root = z.toJSONSchema(configSchema, { io: "input" }) as unknown as SchemaNode;
  const nodes = Object.entries(root.properties ?? {});
  const sections = nodes
    .filter(([, node]) => node.type === "object")
    .map(([path, node]) => ({
      path,
      description: node.description ?? "",
      fields: Object.entries(node.properties ?? {}).map(([key, leaf]) => fieldOf(`${path}.${key}`, leaf)),
    }));
  const top = nodes.filter(([, node]) => node.type !== "object").map(([path, node]) => fieldOf(path, node));
  return [...sections, { path: "", description: "Keys of the top level.", fields: top }];
}

export const configSections: readonly ConfigSection[] = readSections();

/** Every key, in the order of the schema. */
export const configFields: readonly ConfigField[] = configSections.flatMap(({ fields }) => fields);

const byPath: ReadonlyMap<string, ConfigField> = new Map(configFields.map((field) => [field.path, field]));

export function fieldAt(path: string): ConfigField | undefined {
  return byPath.get(path);
}

/** What a field takes, to stand after "must be", e.g. `a whole number from 0 to 65535`. */
export function expectationOf(field: ConfigField): string {
  if (field.choices !== undefined) return `one of ${field.choices.join(", ")}`;
  switch (field.type) {
    case "boolean":
      return "true or false";
    case "string":
      return `text of ${field.least ?? 0} to ${field.most ?? 0} characters`;
    case "integer":
    case "number": {
      const noun = field.type === "integer" ? "a whole number" : "a number";
      return `${noun} from ${field.least ?? 0} to ${field.most ?? 0}`;
    }
  }
}
