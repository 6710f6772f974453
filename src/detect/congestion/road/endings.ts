import { BIN_M, meanMmps, SLICE_MS } from "./bins.ts";
import { newFront, placeAt } from "./front.ts";
import { slowLoops } from "./loop.ts";
import { newQueue, type ToldQueue } from "./queue.ts";
import type { RouteTraffic } from "./route-traffic.ts";
import { HALTING_GAP_M } from "./signal.ts";
import type { Member } from "./vehicle.ts";
import type { EndedQueue, JudgeWorld } from "./world.ts";

/** Nothing slow was heard of for this long: three reports at the lowest rate of CAM. */
const QUIET_MS = 3_000;

/** Passages at speed that show a queue to be gone: one, or two where vehicles fell silent in it. */
const PASSAGES = 1;
const PASSAGES_WITH_LOST = 2;

/**
 * A queue that nobody is known to stand in any more, and whose head has come this near to its tail, is gone. Where the
 * tail moves upstream like that of a moving jam, which may go on without anybody known in it, only those who have just
 * left it can show that.
 */
const GONE_M = 30;
const MOVING_TAIL_MPS = -2.5;
const JUST_LEFT_MS = 5_000;

/** The last vehicle that flowed again shows the state of now for this long. */
const RELEASE_MEMORY_MS = 60_000;

/** Ends the queues of which it was seen, or of which nobody has heard for the time of validity. */
export function endQueues(route: RouteTraffic, world: JudgeWorld, ended: EndedQueue[]): void {
  for (let i = route.queues.length - 1; i >= 0; i--) {
    const queue = route.queues[i];
    if (queue === undefined) continue;
    const cause = causeOfEnd(queue, route, world);
    if (cause === undefined) continue;
    route.queues.splice(i, 1);
    ended.push({ queue, cause });
    if (queue.joined === 1) for (const member of queue.members) member.isPassed = true;
  }
}

/**
 * A queue ends where vehicles are seen to flow and none is slow: one drove through all of it at speed, its starting wave
 * has reached its tail after the vehicles that were known left, or a loop in it says so. Silence ends nothing before the
 * validity is over.
 */
function causeOfEnd(
  queue: ToldQueue,
  route: RouteTraffic,
  { tickMs, limits }: JudgeWorld,
): EndedQueue["cause"] | undefined {
  if (tickMs - queue.evidenceAtMs > limits.validityMs) return "silence";
  if (slowLoops(route.loops, queue.no, tickMs).length > 0) return undefined;
  if (queue.isHalting) return clearsInTurns(queue, tickMs, limits.cycleMs) ? "flows-again" : undefined;
  if (!queue.isLone && tickMs - queue.slowAtMs < QUIET_MS) return undefined;
  const needed = queue.lost > 0 || queue.isLone ? PASSAGES_WITH_LOST : PASSAGES;
  if (queue.through >= needed) return "flows-again";
  if (queue.isLone) return standsAlone(queue) ? "lone" : undefined;
  if (hasDissolved(queue, tickMs) || loopFlows(queue, route, tickMs)) return "flows-again";
  return undefined;
}

/**
 * A single vehicle that stands for so long with no other is a stopped vehicle, of which others tell. Behind one that has
 * closed up to something the next one known may take longer: 154 s in 95 % of cases at 5 % equipped and 1,400 vehicles an
 * hour.
 */
const ALONE_MS = 60_000;
const CLOSED_UP_MS = 180_000;

function standsAlone({ joined, members }: ToldQueue): boolean {
  return (
    joined === 1 &&
    members.some(({ standMs, hasClosedUp }) => standMs >= (hasClosedUp ? CLOSED_UP_MS : ALONE_MS))
  );
}

/** For two cycles nobody has had to wait for a second one, and vehicles have left in the last of them. */
function clearsInTurns(queue: ToldQueue, tickMs: number, cycleMs: number): boolean {
  return (
    tickMs - queue.stuckAtMs >= 2 * cycleMs && (queue.through > 0 || tickMs - queue.releasedAtMs < cycleMs)
  );
}

function hasDissolved({ lost, released, releasedAtMs, head, tail }: ToldQueue, tickMs: number): boolean {
  const sinceMs = tickMs - releasedAtMs;
  if (lost > 0 || released === 0 || sinceMs > RELEASE_MEMORY_MS) return false;
  if (tail.speedMps < MOVING_TAIL_MPS && sinceMs > JUST_LEFT_MS) return false;
  return placeAt(head, tickMs) - placeAt(tail, tickMs) < GONE_M;
}

/** A loop that told of the queue reads flowing traffic since vehicles were slow last, and still stands in it. */
function loopFlows(queue: ToldQueue, route: RouteTraffic, tickMs: number): boolean {
  const tailM = placeAt(queue.tail, tickMs);
  const headM = placeAt(queue.head, tickMs);
  for (const loop of route.loops.values()) {
    const placeM = loop.placeDm / 10;
    if (loop.queue !== queue.no || !loop.isFlowing || placeM < tailM || placeM > headM) continue;
    if (loop.observedAtMs >= queue.slowAtMs) return true;
  }
  return false;
}

