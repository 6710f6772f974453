import type { Extent } from "../contract/live.ts";

/** A tile of the Web Mercator grid. */
export interface Tile {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** Below this, single vehicles are dots on dots: a client shows segments only. */
export const LEAST_VEHICLE_ZOOM = 10;

/** Zooms of tiles: few, so that clients at different zooms share them, and at most four tiles side by side on a screen. */
const TILE_ZOOMS = [14, 12, 10] as const;

/** A wall of 4K screens shows 200 tiles; more belong to no screen. */
export const MAX_VIEW_TILES = 256;

/** Where the map ends: the Web Mercator square. */
const MAX_LATITUDE_DEG = 85.0511287798066;

/** Tiles that cover an extent at a zoom; none where it is too far out for vehicles. */
export function tilesOf([west, south, east, north]: Extent, zoom: number): Tile[] {
  if (zoom < LEAST_VEHICLE_ZOOM) return [];
  for (const tileZoom of TILE_ZOOMS) {
    if (tileZoom > zoom && tileZoom > LEAST_VEHICLE_ZOOM) continue;
    const side = 2 ** tileZoom;
    const fromY = Math.floor(rowAt(north, side));
    const toY = Math.min(side - 1, Math.floor(rowAt(south, side)));
    const fromX = Math.floor(columnAt(west, side));
    const toX = Math.min(Math.floor(columnAt(east, side)), fromX + side - 1);
    if ((toX - fromX + 1) * (toY - fromY + 1) <= MAX_VIEW_TILES)
      return grid(tileZoom, fromX, toX, fromY, toY);
  }
  return [];
}

function grid(zoom: number, fromX: number, toX: number, fromY: number, toY: number): Tile[] {
  const side = 2 ** zoom;
  const tiles: Tile[] = [];
  for (let y = fromY; y <= toY; y++) {
    for (let x = fromX; x <= toX; x++) tiles.push({ zoom, x: ((x % side) + side) % side, y });
  }
  return tiles;
}

export function tileKey({ zoom, x, y }: Tile): string {
  return `${zoom}/${x}/${y}`;
}

/** Extent in whole 1e-7 degrees, borders included: every place lies in exactly one tile of a zoom. */
export interface TileExtent {
  readonly westE7: number;
  readonly southE7: number;
  readonly eastE7: number;
  readonly northE7: number;
}

export function tileExtent({ zoom, x, y }: Tile): TileExtent {
  const side = 2 ** zoom;
  return {
    westE7: Math.ceil((x / side) * 3.6e9 - 1.8e9),
    eastE7: Math.ceil(((x + 1) / side) * 3.6e9 - 1.8e9) - 1,
    southE7: Math.ceil(latitudeOfRow(y + 1, side) * 1e7),
    northE7: Math.ceil(latitudeOfRow(y, side) * 1e7) - 1,
  };
}

function columnAt(longitudeDeg: number, side: number): number {
  return ((longitudeDeg + 180) / 360) * side;
}

function rowAt(latitudeDeg: number, side: number): number {
  const clamped = Math.max(-MAX_LATITUDE_DEG, Math.min(MAX_LATITUDE_DEG, latitudeDeg));
  const sine = Math.sin((clamped * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * side;
}

function latitudeOfRow(row: number, side: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / side))) * 180) / Math.PI;
}
