import type { GeoPoint } from "../../domain/place.ts";
import type { RoadLink, RoadNetwork, RoadSpot } from "../../domain/road.ts";

/** Width of a lane of a motorway, m (RAA 2008, regular cross-sections: 3.50 to 3.75 m). */
export const LANE_M = 3.5;

/** How far a place lies outside of the lanes of a link; 0 inside. */
export function outsideM({ link, lateralM }: Pick<RoadSpot, "link" | "lateralM">): number {
  return Math.max(0, Math.abs(lateralM) - (link.lanes * LANE_M) / 2);
}

/** Only this direction may be driven: a one-way link, or a carriageway of a divided road. */
export function isOneWay(link: RoadLink): boolean {
  return link.oneWay || link.route.divided;
}

/**
 * By how much a place lies nearer to a carriageway than to any other whose direction allows the course; `Infinity` where
 * none is within `withinM`. Negative where another one fits better.
 */
export function clearanceM(
  roads: RoadNetwork,
  place: GeoPoint,
  courseDeg: number,
  on: Pick<RoadSpot, "link" | "lateralM">,
  withinM: number,
): number {
  let nearestM = Number.POSITIVE_INFINITY;
  for (const spot of roads.near(place, withinM, courseDeg)) nearestM = Math.min(nearestM, outsideM(spot));
  return nearestM - outsideM(on);
}
