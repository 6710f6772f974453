import type { RoadLink, RoadRoute } from "../../../domain/road.ts";
import { isDip, showsQueueAlone } from "./alone.ts";
import { newFront, placeAt } from "./front.ts";
import { measureTail, queueNo } from "./fronts.ts";
import { isFresh, type RoadLoop } from "./loop.ts";
import { newQueue, type ToldQueue } from "./queue.ts";
import type { RouteTraffic, Sight, Trace } from "./route-traffic.ts";
import { othersSeen } from "./sights.ts";
import { isStuck, signalAhead } from "./signal.ts";
import type { Member } from "./vehicle.ts";
import { HEARD_MS, type JudgeWorld } from "./world.ts";

/** Trust that is needed in sum to close a road (see `TrustLookup`). */
const TRUST_SUM = 1.5;

/** A station that has proved to lie founds nothing. */
const LEAST_TRUST = 0.25;

/** A new tail grows by so much until more vehicles tell: one vehicle in two seconds on three lanes, 8 m each, fills 1.3 m/s. */
const TAIL_MPS = -1;
const TAIL_SPEED_SIGMA_MPS = 1.2;

/** Where the queue rolls, its tail drives with it, less what joins: at 20 km/h and 1,000 vehicles an hour and lane at 10. */
const ROLLING_SHARE = 0.6;
const ROLLING_AFTER_MS = 6_000;
const ROLLING_FROM_CMPS = 278;

const TAIL_SIGMA_M = 15;

/** The head of a new queue is where its first vehicle stands, or somewhat beyond. */
const HEAD_SIGMA_M = 40;
const HEAD_SPEED_SIGMA_MPS = 0.7;

/** Founds queues where the vehicles that belong to none show one. */
export function foundQueues(
  route: RouteTraffic,
  members: readonly Member[],
  seen: readonly Sight[],
  world: JudgeWorld,
): void {
  const { context, tickMs } = world;
  const loose = members.filter(
    ({ queue, stationId }) => queue === 0 && context.trust.trustOf(stationId) >= LEAST_TRUST,
  );
  for (const [i, seed] of loose.entries()) {
    if (seed.queue !== 0 || seed.upDm >= 0 || tickMs - seed.lastMs > HEARD_MS) continue;
    const group = groupFrom(loose, i, world);
    const kind = kindOf(route, seed, group, seen, world);
    if (kind !== undefined) found(route, group, kind, world);
  }
  foundByLoops(route, world);
  foundBySights(route, seen, world);
}

/** Those of no queue within reach downstream of the first; all are sorted by place. */
function groupFrom(loose: readonly Member[], from: number, { limits }: JudgeWorld): readonly Member[] {
  const group: Member[] = [];
  const endDm = (loose[from]?.placeDm ?? 0) + limits.pairDistanceM * 10;
  for (let i = from; i < loose.length; i++) {
    const member = loose[i];
    if (member === undefined || member.placeDm > endDm) break;
    if (member.queue === 0) group.push(member);
  }
  return group;
}

/** `open`: of a road where nobody has to stop. `halting`: where signals or others make vehicles wait in turns. */
type QueueKind = "open" | "halting";

function kindOf(
  route: RouteTraffic,
  seed: Member,
  group: readonly Member[],
  seen: readonly Sight[],
  world: JudgeWorld,
): QueueKind | undefined {
  const road = world.traffic.network.routes[route.route];
  const link = road === undefined ? undefined : world.traffic.network.linkAt(road, seed.placeDm / 10);
  if (road === undefined || link === undefined) return undefined;
  const fast = isFast(link, world);
  if (fast && showsOpen(route, seed, group, seen, link, world)) {
    if (!signalAhead(road, seed.placeDm / 10, world)) return "open";
  }
  if (!isStuck(route, road, group, world)) return undefined;
  return fast && !signalAhead(road, seed.placeDm / 10, world) ? undefined : "halting";
}

function showsOpen(
  route: RouteTraffic,
  seed: Member,
  group: readonly Member[],
  seen: readonly Sight[],
  link: RoadLink,
  world: JudgeWorld,
): boolean {
  const near = tracesNear(route.traces, seed, world);
  if (near.length === 0 && !group.some((member) => isFirm(member, link, world))) return false;
  const users = distinctUsers(group, near, world);
  const through = [...group, ...near].some(({ merges }) => !merges);
  const others = othersNear(seen, group, seed, world);
  if (users + others.length >= (through ? PAIR : MERGING)) {
    if (others.length > 1) return true;
    if (isOneStop([...group, ...others.map(asStop)], near, world)) return false;
    return others.length > 0 || !isDip(route, group, near, link, world);
  }
  if (link.flags.ramp === true || seed.isPassed) return false;
  return showsQueueAlone(route, seed, link, world);
}

/** Slow vehicles that others see around a member. */
function othersNear(
  seen: readonly Sight[],
  group: readonly Member[],
  seed: Member,
  { limits }: JudgeWorld,
): readonly Sight[] {
  if (seen.length === 0) return seen;
  const reachDm = limits.pairDistanceM * 10;
  return othersSeen(seen, group, seed.placeDm - reachDm, seed.placeDm + reachDm);
}

