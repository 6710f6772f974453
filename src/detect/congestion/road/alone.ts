import type { StationView } from "../../../domain/detector.ts";
import type { RoadLink } from "../../../domain/road.ts";
import { isMerge } from "../../stationary-place.ts";
import { BIN_DM, hasFlowed } from "./bins.ts";
import type { RouteTraffic, Trace } from "./route-traffic.ts";
import { goesAndStops, type Member, rollsOn } from "./vehicle.ts";
import type { JudgeWorld } from "./world.ts";

/** A single slow vehicle shows a queue by the way it drives, as long as nobody is seen to drive past it. */
export function showsQueueAlone(
  route: RouteTraffic,
  seed: Member,
  link: RoadLink,
  world: JudgeWorld,
): boolean {
  if (movesUpAlone(route, seed, world)) return true;
  if (!hasFallen(route, seed, world) || willBeReached(route, seed, world)) return false;
  return isPlain(seed, world) || !mayLetIn(seed, link, world);
}

/** So many who did not come from a ramp are no single one who lets another in, and those behind him. */
const SEVERAL = 3;

/**
 * Two slow vehicles that may be one who merges and one who lets him in, or two who do: at a merge, or where others flow
 * past them or are about to. Such dips of speed are short and end well above standstill.
 */
export function isDip(
  route: RouteTraffic,
  group: readonly Member[],
  near: readonly Trace[],
  link: RoadLink,
  world: JudgeWorld,
): boolean {
  const through = group.filter(({ merges }) => !merges);
  if (through.length + near.length >= SEVERAL || near.some(({ merges }) => !merges)) return false;
  if (through.some((member) => isPlain(member, world))) return false;
  return through.some(
    (member) =>
      mayLetIn(member, link, world) || isPassed(route, member, world) || willBeReached(route, member, world),
  );
}

/** Nearly stands, or has been slow for longer than it takes to let somebody in: 3 to 7 s in simulated traffic. */
const PLAIN_CMPS = 280;

function isPlain({ lowestCmps, slowMs, merges }: Member, { limits }: JudgeWorld): boolean {
  return !merges && (lowestCmps <= PLAIN_CMPS || slowMs >= limits.dipMs);
}

/** RAA 2008: lanes for entering and leaving are 250 m long; and the queue beside them. */
const MERGE = { mergeBeforeM: 250, mergeAfterM: 400 };

function mayLetIn({ placeDm }: Member, link: RoadLink, { traffic }: JudgeWorld): boolean {
  return isMerge({ link, offsetM: placeDm / 10 - link.fromM }, traffic.network.links, MERGE);
}

function isPassed({ bins }: RouteTraffic, { placeDm, joinMs }: Member, { limits, tickMs }: JudgeWorld) {
  return hasFlowed(bins, Math.floor(placeDm / BIN_DM), Math.min(joinMs, tickMs - limits.alonePassedMs));
}

/** Stops again and again; or once, and nobody has flowed past: one that has broken down and crawls off is passed by others. */
function movesUpAlone({ bins }: RouteTraffic, seed: Member, { limits, tickMs }: JudgeWorld): boolean {
  if (seed.merges || tickMs - seed.joinMs < limits.alonePatternMs || !goesAndStops(seed)) return false;
  return seed.stops > 1 || !hasFlowed(bins, Math.floor(seed.stopDm / BIN_DM), seed.joinMs);
}

/** Drives away: faster by 0.3 m/s² than a second ago. Who eases off for one that merges does so after some seconds. */
const SPEEDS_UP_CMPS2 = -30;

/**
 * Has fallen from the speed of flowing traffic to that of a queue within seconds, rolls on or has closed up to something
 * that stands, and nobody flows past it: as much as one vehicle can show. One that just stands shows nothing: it may have
 * broken down, and is told as that.
 */
function hasFallen(route: RouteTraffic, seed: Member, world: JudgeWorld): boolean {
  const { limits } = world;
  const { fromCmps, slowMs, merges, stops, hasClosedUp, brakingCmps2 } = seed;
  if (merges || slowMs < limits.aloneSlowMs || fromCmps < limits.aloneFromSpeedMps * 100) return false;
  if (brakingCmps2 < SPEEDS_UP_CMPS2) return false;
  if (!hasClosedUp && (stops > 0 || !rollsOn(seed))) return false;
  return !isPassed(route, seed, world);
}

/** Half of the free flow: whoever drives as fast is not held up yet. */
const FREE_PCT = 50;

/** Vehicles that have not been heard of for longer are not where they were. */
const FRESH_MS = 2_500;

/**
 * Another one comes from behind and will be there in a moment, or has just been: it passes, or slows down, too, and then
 * there are two.
 * Whoever brakes already is not waited for.
 */
function willBeReached(route: RouteTraffic, seed: Member, world: JudgeWorld): boolean {
  const { context, limits, tickMs } = world;
  const place = context.stations.get(seed.stationId);
  if (place?.road === undefined) return false;
  const reachM = (FASTEST_MPS * limits.aloneAwaitMs) / 1_000;
  return context.stations
    .within(place, reachM)
    .some((other) => tickMs - other.receivedAtMs <= FRESH_MS && comesFreely(other, route, seed, world));
}

/** Nobody is faster, m/s: 180 km/h. */
const FASTEST_MPS = 50;

/** Who has passed is noted when he leaves a bin: at most two of them farther on. */
const JUST_PASSED_M = 100;

/** Braking harder than by letting go of the pedal, m/s². */
const BRAKES_MPS2 = -1;

function comesFreely(
  other: StationView,
  { route }: RouteTraffic,
  seed: Member,
  { traffic, limits }: JudgeWorld,
): boolean {
  const { road, speedMps, accelerationMps2, stationId } = other;
  if (road === undefined || speedMps === undefined || stationId === seed.stationId || road.against)
    return false;
  if (road.link.route.index !== route) return false;
  const freeCmps = traffic.speeds.freeFlowCmps[road.link.index] ?? 0;
  if (speedMps * 10_000 < freeCmps * FREE_PCT || (accelerationMps2 ?? 0) <= BRAKES_MPS2) return false;
  const leftM = seed.placeDm / 10 - road.routeM;
  return leftM >= -JUST_PASSED_M && leftM * 1_000 <= speedMps * limits.aloneAwaitMs;
}
