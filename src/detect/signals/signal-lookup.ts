import type { SignalLookup } from "../../domain/detector.ts";
import type { GeoPoint } from "../../domain/place.ts";
import type { RoadLink, RoadNetwork } from "../../domain/road.ts";
import { headingDifferenceDeg } from "../../geo/geodesy.ts";
import { beforeM, besideM, signalCell } from "./intersection.ts";
import { mayBeRed } from "./phases.ts";
import type { SignalsState } from "./state.ts";

/** Who drives within this of a lane's direction approaches its line. */
export const APPROACH_DEG = 30;

/** A waiting vehicle may stand on any lane of the approach, a little over the line, and its position be wrong. */
const APPROACH_LATERAL_M = 12;
const OVER_THE_LINE_M = 5;

/** Links this near to a place may be its road. */
const ROAD_M = 15;

/** Phases older than this are no phases. */
const STALE_MS = 5_000;

/** From maps and phases of intersections, and from the signals of the road network, whose phases nobody knows. */
export function signalLookup(state: SignalsState, roads: RoadNetwork | undefined): SignalLookup {
  return {
    mayWaitAt: (place, headingDeg, withinM) =>
      waitsAtIntersection(state, place, headingDeg, withinM) ||
      (roads !== undefined && waitsOnLink(roads, place, headingDeg, withinM)),
  };
}

function waitsAtIntersection(
  { index, intersections, nowMs }: SignalsState,
  place: GeoPoint,
  headingDeg: number,
  withinM: number,
): boolean {
  if (index.size === 0) return false;
  const { latitudeDeg, longitudeDeg } = place;
  for (const lane of index.get(signalCell(latitudeDeg, longitudeDeg)) ?? []) {
    if (headingDifferenceDeg(lane.headingDeg, headingDeg) > APPROACH_DEG) continue;
    const wayM = beforeM(lane, latitudeDeg, longitudeDeg);
    if (wayM < -OVER_THE_LINE_M || wayM > withinM) continue;
    if (besideM(lane, latitudeDeg, longitudeDeg) > APPROACH_LATERAL_M) continue;
    const intersection = intersections.get(lane.intersection);
    if (intersection !== undefined && mayBeRed(lane, intersection, nowMs, STALE_MS)) return true;
  }
  return false;
}

/** A signal stands at the end of the link there, or of the one that it leads to. */
function waitsOnLink(roads: RoadNetwork, place: GeoPoint, headingDeg: number, withinM: number): boolean {
  for (const { link, offsetM } of roads.near(place, ROAD_M, headingDeg)) {
    const leftM = lengthOf(link) - offsetM;
    if (leftM > withinM) continue;
    if (link.flags.signal === true) return true;
    for (const index of link.next) {
      const next = roads.links[index];
      if (next?.flags.signal === true && leftM + lengthOf(next) <= withinM) return true;
    }
  }
  return false;
}

function lengthOf({ fromM, toM }: RoadLink): number {
  return toM - fromM;
}
