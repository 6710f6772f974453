import { measureFront, moveFront, placeAt } from "./front.ts";
import { slowLoops } from "./loop.ts";
import type { ToldQueue } from "./queue.ts";
import type { RouteTraffic, Sight } from "./route-traffic.ts";
import { othersSeen } from "./sights.ts";
import type { Member } from "./vehicle.ts";
import { HEARD_MS } from "./world.ts";

/** A join this far upstream of the tail or downstream of it still shows the tail. */
const JOIN_SIGMA_M = 15;
const INNER_JOIN_SIGMA_M = 60;
const INNER_JOIN_M = 40;
const RELEASE_SIGMA_M = 30;

/**
 * How fast the speeds of the fronts change, m²/s³: a tail by 1 m/s within a minute, with its inflow; a head by 4 m/s within
 * 15 s, when what held the queue is gone.
 */
const TAIL_NOISE = 1 / 60;
const HEAD_NOISE = 1;

/** A vehicle that stands this long on one spot may be what the queue leaves behind, or what it formed at. */
const LONE_STAND_MS = 60_000;

export function queueNo(route: RouteTraffic, no: number): ToldQueue | undefined {
  if (no === 0) return undefined;
  return route.queues.find((queue) => queue.no === no);
}

/** Those that met the tail show where it was when they became slow. */
export function followTails(route: RouteTraffic): void {
  for (const queue of route.queues) {
    if (queue.fresh.length === 0) continue;
    queue.fresh.sort((a, b) => a.joinMs - b.joinMs || a.stationId - b.stationId);
    for (const member of queue.fresh) measureTail(queue, member);
    queue.fresh.length = 0;
  }
}

export function measureTail(queue: ToldQueue, { joinDm, joinMs, metTail }: Member): void {
  if (!metTail) return;
  const placeM = joinDm / 10;
  const isInner = placeM - placeAt(queue.tail, joinMs) > INNER_JOIN_M;
  measureFront(queue.tail, placeM, joinMs, isInner ? INNER_JOIN_SIGMA_M : JOIN_SIGMA_M, TAIL_NOISE);
}

/** Faster than queuing for this long shows the head: within a queue speeds rise for a moment only. */
const SHOWN_AFTER_MS = 4_000;

/** Those that leave the queue show where its head was when they became faster than queuing. */
export function followHeads(
  route: RouteTraffic,
  members: readonly Member[],
  released: readonly Member[],
): void {
  if (route.queues.length === 0) return;
  for (const member of released) {
    const queue = queueNo(route, member.queue);
    if (queue === undefined) continue;
    queue.released++;
    queue.releasedAtMs = Math.max(queue.releasedAtMs, member.lastMs);
    queue.evidenceAtMs = Math.max(queue.evidenceAtMs, member.lastMs);
  }
  const leaving = members.filter(({ upDm, upMs, lastMs }) => upDm >= 0 && lastMs - upMs >= SHOWN_AFTER_MS);
  const shown = [...released, ...leaving].filter(({ upDm, shownDm }) => upDm >= 0 && upDm !== shownDm);
  shown.sort((a, b) => a.upMs - b.upMs || a.stationId - b.stationId);
  for (const member of shown) {
    const queue = queueNo(route, member.queue);
    member.shownDm = member.upDm;
    // Where vehicles halt in turns the head is the stop line, although each green sends a wave upstream.
    if (queue === undefined || queue.isHalting) continue;
    measureFront(queue.head, member.upDm / 10, member.upMs, RELEASE_SIGMA_M, HEAD_NOISE);
    if (queue.leftDm < 0 || member.upDm < queue.leftDm) queue.leftDm = member.upDm;
  }
}

/** A queue rolls where no vehicle has been slower: 10 km/h, the bound of stationary traffic. Its tail follows them. */
const ROLLING_CMPS = 278;

/**
 * Behind the last vehicle that is known, others roll that are not: at most so many mean distances of known ones, in 92 of
 * 100 cases (exponential gaps). The mean is taken together with one distance at 5 % equipped in three lanes, so that two
 * that stand close do not prove a dense queue.
 */
const LIKELY_GAPS = 2.5;
const PRIOR_GAP_M = 70;

function meanGapM(count: number, spanM: number): number {
  return count < 2 ? PRIOR_GAP_M : (spanM + PRIOR_GAP_M) / count;
}

