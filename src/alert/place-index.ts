import type { AlertKind } from "../domain/alert.ts";
import type { GeoPoint } from "../domain/place.ts";
import { cosDeg } from "../geo/trigonometry.ts";

/** Height of a cell, degrees: 1.1 km, more than any distance of merging. Cells are as wide in metres, or wider. */
const CELL_DEG = 0.01;
const CIRCLE_DEG = 360;

/** Columns that are looked at: that of the place, and one on either side. */
const NEAR_COLUMNS = 3;

/** More than the columns of any strip, so that strip and column make one number. */
const STRIDE = 65_536;

/**
 * Live alerts by kind and cell of some 1.1 km, to find what a new detection may belong to. Strips of latitude alone made
 * each of 20,000 alerts that began at once walk through hundreds of others.
 */
export class PlaceIndex {
  readonly #cells = new Map<AlertKind, Map<number, Set<string>>>();

  clear(): void {
    this.#cells.clear();
  }

  add(id: string, kind: AlertKind, place: GeoPoint): void {
    let cells = this.#cells.get(kind);
    if (cells === undefined) {
      cells = new Map();
      this.#cells.set(kind, cells);
    }
    const cell = cellOf(place);
    const ids = cells.get(cell);
    if (ids === undefined) cells.set(cell, new Set([id]));
    else ids.add(id);
  }

  remove(id: string, kind: AlertKind, place: GeoPoint): void {
    const cells = this.#cells.get(kind);
    const cell = cellOf(place);
    const ids = cells?.get(cell);
    if (ids?.delete(id) === true && ids.size === 0) cells?.delete(cell);
  }

  /** Ids of the kind within at least 1.1 km in every direction, in no particular order. */
  *near(kind: AlertKind, place: GeoPoint): Generator<string> {
    const cells = this.#cells.get(kind);
    if (cells === undefined) return;
    const middle = stripOf(place);
    for (let strip = middle - 1; strip <= middle + 1; strip++) {
      const columns = columnsOf(strip);
      const first = columnOf(place, columns) + columns - 1;
      for (let i = 0; i < Math.min(NEAR_COLUMNS, columns); i++) {
        const ids = cells.get(strip * STRIDE + ((first + i) % columns));
        if (ids !== undefined) yield* ids;
      }
    }
  }
}

function cellOf(place: GeoPoint): number {
  const strip = stripOf(place);
  return strip * STRIDE + columnOf(place, columnsOf(strip));
}

function stripOf({ latitudeDeg }: GeoPoint): number {
  return Math.floor(latitudeDeg / CELL_DEG);
}

/** Columns of a strip, by its edge nearer to the pole; one where there is no room for three. */
function columnsOf(strip: number): number {
  const edgeDeg = Math.max(Math.abs(strip), Math.abs(strip + 1)) * CELL_DEG;
  const columns = Math.floor((CIRCLE_DEG / CELL_DEG) * cosDeg(edgeDeg));
  return columns < NEAR_COLUMNS ? 1 : columns;
}

/** Wraps around at the antimeridian. */
function columnOf({ longitudeDeg }: GeoPoint, columns: number): number {
  return Math.floor(((longitudeDeg + CIRCLE_DEG / 2) / CIRCLE_DEG) * columns) % columns;
}
