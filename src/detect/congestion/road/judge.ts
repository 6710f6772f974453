import { BIN_DM, meanMmps, type RouteBins, SLICE_MS } from "./bins.ts";
import { endQueues, mergeQueues, splitQueues } from "./endings.ts";
import { foundQueues } from "./founding.ts";
import { placeAt } from "./front.ts";
import { followHeads, followTails, holdToVehicles, queueNo } from "./fronts.ts";
import { levelIndexOf } from "./ladder.ts";
import { freeFlowMps } from "./link-speeds.ts";
import type { RouteTraffic } from "./route-traffic.ts";
import { seenSlow } from "./sights.ts";
import { HALTING_REACH_M, noteFailures, staysStuck } from "./signal.ts";
import type { Member } from "./vehicle.ts";
import type { EndedQueue, JudgeWorld } from "./world.ts";

/**
 * A slow vehicle that is not heard of any more is taken for gone after this long: the gap after which its own state begins
 * anew, and the age at which reports are late, so that the two never disagree.
 */
const SILENT_MS = 65_000;

/** Looks at one route: its bins, its slow vehicles, its queues. Returns what has ended. */
export function judgeRoute(route: RouteTraffic, world: JudgeWorld): readonly EndedQueue[] {
  refreshLevels(route.bins, route.route, world);
  const members = sortedMembers(route, world.tickMs);
  const seen = seenSlow(route, world);
  const released = takeReleased(route, world);
  noteFailures(route, members, world);
  assign(route, members, world);
  followTails(route);
  followHeads(route, members, released);
  gather(route, members);
  for (const queue of route.queues) {
    holdToVehicles(queue, route, seen, world.tickMs);
    if (queue.isHalting && staysStuck(queue.members, world)) queue.stuckAtMs = world.tickMs;
  }
  const ended: EndedQueue[] = [];
  endQueues(route, world, ended);
  splitQueues(route, world);
  foundQueues(route, members, seen, world);
  mergeQueues(route, members, world, ended);
  gather(route, members);
  return ended;
}

/** Hands each queue its vehicles. */
function gather(route: RouteTraffic, members: readonly Member[]): void {
  if (route.queues.length === 0) return;
  const byNo = new Map<number, Member[]>();
  for (const queue of route.queues) {
    queue.members.length = 0;
    byNo.set(queue.no, queue.members);
  }
  for (const member of members) if (member.queue !== 0) byNo.get(member.queue)?.push(member);
}

function refreshLevels(bins: RouteBins, index: number, { traffic, limits, tickMs }: JudgeWorld): void {
  const route = traffic.network.routes[index];
  if (route === undefined) return;
  const slice = Math.floor(tickMs / SLICE_MS);
  bins.changed.sort((a, b) => a - b);
  let at = 0;
  for (const bin of bins.changed) {
    const centerM = (bin * BIN_DM) / 10 + BIN_DM / 20;
    while (at < route.links.length - 1 && (route.links[at]?.toM ?? 0) < centerM) at++;
    const link = route.links[at];
    const mean = meanMmps(bins, bin, bin, slice);
    bins.isChanged[bin] = 0;
    if (link === undefined || mean < 0) continue;
    const freeMps = freeFlowMps(traffic.speeds, link.index);
    bins.level[bin] = levelIndexOf(bins.level[bin] ?? -1, mean / 1_000, freeMps, limits);
  }
  bins.changed.length = 0;
}

/** Slow vehicles by place, upstream first; those unheard for too long are let go. */
function sortedMembers(route: RouteTraffic, tickMs: number): readonly Member[] {
  if (route.members.size === 0) return NOBODY;
  const members: Member[] = [];
  for (const member of route.members.values()) {
    if (tickMs - member.lastMs <= SILENT_MS) members.push(member);
    else {
      route.members.delete(member.stationId | 0);
      const queue = queueNo(route, member.queue);
      if (queue !== undefined) queue.lost++;
    }
  }
  return members.sort((a, b) => a.placeDm - b.placeDm || a.stationId - b.stationId);
}

const NOBODY: readonly Member[] = [];

/** Vehicles must have been slow for this long, or nearly stood, to leave a trace: a dip of one second at a ramp is none. */
const TRACE_SLOW_MS = 4_000;
const TRACE_CMPS = 280;

function takeReleased(route: RouteTraffic, { tickMs, limits }: JudgeWorld): readonly Member[] {
  const oldestMs = tickMs - limits.pairWithinMs;
  if (route.traces.length > 0) route.traces = route.traces.filter(({ atMs }) => atMs >= oldestMs);
  if (route.released.length === 0) return NOBODY;
  const released = [...route.released].sort((a, b) => a.lastMs - b.lastMs || a.stationId - b.stationId);
  route.released.length = 0;
  for (const { stationId, lastMs, upDm, placeDm, slowMs, lowestCmps, merges, queue } of released) {
    // What was in a queue has been told with it.
    if (queueNo(route, queue) !== undefined) continue;
    if (slowMs < TRACE_SLOW_MS || lowestCmps > TRACE_CMPS) continue;
    if (route.traces.length < MAX_TRACES)
      route.traces.push({ stationId, atMs: lastMs, placeDm: upDm < 0 ? placeDm : upDm, merges });
  }
  return released;
}

/** Two would do. */
const MAX_TRACES = 64;

/** Gives each slow vehicle to the queue in whose reach it is, the nearest where there are two. */
function assign(route: RouteTraffic, members: readonly Member[], { limits, tickMs }: JudgeWorld): void {
  if (route.queues.length === 0) return;
  const known = new Set(route.queues.map(({ no }) => no));
  for (const member of members) {
    if (member.queue !== 0 && known.has(member.queue)) continue;
    member.queue = 0;
    let nearestM = limits.reachM;
    for (const queue of route.queues) {
      const placeM = member.placeDm / 10;
      const beforeM = placeAt(queue.tail, tickMs) - placeM;
      const afterM = placeM - placeAt(queue.head, tickMs);
      const apartM = Math.max(0, beforeM, afterM);
      if (apartM >= nearestM || (queue.isHalting && apartM > HALTING_REACH_M)) continue;
      nearestM = apartM;
      member.queue = queue.no;
    }
    const queue = queueNo(route, member.queue);
    if (queue === undefined) continue;
    queue.joined++;
    queue.fresh.push(member);
  }
}
