import { distanceM, headingDifferenceDeg } from "../geo/geodesy.ts";
import type { AlarmPlace } from "./alarm-input.ts";

const METRES_PER_KM = 1_000;

/** Courses of one direction of traffic differ by less, in bends too. */
const SAME_DIRECTION_DEG = 60;

/** Off the map: places farther apart than this are two stretches. Half a city block would be one crash. */
export const OFF_ROAD_M = 300;

/** No alarm reaches over more of a road than this: beyond, somebody else is in charge. */
export const LONGEST_STRETCH_M = 10_000;

const APART = Number.POSITIVE_INFINITY;

/**
 * How far apart two places are along one direction of one road, m; 0 where they overlap, infinite where they lie on
 * different roads or directions. Where a road is unknown, places nearer than `OFF_ROAD_M` with like courses are one.
 */
export function gapM(a: AlarmPlace, b: AlarmPlace): number {
  if (a.road === undefined || b.road === undefined) return gapOffRoadM(a, b);
  if (a.road.ref !== b.road.ref || a.road.direction !== b.road.direction) return APART;
  const aKm = inOrder(a.road);
  const bKm = inOrder(b.road);
  return Math.max(0, aKm.least - bKm.most, bKm.least - aKm.most) * METRES_PER_KM;
}

function gapOffRoadM(a: AlarmPlace, b: AlarmPlace): number {
  if (a.headingDeg !== undefined && b.headingDeg !== undefined)
    if (headingDifferenceDeg(a.headingDeg, b.headingDeg) > SAME_DIRECTION_DEG) return APART;
  const apartM = distanceM(a, b);
  return apartM <= OFF_ROAD_M ? apartM : APART;
}

/** Metres from one end to the other of two places on one road, both included; 0 off the roads. */
export function spanM(a: AlarmPlace, b: AlarmPlace): number {
  if (a.road === undefined || b.road === undefined) return 0;
  const aKm = inOrder(a.road);
  const bKm = inOrder(b.road);
  return (Math.max(aKm.most, bKm.most) - Math.min(aKm.least, bKm.least)) * METRES_PER_KM;
}

/** Kilometres may fall along a route. */
function inOrder({ fromKm, toKm }: NonNullable<AlarmPlace["road"]>) {
  return { least: Math.min(fromKm, toKm), most: Math.max(fromKm, toKm) };
}

const HUNDREDTHS = 100;

/** Names a stretch for statistics: road, direction and kilometre, or the place to a hundredth of a degree (1 km). */
export function stretchName({ road, latitudeDeg, longitudeDeg }: AlarmPlace): string {
  if (road === undefined) {
    const rounded = (deg: number): string => (Math.round(deg * HUNDREDTHS) / HUNDREDTHS).toFixed(2);
    return `${rounded(latitudeDeg)}, ${rounded(longitudeDeg)}`;
  }
  const direction = road.direction === "" ? "" : ` → ${road.direction}`;
  return `${road.ref}${direction} km ${Math.floor(inOrder(road).least)}`;
}
