import type { DetectionContext } from "../../../domain/detector.ts";
import type { RoadLink, RoadRoute } from "../../../domain/road.ts";
import { newFront } from "./front.ts";
import { measureTail } from "./fronts.ts";
import { freeFlowMps } from "./link-speeds.ts";
import { isFresh } from "./loop.ts";
import { newQueue, type ToldQueue } from "./queue.ts";
import type { RouteTraffic, Trace } from "./route-traffic.ts";
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
const TAIL_SIGMA_M = 15;

/** The head of a new queue is where its first vehicle stands, or somewhat beyond. */
const HEAD_SIGMA_M = 40;
const HEAD_SPEED_SIGMA_MPS = 0.7;

/** Stops that make stop-and-go of one vehicle. */
const ALONE_STOPS = 2;

/** Founds queues where the vehicles that belong to none show one. */
export function foundQueues(route: RouteTraffic, members: readonly Member[], world: JudgeWorld): void {
  const { context, tickMs } = world;
  const loose = members.filter(
    ({ queue, stationId }) => queue === 0 && context.trust.trustOf(stationId) >= LEAST_TRUST,
  );
  for (const seed of loose) {
    if (seed.queue !== 0 || seed.upDm >= 0 || tickMs - seed.lastMs > HEARD_MS) continue;
    const group = loose.filter((other) => other.queue === 0 && isNear(seed, other.placeDm, world));
    if (shows(route, seed, group, world)) found(route, group, world);
  }
  foundByLoops(route, world);
}

function isNear(seed: Member, placeDm: number, { limits }: JudgeWorld): boolean {
  return placeDm >= seed.placeDm && placeDm - seed.placeDm <= limits.pairDistanceM * 10;
}

function shows(route: RouteTraffic, seed: Member, group: readonly Member[], world: JudgeWorld): boolean {
  const road = world.traffic.network.routes[route.route];
  const link = road === undefined ? undefined : world.traffic.network.linkAt(road, seed.placeDm / 10);
  if (road === undefined || link === undefined) return false;
  if (!isFast(link, world) || signalAhead(road, seed.placeDm / 10, world)) {
    return isStuck(group, world);
  }
  const users = distinctUsers(group, route.traces, seed, world);
  if (users >= 2) return !isOneStop(group, route.traces, world);
  return goesAndStops(seed, link, world);
}

function isFast(link: RoadLink, { traffic, limits }: JudgeWorld): boolean {
  return freeFlowMps(traffic.speeds, link.index) >= limits.fastRoadSpeedMps;
}

/** Road users, slow now or within the last minute: a new pseudonym is no second vehicle. */
function distinctUsers(
  group: readonly Member[],
  traces: readonly Trace[],
  seed: Member,
  { context, limits }: JudgeWorld,
): number {
  const reachDm = limits.pairDistanceM * 10;
  const users = new Set<number>();
  for (const { stationId } of group) users.add(context.identity.roadUserOf(stationId));
  for (const { stationId, placeDm } of traces) {
    if (Math.abs(placeDm - seed.placeDm) <= reachDm) users.add(context.identity.roadUserOf(stationId));
  }
  return users.size;
}

/** Vehicles that came to their place together and stand close are a crash or a breakdown; others will show a queue. */
function isOneStop(group: readonly Member[], traces: readonly Trace[], { limits }: JudgeWorld): boolean {
  if (traces.length > 0) return false;
  const places = group.map(({ placeDm }) => placeDm);
  const joins = group.map(({ joinMs }) => joinMs);
  return (
    Math.max(...places) - Math.min(...places) < limits.sideBySideM * 10 &&
    Math.max(...joins) - Math.min(...joins) < limits.sideBySideMs
  );
}

/** One vehicle that has stopped, driven on and stopped again: neither a breakdown nor a slow transport does that. */
function goesAndStops(member: Member, link: RoadLink, { tickMs, limits }: JudgeWorld): boolean {
  if (link.flags.ramp === true) return false;
  return member.stops >= ALONE_STOPS && tickMs - member.joinMs >= limits.alonePatternMs;
}

function found(route: RouteTraffic, group: readonly Member[], world: JudgeWorld): void {
  const { tickMs, context } = world;
  const joins = [...group].sort((a, b) => a.joinMs - b.joinMs || a.stationId - b.stationId);
  const [first] = joins;
  if (first === undefined) return;
  const tail = newFront(
    "tail",
    first.joinDm / 10,
    first.joinMs,
    TAIL_MPS,
    TAIL_SIGMA_M,
    TAIL_SPEED_SIGMA_MPS,
  );
  const headM = Math.max(...group.map(({ placeDm }) => placeDm)) / 10;
  const head = newFront("head", headM, tickMs, 0, HEAD_SIGMA_M, HEAD_SPEED_SIGMA_MPS);
  const queue = open(route, tail.placeM, first.joinMs, tail, head, world);
  for (const member of joins) {
    member.queue = queue.no;
    queue.joined++;
    if (member !== first) measureTail(queue, member);
  }
  confirm(queue, group, context);
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

/** Raises the tier as soon as the vehicles of a queue are trusted enough together; it never falls. */
export function confirm(queue: ToldQueue, members: readonly Member[], context: DetectionContext): void {
  if (queue.confirmed) return;
  let trust = 0;
  for (const { queue: no, stationId } of members) {
    if (no === queue.no) trust += context.trust.trustOf(stationId);
  }
  queue.confirmed = trust >= TRUST_SUM;
}

/** A loop that reads slow traffic of several vehicles needs no witness. */
function foundByLoops(route: RouteTraffic, world: JudgeWorld): void {
  for (const loop of route.loops.values()) {
    if (!loop.isSlow || loop.queue !== 0 || !isFresh(loop, world.tickMs)) continue;
    const placeM = loop.placeDm / 10;
    const near = route.queues.find(
      ({ tail, head }) =>
        placeM >= tail.placeM - world.limits.reachM && placeM <= head.placeM + world.limits.reachM,
    );
    if (near !== undefined) {
      loop.queue = near.no;
      continue;
    }
    const tail = newFront("tail", placeM, world.tickMs, 0, world.limits.reachM, 1);
    const head = newFront("head", placeM, world.tickMs, 0, world.limits.reachM, 1);
    const queue = open(route, placeM, loop.observedAtMs, tail, head, world);
    queue.joined += loop.vehicles;
    queue.confirmed = true;
    loop.queue = queue.no;
  }
}
