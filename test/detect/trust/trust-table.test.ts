import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TrustTable, Word } from "../../../src/detect/trust/trust-table.ts";

describe("table of stations", () => {
  it("finds what a map would find, through growth and removals", () => {
    const step = fc.record({ id: fc.integer({ min: 0, max: 40 }), remove: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 400 }),
        fc.constantFrom(1, 0x10001, 0x7fffffff),
        (steps, scale) => {
          const table = new TrustTable(10_000);
          const truth = new Map<number, number>();
          for (const [i, { id, remove }] of steps.entries()) {
            const stationId = Math.imul(id, scale) >>> 0;
            const at = table.find(stationId);
            expect(at >= 0).toBe(truth.has(stationId));
            if (remove && at >= 0) {
              table.removeAt(at);
              truth.delete(stationId);
            } else if (at < 0) {
              table.words[table.add(stationId) + Word.speed] = i;
              truth.set(stationId, i);
            }
          }
          expect(table.size).toBe(truth.size);
          for (const [stationId, mark] of truth) {
            expect(table.words[table.find(stationId) + Word.speed]).toBe(mark);
          }
        },
      ),
      { seed: 7 },
    );
  });

  it("holds more stations than it began with, and refuses those beyond its bound", () => {
    const table = new TrustTable(5_000);
    for (let id = 1; id <= 5_000; id++) {
      const at = table.add(id);
      table.words[at + Word.credit] = id;
    }
    expect(table.add(5_001)).toBe(-1);
    for (let id = 1; id <= 5_000; id++) expect(table.words[table.find(id) + Word.credit]).toBe(id);
    expect(table.find(5_001)).toBeLessThan(0);
  });

  it("is the same after a snapshot", () => {
    const table = new TrustTable(100);
    for (let id = 1; id <= 20; id++) table.words[table.add(id * 7) + Word.latitude] = id - 10;
    table.removeAt(table.find(21));
    const again = TrustTable.from(JSON.parse(JSON.stringify(table.snapshot())), 100);
    expect(again.snapshot()).toEqual(table.snapshot());
    expect(() => TrustTable.from([2, "AAAAAAAAAAA="], 100)).toThrow("another form");
    expect(() => TrustTable.from(table.snapshot(), 10)).toThrow("more stations");
  });
});
