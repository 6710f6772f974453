import type { DetectionContext, Detector, Emit } from "../domain/detector.ts";
import type { Frame } from "../domain/frame.ts";
import type { RoadMatch } from "../domain/road.ts";
import type { StationType } from "../domain/station.ts";
import { judgeRoute } from "./congestion/road/judge.ts";
import { learnFreeSpeeds } from "./congestion/road/link-speeds.ts";
import { trafficOf } from "./congestion/road/lookup.ts";
import { takeRoadReport } from "./congestion/road/reports.ts";
import { CONGESTION_ROAD } from "./congestion/road/road-parameters.ts";
import {
  markDue,
  type RoadState,
  type RoadTraffic,
  type RouteTraffic,
  TURNS,
} from "./congestion/road/route-traffic.ts";
import { takeRoadLoop } from "./congestion/road/sensors.ts";
import { takeSights } from "./congestion/road/sights.ts";
import { openTraffic, restoreRoad, snapshotRoad } from "./congestion/road/snapshot.ts";
import { NAME, tellEnd, tellQueues } from "./congestion/road/telling.ts";
import { newVisit, type Visit } from "./congestion/road/vehicle.ts";
import { type ValuesOf, valuesOf } from "./parameter.ts";

export type CongestionRoadParameters = ValuesOf<typeof CONGESTION_ROAD>;

/** Bounds memory: the tracker's own limit is below. */
const MAX_VISITS = 1_000_000;

/** Stations unheard for one to two of these are forgotten. */
const FORGET_MS = 60_000;

/** Free flow is learned at ticks of this interval. */
const LEARN_EVERY_MS = 5_000;

/** A tick is 50 ms; its number decides whose turn it is. */
const TICK_MS = 50;

const NO_TRAFFIC: ReadonlySet<StationType> = new Set([
  "pedestrian",
  "cyclist",
  "moped",
  "motorcycle",
  "light-vru-vehicle",
  "animal",
  "tram",
  "infrastructure",
]);

/**
 * Congestion on mapped roads, in metres along directed routes: the state of traffic per 50 m, and queues from tail to
 * head. A queue begins with the second slow road user within 300 m and 60 s, or on a fast road with one that stops and
 * goes, or has closed up to what stands ahead of it while nobody flows past; where signals may make vehicles wait, with
 * two that wait longer than a cycle. It ends where vehicles are seen to flow, never by silence. Vehicles that no road holds
 * are left to the cells.
 */
export function congestionRoad(
  parameters: CongestionRoadParameters = valuesOf(CONGESTION_ROAD),
): Detector<RoadState> {
  return {
    name: NAME,
    snapshotVersion: 2,
    restartsEmpty: true,
    init: () => ({
      traffic: undefined,
      kept: undefined,
      visits: new Map(),
      visitsBefore: new Map(),
      minute: 0,
      due: Array.from({ length: TURNS }, () => []),
      urgent: [],
      tickMs: 0,
      refused: 0,
    }),
    hears: ["motion", "sensor", "perception"],
    prefetch({ visits }, frames) {
      let sum = 0;
      for (const { stationId } of frames) {
        const visit = visits.get(stationId | 0);
        if (visit !== undefined) sum ^= visit.route ^ visit.slowestCmps;
      }
      return sum;
    },
    onItem: (state, frame, context) => onItem(state, frame, context, parameters),
    onTick: (state, tickMs, context, emit) => onTick(state, tickMs, context, emit, parameters),
    provides: (state, roads) => (roads === undefined ? {} : { traffic: trafficOf(state, roads) }),
    refused: ({ refused }) => refused,
    snapshot: snapshotRoad,
    restore: restoreRoad,
  };
}

function onItem(
  state: RoadState,
  frame: Frame,
  context: DetectionContext,
  parameters: CongestionRoadParameters,
): void {
  const { roads } = context;
  if (roads === undefined || frame.clockReplaced) return;
  const report = frame.observation;
  if (report.kind === "sensor") {
    takeRoadLoop(state, state.traffic ?? openTraffic(state, roads, parameters), frame, report);
    return;
  }
  if (report.kind === "perception" && !frame.late && report.objects.length > 0) {
    takeSights(state, state.traffic ?? openTraffic(state, roads, parameters), frame, report, context);
    return;
  }
  if (report.kind !== "motion" || frame.late) return;
  const { speedMps } = report;
  if (speedMps === undefined || NO_TRAFFIC.has(report.stationType)) return;
  const station = context.stations.get(frame.stationId);
  // Of several reports in one message the tracker has the newest only.
  if (station === undefined || station.observedAtMs !== frame.observedAtMs) return;
  const { road } = station;
  if (road === undefined || road.against) return;
  const traffic = state.traffic ?? openTraffic(state, roads, parameters);
  take(state, traffic, frame, road, speedMps);
}

function take(state: RoadState, traffic: RoadTraffic, frame: Frame, road: RoadMatch, speedMps: number): void {
  const visit = visitOf(state, frame.stationId);
  if (visit !== undefined) takeRoadReport(state, traffic, visit, frame, road, speedMps);
}

function visitOf(state: RoadState, stationId: number): Visit | undefined {
  const key = stationId | 0;
  const known = state.visits.get(key);
  if (known !== undefined) return known;
  const older = state.visitsBefore.get(key);
  if (older === undefined && state.visits.size >= MAX_VISITS) {
    state.refused++;
    return undefined;
  }
  const visit = older ?? newVisit(stationId);
  state.visits.set(key, visit);
  return visit;
}

function onTick(
  state: RoadState,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: CongestionRoadParameters,
): void {
  const { roads } = context;
  if (roads === undefined) return;
  const traffic = state.traffic ?? openTraffic(state, roads, parameters);
  state.tickMs = tickMs;
  forget(state, tickMs);
  if (tickMs % LEARN_EVERY_MS === 0) learnFreeSpeeds(traffic.speeds, parameters);
  const turn = state.due[(tickMs / TICK_MS) % TURNS];
  if (turn === undefined || (turn.length === 0 && state.urgent.length === 0)) return;
  const indices = [...new Set([...turn, ...state.urgent])].sort((a, b) => a - b);
  for (const index of turn) release(traffic.routes[index], "isDue");
  for (const index of state.urgent) release(traffic.routes[index], "isUrgent");
  turn.length = 0;
  state.urgent.length = 0;
  const world = { traffic, context, limits: parameters, tickMs };
  for (const index of indices) {
    const route = traffic.routes[index];
    if (route === undefined) continue;
    for (const ended of judgeRoute(route, world)) tellEnd(ended, tickMs, emit);
    tellQueues(route, world, emit);
    if (route.queues.length > 0 || route.members.size > 0 || route.sights.size > 0) markDue(state, route);
  }
}

function release(route: RouteTraffic | undefined, mark: "isDue" | "isUrgent"): void {
  if (route !== undefined) route[mark] = false;
}

/** Two generations: who was not heard in the last full minute is dropped with its map, at no cost per station. */
function forget(state: RoadState, tickMs: number): void {
  const minute = Math.floor(tickMs / FORGET_MS);
  if (minute === state.minute) return;
  state.minute = minute;
  state.visitsBefore = state.visits;
  state.visits = new Map();
}
