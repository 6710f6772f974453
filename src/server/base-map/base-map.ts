import type { MapView } from "../../api/contract/map.ts";

/** What the console is told of a base map before it asks for tiles. */
export type BaseMapView = NonNullable<MapView["base"]>;

/** Bytes of a tile as they lie in the archive or folder. */
export interface Tile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** `gzip` where the bytes are compressed. */
  readonly encoding?: "gzip";
}

/** Tiles that the operator supplies, in the numbering of the web (EPSG:3857, row 0 in the north). */
export interface BaseMap {
  readonly view: BaseMapView;
  /** Changes with the file: part of every tile's ETag. */
  readonly version: string;
  /**
   * Undefined where the map has none.
   * @throws BaseMapError where the file no longer is what it was
   */
  tile(zoom: number, column: number, row: number): Promise<Tile | undefined>;
  close(): Promise<void>;
}

/** A base map cannot be used, in one sentence. */
export class BaseMapError extends Error {
  override readonly name = "BaseMapError";

  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
  }
}

/** Tiles of towns have some 200 kB; more is no tile, and would stand in memory for everybody who asks. */
export const MAX_TILE_BYTES = 4 * 1024 * 1024;

/** Web Mercator counts 2^zoom columns and rows; beyond 22 a tile is a table. */
export const MAX_ZOOM = 22;

const MAX_ATTRIBUTION_CHARACTERS = 200;

/** Names of those who made the map; archives write them as HTML, pages of ours show them as text. */
export function plainAttribution(text: unknown): string {
  if (typeof text !== "string") return "";
  const plain = text
    .replace(/<[^<>]*>/g, "")
    .replace(/&copy;/g, "©")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
  return plain.trim().slice(0, MAX_ATTRIBUTION_CHARACTERS);
}
