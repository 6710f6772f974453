import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit, RoadQueue, TrafficLevel } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { RoadLink, RoadNetwork, RoadRoute } from "../../domain/road.ts";
import { isVulnerable } from "../../domain/station.ts";
import { type ValuesOf, valuesOf } from "../parameter.ts";
import { StationMap } from "../station-map.ts";
import { QUEUE_END } from "./queue-end-parameters.ts";
import {
  type Join,
  type QueueEnd,
  type QueueEndState,
  queueEndContent,
  readQueueEnds,
  writeQueueEnds,
} from "./queue-end-state.ts";

export type QueueEndParameters = ValuesOf<typeof QUEUE_END>;

const NAME = "queue-end";

/** Bounds memory where whole motorways brake at once. */
const MAX_FAST = 50_000;
const MAX_JOINS = 1_000;
const MAX_ENDS = 5_000;

/** A vehicle that loses less is not braking. */
const SLOWS_MPS2 = 1;

/** Routes are looked at once a second, a twentieth of them on each tick. */
const TICK_MS = 50;
const LOOK_EVERY_MS = 1_000;
const TURNS = LOOK_EVERY_MS / TICK_MS;

/** A braking waits this long for a second witness. */
const JOIN_MEMORY_MS = 5_000;

/** A braking and a tail this near to each other are of one queue. */
const ONE_QUEUE_M = 500;

const FRESH_MS = 3_000;
const MOVED_M = 25;

/** Speed of a queue of which no vehicle is heard now: the middle of its level (SN 671 921). */
const LEVEL_MPS: Readonly<Record<TrafficLevel, number>> = {
  stationary: 5 / 3.6,
  queuing: 20 / 3.6,
  slow: 45 / 3.6,
  heavy: 80 / 3.6,
  free: 120 / 3.6,
};

/** What one look needs. */
interface Look {
  readonly state: QueueEndState;
  readonly tickMs: number;
  readonly context: DetectionContext;
  readonly roads: RoadNetwork;
  readonly emit: Emit;
  readonly parameters: QueueEndParameters;
}

/**
 * Ends of queues that drivers do not expect, on fast roads outside built-up areas:
 *
 * - *From congestion*: the tail of a known queue where approaching vehicles, or the free flow of the road where nobody is
 *   heard, are at least 50 km/h faster than the queue. One alert per queue, which follows the tail.
 * - *From a braking*: a vehicle that comes from 80 km/h to 30 km/h within 10 s at 3.5 m/s² or more, and another slow road
 *   user ahead of it: the queue of which congestion does not know yet. When it does, the alert goes on under its queue.
 *
 * Ends when neither speaks for it for 20 s.
 */
export function queueEnd(parameters: QueueEndParameters = valuesOf(QUEUE_END)): Detector<QueueEndState> {
  return {
    name: NAME,
    snapshotVersion: 1,
    init: () => ({ fast: new StationMap(), joins: [], ends: new Map() }),
    onItem: (state, frame, context) => onItem(state, frame, context, parameters),
    onTick(state, tickMs, context, emit) {
      const { roads } = context;
      if (roads !== undefined) onTick({ state, tickMs, context, roads, emit, parameters });
    },
    snapshot: writeQueueEnds,
    restore: readQueueEnds,
  };
}

function onItem(
  state: QueueEndState,
  frame: Frame,
  context: DetectionContext,
  parameters: QueueEndParameters,
): void {
  const report = frame.observation;
  if (report.kind !== "motion" || context.roads === undefined || report.speedMps === undefined) return;
  const { speedMps } = report;
  if (speedMps >= parameters.fromSpeedMps) {
    if ((report.accelerationMps2 ?? 0) > -SLOWS_MPS2 || frame.late) return;
    const moment = state.fast.get(frame.stationId);
    if (moment !== undefined) {
      moment.atMs = frame.receivedAtMs;
      moment.speedMps = speedMps;
    } else if (state.fast.size < MAX_FAST && !isVulnerable(report.stationType)) {
      state.fast.set(frame.stationId, { stationId: frame.stationId, atMs: frame.receivedAtMs, speedMps });
    }
  } else if (speedMps <= parameters.toSpeedMps) brakedTo(state, frame, speedMps, context, parameters);
}