/** Joins queues that have grown together: the older one keeps its name, or one that was told of. */
export function mergeQueues(
  route: RouteTraffic,
  members: readonly Member[],
  { tickMs, limits }: JudgeWorld,
  ended: EndedQueue[],
): void {
  if (route.queues.length < 2) return;
  route.queues.sort((a, b) => placeAt(a.tail, tickMs) - placeAt(b.tail, tickMs) || a.no - b.no);
  for (let i = route.queues.length - 1; i > 0; i--) {
    const down = route.queues[i];
    const up = route.queues[i - 1];
    if (down === undefined || up === undefined) continue;
    const gapM = up.isHalting && down.isHalting ? HALTING_GAP_M : limits.mergeGapM;
    if (placeAt(down.tail, tickMs) - placeAt(up.head, tickMs) > gapM) continue;
    const keeper = goesBefore(up, down) ? up : down;
    const other = keeper === up ? down : up;
    absorb(keeper, other, up, down);
    for (const member of members) if (member.queue === other.no) member.queue = keeper.no;
    for (const loop of route.loops.values()) if (loop.queue === other.no) loop.queue = keeper.no;
    route.queues.splice(i - 1, 2, keeper);
    ended.push({ queue: other, cause: "merged" });
  }
}

function goesBefore(a: ToldQueue, b: ToldQueue): boolean {
  if ((a.told === undefined) !== (b.told === undefined)) return a.told !== undefined;
  return a.foundedAtMs < b.foundedAtMs || (a.foundedAtMs === b.foundedAtMs && a.no < b.no);
}

function absorb(keeper: ToldQueue, other: ToldQueue, up: ToldQueue, down: ToldQueue): void {
  const { tail } = up;
  const { head } = down;
  keeper.tail = tail;
  keeper.head = head;
  keeper.joined += other.joined;
  keeper.lost += other.lost;
  keeper.released += other.released;
  keeper.releasedAtMs = Math.max(keeper.releasedAtMs, other.releasedAtMs);
  keeper.slowAtMs = Math.max(keeper.slowAtMs, other.slowAtMs);
  keeper.evidenceAtMs = Math.max(keeper.evidenceAtMs, other.evidenceAtMs);
  keeper.through = 0;
  keeper.confirmed ||= other.confirmed;
  keeper.gapSinceMs = 0;
}

/** Uncertainty of the fronts at a gap, m: half the distance of two equipped vehicles that flow in it. */
const GAP_SIGMA_M = 100;

/** Divides a queue where flowing traffic has been between its vehicles for long. */
export function splitQueues(route: RouteTraffic, { tickMs, limits }: JudgeWorld): void {
  for (const queue of [...route.queues]) {
    if (placeAt(queue.head, tickMs) - placeAt(queue.tail, tickMs) < limits.splitGapM) continue;
    const gap = widestGap(queue);
    if (gap === undefined || gap.toM - gap.fromM < limits.splitGapM || !flows(route, gap, tickMs)) {
      queue.gapSinceMs = 0;
      continue;
    }
    if (queue.gapSinceMs === 0) queue.gapSinceMs = tickMs;
    if (tickMs - queue.gapSinceMs >= limits.splitForMs) divide(route, queue, gap, tickMs);
  }
}

interface Gap {
  readonly fromM: number;
  readonly toM: number;
}

function widestGap({ members }: ToldQueue): Gap | undefined {
  let gap: Gap | undefined;
  let beforeM = Number.NaN;
  for (const { placeDm } of members) {
    const placeM = placeDm / 10;
    if (placeM - beforeM > (gap === undefined ? 0 : gap.toM - gap.fromM))
      gap = { fromM: beforeM, toM: placeM };
    beforeM = placeM;
  }
  return gap;
}

/** Mean speed above which the gap flows, mm/s: 45 km/h. */
const FLOW_MMPS = 12_500;

function flows({ bins }: RouteTraffic, { fromM, toM }: Gap, tickMs: number): boolean {
  const from = Math.floor(fromM / BIN_M) + 1;
  const to = Math.floor(toM / BIN_M) - 1;
  return meanMmps(bins, from, to, Math.floor(tickMs / SLICE_MS)) >= FLOW_MMPS;
}

/** The part with the tail keeps the name: it is the one that drivers meet. */
function divide(route: RouteTraffic, queue: ToldQueue, gap: Gap, tickMs: number): void {
  const no = route.nextNo++;
  const tail = newFront("tail", gap.toM, tickMs, 0, GAP_SIGMA_M, 1);
  const part = newQueue(`${queue.key}/${no}`, no, tail, queue.head, tickMs);
  part.confirmed = queue.confirmed;
  queue.head = newFront("head", gap.fromM, tickMs, 0, GAP_SIGMA_M, 1);
  queue.gapSinceMs = 0;
  for (const member of queue.members) {
    if (member.placeDm / 10 < gap.toM) continue;
    member.queue = no;
    part.joined++;
  }
  route.queues.push(part);
}
