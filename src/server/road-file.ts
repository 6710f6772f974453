import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { RoadNetwork } from "../domain/road.ts";
import { readRoadMap } from "../geo/road/road-map.ts";
import { RoadMapError } from "../geo/road/road-map-error.ts";

/**
 * Reads a map file.
 * @throws RoadMapError, one sentence, where it cannot be read or is no map
 */
export function readRoadFile(path: string): RoadNetwork {
  return readRoadMap(parsed(path), basename(path));
}

function parsed(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new RoadMapError(path, reasonOf(error as NodeJS.ErrnoException));
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RoadMapError(path, `this is no JSON: ${firstClause((error as Error).message)}.`);
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case "ENOENT":
      return "this map does not exist.";
    case "EACCES":
      return "this map may not be read by this user.";
    case "EISDIR":
      return "this is a directory; name a GeoJSON file.";
    default:
      return `this map cannot be read: ${message}.`;
  }
}

/** V8 adds an excerpt of the text, which may have several lines. */
function firstClause(message: string): string {
  return /^[^,\n]*/.exec(message)?.[0] ?? message;
}