function brakedTo(
  state: QueueEndState,
  frame: Frame,
  speedMps: number,
  context: DetectionContext,
  parameters: QueueEndParameters,
): void {
  const moment = state.fast.get(frame.stationId);
  if (moment === undefined) return;
  state.fast.delete(frame.stationId);
  const tookMs = frame.receivedAtMs - moment.atMs;
  if (tookMs <= 0 || tookMs > parameters.brakingWithinMs) return;
  const decelerationMps2 = ((moment.speedMps - speedMps) * 1_000) / tookMs;
  if (decelerationMps2 < parameters.meanDecelerationMps2 || state.joins.length >= MAX_JOINS) return;
  const road = context.stations.get(frame.stationId)?.road;
  if (road === undefined || road.against || !isWatched(road.link, context, parameters)) return;
  state.joins.push({
    stationId: frame.stationId,
    atMs: frame.receivedAtMs,
    routeIndex: road.link.route.index,
    routeM: road.routeM,
    fromMps: moment.speedMps,
    toMps: speedMps,
    decelerationMps2,
  });
}

function isWatched(link: RoadLink, { traffic }: DetectionContext, parameters: QueueEndParameters): boolean {
  const { ramp, urban, halting, roundabout, signal } = link.flags;
  if (ramp || urban || halting || roundabout || signal) return false;
  return freeMps(link, { traffic }) >= parameters.roadSpeedMps;
}

function freeMps(link: RoadLink, { traffic }: Pick<DetectionContext, "traffic">): number {
  return traffic.freeFlowOn?.(link) ?? link.freeFlowMps ?? link.limitMps ?? 0;
}

function onTick(look: Look): void {
  const { state, tickMs, roads } = look;
  if (state.joins.length > 0 && tickMs % 200 === 0) judgeJoins(look);
  const turn = (tickMs / TICK_MS) % TURNS;
  if (look.context.traffic.queuesOn !== undefined) {
    for (let index = turn; index < roads.routes.length; index += TURNS) {
      const route = roads.routes[index];
      if (route !== undefined) judgeRoute(route, look);
    }
  }
  if (turn !== 0) return;
  for (const end of state.ends.values()) tidy(end, look);
  for (const moment of state.fast.values()) {
    if (tickMs - moment.atMs > look.parameters.brakingWithinMs) state.fast.delete(moment.stationId);
  }
}

/** Brakings speak for a queue that is told, or with another slow road user for a new one. */
function judgeJoins(look: Look): void {
  const { state, tickMs, context, roads, parameters } = look;
  const waiting: Join[] = [];
  for (const join of [...state.joins].sort((a, b) => a.stationId - b.stationId)) {
    const route = roads.routes[join.routeIndex];
    if (route === undefined) continue;
    const known = endNear(state, route, join.routeM);
    if (known !== undefined) {
      support(known, join, tickMs);
      continue;
    }
    const slow = slowAhead(join, route, look);
    const trust = slow.trust + Math.round(context.trust.trustOf(join.stationId) * 1_000);
    if (slow.vehicles === 0 || trust < parameters.trustSum * 1_000) {
      if (tickMs - join.atMs < JOIN_MEMORY_MS) waiting.push(join);
      continue;
    }
    open(join, slow.vehicles, route, look);
  }
  state.joins = waiting.sort((a, b) => a.atMs - b.atMs || a.stationId - b.stationId);
}

function endNear({ ends }: QueueEndState, route: RoadRoute, routeM: number): QueueEnd | undefined {
  for (const end of ends.values()) {
    if (end.routeIndex === route.index && Math.abs(end.tailM - routeM) <= ONE_QUEUE_M) return end;
  }
  return undefined;
}

