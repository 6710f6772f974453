import { measureFront, moveFront, placeAt } from "./front.ts";
import { slowLoops } from "./loop.ts";
import type { ToldQueue } from "./queue.ts";
import type { RouteTraffic } from "./route-traffic.ts";
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
    if (queue !== undefined)
      measureFront(queue.head, member.upDm / 10, member.upMs, RELEASE_SIGMA_M, HEAD_NOISE);
  }
}

/** Fronts are where vehicles say: no slow vehicle is outside, and where one flows nobody queues in its lane. */
export function holdToVehicles(
  queue: ToldQueue,
  route: RouteTraffic,
  members: readonly Member[],
  tickMs: number,
): void {
  let firstM = Number.POSITIVE_INFINITY;
  let lastM = Number.NEGATIVE_INFINITY;
  let isSlow = false;
  let isLone = true;
  for (const { queue: no, placeDm, lastMs, upDm, standMs } of members) {
    if (no !== queue.no || upDm >= 0) continue;
    if (tickMs - lastMs <= HEARD_MS) {
      isLone &&= !isSlow && standMs >= LONE_STAND_MS;
      isSlow = true;
    }
    firstM = Math.min(firstM, placeDm / 10);
    lastM = Math.max(lastM, placeDm / 10);
  }
  for (const { placeDm, observedAtMs } of slowLoops(route.loops, queue.no, tickMs)) {
    isLone = false;
    queue.evidenceAtMs = Math.max(queue.evidenceAtMs, observedAtMs);
    firstM = Math.min(firstM, placeDm / 10);
    lastM = Math.max(lastM, placeDm / 10);
  }
  if (isSlow) {
    queue.slowAtMs = tickMs;
    queue.evidenceAtMs = tickMs;
  }
  queue.isLone = isSlow && isLone;
  if (isSlow && !isLone) queue.through = 0;
  if (queue.fastDm >= 0) {
    const fastM = Math.min(queue.fastDm / 10, firstM);
    if (fastM > placeAt(queue.tail, queue.fastMs)) moveFront(queue.tail, fastM, queue.fastMs);
    queue.fastDm = -1;
  }
  if (firstM < placeAt(queue.tail, tickMs)) moveFront(queue.tail, firstM, tickMs);
  if (lastM > placeAt(queue.head, tickMs)) moveFront(queue.head, lastM, tickMs);
}
