import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MoverKind, ProximityGrid } from "../../../src/detect/hazard/proximity-grid.ts";
import { destinationPoint, LocalPlane } from "../../../src/geo/geodesy.ts";
import { ROAD_ORIGIN } from "../../support/frames.ts";

interface Thing {
  readonly id: number;
  readonly alongM: number;
  readonly bearingDeg: number;
  readonly speedMps: number;
  readonly headingDeg: number;
  readonly vulnerable: boolean;
}

const thing = fc.record({
  id: fc.integer({ min: 1, max: 60 }),
  alongM: fc.double({ min: 0, max: 250, noNaN: true }),
  bearingDeg: fc.integer({ min: 0, max: 359 }),
  speedMps: fc.double({ min: 0, max: 40, noNaN: true }),
  headingDeg: fc.integer({ min: 0, max: 359 }),
  vulnerable: fc.boolean(),
});

function fill(things: readonly Thing[], grid = new ProximityGrid()): ProximityGrid {
  for (const { id, alongM, bearingDeg, speedMps, headingDeg, vulnerable } of things) {
    const { latitudeDeg, longitudeDeg } = destinationPoint(ROAD_ORIGIN, bearingDeg, alongM);
    const kind = vulnerable ? MoverKind.vulnerable : 0;
    grid.put(id, kind, latitudeDeg, longitudeDeg, speedMps, headingDeg, 0, 1_000, 1_000, 4);
  }
  return grid;
}

function screened(grid: ProximityGrid, id: number): number[] {
  const found: number[] = [];
  const slot = grid.slotOf(id);
  if (slot === undefined) return [];
  grid.screen(slot, 4, 6, 5, 1_500, found);
  return [...new Set(found)].map((other) => grid.idAt(other)).sort((a, b) => a - b);
}

/** The same rule by brute force. */
function expected(grid: ProximityGrid, id: number): number[] {
  const movers = grid.movers();
  const own = movers.find((one) => one.id === id);
  if (own === undefined) return [];
  const plane = new LocalPlane(own);
  return movers
    .filter((other) => {
      const dn = plane.northM(other.latitudeDeg);
      const de = plane.eastM(other.longitudeDeg);
      const vn = other.northMps - own.northMps;
      const ve = other.eastMps - own.eastMps;
      const square = vn * vn + ve * ve;
      const least = ((own.kind | other.kind) & MoverKind.vulnerable) === 0 ? 25 : 1;
      const approach = -(dn * vn + de * ve);
      if (other === own || square < least || approach <= 0 || approach > 4 * square) return false;
      const miss = Math.sqrt(Math.max(0, dn * dn + de * de - (approach * approach) / square));
      const faint = least === 25 && square < 3 * Math.sqrt(dn * dn + de * de);
      return !faint && miss <= 6 && dn * dn + de * de < 95 * 95;
    })
    .map((other) => other.id)
    .sort((a, b) => a - b);
}

describe("the proximity grid", () => {
  it("offers whom brute force finds within a cell, and nobody that comes not near", () => {
    fc.assert(
      fc.property(fc.array(thing, { minLength: 2, maxLength: 40 }), (things) => {
        const grid = fill(things);
        for (const { id } of things) {
          const found = screened(grid, id);
          // The grid's metres are those of a sphere: what misses by exactly the bound may differ.
          const sure = expected(grid, id).filter((other) => !isOnEdge(grid, id, other));
          expect(found.filter((other) => sure.includes(other))).toEqual(sure);
        }
      }),
    );
  });

  it("gives the same after it was written and read", () => {
    fc.assert(
      fc.property(fc.array(thing, { minLength: 2, maxLength: 40 }), (things) => {
        const grid = fill(things);
        const again = new ProximityGrid();
        for (const mover of grid.movers()) again.restore(mover);
        expect(again.movers()).toEqual(grid.movers());
        for (const { id } of things) expect(screened(again, id)).toEqual(screened(grid, id));
      }),
    );
  });

  it("forgets who falls silent, and gives the place to others", () => {
    const grid = new ProximityGrid();
    for (let id = 1; id <= 5_000; id++) grid.put(id, 0, 51 + id * 1e-5, 6, 10, 0, 0, 0, id, 4);
    for (let i = 0; i < 20; i++) grid.sweep(5_500, 3_000, 20);
    expect(grid.size).toBe(2_501);
    expect(grid.slotOf(1)).toBeUndefined();
    for (let id = 10_000; id < 12_000; id++) grid.put(id, 0, 52, 6, 10, 0, 0, 0, 6_000, 4);
    expect(grid.movers()).toHaveLength(4_501);
  });
});

/** Within 1 % of one of the bounds. */
function isOnEdge(grid: ProximityGrid, id: number, otherId: number): boolean {
  const movers = grid.movers();
  const own = movers.find((one) => one.id === id);
  const other = movers.find((one) => one.id === otherId);
  if (own === undefined || other === undefined) return true;
  const plane = new LocalPlane(own);
  const dn = plane.northM(other.latitudeDeg);
  const de = plane.eastM(other.longitudeDeg);
  const vn = other.northMps - own.northMps;
  const ve = other.eastMps - own.eastMps;
  const square = vn * vn + ve * ve;
  const approach = -(dn * vn + de * ve);
  const miss = Math.sqrt(Math.max(0, dn * dn + de * de - (approach * approach) / square));
  const t = approach / square;
  if (Math.abs(square / (3 * Math.sqrt(dn * dn + de * de)) - 1) < 0.02) return true;
  return miss > 5.2 || t > 3.95 || t < 0.01 || Math.abs(Math.sqrt(square) - 5) < 0.05 || square < 1.1;
}
