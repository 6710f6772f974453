import type { Extent, SegmentState } from "../../api/contract/live.ts";
import { latitudeOf, longitudeOf } from "./mercator.ts";
import type { RoadShapes } from "./road-shapes.ts";

/** The box around all stretches whose state is known; undefined where none is. */
export function knownExtent(
  shapes: RoadShapes,
  states: Iterable<readonly SegmentState[]>,
): Extent | undefined {
  let [west, north, east, south] = [1, 1, 0, 0];
  for (const ofRoute of states) {
    for (const { route, fromM, toM, level } of ofRoute) {
      if (level === undefined) continue;
      for (const routeM of [fromM, toM]) {
        const point = shapes.pointAt(route, routeM);
        if (point === undefined) continue;
        west = Math.min(west, point.x);
        east = Math.max(east, point.x);
        north = Math.min(north, point.y);
        south = Math.max(south, point.y);
      }
    }
  }
  if (west > east) return undefined;
  return [longitudeOf(west), latitudeOf(south), longitudeOf(east), latitudeOf(north)];
}
