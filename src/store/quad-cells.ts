import type { GeoBox } from "../domain/place.ts";

/**
 * Cells of a quadtree over latitude and longitude. A cell's key is the path to it from the whole world, one digit of 0 to
 * 3 a level, so that all cells within a cell share its key as their beginning.
 */
export const WORLD_CELL = "";

/** Cells of the finest level measure some 300 m by 400 m at 51 degrees north. */
const FINEST_LEVEL = 16;

const WORLD_LONGITUDE_DEG = 360;
const WORLD_LATITUDE_DEG = 180;

interface CellRange {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

/**
 * The finest cells of one level that cover a box with at most `most` of them. The box must not cross the antimeridian.
 * @param most at least 4, or a box across a corner of four cells has none
 */
export function cellsOver(box: GeoBox, most: number): readonly string[] {
  for (let level = FINEST_LEVEL; level > 0; level--) {
    const { west, east, north, south } = rangeOf(box, level);
    if ((east - west + 1) * (south - north + 1) > most) continue;
    const keys: string[] = [];
    for (let row = north; row <= south; row++) {
      for (let column = west; column <= east; column++) keys.push(keyOf(column, row, level));
    }
    return keys;
  }
  return [WORLD_CELL];
}

/** The cells that a cell lies in, the world first. */
export function cellsAround(key: string): readonly string[] {
  return Array.from({ length: key.length }, (_, level) => key.slice(0, level));
}

function rangeOf(box: GeoBox, level: number): CellRange {
  const cells = 1 << level;
  const column = (degrees: number) => clamp(((degrees + 180) / WORLD_LONGITUDE_DEG) * cells, cells);
  const row = (degrees: number) => clamp(((90 - degrees) / WORLD_LATITUDE_DEG) * cells, cells);
  return {
    west: column(box.westDeg),
    east: column(box.eastDeg),
    north: row(box.northDeg),
    south: row(box.southDeg),
  };
}

const clamp = (value: number, cells: number): number => Math.max(0, Math.min(cells - 1, Math.floor(value)));

function keyOf(column: number, row: number, level: number): string {
  let key = "";
  for (let bit = level - 1; bit >= 0; bit--) {
    key += String(((row >> bit) & 1) * 2 + ((column >> bit) & 1));
  }
  return key;
}
