import type { Frame } from "../../../domain/frame.ts";
import type { RoadMatch } from "../../../domain/road.ts";
import { outsideM } from "../../hazard/carriageway.ts";
import { isRampEnd } from "../../ramp-end.ts";
import { addToBin, BIN_DM, noteFlow, SLICE_MS } from "./bins.ts";
import { placeAt } from "./front.ts";
import { noteFreeSpeed } from "./link-speeds.ts";
import {
  markDue,
  markUrgent,
  openRoute,
  type RoadState,
  type RoadTraffic,
  type RouteTraffic,
  type Trace,
} from "./route-traffic.ts";
import { followMember, type Member, NOT_MERGED_DM, newMember, type Visit } from "./vehicle.ts";

/** A report stands for at most this long: one interval of CAM at its lowest rate, with half of it in reserve. */
const MOST_INTERVAL_MS = 1_500;

/** After a silence of this long a vehicle begins anew: where it was slow, it may have been elsewhere. */
const GAP_MS = 60_000;

/** A vehicle between the bounds for this long flows, even if it never gets faster. */
const RECOVERED_MS = 15_000;

/** A slow vehicle this far from a queue belongs to it and calls for no hurry; own: the reach of a queue. */
const NEAR_DM = 3_000;

/** Faster than anything, and still a small integer. */
const UNHINDERED_CMPS = 0x3fffffff;

/** Bounds memory: slow vehicles of one route. */
const MAX_MEMBERS = 20_000;

/** Takes a matched report of a vehicle. Nothing is allocated unless the vehicle becomes slow. */
export function takeRoadReport(
  state: RoadState,
  traffic: RoadTraffic,
  visit: Visit,
  frame: Frame,
  road: RoadMatch,
  speedMps: number,
): void {
  const atMs = frame.observedAtMs;
  const elapsedMs = atMs - visit.lastMs;
  if (elapsedMs <= 0) return;
  const route = road.link.route.index;
  if (visit.route !== route || elapsedMs > GAP_MS) changeRoute(state, traffic, visit, road);
  const link = road.link.index;
  const placeDm = Math.round(road.routeM * 10);
  const bin = Math.floor(placeDm / BIN_DM);
  const slice = Math.floor(atMs / SLICE_MS);
  const cmps = Math.round(speedMps * 100);
  const hasMoved = bin !== visit.bin;
  const hasLeft = link !== visit.link;
  if (hasMoved || slice !== visit.slice) handOver(state, traffic, visit);
  if (slice !== visit.slice) rollTop(visit, slice);
  if (hasLeft) enterLink(traffic, visit, link);
  const intervalMs = elapsedMs > MOST_INTERVAL_MS ? MOST_INTERVAL_MS : Math.round(elapsedMs) || 0;
  visit.bin = bin;
  visit.placeDm = placeDm;
  visit.lastMs = atMs;
  visit.speedCmps = cmps;
  visit.distanceMm += Math.round((cmps * intervalMs) / 100);
  visit.presenceMs += intervalMs;
  const slowCmps = traffic.speeds.slowCmps[link] ?? 0;
  if (visit.member !== undefined) follow(state, traffic, visit, intervalMs, slowCmps);
  else if (cmps <= slowCmps) becomeSlow(state, traffic, visit, frame, road);
  else {
    if (cmps < visit.slowestCmps) visit.slowestCmps = cmps;
    if (hasMoved) passQueues(traffic, visit);
  }
  if (hasMoved) visit.enteredDm = placeDm;
  if (cmps > visit.topCmps) visit.topCmps = cmps;
}

/** Hands what the vehicle drove to its bin. */
function handOver(state: RoadState, traffic: RoadTraffic, visit: Visit): void {
  if (visit.presenceMs === 0 || visit.route < 0) return;
  const route = openRoute(traffic, visit.route);
  if (route === undefined) state.refused++;
  else {
    const bin = Math.min(route.bins.count - 1, visit.bin);
    addToBin(route.bins, bin, visit.slice, visit.distanceMm, visit.presenceMs);
    if (visit.member === undefined && isUnhindered(traffic, visit)) noteFlow(route.bins, bin, visit.lastMs);
    markDue(state, route);
  }
  visit.distanceMm = 0;
  visit.presenceMs = 0;
}

function rollTop(visit: Visit, slice: number): void {
  visit.topBeforeCmps = slice === visit.slice + 1 ? visit.topCmps : 0;
  visit.topCmps = visit.speedCmps;
  visit.slice = slice;
}

function enterLink(traffic: RoadTraffic, visit: Visit, link: number): void {
  const slowCmps = traffic.speeds.slowCmps[visit.link] ?? 0;
  if (visit.link >= 0 && visit.member === undefined && visit.slowestCmps > slowCmps) {
    noteFreeSpeed(traffic.speeds, visit.link, visit.speedCmps);
  }
  visit.link = link;
  visit.slowestCmps = UNHINDERED_CMPS;
}

/** What leaves a route by an exit neither queues on it any more nor flows again there. */
function changeRoute(state: RoadState, traffic: RoadTraffic, visit: Visit, road: RoadMatch): void {
  handOver(state, traffic, visit);
  leaveQueue(traffic, visit);
  const cameByRamp = traffic.network.links[visit.link]?.flags.ramp === true;
  visit.mergedDm = cameByRamp ? Math.round(road.routeM * 10) : NOT_MERGED_DM;
  visit.route = road.link.route.index;
  visit.bin = -1;
  visit.passing = 0;
  visit.enteredDm = -1;
}

