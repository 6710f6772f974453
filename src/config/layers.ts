import { closestWord } from "../domain/closest-word.ts";
import { configFields, configSections, ENV_PREFIX, fieldAt } from "./fields.ts";
import type { ConfigProblem } from "./problem.ts";

/** Values by dotted path, and where each was set in words that end a sentence, e.g. `environment variable X`. */
export interface Layer {
  readonly values: ReadonlyMap<string, unknown>;
  readonly origins: ReadonlyMap<string, string>;
  readonly problems: readonly ConfigProblem[];
}

/** Variables with our prefix that are not keys: the path of the file and the token of clients are read by the command line. */
const RESERVED_ENV: ReadonlySet<string> = new Set([`${ENV_PREFIX}CONFIG`, `${ENV_PREFIX}TOKEN`]);

const SECTIONS: ReadonlySet<string> = new Set(configSections.map(({ path }) => path));

/** Flattens a parsed configuration file. `$schema` is for editors and passes. */
export function fileLayer(root: unknown, file: string): Layer {
  const layer = new LayerBuilder();
  if (!isSection(root)) {
    layer.refuse("", `The configuration file ${file} must hold a JSON object.`, undefined);
    return layer;
  }
  for (const [key, value] of Object.entries(root)) {
    if (key === "$schema") continue;
    if (SECTIONS.has(key) && !isSection(value))
      layer.refuse(key, `${key} must be a JSON object (file ${file}).`, undefined);
    else if (!isSection(value)) layer.set(key, value, `file ${file}`);
    else for (const [name, leaf] of Object.entries(value)) layer.set(`${key}.${name}`, leaf, `file ${file}`);
  }
  return layer;
}

/** Reads the environment's variables that begin with `ROADPULSE_`. An empty variable counts as absent. */
export function envLayer(env: Readonly<Record<string, string | undefined>>): Layer {
  const layer = new LayerBuilder();
  const pathByName = new Map(configFields.map((field) => [field.envName, field.path]));
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(ENV_PREFIX) || RESERVED_ENV.has(name) || text === undefined || text === "") continue;
    const path = pathByName.get(name);
    if (path !== undefined) layer.set(path, fromText(path, text), `environment variable ${name}`);
    else if (!isServiceLink(name, text)) {
      const meant = closestWord(name, pathByName.keys());
      layer.refuse(name, `The environment variable ${name} is not known.`, meant);
    }
  }
  return layer;
}

/** Values from the command line by dotted path; texts are read as the key's type. */
export function flagLayer(flags: Readonly<Record<string, unknown>>): Layer {
  const layer = new LayerBuilder();
  for (const [path, value] of Object.entries(flags)) {
    if (value === undefined) continue;
    layer.set(path, typeof value === "string" ? fromText(path, value) : value, "command line");
  }
  return layer;
}

/**
 * Kubernetes hands a pod the addresses of services in variables such as `ROADPULSE_SERVICE_HOST` and
 * `ROADPULSE_PORT=tcp://10.0.0.1:8080` where a service is called roadpulse; nobody set them by hand.
 */
function isServiceLink(name: string, text: string): boolean {
  return (
    /_SERVICE_(HOST|PORT)(_|$)|_PORT_\d+_(TCP|UDP|SCTP)(_|$)/.test(name) || /^(tcp|udp|sctp):\/\//.test(text)
  );
}

/** Texts that cannot be read as the key's type stay texts: the schema then refuses them with the right sentence. */
function fromText(path: string, text: string): unknown {
  const type = fieldAt(path)?.type;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (type !== "integer" && type !== "number") return text;
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? text : value;
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

class LayerBuilder implements Layer {
  readonly values = new Map<string, unknown>();
  readonly origins = new Map<string, string>();
  readonly problems: ConfigProblem[] = [];

  set(path: string, value: unknown, origin: string): void {
    if (fieldAt(path) === undefined) {
      const meant = closestWord(
        path,
        configFields.map((field) => field.path),
      );
      this.refuse(path, `${path} is not a known key (${origin}).`, meant);
      return;
    }
    this.values.set(path, value);
    this.origins.set(path, origin);
  }

  refuse(path: string, message: string, meant: string | undefined): void {
    this.problems.push({ path, message, hint: meant === undefined ? undefined : `Did you mean ${meant}?` });
  }
}
