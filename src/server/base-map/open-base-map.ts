import { stat } from "node:fs/promises";
import { type BaseMap, BaseMapError, plainAttribution } from "./base-map.ts";
import { PmtilesArchive } from "./pmtiles-archive.ts";
import { openTileFolder } from "./tile-folder.ts";

/**
 * Opens the base map that the operator supplies: a PMTiles archive or a folder of tiles.
 * @param attribution stands in place of the archive's own
 * @throws BaseMapError in one sentence where it is missing or cannot be shown
 */
export async function openBaseMap(path: string, attribution: string | undefined): Promise<BaseMap> {
  const found = await stat(path).catch(({ code, message }: NodeJS.ErrnoException) => {
    throw new BaseMapError(path, code === "ENOENT" ? "this base map does not exist." : `${message}.`);
  });
  const map = found.isDirectory() ? await openTileFolder(path) : await PmtilesArchive.open(path);
  if (attribution === undefined) return map;
  return {
    view: { ...map.view, attribution: plainAttribution(attribution) },
    version: map.version,
    tile: (zoom, column, row) => map.tile(zoom, column, row),
    close: () => map.close(),
  };
}
