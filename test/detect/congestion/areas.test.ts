import { describe, expect, it } from "vitest";
import { type Area, regroup } from "../../../src/detect/congestion/areas.ts";
import { type Cell, newCell } from "../../../src/detect/congestion/cell.ts";
import { cellKey } from "../../../src/detect/congestion/grid.ts";

const ROW = 70_000;
const NORTH = 0;

/** Congested cells in a row by column, with the time since when they are slow. */
function congestedCells(columns: readonly (readonly [column: number, sinceMs: number])[]): Map<number, Cell> {
  return new Map(
    columns.map(([column, sinceMs]) => {
      const key = cellKey(ROW, column, NORTH);
      const cell = newCell(key, { row: ROW, column, sector: NORTH });
      cell.on = true;
      cell.slowSinceMs = sinceMs;
      return [key, cell];
    }),
  );
}

function without(cells: ReadonlyMap<number, Cell>, ...columns: readonly number[]): Map<number, Cell> {
  return new Map([...cells].filter(([, { column }]) => !columns.includes(column)));
}

const lengths = (areas: ReadonlyMap<string, Area>) => [...areas.values()].map(({ cells }) => cells.length);

describe("areas of congestion", () => {
  const queue = congestedCells([
    [100, 1_000],
    [101, 2_000],
    [102, 2_000],
    [103, 2_000],
    [104, 2_000],
    [105, 2_000],
    [106, 2_000],
  ]);

  it("break apart into the larger part, which keeps the name, and a new one, although that holds the founder", () => {
    const areas = new Map<string, Area>();
    regroup(areas, queue, 5_000);
    const [key] = areas.keys();
    expect(regroup(areas, without(queue, 101, 102), 10_000)).toEqual([]);
    expect(lengths(areas)).toEqual([4, 1]);
    expect([...areas.keys()][0]).toBe(key);
    for (const [name, area] of areas) expect(area.key).toBe(name);
  });

  it("get a name of their own each time the founder breaks off", () => {
    const areas = new Map<string, Area>();
    regroup(areas, queue, 5_000);
    regroup(areas, without(queue, 101, 102), 10_000);
    const names = new Set(areas.keys());
    regroup(areas, queue, 15_000);
    expect(lengths(areas)).toEqual([7]);
    regroup(areas, without(queue, 101, 102), 20_000);
    expect(lengths(areas)).toEqual([4, 1]);
    expect(new Set(areas.keys())).toEqual(names);
  });
});
