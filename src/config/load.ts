import { readFileSync } from "node:fs";
import { expectationOf, fieldAt } from "./fields.ts";
import { envLayer, fileLayer, flagLayer, type Layer } from "./layers.ts";
import type { ConfigProblem } from "./problem.ts";
import { ruleProblems } from "./rules.ts";
import { type Config, configSchema } from "./schema.ts";

export interface ConfigInput {
  /** Path of a JSON file. */
  readonly file?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Values of the command line by dotted path, e.g. `listen.port`. */
  readonly flags?: Readonly<Record<string, unknown>>;
}

/** Defaults < file < environment < flags. Answers every mistake at once; an array means that there are some. */
export function loadConfig(input: ConfigInput): Config | ConfigProblem[] {
  const layers: Layer[] = [];
  if (input.file !== undefined) {
    const parsed = readConfigFile(input.file);
    if ("problem" in parsed) return [parsed.problem];
    layers.push(fileLayer(parsed.root, input.file));
  }
  layers.push(envLayer(input.env ?? {}), flagLayer(input.flags ?? {}));
  return merge(layers);
}

export function isConfigProblems(loaded: Config | ConfigProblem[]): loaded is ConfigProblem[] {
  return Array.isArray(loaded);
}

function merge(layers: readonly Layer[]): Config | ConfigProblem[] {
  const values = new Map(layers.flatMap((layer) => [...layer.values]));
  const origins = new Map(layers.flatMap((layer) => [...layer.origins]));
  const parsed = configSchema.safeParse(nested(values));
  const problems = layers.flatMap((layer) => layer.problems);
  if (!parsed.success) {
    const paths = new Set(parsed.error.issues.map((issue) => issue.path.join(".")));
    problems.push(...[...paths].map((path) => valueProblem(path, values.get(path), origins.get(path))));
  } else {
    problems.push(...ruleProblems(parsed.data));
  }
  return problems.length > 0 || !parsed.success ? problems : parsed.data;
}

function nested(values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const [section = "", key] = path.split(".");
    if (key === undefined) root[section] = value;
    else root[section] = { ...(root[section] as Record<string, unknown> | undefined), [key]: value };
  }
  return root;
}

/** Enough of a wrong value to recognise it; the sentence stays one line. */
const SHOWN_VALUE_CHARACTERS = 80;

function valueProblem(path: string, value: unknown, origin: string | undefined): ConfigProblem {
  const field = fieldAt(path);
  const expected = field === undefined ? "a section of keys" : expectationOf(field);
  const found =
    field?.secret === true ? "" : `, not ${JSON.stringify(value)?.slice(0, SHOWN_VALUE_CHARACTERS)}`;
  const where = origin === undefined ? "" : ` (${origin})`;
  return { path, message: `${path} must be ${expected}${found}${where}.`, hint: undefined };
}

function readConfigFile(file: string): { readonly root: unknown } | { readonly problem: ConfigProblem } {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const why = missing ? "does not exist" : `cannot be read: ${(error as Error).message}`;
    return { problem: { path: "", message: `The configuration file ${file} ${why}.`, hint: undefined } };
  }
  try {
    return { root: JSON.parse(text) };
  } catch (error) {
    const message = `The configuration file ${file} is not JSON: ${placed((error as Error).message, text)}.`;
    return { problem: { path: "", message, hint: "JSON takes no comments and no trailing commas." } };
  }
}

/** V8 tells the offset in the text; people look for a line. */
function placed(message: string, text: string): string {
  const offset = /at position (\d+)/.exec(message)?.[1];
  if (offset === undefined) return message;
  const before = text.slice(0, Number(offset)).split("\n");
  const what = message.slice(0, message.indexOf(" in JSON at position"));
  return `${what} at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