/** What is slow in a queue now, from its vehicles and loops; places in metres along the route. */
interface SlowExtent {
  firstM: number;
  lastM: number;
  /** Slow vehicles, heard of lately or not, and the lowest speed that any of them had in it. */
  vehicles: number;
  lowestCmps: number;
  /** Some were heard of lately; all of them are one that has stood for long. */
  isSlow: boolean;
  isLone: boolean;
}

/** Fronts are where vehicles say: no slow vehicle is outside, and where one flows nobody queues in its lane. */
export function holdToVehicles(
  queue: ToldQueue,
  route: RouteTraffic,
  seen: readonly Sight[],
  tickMs: number,
): void {
  const slow = slowExtent(queue, route, tickMs);
  reachSeen(slow, queue, seen, tickMs);
  if (slow.isSlow) {
    queue.slowAtMs = tickMs;
    queue.evidenceAtMs = tickMs;
  }
  queue.isLone = slow.isSlow && (slow.isLone || queue.joined === 1);
  if (slow.isSlow && !queue.isLone) queue.through = 0;
  if (!slow.isSlow) holdToFlowing(queue, tickMs);
  queue.fastDm = -1;
  queue.leftDm = -1;
  holdToSlow(queue, slow, tickMs);
}

function slowExtent(queue: ToldQueue, route: RouteTraffic, tickMs: number): SlowExtent {
  const slow: SlowExtent = {
    firstM: Number.POSITIVE_INFINITY,
    lastM: Number.NEGATIVE_INFINITY,
    vehicles: 0,
    lowestCmps: Number.POSITIVE_INFINITY,
    isSlow: false,
    isLone: true,
  };
  for (const { placeDm, lastMs, upDm, standMs, lowestCmps } of queue.members) {
    if (upDm >= 0) continue;
    if (tickMs - lastMs <= HEARD_MS) {
      slow.isLone &&= !slow.isSlow && standMs >= LONE_STAND_MS;
      slow.isSlow = true;
    }
    slow.vehicles++;
    slow.lowestCmps = Math.min(slow.lowestCmps, lowestCmps);
    reach(slow, placeDm / 10);
  }
  for (const { placeDm, observedAtMs } of slowLoops(route.loops, queue.no, tickMs)) {
    slow.isLone = false;
    queue.evidenceAtMs = Math.max(queue.evidenceAtMs, observedAtMs);
    reach(slow, placeDm / 10);
  }
  return slow;
}

/** Slow objects in a queue, or behind it as near as others that join it, belong to it. */
function reachSeen(slow: SlowExtent, queue: ToldQueue, seen: readonly Sight[], tickMs: number): void {
  if (seen.length === 0) return;
  const fromDm = (placeAt(queue.tail, tickMs) - SEEN_REACH_M) * 10;
  const toDm = (placeAt(queue.head, tickMs) + SEEN_REACH_M) * 10;
  const others = othersSeen(seen, queue.members, fromDm, toDm);
  for (const { placeDm } of others) reach(slow, placeDm / 10);
  if (others.length === 0) return;
  slow.isLone &&= !slow.isSlow && others.length === 1;
  slow.isSlow = true;
}

/** Sensors see so far at most (own: radar of cars). */
const SEEN_REACH_M = 100;

function reach(slow: SlowExtent, placeM: number): void {
  slow.firstM = Math.min(slow.firstM, placeM);
  slow.lastM = Math.max(slow.lastM, placeM);
}

/**
 * Nobody is known to be slow: one that flows in the queue has passed its tail, and the last to leave it left at its head.
 * While vehicles queue, one that flows may be on a lane of its own.
 */
function holdToFlowing(queue: ToldQueue, tickMs: number): void {
  const fastM = queue.fastDm / 10;
  if (fastM > placeAt(queue.tail, queue.fastMs)) moveFront(queue.tail, fastM, queue.fastMs);
  const leftM = queue.leftDm / 10;
  if (leftM >= 0 && leftM < placeAt(queue.head, tickMs)) moveFront(queue.head, leftM, tickMs);
}

function holdToSlow(
  { tail, head }: ToldQueue,
  { firstM, lastM, vehicles, lowestCmps }: SlowExtent,
  tickMs: number,
): void {
  const tailM = placeAt(tail, tickMs);
  const rolls = vehicles > 0 && lowestCmps >= ROLLING_CMPS;
  const earliestM = firstM - LIKELY_GAPS * meanGapM(vehicles, lastM - firstM);
  if (firstM < tailM) moveFront(tail, firstM, tickMs);
  else if (rolls && tailM < earliestM) moveFront(tail, earliestM, tickMs);
  if (lastM > placeAt(head, tickMs)) moveFront(head, lastM, tickMs);
}
