import { EvaluationError } from "./evaluation-error.ts";

/** Reads fields of parsed JSON; what is not as it must be is one sentence with the path of the field. */
export class JsonFields {
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(value: unknown, path: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw wrong(path, "an object", value);
    this.#object = value as Record<string, unknown>;
    this.#path = path;
  }

  has(key: string): boolean {
    return this.#object[key] !== undefined && this.#object[key] !== null;
  }

  value(key: string): unknown {
    return this.#object[key];
  }

  pathOf(key: string): string {
    return this.#path === "" ? key : `${this.#path}.${key}`;
  }

  number(key: string): number {
    const value = this.#object[key];
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw wrong(this.pathOf(key), "a number", value);
  }

  text(key: string): string {
    const value = this.#object[key];
    if (typeof value === "string") return value;
    throw wrong(this.pathOf(key), "a text", value);
  }

  optionalNumber(key: string): number | undefined {
    return this.has(key) ? this.number(key) : undefined;
  }

  optionalText(key: string): string | undefined {
    return this.has(key) ? this.text(key) : undefined;
  }

  list(key: string): readonly unknown[] {
    if (!this.has(key)) return [];
    const value = this.#object[key];
    if (Array.isArray(value)) return value;
    throw wrong(this.pathOf(key), "a list", value);
  }

  objects(key: string): readonly JsonFields[] {
    return this.list(key).map((value, i) => new JsonFields(value, `${this.pathOf(key)}[${i}]`));
  }

  object(key: string): JsonFields {
    return new JsonFields(this.#object[key], this.pathOf(key));
  }

  /** Rows of a table `{columns, rows}` as objects. */
  rows(key: string, columnsKey: string, rowsKey: string): readonly JsonFields[] {
    const columns = this.list(columnsKey).map((name) => (typeof name === "string" ? name : ""));
    return this.list(rowsKey).map((row, i) => {
      const path = `${this.#path === "" ? key : this.#path}.${rowsKey}[${i}]`;
      if (!Array.isArray(row) || row.length !== columns.length)
        throw wrong(path, `a list of ${columns.length} values`, row);
      return new JsonFields(Object.fromEntries(columns.map((name, k) => [name, row[k]])), path);
    });
  }
}

const SHOWN_CHARACTERS = 60;

export function wrong(path: string, expected: string, value: unknown): EvaluationError {
  const shown = JSON.stringify(value)?.slice(0, SHOWN_CHARACTERS) ?? "nothing";
  return new EvaluationError(`${path === "" ? "The file" : path} must be ${expected}, not ${shown}.`);
}
