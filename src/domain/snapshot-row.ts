import type { AlertContent } from "./alert.ts";
import type { SnapshotValue } from "./snapshot.ts";

/** Type of one field of a state row; `?` marks fields that may be undefined. */
export type FieldType = "number" | "number?" | "string" | "boolean" | "string[]";

/** The fields of a flat state object in the order in which they are written down. */
export type RowFields<T> = { readonly [Name in keyof T]-?: FieldType };

/** Writes a flat state object as an array: names would make up most of a snapshot of a hundred thousand stations. */
export function writeRow<T extends object>(fields: RowFields<T>, row: T): SnapshotValue {
  const values = row as Readonly<Record<string, unknown>>;
  const written: SnapshotValue[] = [];
  for (const name of namesOf(fields)) {
    const value = values[name];
    if (value === undefined) written.push(null);
    else written.push(Array.isArray(value) ? [...value] : (value as SnapshotValue));
  }
  return written;
}

/** Kept per table of fields, of which there are a few dozen: listing names costs more than writing a row. */
const knownNames = new WeakMap<object, readonly string[]>();

function namesOf(fields: object): readonly string[] {
  let names = knownNames.get(fields);
  if (names === undefined) {
    names = Object.keys(fields);
    knownNames.set(fields, names);
  }
  return names;
}

/** @throws Error naming the field that `writeRow` with these fields cannot have written. */
export function readRow<T extends object>(fields: RowFields<T>, value: SnapshotValue | undefined): T {
  const names = Object.keys(fields) as (keyof T & string)[];
  const values = readArray(value);
  if (values.length !== names.length) {
    throw new Error(`snapshot row has ${values.length} fields, not ${names.length}`);
  }
  const row: Record<string, unknown> = {};
  for (const [i, name] of names.entries()) row[name] = readField(name, fields[name], values[i]);
  return row as T;
}

function readField(name: string, type: FieldType, value: SnapshotValue | undefined): unknown {
  if (type === "number?" && value === null) return undefined;
  if (type === "string[]" && Array.isArray(value)) return value.map((entry) => readString(entry, name));
  if (typeof value === (type === "number?" ? "number" : type)) return value;
  throw new Error(`snapshot field "${name}" is ${JSON.stringify(value)}, not a ${type}`);
}

/** @throws Error where the value is not an array. */
export function readArray(value: SnapshotValue | undefined): readonly SnapshotValue[] {
  if (Array.isArray(value)) return value as readonly SnapshotValue[];
  throw new Error(`snapshot holds ${JSON.stringify(value)?.slice(0, 40)} where an array is expected`);
}

/** @throws Error where the value is not an object with names. */
export function readObject(value: SnapshotValue | undefined): Readonly<Record<string, SnapshotValue>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, SnapshotValue>>;
  }
  throw new Error(`snapshot holds ${JSON.stringify(value)?.slice(0, 40)} where an object is expected`);
}

/** @throws Error where the value is not a finite number. */
export function readNumber(value: SnapshotValue | undefined, name: string): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new Error(`snapshot field "${name}" is ${JSON.stringify(value)}, not a number`);
}

/** @throws Error where the value is not a string. */
export function readString(value: SnapshotValue | undefined, name: string): string {
  if (typeof value === "string") return value;
  throw new Error(`snapshot field "${name}" is ${JSON.stringify(value)}, not a string`);
}

/** Plain data without functions as a snapshot value: undefined members are left out, as JSON does. */
export function writePlain(value: object): SnapshotValue {
  return JSON.parse(JSON.stringify(value)) as SnapshotValue;
}

/**
 * Reads back what `writePlain` made of an alert, a detection or another thing with an alert's content. Members that
 * may be undefined exist again.
 * @throws Error where the members that decide are missing.
 */
export function readContent<T extends AlertContent>(value: SnapshotValue | undefined): T {
  const content = readObject(value);
  readString(content["kind"], "kind");
  readString(content["tier"], "tier");
  readNumber(content["severity"], "severity");
  readNumber(content["validUntilMs"], "validUntilMs");
  const position = readObject(content["position"]);
  readNumber(position["latitudeDeg"], "latitudeDeg");
  readNumber(position["longitudeDeg"], "longitudeDeg");
  readObject(content["outline"]);
  readObject(content["evidence"]);
  readObject(content["why"]);
  return { headingDeg: undefined, road: undefined, ...content } as unknown as T;
}
