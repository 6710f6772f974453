import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RowIndex } from "../../src/domain/row-index.ts";

/** A table of ids with an index, used as its owners use it. */
class Table {
  readonly ids: number[] = [];
  readonly index = new RowIndex((row) => this.ids[row] as number);

  find(id: number): number {
    let row = this.index.guess(id);
    while (row >= 0 && this.ids[row] !== (id | 0)) row = this.index.guessAgain(id);
    return row;
  }

  add(id: number): void {
    this.ids.push(id | 0);
    this.index.enter(this.ids.length - 1);
  }

  /** The last row takes the place of the removed one. */
  remove(row: number): void {
    const last = this.ids.length - 1;
    this.index.leave(row);
    if (row !== last) this.index.move(last, row);
    this.ids[row] = this.ids[last] as number;
    this.ids.pop();
  }
}

describe("index of rows", () => {
  it("finds what a map would find, whatever ids come and go", () => {
    const step = fc.record({ n: fc.integer({ min: 0, max: 60 }), remove: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 500 }),
        fc.constantFrom(1, 0x10001, 0x7fffffff),
        (steps, scale) => {
          const table = new Table();
          const known = new Set<number>();
          for (const { n, remove } of steps) {
            const id = Math.imul(n, scale) >>> 0;
            const row = table.find(id);
            expect(row >= 0).toBe(known.has(id));
            if (row >= 0 && remove) {
              table.remove(row);
              known.delete(id);
            } else if (row < 0) {
              table.add(id);
              known.add(id);
            }
          }
          for (const id of known) expect(table.ids[table.find(id)]).toBe(id | 0);
          expect(table.ids).toHaveLength(known.size);
        },
      ),
      { seed: 11 },
    );
  });

  it("grows, and tells apart ids whose hash bits are the same", () => {
    const table = new Table();
    for (let id = 1; id <= 400_000; id++) table.add(id);
    const wrong = [];
    for (let id = 1; id <= 400_000; id++) if (table.find(id) !== id - 1) wrong.push(id);
    expect(wrong).toEqual([]);
    const strangers = [];
    for (let id = 400_001; id <= 500_000; id++) if (table.find(id) >= 0) strangers.push(id);
    expect(strangers).toEqual([]);
  });
});