function support(end: QueueEnd, join: Join, tickMs: number): void {
  end.joins++;
  end.seenAtMs = tickMs;
  end.decelerationMps2 = Math.max(end.decelerationMps2, join.decelerationMps2);
  if (end.queueKey === "") end.tailM = Math.min(end.tailM, join.routeM);
}

/** Slow vehicles of other road users ahead of one that braked, and the trust in them in thousandths. */
function slowAhead(join: Join, route: RoadRoute, look: Look): { vehicles: number; trust: number } {
  const { context, roads, tickMs, parameters } = look;
  const own = context.identity.roadUserOf(join.stationId);
  const users = new Set<number>();
  let trust = 0;
  for (const other of context.stations.within(roads.pointAt(route, join.routeM), parameters.slowAheadM)) {
    const { road, speedMps } = other;
    if (road?.link.route !== route || speedMps === undefined || speedMps > parameters.toSpeedMps) continue;
    if (tickMs - other.receivedAtMs > FRESH_MS || road.routeM < join.routeM) continue;
    const user = context.identity.roadUserOf(other.stationId);
    if (user === own || users.has(user)) continue;
    users.add(user);
    trust += Math.round(context.trust.trustOf(other.stationId) * 1_000);
  }
  return { vehicles: users.size, trust };
}

function open(join: Join, slowVehicles: number, route: RoadRoute, look: Look): void {
  const { state, tickMs } = look;
  if (state.ends.size >= MAX_ENDS) return;
  const end: QueueEnd = {
    key: `${route.id}:${Math.round(join.routeM)}:${Math.round(join.atMs)}`,
    routeIndex: route.index,
    sinceMs: tickMs,
    queueKey: "",
    tailM: join.routeM,
    tailSpeedMps: 0,
    approachMps: join.fromMps,
    slowMps: join.toMps,
    decelerationMps2: join.decelerationMps2,
    vehicles: 1 + slowVehicles,
    joins: 1,
    seenAtMs: tickMs,
    toldAtMs: 0,
    toldTailM: 0,
  };
  state.ends.set(end.key, end);
  tell(end, "start", look);
}

function judgeRoute(route: RoadRoute, look: Look): void {
  const queues = look.context.traffic.queuesOn?.(route) ?? [];
  for (const queue of queues) judgeQueue(route, queue, look);
}

function judgeQueue(route: RoadRoute, queue: RoadQueue, look: Look): void {
  const { state, tickMs, context, roads, parameters } = look;
  const link = roads.linkAt(route, queue.tailM);
  if (link === undefined || !isWatched(link, context, parameters)) return;
  const slowMps = queueSpeed(route, queue, look);
  const approachMps = approachSpeed(route, queue, link, look);
  let end = endOf(state, route, queue);
  const dangerous = approachMps - slowMps >= parameters.differenceMps;
  // Nobody meets a queue of which nobody is known to queue any more.
  const begins = dangerous && (queue.level === "queuing" || queue.level === "stationary");
  if (!begins && end === undefined) return;
  const isNew = end === undefined;
  if (end === undefined) {
    if (state.ends.size >= MAX_ENDS) return;
    end = newEnd(route, queue, tickMs);
    state.ends.set(end.key, end);
  }
  end.queueKey = queue.key;
  end.tailM = queue.tailM;
  end.tailSpeedMps = queue.tailSpeedMps;
  end.vehicles = Math.max(end.vehicles, queue.vehicles);
  if (!dangerous) return;
  end.approachMps = approachMps;
  end.slowMps = slowMps;
  end.seenAtMs = tickMs;
  if (isNew) tell(end, "start", look);
}

/** The end of this queue; or one that a braking has told of, near its tail. */
function endOf({ ends }: QueueEndState, route: RoadRoute, queue: RoadQueue): QueueEnd | undefined {
  let near: QueueEnd | undefined;
  for (const end of ends.values()) {
    if (end.routeIndex !== route.index) continue;
    if (end.queueKey === queue.key) return end;
    if (end.queueKey === "" && Math.abs(end.tailM - queue.tailM) <= ONE_QUEUE_M) near ??= end;
  }
  return near;
}

