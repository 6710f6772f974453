import type { MapView } from "../../api/contract/map.ts";
import { latitudeOf, longitudeOf } from "../map/mercator.ts";

export type Base = NonNullable<MapView["base"]>;

/** A tile of the base map and where it lies on a tile of ours. */
export interface Part {
  /** Upper left corner and side, px; it may reach far over our tile. */
  readonly left: number;
  readonly top: number;
  readonly size: number;
  readonly zoom: number;
  readonly column: number;
  readonly row: number;
}

/** A tile of ours: pixels of the world at its upper left corner, at its zoom. */
export interface OwnTile {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/**
 * Which tiles of the base map lie under a tile of ours. Pictures are 256 px wide as everywhere on the web, vectors are drawn
 * at our 512; beyond the finest zoom of the map its tiles are enlarged.
 */
export function partsUnder({ zoom, x, y, size }: OwnTile, base: Base): readonly Part[] {
  const own = base.kind === "raster" ? zoom : zoom - 1;
  const at = Math.min(own, base.maxZoom);
  if (at < base.minZoom) return [];
  const side = (256 * 2 ** zoom) / 2 ** at;
  const parts: Part[] = [];
  for (let row = Math.floor(y / side); row * side < y + size; row++)
    for (let column = Math.floor(x / side); column * side < x + size; column++) {
      const part = { zoom: at, column, row, left: column * side - x, top: row * side - y, size: side };
      if (touches(part, base.extent)) parts.push(part);
    }
  return parts;
}

/** What lies outside of the map is not asked for. */
function touches({ zoom, column, row }: Part, [west, south, east, north]: Base["extent"]): boolean {
  const side = 2 ** zoom;
  return (
    row >= 0 &&
    row < side &&
    column >= 0 &&
    column < side &&
    longitudeOf(column / side) < east &&
    longitudeOf((column + 1) / side) > west &&
    latitudeOf(row / side) > south &&
    latitudeOf((row + 1) / side) < north
  );
}