interface Stop {
  readonly placeDm: number;
  readonly joinMs: number;
}

function asStop({ placeDm, atMs }: Sight): Stop {
  return { placeDm, joinMs: atMs };
}

function isFast(link: RoadLink, { traffic }: JudgeWorld): boolean {
  return traffic.speeds.isFast[link.index] === 1;
}

/** Slow road users that show a queue; and those where all have just come from a ramp and may wait for a gap. */
const PAIR = 2;
const MERGING = 4;

/**
 * A vehicle is plainly slow below two thirds of the bound of queuing, if it came there from a higher speed, or after three
 * seconds: no dip at a merge, and nothing that just appears.
 */
const FIRM_PCT = 67;
const FIRM_MS = 3_000;

/** Of the slow vehicles one at least is plainly so: two dips of speed that meet are no queue. */
function isFirm({ lowestCmps, slowMs, metTail }: Member, link: RoadLink, { traffic }: JudgeWorld): boolean {
  const slowCmps = traffic.speeds.slowCmps[link.index] ?? 0;
  return slowMs >= FIRM_MS || (metTail && lowestCmps * 100 <= slowCmps * FIRM_PCT);
}

function tracesNear(traces: readonly Trace[], seed: Member, { limits }: JudgeWorld): readonly Trace[] {
  if (traces.length === 0) return traces;
  const reachDm = limits.pairDistanceM * 10;
  return traces.filter(({ placeDm }) => Math.abs(placeDm - seed.placeDm) <= reachDm);
}

/** Road users, slow now or within the last minute: a new pseudonym is no second vehicle. */
function distinctUsers(group: readonly Member[], traces: readonly Trace[], { context }: JudgeWorld): number {
  const users = new Set<number>();
  for (const member of group) {
    if (!mayGoOnFor(member, group)) users.add(context.identity.roadUserOf(member.stationId));
  }
  for (const { stationId } of traces) users.add(context.identity.roadUserOf(stationId));
  return users.size;
}

/** Farther than this nobody has come who changed his pseudonym while he was slow: 30 km/h for 13 s (SAE J2945/1) is 108 m. */
const RENAMED_DM = 1_000;

/**
 * Was slow when it was first heard, and another one near it has fallen silent: one vehicle with a new pseudonym, which
 * its relinking tells some time later, is never heard under both.
 */
function mayGoOnFor({ stationId, fromCmps, joinDm, joinMs }: Member, group: readonly Member[]): boolean {
  if (fromCmps > 0) return false;
  return group.some(
    (other) =>
      other.stationId !== stationId &&
      other.lastMs <= joinMs &&
      Math.abs(other.placeDm - joinDm) <= RENAMED_DM,
  );
}

/** Vehicles that came to their place together and stand close are a crash or a breakdown; others will show a queue. */
function isOneStop(group: readonly Stop[], traces: readonly Trace[], { limits }: JudgeWorld): boolean {
  if (traces.length > 0) return false;
  const places = group.map(({ placeDm }) => placeDm);
  const joins = group.map(({ joinMs }) => joinMs);
  return (
    Math.max(...places) - Math.min(...places) < limits.sideBySideM * 10 &&
    Math.max(...joins) - Math.min(...joins) < limits.sideBySideMs
  );
}

function found(route: RouteTraffic, group: readonly Member[], kind: QueueKind, world: JudgeWorld): void {
  const { tickMs } = world;
  const joins = [...group].sort((a, b) => a.joinMs - b.joinMs || a.stationId - b.stationId);
  const [first] = joins;
  if (first === undefined) return;
  const tail = newFront(
    "tail",
    first.joinDm / 10,
    first.joinMs,
    TAIL_MPS + rollingMps(first) * ROLLING_SHARE,
    TAIL_SIGMA_M,
    TAIL_SPEED_SIGMA_MPS,
  );
  const headM = Math.max(...group.map(({ placeDm }) => placeDm)) / 10;
  const head = newFront("head", headM, tickMs, 0, HEAD_SIGMA_M, HEAD_SPEED_SIGMA_MPS);
  const queue = open(route, tail.placeM, first.joinMs, tail, head, world);
  queue.isHalting = kind === "halting";
  queue.stuckAtMs = tickMs;
  for (const member of joins) {
    member.queue = queue.no;
    queue.joined++;
    if (member !== first) measureTail(queue, member);
  }
}

/** Speed at which the first vehicle rolls; 0 where it stands, or has not been slow for long enough to tell. */
function rollingMps({ slowMs, lowestCmps }: Member): number {
  return slowMs >= ROLLING_AFTER_MS && lowestCmps >= ROLLING_FROM_CMPS ? lowestCmps / 100 : 0;
}

