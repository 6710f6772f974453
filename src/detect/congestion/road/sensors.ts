import type { Frame } from "../../../domain/frame.ts";
import type { LaneReading, SensorReport } from "../../../domain/observation.ts";
import type { RoadNetwork, RoadSpot } from "../../../domain/road.ts";
import { addToBin, BIN_DM, BIN_M, SLICE_MS } from "./bins.ts";
import type { RoadLoop } from "./loop.ts";
import { markUrgent, openRoute, type RoadState, type RoadTraffic } from "./route-traffic.ts";

/**
 * Readings are means over a period and arrive when it is over, often a minute or more behind: up to this age they tell the
 * state of now.
 */
const MAX_AGE_MS = 180_000;

/** A loop is that of a carriageway this near to it: half of five lanes, the shoulder, and what positions are worth. */
const ON_ROAD_M = 30;

/** Without a direction it must be told which carriageway it is by place alone: nobody else may be as near. */
const UNDIRECTED_M = 12;

/** Bounds memory per route; loops stand 300 m apart at the nearest. */
const MAX_LOOPS = 5_000;

/** Vehicles that a slow reading must have counted: one is a slow vehicle, not a queue. */
const LEAST_VEHICLES = 2;

/** A reading stands for the window of the bins, however long its period was. */
const WINDOW_MS = 30_000;

/** Where a road sensor stands; undefined off the network, or where it might be on another carriageway. */
export function spotOfSensor(roads: RoadNetwork, report: SensorReport): RoadSpot | undefined {
  if (report.headingDeg !== undefined) return roads.near(report, ON_ROAD_M, report.headingDeg)[0];
  const near = roads.near(report, UNDIRECTED_M);
  const [first] = near;
  return near.every(({ link }) => link.route === first?.link.route) ? first : undefined;
}

/** Takes a loop's reading to its route: all lanes as one, the newest reading only. */
export function takeRoadLoop(
  state: RoadState,
  traffic: RoadTraffic,
  frame: Frame,
  report: SensorReport,
): void {
  const { reading } = report;
  if (reading.type !== "loop" || reading.periodS <= 0) return;
  if (frame.receivedAtMs - frame.observedAtMs > MAX_AGE_MS) return;
  const flow = flowOf(reading.lanes);
  const spot = flow === undefined ? undefined : spotOfSensor(traffic.network, report);
  if (flow === undefined || spot === undefined) return;
  const route = openRoute(traffic, spot.link.route.index);
  const name = `${frame.source.name}/${report.sensorName}`;
  const known = route?.loops.get(name);
  if (route === undefined || (known === undefined && route.loops.size >= MAX_LOOPS)) {
    state.refused++;
    return;
  }
  if (known !== undefined && known.observedAtMs >= frame.observedAtMs) return;
  const loop = loopOf(name, spot, flow, frame, reading.periodS * 1_000, traffic);
  loop.queue = known?.queue ?? 0;
  if (loop.isSlow && known?.isSlow === true) loop.slowSinceMs = known.slowSinceMs;
  route.loops.set(name, loop);
  fillBin(route.bins, loop);
  markUrgent(state, route);
}

interface LoopFlow {
  readonly meanCmps: number;
  readonly vehicles: number;
}

/**
 * Harmonic mean of the lanes weighted by vehicles: the space mean speed, if all vehicles of a lane drive alike (Wardrop
 * 1952). Undefined where no vehicle passed or no lane works.
 */
function flowOf(lanes: readonly LaneReading[]): LoopFlow | undefined {
  let vehicles = 0;
  let slowness = 0;
  for (const { vehicles: count, meanSpeedMps, faulty } of lanes) {
    if (faulty || count === undefined || count === 0 || meanSpeedMps === undefined || meanSpeedMps <= 0)
      continue;
    vehicles += count;
    slowness += Math.round((count * 1e6) / meanSpeedMps);
  }
  if (vehicles === 0) return undefined;
  return { meanCmps: Math.round((vehicles * 1e8) / slowness), vehicles };
}

function loopOf(
  name: string,
  { link, offsetM }: RoadSpot,
  { meanCmps, vehicles }: LoopFlow,
  frame: Frame,
  periodMs: number,
  { speeds }: RoadTraffic,
): RoadLoop {
  const isSlow = vehicles >= LEAST_VEHICLES && meanCmps <= (speeds.slowCmps[link.index] ?? 0);
  return {
    name,
    placeDm: Math.round((link.fromM + offsetM) * 10),
    observedAtMs: frame.observedAtMs,
    periodMs,
    meanCmps,
    vehicles,
    source: frame.source.name,
    isSlow,
    slowSinceMs: isSlow ? frame.observedAtMs - periodMs : 0,
    isFlowing: meanCmps >= (speeds.flowCmps[link.index] ?? 0),
    queue: 0,
  };
}

/** What the vehicles that it counted drove and took on its 50 m within a window. */
function fillBin(bins: Parameters<typeof addToBin>[0], loop: RoadLoop): void {
  const crossings = (loop.vehicles * WINDOW_MS) / Math.max(loop.periodMs, WINDOW_MS);
  const presenceMs = Math.round((crossings * BIN_M * 100_000) / Math.max(1, loop.meanCmps));
  const bin = Math.min(bins.count - 1, Math.floor(loop.placeDm / BIN_DM));
  const slice = Math.floor(loop.observedAtMs / SLICE_MS);
  addToBin(bins, bin, slice, Math.round(crossings * BIN_M * 1_000), presenceMs);
}
