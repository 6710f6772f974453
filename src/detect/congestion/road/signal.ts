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
 * again after driving on; or they have moved up for a whole one after their stop.
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
    const { hasFailed, stops, joinMs, lastMs, stopMs, stationId, placeDm, joinDm, advanceDm } = member;
    const forMs = lastMs - joinMs;
    if (hasFailed || forMs < limits.cycleMs / 2) continue;
    const movesUp = stops > 0 && forMs >= limits.cycleMs && placeDm - joinDm >= CRAWLED_DM;
    if (stops < STOPS_OF_ONE && !movesUp) continue;
    member.hasFailed = true;
    if (route.failures.length < MAX_FAILURES) {
      const atMs = stops < STOPS_OF_ONE ? lastMs : stopMs;
      route.failures.push({ stationId, placeDm, atMs, advanceDm });
    }
  }
}

/**
 * Where vehicles halt in turns, a queue is congestion if it fails to clear in two consecutive cycles, or its travel speed
 * stays at or below 40 % of the free flow over two cycles. That shows
 *
 * - one vehicle that has had to stop in three of them, or has driven so slowly for two;
 * - two vehicles that failed to pass half a cycle apart, so not at the end of the same green;
 * - one that failed to pass in one green, and one that stands so far from the stop line that two more will not do.
 *
 * A red light alone does that to nobody, and a vehicle that stands all the time is parked, or broken down.
 */
export function isStuck(
  route: RouteTraffic,
  road: RoadRoute,
  group: readonly Member[],
  world: JudgeWorld,
): boolean {
  const { cycleMs, pairDistanceM } = world.limits;
  if (group.some(({ stops, joinMs, lastMs }) => stops >= STOPS_OF_TWO && lastMs - joinMs >= cycleMs))
    return true;
  if (group.some((member) => crawls(member, world))) return true;
  const [seed] = group;
  if (seed === undefined || route.failures.length === 0) return false;
  const near = route.failures.filter(({ placeDm }) => Math.abs(placeDm - seed.placeDm) <= pairDistanceM * 10);
  return failsTwice(near, world) || near.some((failure) => failsOn(failure, road, group, world));
}

function failsTwice(failures: readonly CycleFailure[], { context, limits }: JudgeWorld): boolean {
  const user = (stationId: number): number => context.identity.roadUserOf(stationId);
  return failures.some((a) =>
    failures.some((b) => b.atMs - a.atMs >= limits.cycleMs / 2 && user(a.stationId) !== user(b.stationId)),
  );
}

/** Two cars: who stands nearer than the length of two greens and this may still pass in them. */
const MORE_DM = 150;

/** The share of a longest cycle after which the next green is over in a usual one (RiLSA: 60 to 90 s). */
const NEXT_GREEN_SHARE = 0.8;

/** When the next green is over, too, somebody stands farther from the stop line than two greens like that let vehicles drive. */
function failsOn(
  { advanceDm, atMs }: CycleFailure,
  road: RoadRoute,
  group: readonly Member[],
  { tickMs, limits }: JudgeWorld,
): boolean {
  if (advanceDm === 0 || tickMs - atMs < limits.cycleMs * NEXT_GREEN_SHARE) return false;
  return group.some(({ standMs, placeDm }) => {
    if (standMs === 0) return false;
    const lineM = stopLineM(road, placeDm / 10);
    return lineM !== undefined && lineM * 10 - placeDm > 2 * advanceDm + MORE_DM;
  });
}

/** Queues of one signal are hardly longer (own). */
const LONGEST_QUEUE_M = 600;

function stopLineM({ links }: RoadRoute, placeM: number): number | undefined {
  for (const { flags, toM, fromM } of links) {
    if (toM < placeM) continue;
    if (fromM - placeM > LONGEST_QUEUE_M) return undefined;
    if (flags.signal === true) return toM;
  }
  return undefined;
}

/** Travel speed, as a share of the free flow, at which an urban street is congested: HCM's level of service E at best. */
const CRAWL_PCT = 40;
const CRAWLED_DM = 300;

/** Has had to stop and driven slowly for two cycles, if only some lengths of a car: neither a tractor nor parked. */
function crawls(
  { stops, joinLink, joinDm, placeDm, joinMs, lastMs }: Member,
  { traffic, limits }: JudgeWorld,
): boolean {
  const forMs = lastMs - joinMs;
  if (stops === 0 || forMs < 2 * limits.cycleMs || placeDm - joinDm < CRAWLED_DM) return false;
  const freeCmps = traffic.speeds.freeFlowCmps[joinLink] ?? 0;
  return (placeDm - joinDm) * 1_000_000 <= freeCmps * CRAWL_PCT * forMs;
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