function open(
  route: RouteTraffic,
  placeM: number,
  atMs: number,
  tail: ToldQueue["tail"],
  head: ToldQueue["head"],
  { traffic, tickMs }: JudgeWorld,
): ToldQueue {
  const road: RoadRoute | undefined = traffic.network.routes[route.route];
  const no = route.nextNo++;
  const key = `${road?.id ?? route.route}:${Math.round(placeM)}@${Math.floor(atMs)}/${no}`;
  const queue = newQueue(key, no, tail, head, tickMs);
  route.queues.push(queue);
  return queue;
}

/**
 * Raises the tier as soon as the vehicles of a queue, and those that see others in it, are trusted enough together; each
 * counts once, however many it sees. It never falls.
 */
export function confirm(queue: ToldQueue, { sights }: RouteTraffic, { context, tickMs }: JudgeWorld): void {
  if (queue.confirmed) return;
  const witnesses = new Set(queue.members.map(({ stationId }) => stationId));
  const fromDm = placeAt(queue.tail, tickMs) * 10 - SEEN_AT_DM;
  const toDm = placeAt(queue.head, tickMs) * 10 + SEEN_AT_DM;
  for (const { observer, placeDm } of sights.values()) {
    if (placeDm >= fromDm && placeDm <= toDm) witnesses.add(observer);
  }
  let trust = 0;
  for (const stationId of [...witnesses].sort((a, b) => a - b)) trust += context.trust.trustOf(stationId);
  queue.confirmed = trust >= TRUST_SUM;
}

/** What is seen at its ends belongs to a queue: half a bin. */
const SEEN_AT_DM = 250;

/** A loop that reads slow traffic of several vehicles needs no witness. */
function foundByLoops(route: RouteTraffic, world: JudgeWorld): void {
  if (route.loops.size === 0) return;
  const { tickMs, limits } = world;
  const slow: RoadLoop[] = [];
  for (const loop of route.loops.values()) {
    if (loop.queue !== 0 && queueNo(route, loop.queue) === undefined) loop.queue = 0;
    if (loop.isSlow && loop.queue === 0 && isFresh(loop, tickMs)) slow.push(loop);
  }
  slow.sort((a, b) => a.placeDm - b.placeDm || (a.name < b.name ? -1 : 1));
  for (const loop of slow) {
    const placeM = loop.placeDm / 10;
    const near = route.queues.find(
      ({ tail, head }) => placeM >= tail.placeM - limits.reachM && placeM <= head.placeM + limits.reachM,
    );
    if (near !== undefined) loop.queue = near.no;
    else foundByLoop(route, loop, placeM, world);
  }
}

/** Where vehicles halt in turns a loop must have read slow traffic for two of them. */
function foundByLoop(route: RouteTraffic, loop: RoadLoop, placeM: number, world: JudgeWorld): void {
  const { tickMs, limits, traffic } = world;
  const road = traffic.network.routes[route.route];
  const link = road === undefined ? undefined : traffic.network.linkAt(road, placeM);
  if (road === undefined || link === undefined) return;
  const isHalting = !isFast(link, world) || signalAhead(road, placeM, world);
  if (isHalting && loop.observedAtMs - loop.slowSinceMs < 2 * limits.cycleMs) return;
  const tail = newFront("tail", placeM, tickMs, 0, limits.reachM, 1);
  const head = newFront("head", placeM, tickMs, 0, limits.reachM, 1);
  const queue = open(route, placeM, loop.observedAtMs, tail, head, world);
  queue.joined += loop.vehicles;
  queue.confirmed = true;
  queue.isHalting = isHalting;
  queue.stuckAtMs = tickMs;
  queue.slowAtMs = loop.observedAtMs;
  loop.queue = queue.no;
}

/** So many slow vehicles that only others see are a queue: sensors err more than vehicles that speak for themselves. */
const SEEN_LEAST = 3;

/** A queue of which nobody speaks himself: others drive past it, or a roadside unit looks at it. */
function foundBySights(route: RouteTraffic, seen: readonly Sight[], world: JudgeWorld): void {
  if (seen.length < SEEN_LEAST) return;
  const { traffic, limits, tickMs } = world;
  const road = traffic.network.routes[route.route];
  const reachDm = limits.pairDistanceM * 10;
  for (const { placeDm } of seen) {
    const group = othersSeen(seen, [], placeDm, placeDm + reachDm);
    const tailM = placeDm / 10;
    const isKnown = route.queues.some(
      ({ tail, head }) => tailM >= tail.placeM - limits.reachM && tailM <= head.placeM + limits.reachM,
    );
    const link = road === undefined ? undefined : traffic.network.linkAt(road, tailM);
    if (group.length < SEEN_LEAST || isKnown || road === undefined || link === undefined) continue;
    if (!isFast(link, world) || signalAhead(road, tailM, world)) continue;
    const headM = Math.max(...group.map((sight) => sight.placeDm)) / 10;
    const tail = newFront("tail", tailM, tickMs, TAIL_MPS, TAIL_SIGMA_M, TAIL_SPEED_SIGMA_MPS);
    const head = newFront("head", headM, tickMs, 0, HEAD_SIGMA_M, HEAD_SPEED_SIGMA_MPS);
    open(route, tailM, tickMs, tail, head, world).joined += group.length;
  }
}
