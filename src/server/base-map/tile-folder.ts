import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type BaseMap, BaseMapError, MAX_TILE_BYTES, MAX_ZOOM, type Tile } from "./base-map.ts";

/** Kinds of tiles by the ending of their files. */
const KINDS: Readonly<Record<string, { readonly kind: "raster" | "vector"; readonly contentType: string }>> =
  {
    png: { kind: "raster", contentType: "image/png" },
    jpg: { kind: "raster", contentType: "image/jpeg" },
    jpeg: { kind: "raster", contentType: "image/jpeg" },
    webp: { kind: "raster", contentType: "image/webp" },
    pbf: { kind: "vector", contentType: "application/vnd.mapbox-vector-tile" },
    mvt: { kind: "vector", contentType: "application/vnd.mapbox-vector-tile" },
  };

/** The whole world of Web Mercator: a folder does not say where its tiles lie. */
const WORLD = [-180, -85.051129, 180, 85.051129] as const;

/**
 * Opens a folder of tiles, `zoom/column/row.png` (also jpg, webp, pbf, mvt), rows counted from the north.
 * @throws BaseMapError in one sentence where there are none
 */
export async function openTileFolder(path: string): Promise<BaseMap> {
  const zooms = (await numbersIn(path)).filter((zoom) => zoom <= MAX_ZOOM);
  const [minZoom, maxZoom] = [zooms.at(0), zooms.at(-1)];
  const ending = minZoom === undefined ? undefined : await endingIn(join(path, String(minZoom)));
  const tiles = ending === undefined ? undefined : KINDS[ending];
  if (minZoom === undefined || maxZoom === undefined || tiles === undefined)
    throw new BaseMapError(
      path,
      "this folder holds no tiles; they stand in zoom/column/row.png (or jpg, webp, pbf, mvt).",
    );
  const { mtimeMs } = await stat(path);
  return {
    view: { kind: tiles.kind, minZoom, maxZoom, extent: WORLD, attribution: "" },
    version: Math.trunc(mtimeMs).toString(36),
    tile: (zoom, column, row) =>
      readTile(join(path, String(zoom), String(column), `${row}.${ending}`), tiles.contentType),
    close: async () => {},
  };
}

async function readTile(path: string, contentType: string): Promise<Tile | undefined> {
  try {
    if ((await stat(path)).size > MAX_TILE_BYTES) throw new BaseMapError(path, "this tile is too large.");
    const bytes = await readFile(path);
    // Vector tiles in folders are mostly compressed (RFC 1952 begins with 1f 8b).
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return isGzip ? { bytes, contentType, encoding: "gzip" } : { bytes, contentType };
  } catch (error) {
    if (error instanceof BaseMapError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new BaseMapError(path, `this tile cannot be read: ${message}.`);
  }
}

/** Names of files and folders that are whole numbers, least first. */
async function numbersIn(path: string): Promise<number[]> {
  const names = await readdir(path);
  return names
    .filter((name) => /^\d{1,8}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

async function endingIn(zoomFolder: string): Promise<string | undefined> {
  for (const column of await numbersIn(zoomFolder))
    for (const name of await readdir(join(zoomFolder, String(column)))) {
      const ending = /^\d{1,8}\.([a-z]{3,4})$/.exec(name)?.[1];
      if (ending !== undefined && ending in KINDS) return ending;
    }
  return undefined;
}