function leaveQueue(traffic: RoadTraffic, visit: Visit): void {
  if (visit.member === undefined) return;
  traffic.routes[visit.route]?.members.delete(visit.stationId | 0);
  visit.member = undefined;
}

function becomeSlow(
  state: RoadState,
  traffic: RoadTraffic,
  visit: Visit,
  frame: Frame,
  road: RoadMatch,
): void {
  // Where halting is ordinary nobody queues.
  if (road.link.flags.halting === true) return;
  const route = openRoute(traffic, visit.route);
  if (route === undefined || route.members.size >= MAX_MEMBERS) {
    state.refused++;
    return;
  }
  const { link, lateralM } = road;
  const leftM = link.toM - visit.placeDm / 10;
  const mustMerge =
    isRampEnd(link, leftM, traffic.network.links, MERGING_WITHIN_M) ||
    outsideM({ link, lateralM }) > OUTSIDE_M;
  visit.member = newMember(visit, frame.source.name, frame.receiver, mustMerge);
  visit.slowestCmps = visit.speedCmps;
  visit.passing = 0;
  route.members.set(visit.stationId | 0, visit.member);
  markDue(state, route);
  if (!isNearQueue(route, visit.placeDm, visit.lastMs)) markUrgent(state, route);
}

/** So far before the end of a ramp vehicles look for a gap: an acceleration lane of 250 m (RAA) and what lies before it. */
const MERGING_WITHIN_M = 400;

/** Farther outside of the lanes a vehicle is on another road that the map does not know, or comes from one. */
const OUTSIDE_M = 1;

function isNearQueue(route: RouteTraffic, placeDm: number, atMs: number): boolean {
  for (const queue of route.queues) {
    const tailDm = placeAt(queue.tail, atMs) * 10;
    if (placeDm >= tailDm - NEAR_DM && placeDm <= placeAt(queue.head, atMs) * 10 + NEAR_DM) return true;
  }
  return false;
}

function follow(
  state: RoadState,
  traffic: RoadTraffic,
  visit: Visit,
  intervalMs: number,
  slowCmps: number,
): void {
  const { member } = visit;
  if (member === undefined) return;
  followMember(member, visit, intervalMs, slowCmps);
  if (!flowsAgain(traffic, visit, member)) return;
  const route = traffic.routes[visit.route];
  route?.members.delete(visit.stationId | 0);
  route?.released.push(member);
  if (route !== undefined) markDue(state, route);
  visit.member = undefined;
}

/**
 * Where nobody has to halt, a vehicle flows again at the speed of flowing. Where vehicles halt in turns, they get that
 * fast while they move up, and must keep it, or leave the link of the signal.
 */
function flowsAgain(
  { speeds, network }: RoadTraffic,
  visit: Visit,
  { upDm, upMs, joinLink }: Member,
): boolean {
  const { link, speedCmps, lastMs } = visit;
  if (upDm < 0) return false;
  if (lastMs - upMs >= RECOVERED_MS) return true;
  if (speedCmps < (speeds.flowCmps[link] ?? 0)) return false;
  return speeds.isFast[link] === 1 || (joinLink !== link && network.links[joinLink]?.flags.signal === true);
}

/** A vehicle that never became slow has come as far as this in the queues of its route. */
function passQueues(traffic: RoadTraffic, visit: Visit): void {
  const route = traffic.routes[visit.route];
  if (route === undefined || visit.enteredDm < 0) return;
  const flows = visit.speedCmps >= (traffic.speeds.flowCmps[visit.link] ?? 0);
  if (flows && route.traces.length > 0) passTraces(route, visit);
  for (const queue of route.queues) {
    const tailDm = placeAt(queue.tail, visit.lastMs) * 10;
    const headDm = placeAt(queue.head, visit.lastMs) * 10;
    if (visit.enteredDm < tailDm && visit.placeDm >= tailDm) visit.passing = queue.no;
    if (visit.passing !== queue.no || !flows) continue;
    if (visit.placeDm > headDm) {
      if (!queue.isLone || isUnhindered(traffic, visit)) queue.through++;
      visit.passing = 0;
    } else if (visit.placeDm > queue.fastDm) {
      queue.fastDm = visit.placeDm;
      queue.fastMs = Math.max(queue.fastMs, visit.lastMs);
    }
  }
}

/** Half of the free flow: whoever has to drive slower on a link shares what slows the others. */
const UNHINDERED_PCT = 50;

/**
 * Drives past freely. Beside a queue in one lane those in the next flow as well, but hindered: they do not show that a slow
 * vehicle is alone.
 */
function isUnhindered({ speeds }: RoadTraffic, { link, slowestCmps, speedCmps }: Visit): boolean {
  return Math.min(slowestCmps, speedCmps) * 100 >= (speeds.freeFlowCmps[link] ?? 0) * UNHINDERED_PCT;
}

/** Where a vehicle flows after another was slow and has gone, nothing is left of what slowed that one. */
function passTraces(route: RouteTraffic, { enteredDm, placeDm }: Visit): void {
  const isPassed = (trace: Trace): boolean => trace.placeDm > enteredDm && trace.placeDm <= placeDm;
  if (route.traces.some(isPassed)) route.traces = route.traces.filter((trace) => !isPassed(trace));
}
