import type { RoadRoute } from "../../../domain/road.ts";
import type { CycleFailure, RoadTraffic, RouteTraffic } from "./route-traffic.ts";
import type { Member } from "./vehicle.ts";
import type { JudgeWorld } from "./world.ts";

/** A stop line within this distance ahead explains a slow vehicle; queues at signals are rarely longer (own). */
const STOP_LINE_M = 300;

/** A signal ahead, as the map or the signal's own messages say. */
export function signalAhead(route: RoadRoute, placeM: number, { traffic, context }: JudgeWorld): boolean {
  const { network } = traffic;
  const link = network.linkAt(route, placeM);
  if (link?.flags.signal === true && link.toM - placeM <= STOP_LINE_M) return true;
  return context.signals.mayWaitAt(
    network.pointAt(route, placeM),
    network.headingAt(route, placeM),
    STOP_LINE_M,
  );
}

/**
 * Queues of two signals in a row are two until they meet: a slow vehicle farther than this from one belongs to the next,
 * and they are one when this near.
 */
export const HALTING_REACH_M = 100;
export const HALTING_GAP_M = 30;

/** Standstills, with driving on between them, of a vehicle that failed to pass in one green, and in two. */
const STOPS_OF_ONE = 2;
const STOPS_OF_TWO = 3;

/** Bounds memory: two would do. */
const MAX_FAILURES = 64;

/**
 * Notes the vehicles that have failed to pass in one green: they have queued for half a cycle at least, and have stopped
 * again after driving on.
 */
export function noteFailures(
  route: RouteTraffic,
  members: readonly Member[],
  { tickMs, limits }: JudgeWorld,
): void {
  if (route.failures.length > 0) {
    const oldestMs = tickMs - 2 * limits.cycleMs;
    route.failures = route.failures.filter(({ atMs }) => atMs >= oldestMs);
  }
  for (const member of members) {
    const { hasFailed, stops, joinMs, lastMs, stopMs, stationId, placeDm } = member;
    if (hasFailed || stops < STOPS_OF_ONE || lastMs - joinMs < limits.cycleMs / 2) continue;
    member.hasFailed = true;
    if (route.failures.length < MAX_FAILURES) route.failures.push({ stationId, placeDm, atMs: stopMs });
  }
}

/**
 * Where vehicles halt in turns, a queue is congestion if it fails to clear in two consecutive cycles: one vehicle has had
 * to stop in three of them, or two vehicles had to stop again half a cycle apart, so not at the end of the same green. A
 * red light alone does that to nobody, and a vehicle that stands all the time is parked, or broken down.
 */
export function isStuck(
  group: readonly Member[],
  failures: readonly CycleFailure[],
  { limits, context }: JudgeWorld,
): boolean {
  const { cycleMs, pairDistanceM } = limits;
  if (group.some(({ stops, joinMs, lastMs }) => stops >= STOPS_OF_TWO && lastMs - joinMs >= cycleMs))
    return true;
  const [seed] = group;
  if (seed === undefined || failures.length < 2) return false;
  const user = (stationId: number): number => context.identity.roadUserOf(stationId);
  const near = failures.filter(({ placeDm }) => Math.abs(placeDm - seed.placeDm) <= pairDistanceM * 10);
  return near.some((a) =>
    near.some((b) => b.atMs - a.atMs >= cycleMs / 2 && user(a.stationId) !== user(b.stationId)),
  );
}

/** One vehicle that had to stop again keeps a queue alive that two have shown. */
export function staysStuck(members: readonly Member[], { tickMs, limits }: JudgeWorld): boolean {
  return members.some(({ hasFailed, stopMs }) => hasFailed && tickMs - stopMs <= limits.cycleMs);
}

/** A queue whose tail is this near to a junction has reached it: two lengths of a car. */
const SPILL_M = 15;

/** The queue stands in a junction behind its signal, so that others cannot drive off either. */
export function spillsBack(route: RoadRoute, tailM: number, headM: number, { traffic }: JudgeWorld): boolean {
  return route.links.some(
    ({ index, fromM }) =>
      fromM > 0 && fromM >= tailM - SPILL_M && fromM < headM && isJunction(index, traffic),
  );
}

/** Others come in at its beginning, or could have turned off there. */
function isJunction(index: number, { network }: RoadTraffic): boolean {
  const previous = network.links[index]?.previous ?? [];
  return previous.length > 1 || previous.some((before) => (network.links[before]?.next.length ?? 0) > 1);
}
