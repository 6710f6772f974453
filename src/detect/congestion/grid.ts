import { type GeoPoint, roundPoint } from "../../domain/place.ts";
import { normalLongitudeDeg } from "../../geo/geodesy.ts";
import { cosDeg } from "../../geo/trigonometry.ts";

/**
 * A grid of cells of about 223 m, from integer coordinates (1e-7 degree) so that every machine draws the same borders.
 * Rows are 0.002 degree of latitude high; columns are as wide in metres, fixed per degree of latitude.
 */
const ROW_E7 = 20_000;
const E7 = 1e7;
const ROWS_PER_BAND = E7 / ROW_E7;
const BANDS = 180;
const SOUTH_E7 = -90 * E7;
const WEST_E7 = -180 * E7;
const CIRCLE_E7 = 360 * E7;

export const CELL_M = 222.6;

/** Headings are told apart in eighths; a sensor that does not know its direction has a sector of its own. */
export const SECTORS = 8;
export const ANY_SECTOR = 8;
const SECTOR_DEG = 360 / SECTORS;

/** Column widths in 1e-7 degree. Near the poles cells become narrower than long: nobody drives there. */
const WIDTHS_E7: readonly number[] = Array.from({ length: BANDS }, (_, band) =>
  Math.round(ROW_E7 / Math.max(0.02, cosDeg(band - 89.5))),
);

/** Bits of a cell key: rows stay below 2^17, columns below 2^18, sectors below 2^4; 39 bits are exact in a double. */
const COLUMN_SPAN = 262_144;
const SECTOR_SPAN = 16;

export interface CellPlace {
  readonly row: number;
  readonly column: number;
  readonly sector: number;
}

/** A coordinate in 1e-7 degree. */
export function toE7(deg: number): number {
  return Math.round(deg * E7);
}

export function fromE7(e7: number): number {
  return e7 / E7;
}

export function rowOf(latitudeE7: number): number {
  return Math.floor((latitudeE7 - SOUTH_E7) / ROW_E7);
}

export function columnOf(longitudeE7: number, row: number): number {
  return Math.floor((longitudeE7 - WEST_E7) / widthE7(row));
}

export function sectorOf(headingDeg: number): number {
  return Math.floor(((headingDeg + SECTOR_DEG / 2) % 360) / SECTOR_DEG);
}

export function sectorHeadingDeg(sector: number): number {
  return sector * SECTOR_DEG;
}

export function cellKey(row: number, column: number, sector: number): number {
  return (row * COLUMN_SPAN + column) * SECTOR_SPAN + sector;
}

/** The cell that lies so many rows north and columns east, in another sector if need be. */
export function shiftedKey(place: CellPlace, north: number, east: number, sector: number): number {
  const row = place.row + north;
  const sameWidth = widthE7(row) === widthE7(place.row);
  const column = sameWidth ? place.column : columnOf(toE7(cellCenter(place).longitudeDeg), row);
  const columns = Math.ceil(CIRCLE_E7 / widthE7(row));
  return cellKey(row, (column + east + columns) % columns, sector);
}

export function cellCenter({ row, column }: CellPlace): GeoPoint {
  const width = widthE7(row);
  return pointE7((row + 0.5) * ROW_E7 + SOUTH_E7, (column + 0.5) * width + WEST_E7);
}

/** Corners of a run of cells of one row, counter-clockwise and closed (RFC 7946). */
export function runRing(row: number, firstColumn: number, lastColumn: number): readonly GeoPoint[] {
  const width = widthE7(row);
  const south = row * ROW_E7 + SOUTH_E7;
  const north = south + ROW_E7;
  const west = firstColumn * width + WEST_E7;
  const east = (lastColumn + 1) * width + WEST_E7;
  const first = pointE7(south, west);
  return [first, pointE7(south, east), pointE7(north, east), pointE7(north, west), first];
}

function widthE7(row: number): number {
  const band = Math.min(BANDS - 1, Math.max(0, Math.floor(row / ROWS_PER_BAND)));
  return WIDTHS_E7[band] ?? ROW_E7;
}

function pointE7(latitudeE7: number, longitudeE7: number): GeoPoint {
  return roundPoint({
    latitudeDeg: Math.min(90, latitudeE7 / E7),
    longitudeDeg: normalLongitudeDeg(longitudeE7 / E7),
  });
}
