import type { RoadNetwork } from "../domain/road.ts";
import { RoadMapError } from "../geo/road/road-map-error.ts";
import { readRoadFile } from "../server/road-file.ts";
import { CommandFailure } from "./io.ts";

/**
 * Reads the map that `--map` names.
 * @throws CommandFailure where it cannot be read or is no map
 */
export function loadRoads(path: string): RoadNetwork {
  try {
    return readRoadFile(path);
  } catch (error) {
    if (error instanceof RoadMapError) throw new CommandFailure(error.message);
    throw error;
  }
}
