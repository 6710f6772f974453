import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SnapshotValue } from "../../src/domain/snapshot.ts";
import {
  oldestStateBlock,
  readNewestState,
  type StateProblem,
  writeState,
} from "../../src/store/saved-states.ts";
import { temporaryFolder } from "./folders.ts";

const stateOf = (block: number, snapshot: SnapshotValue = {}, fingerprint = "one") => ({
  fingerprint,
  block,
  throughMs: block * 50,
  snapshot,
});

const name = fc.string({ minLength: 1, maxLength: 5 }).filter((text) => text !== "__proto__");
const part = fc.record({
  version: fc.nat(9),
  state: fc.jsonValue({ depthSize: "small", noUnicodeString: false }),
});

describe("a saved state", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(fc.dictionary(name, part, { maxKeys: 5, noNullPrototype: true }), (parts) => {
        const snapshot = JSON.parse(JSON.stringify(parts)) as SnapshotValue;
        const folder = temporaryFolder();
        writeState(folder, stateOf(7, snapshot));
        expect(readNewestState(folder, "one", () => undefined)).toEqual(stateOf(7, snapshot));
      }),
      { numRuns: 50 },
    );
  });

  it("is kept beside the one before; older ones go", () => {
    const folder = temporaryFolder();
    for (const block of [1, 2, 10, 11]) writeState(folder, stateOf(block));
    expect(readdirSync(folder)).toHaveLength(2);
    expect(oldestStateBlock(folder)).toBe(10);
    expect(readNewestState(folder, "one", () => undefined)?.block).toBe(11);
  });

  it("that is damaged or of another program is passed by, and said", () => {
    const folder = temporaryFolder();
    writeState(folder, stateOf(1));
    writeState(folder, stateOf(2, {}, "another"));
    const problems: StateProblem[] = [];
    expect(readNewestState(folder, "one", (problem) => problems.push(problem))?.block).toBe(1);
    const newest = readdirSync(folder).sort().at(-1) ?? "";
    writeFileSync(join(folder, newest), '{"format":1}\n["x');
    expect(readNewestState(folder, "one", (problem) => problems.push(problem))?.block).toBe(1);
    expect(problems.map(({ message }) => message)).toEqual([
      "it was made by another program, map or settings",
      "it is damaged",
    ]);
  });
});
