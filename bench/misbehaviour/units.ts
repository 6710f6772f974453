import type { RoadNetwork } from "../../src/domain/road.ts";
import { distanceM } from "../../src/geo/geodesy.ts";
import type { Unit } from "./report.ts";

/** Roadside units every so many metres of every road, and how far they hear. */
export const UNIT_SPACING_M = 1_500;
export const UNIT_RANGE_M = 1_000;

/** Units of the two directions that stand this close are one. */
const SAME_UNIT_M = 500;

/** Roadside units along all roads of a map. */
export function unitsAlong(roads: RoadNetwork): Unit[] {
  const units: Unit[] = [];
  for (const route of roads.routes) {
    for (let routeM = 0; routeM < route.lengthM; routeM += UNIT_SPACING_M) {
      const place = roads.pointAt(route, routeM);
      if (units.some((unit) => distanceM(unit, place) < SAME_UNIT_M)) continue;
      units.push({ ...place, name: `rsu-${units.length + 1}`, stationId: 900_000_000 + units.length });
    }
  }
  return units;
}

/** Finds the units that hear a place, nearest first. */
export class Coverage {
  readonly #cells = new Map<string, Unit[]>();

  constructor(units: readonly Unit[]) {
    for (const unit of units) {
      for (let north = -1; north <= 1; north++) {
        for (let east = -1; east <= 1; east++) {
          const key = `${Math.floor(unit.latitudeDeg * 100) + north} ${Math.floor(unit.longitudeDeg * 66) + east}`;
          const cell = this.#cells.get(key) ?? [];
          cell.push(unit);
          this.#cells.set(key, cell);
        }
      }
    }
  }

  hearing(latitudeDeg: number, longitudeDeg: number): Unit[] {
    const place = { latitudeDeg, longitudeDeg };
    const key = `${Math.floor(latitudeDeg * 100)} ${Math.floor(longitudeDeg * 66)}`;
    return (this.#cells.get(key) ?? [])
      .map((unit) => ({ unit, awayM: distanceM(unit, place) }))
      .filter(({ awayM }) => awayM <= UNIT_RANGE_M)
      .sort((a, b) => a.awayM - b.awayM)
      .map(({ unit }) => unit);
  }
}
