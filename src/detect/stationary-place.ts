import type { DetectionContext } from "../domain/detector.ts";
import type { GeoPoint } from "../domain/place.ts";
import type { RoadLink, RoadNetwork, RoadSpot } from "../domain/road.ts";
import { outsideM } from "./hazard/carriageway.ts";
import { isRampEnd } from "./ramp-end.ts";

/**
 * Where a vehicle stands.
 * - `beside`: next to a road of the map but not on it, or where halting is ordinary: parking, rest area, bus stop.
 * - `signal`: before a stop line.
 * - `ramp`: before the end of a ramp that joins a road, where its traffic waits for a gap.
 * - `merge`: where others may do so.
 * - `street`: in a built-up area or on a slow road, where many stop for many reasons.
 * - `fast`: on a road where standing is dangerous.
 * - `unmapped`: the map says nothing.
 */
export type StandingPlace = "beside" | "signal" | "ramp" | "merge" | "street" | "fast" | "unmapped";

interface PlaceLimits {
  readonly fastRoadSpeedMps: number;
  readonly signalBeforeM: number;
  readonly mergeBeforeM: number;
  readonly mergeAfterM: number;
  readonly coveredWithinM: number;
}

/** Hard shoulder (RAA 2008: 2.5 to 3 m) and the noise of a position. */
const SHOULDER_M = 4;

/** Farther from the middle of any carriageway nobody stands on it. */
const NEAR_ROAD_M = 25;

/** The road that a standing vehicle is on: as matched, or the nearest whose lanes or shoulder hold it. */
export function standingSpot(
  vehicle: GeoPoint & { readonly stationId: number; readonly headingDeg: number | undefined },
  { roads, stations }: DetectionContext,
): RoadSpot | undefined {
  const road = stations.get(vehicle.stationId)?.road;
  if (road !== undefined || roads === undefined) return road;
  return spotAt(vehicle, vehicle.headingDeg, { roads });
}

/** The nearest carriageway whose lanes or shoulder hold a place. */
export function spotAt(
  place: GeoPoint,
  headingDeg: number | undefined,
  { roads }: Pick<DetectionContext, "roads">,
): RoadSpot | undefined {
  return roads?.near(place, NEAR_ROAD_M, headingDeg).find((spot) => outsideM(spot) <= SHOULDER_M);
}

/** Next to a road of the map that leads the same way, and on none. Beside the other carriageway may be one that it lacks. */
export function standsBeside(
  place: GeoPoint,
  headingDeg: number,
  roads: RoadNetwork,
  withinM: number,
): boolean {
  return (
    spotAt(place, headingDeg, { roads }) === undefined && roads.near(place, withinM, headingDeg).length > 0
  );
}

export function standingPlace(
  place: GeoPoint,
  headingDeg: number | undefined,
  spot: RoadSpot | undefined,
  context: DetectionContext,
  limits: PlaceLimits,
): StandingPlace {
  const { roads, signals } = context;
  if (headingDeg !== undefined && signals.mayWaitAt(place, headingDeg, limits.signalBeforeM)) return "signal";
  if (roads === undefined) return "unmapped";
  if (spot === undefined) {
    return roads.near(place, limits.coveredWithinM).length > 0 ? "beside" : "unmapped";
  }
  const { link } = spot;
  if (link.flags.halting || outsideM(spot) > SHOULDER_M) return "beside";
  if (isBeforeSignal(spot, roads.links, limits.signalBeforeM)) return "signal";
  if (link.flags.roundabout) return "street";
  if (isRampEnd(link, link.toM - link.fromM - spot.offsetM, roads.links, limits.mergeBeforeM)) return "ramp";
  if (isMerge(spot, roads.links, limits)) return "merge";
  const roadMps = speedOf(link, context);
  return link.flags.urban || (roadMps > 0 && roadMps < limits.fastRoadSpeedMps) ? "street" : "fast";
}

function isBeforeSignal({ link, offsetM }: RoadSpot, links: readonly RoadLink[], withinM: number): boolean {
  const leftM = link.toM - link.fromM - offsetM;
  if (leftM > withinM) return false;
  if (link.flags.signal) return true;
  return link.next.some((index) => {
    const next = links[index];
    return next?.flags.signal === true && leftM + next.toM - next.fromM <= withinM;
  });
}

/** Where vehicles wait for gaps, or let others in: before a merge or fork, behind a merge, and where a lane ends. */
export function isMerge(
  { link, offsetM }: Pick<RoadSpot, "link" | "offsetM">,
  links: readonly RoadLink[],
  limits: Pick<PlaceLimits, "mergeBeforeM" | "mergeAfterM">,
): boolean {
  const leftM = link.toM - link.fromM - offsetM;
  if (leftM <= limits.mergeBeforeM) {
    if (link.flags.ramp || link.next.length > 1) return true;
    if (link.next.some((index) => leadsOn(link, links[index]))) return true;
  }
  if (offsetM > limits.mergeAfterM) return false;
  if (link.previous.length > 1) return true;
  // A short link behind the merge.
  return link.previous.some((index) => {
    const before = links[index];
    return (
      before !== undefined &&
      before.previous.length > 1 &&
      offsetM + before.toM - before.fromM <= limits.mergeAfterM
    );
  });
}

/** Others join there, or a lane ends. */
function leadsOn(link: RoadLink, next: RoadLink | undefined): boolean {
  return next !== undefined && (next.previous.length > 1 || next.lanes < link.lanes);
}

/** What drivers drive there: free flow as learned or given, else the limit; 0 where nobody knows. */
export function speedOf(link: RoadLink, { traffic }: Pick<DetectionContext, "traffic">): number {
  return traffic.freeFlowOn?.(link) ?? link.freeFlowMps ?? link.limitMps ?? 0;
}
