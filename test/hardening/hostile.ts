import fc from "fast-check";

/** Values that programs stumble over, as JSON can hold them. */
const hostileLeaf = fc.oneof(
  fc.constantFrom(
    null,
    true,
    "",
    "__proto__",
    "constructor",
    "NaN",
    0,
    -0,
    1e308,
    -1e308,
    1e-320,
    2 ** 53,
    4_294_967_296,
    "\u0000",
    "\ud800",
    "💥".repeat(50),
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 40 }),
);

const HOSTILE_KEYS = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "length", ""];

/** JSON text, so that `__proto__` becomes a key of its own as it would from the network. */
export const hostileJson: fc.Arbitrary<string> = fc
  .letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthIdentifier: "hostile" },
      hostileLeaf,
      fc.array(tie("value"), { maxLength: 5 }),
      fc
        .array(
          fc.tuple(fc.oneof(fc.constantFrom(...HOSTILE_KEYS), fc.string({ maxLength: 12 })), tie("value")),
          {
            maxLength: 5,
          },
        )
        .map((entries) => new Map(entries as [string, unknown][])),
    ),
  }))
  .value.map(jsonOf);

/** As `JSON.stringify`, but maps are written as objects, `__proto__` too. */
function jsonOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(",")}]`;
  if (!(value instanceof Map)) return JSON.stringify(value);
  return `{${[...value].map(([key, entry]) => `${JSON.stringify(key)}:${jsonOf(entry)}`).join(",")}}`;
}

/** A good document with some of its parts replaced, removed or doubled. */
export function damagedJson(document: unknown): fc.Arbitrary<string> {
  const parts =
    JSON.stringify(document).match(/"(?:[^"\\]|\\.)*"|[-\d.eE]+|[[\]{},:]|true|false|null/g) ?? [];
  const change = fc.tuple(
    fc.nat(Math.max(0, parts.length - 1)),
    fc.constantFrom("replace", "drop", "double"),
    hostileJson,
  );
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const damaged = [...parts];
    for (const [at, how, value] of changes) {
      const part = damaged[at] ?? "";
      damaged[at] = how === "replace" ? value : how === "drop" ? "" : part + part;
    }
    return damaged.join("");
  });
}

/** Good bytes with some changed, cut off, put in or repeated. */
export function damagedBytes(samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(
    fc.nat(),
    fc.constantFrom("set", "cut", "insert", "repeat"),
    fc.uint8Array({ maxLength: 12 }),
  );
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(change, { maxLength: 6 }))
    .map(([sample, changes]) => changes.reduce(applied, sample));
}

function applied(
  bytes: Uint8Array,
  [where, how, other]: readonly [number, "set" | "cut" | "insert" | "repeat", Uint8Array],
): Uint8Array {
  const at = bytes.length === 0 ? 0 : where % bytes.length;
  switch (how) {
    case "set": {
      // Not `slice`: that of a Buffer shares its memory.
      const changed = Uint8Array.from(bytes);
      changed.set(other.subarray(0, bytes.length - at), at);
      return changed;
    }
    case "cut":
      return bytes.slice(0, at);
    case "insert":
      return Buffer.concat([bytes.subarray(0, at), other, bytes.subarray(at)]);
    case "repeat":
      return Buffer.concat([bytes, bytes.subarray(at)]);
  }
}

/** Keys that `Object.prototype` should not have got; nobody's input may reach it. */
export function pollution(): string[] {
  const known = new Set(Object.getOwnPropertyNames(Object.prototype));
  const fresh: string[] = [];
  for (const key in {} as object) fresh.push(key);
  for (const key of ["polluted", "admin", "scope"]) if (key in {} && !known.has(key)) fresh.push(key);
  return fresh;
}