function newEnd(route: RoadRoute, queue: RoadQueue, tickMs: number): QueueEnd {
  return {
    key: `${route.id}:${queue.key}:${Math.round(tickMs)}`,
    routeIndex: route.index,
    sinceMs: tickMs,
    queueKey: queue.key,
    tailM: queue.tailM,
    tailSpeedMps: queue.tailSpeedMps,
    approachMps: 0,
    slowMps: 0,
    decelerationMps2: 0,
    vehicles: queue.vehicles,
    joins: 0,
    seenAtMs: tickMs,
    toldAtMs: 0,
    toldTailM: 0,
  };
}

/** How far into a queue its speed is read: the vehicles that a driver meets first. */
const QUEUE_INTO_M = 200;

/** Speed of the slowest vehicle behind the tail; of its level where nobody is heard. A queue that dissolves is fast at once. */
function queueSpeed(route: RoadRoute, queue: RoadQueue, { context, roads, tickMs }: Look): number {
  const toM = Math.min(queue.tailM + QUEUE_INTO_M, Math.max(queue.headM, queue.tailM + QUEUE_INTO_M / 2));
  const middle = roads.pointAt(route, (queue.tailM + toM) / 2);
  let slowestMps = Number.POSITIVE_INFINITY;
  for (const other of context.stations.within(middle, (toM - queue.tailM) / 2)) {
    const { road, speedMps } = other;
    if (road?.link.route !== route || speedMps === undefined) continue;
    if (tickMs - other.receivedAtMs <= FRESH_MS) slowestMps = Math.min(slowestMps, speedMps);
  }
  return Number.isFinite(slowestMps) ? slowestMps : LEVEL_MPS[queue.level];
}

/** Mean speed of those who approach the tail; the free flow of the road where nobody is heard and nothing slow is known. */
function approachSpeed(route: RoadRoute, queue: RoadQueue, link: RoadLink, look: Look): number {
  const { context, roads, tickMs, parameters } = look;
  const { approachFromM, approachToM } = parameters;
  const middleM = queue.tailM - (approachFromM + approachToM) / 2;
  if (middleM <= 0) return 0;
  let sumMmps = 0;
  let count = 0;
  const reachM = (approachToM - approachFromM) / 2;
  for (const other of context.stations.within(roads.pointAt(route, middleM), reachM)) {
    const { road, speedMps } = other;
    if (road?.link.route !== route || road.against || speedMps === undefined) continue;
    if (tickMs - other.receivedAtMs > FRESH_MS || road.routeM > queue.tailM - approachFromM) continue;
    sumMmps += Math.round(speedMps * 1_000);
    count++;
  }
  if (count > 0) return sumMmps / 1_000 / count;
  const level = context.traffic.levelOn?.(route, queue.tailM - approachFromM - 50);
  if (level !== undefined && level !== "free" && level !== "heavy") return LEVEL_MPS[level];
  return freeMps(roads.linkAt(route, middleM) ?? link, context);
}

/** Ends what nothing speaks for, and tells where the others are now. */
function tidy(end: QueueEnd, look: Look): void {
  const { state, tickMs, parameters } = look;
  if (tickMs - end.seenAtMs >= parameters.holdMs) {
    state.ends.delete(end.key);
    tell(end, "end", look);
    return;
  }
  if (tickMs - end.toldAtMs < parameters.updateEveryMs) return;
  const moved = Math.abs(end.tailM - end.toldTailM) >= MOVED_M;
  tell(end, moved ? "update" : "extend", look);
}

function tell(end: QueueEnd, phase: Detection["phase"], look: Look): void {
  const { tickMs, roads, emit, parameters } = look;
  const route = roads.routes[end.routeIndex];
  if (route === undefined) return;
  end.toldAtMs = tickMs;
  if (phase !== "extend") end.toldTailM = end.tailM;
  const content = queueEndContent(end, roads, route, parameters);
  emit({ ...content, detector: NAME, key: end.key, phase, decidedAtMs: tickMs });
}
