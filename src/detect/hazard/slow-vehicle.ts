import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit, StationView } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { MotionReport } from "../../domain/observation.ts";
import type { RoadLink, RoadMatch } from "../../domain/road.ts";
import { readArray, readRow, writeRow } from "../../domain/snapshot-row.ts";
import { isVulnerable, type StationType, type VehicleRole } from "../../domain/station.ts";
import { type ValuesOf, valuesOf } from "../parameter.ts";
import { StationMap } from "../station-map.ts";
import { noteFrame, noWitnesses } from "../witnesses.ts";
import { SLOW_VEHICLE } from "./slow-vehicle-parameters.ts";
import { SLOW_FIELDS, type SlowTrack, slowContent } from "./slow-vehicle-track.ts";

export type SlowParameters = ValuesOf<typeof SLOW_VEHICLE>;

/** Vehicles that drive slowly where others may drive fast, by station. */
export interface SlowState {
  readonly tracks: StationMap<SlowTrack>;
}

const NAME = "slow-vehicle";

/** Bounds memory and the work of ticks in jams of a whole country. */
const MAX_TRACKS = 20_000;

/** Nobody at or above this share of 130 km/h is slow anywhere (German advisory speed of motorways). */
const FASTEST_ROAD_MPS = 130 / 3.6;

/** Every track is looked at once a second, a twentieth of them on each tick. */
const LOOK_EVERY_MS = 1_000;
const TICK_MS = 50;

const FRESH_MS = 3_000;
const FORGET_MS = 5_000;

/** Looks, one a second, that must have found others passing. */
const FLOW_LOOKS = 2;

/** Who has passed it so long ago still counts: a minute brings one and a half at 0.5 vehicles/s and 5 % equipped. */
const FLOW_MEMORY_MS = 60_000;

/** Who flows beside it passes it; farther ahead the road is free before the head of a queue that rolls and after fog. */
const PASSES_M = 80;

/** Others this far behind drive beside it. */
const BESIDE_M = 30;

/** Those who were beside it when it became slow have gone after this time: who passes it then has not been slowed. */
const PASSED_FROM_MS = 10_000;

/** Share of the newest look in its mean speed, one look a second; one so much faster than its mean drives on. */
const PACE_SHARE = 0.1;
const SPEEDS_UP_MPS = 2;

/** Silent for longer it may go by a new name, and be as far away as it drives until it is forgotten. */
const NEW_NAME_AFTER_MS = 1_000;
const NEW_NAME_M = 150;

const SIGNAL_WITHIN_M = 200;
const TRUST_SUM = 1_500;

const HEAVY: ReadonlySet<StationType> = new Set([
  "bus",
  "heavy-truck",
  "trailer",
  "special-vehicle",
  "agricultural",
]);

/** SlowVehicleSubCauseCode (TS 102 894-2): 1 maintenanceVehicle, 3 abnormalLoad, 5 convoy. */
const SUB_CAUSES: Readonly<Partial<Record<VehicleRole, number>>> = {
  "road-operator": 1,
  "road-work": 1,
  "special-transport": 3,
  military: 5,
};

/**
 * Vehicles that drive far below the speed of a fast road while the others flow: abnormal loads, mowers, defects.
 *
 * A vehicle between 5 km/h and 58 % of the lower of limit and free flow (80 km/h at most for heavy ones) for 30 s is
 * slow. It is told where others were seen to pass it and none ahead is slow: a vehicle in a queue, at its tail or in a
 * convoy has slow ones ahead, and nobody passes the head of a queue that rolls, or in fog. Where nobody else is seen it
 * takes 90 s, unless its role says that it is slow; where others near it do not flow either only the role tells. Silent off the map, on
 * ramps, in built-up areas, and before signals.
 */
export function slowVehicle(parameters: SlowParameters = valuesOf(SLOW_VEHICLE)): Detector<SlowState> {
  const suspectMps = FASTEST_ROAD_MPS * parameters.slowShare;
  return {
    name: NAME,
    snapshotVersion: 2,
    init: () => ({ tracks: new StationMap() }),
    onItem(state, frame, context) {
      const report = frame.observation;
      if (report.kind !== "motion" || report.speedMps === undefined) return;
      if (report.speedMps >= suspectMps || report.speedMps <= parameters.leastSpeedMps) return;
      if (context.roads !== undefined && !frame.late) onSlowReport(state, frame, report, context, parameters);
    },
    onTick: (state, tickMs, context, emit) => onTick(state, tickMs, context, emit, parameters),
    snapshot: ({ tracks }) => [...tracks.values()].map((track) => writeRow(SLOW_FIELDS, track)),
    restore(value) {
      const rows = readArray(value).map((row) => readRow<SlowTrack>(SLOW_FIELDS, row));
      return { tracks: new StationMap(rows.map((track) => [track.stationId, track])) };
    },
  };
}

function onSlowReport(
  state: SlowState,
  frame: Frame,
  report: MotionReport,
  context: DetectionContext,
  parameters: SlowParameters,
): void {
  const known = state.tracks.get(frame.stationId);
  if (known !== undefined) {
    noteFrame(known, frame);
    return;
  }
  if (state.tracks.size >= MAX_TRACKS || isVulnerable(report.stationType)) return;
  if (report.stationType === "tram" || report.stationType === "infrastructure") return;
  const road = context.stations.get(frame.stationId)?.road;
  if (road === undefined || !isWatched(road)) return;
  const heavy = HEAVY.has(report.stationType);
  const roadMps = speedOfRoad(road.link, heavy, context, parameters);
  if (roadMps < parameters.roadSpeedMps || (report.speedMps ?? 0) >= roadMps * parameters.slowShare) return;
  state.tracks.set(frame.stationId, newTrack(frame, report, heavy, roadMps));
}

function isWatched({ link, against }: RoadMatch): boolean {
  const { ramp, urban, halting, roundabout, signal } = link.flags;
  return !against && !ramp && !urban && !halting && !roundabout && !signal;
}

/** What drivers drive there: the lower of limit and free flow; 0 where neither is known. */
function speedOfRoad(
  link: RoadLink,
  heavy: boolean,
  { traffic }: DetectionContext,
  parameters: SlowParameters,
): number {
  const freeMps = traffic.freeFlowOn?.(link) ?? link.freeFlowMps;
  const limitMps = link.limitMps ?? freeMps ?? 0;
  const roadMps = Math.min(limitMps, freeMps ?? limitMps);
  return heavy ? Math.min(roadMps, parameters.heavySpeedMps) : roadMps;
}

function newTrack(frame: Frame, report: MotionReport, heavy: boolean, roadMps: number): SlowTrack {
  const track: SlowTrack = {
    key: String(frame.stationId),
    stationId: frame.stationId,
    agricultural: report.stationType === "agricultural",
    subCauseCode: SUB_CAUSES[report.role] ?? 0,
    heavy,
    slowSinceMs: frame.receivedAtMs,
    sinceMs: frame.receivedAtMs,
    roadMps,
    speedMps: report.speedMps ?? 0,
    paceMps: report.speedMps ?? 0,
    latitudeDeg: report.latitudeDeg,
    longitudeDeg: report.longitudeDeg,
    headingDeg: report.headingDeg ?? -1,
    observedAtMs: frame.observedAtMs,
    heardAtMs: frame.receivedAtMs,
    flowAtMs: 0,
    flowLooks: 0,
    flowTrust: 0,
    flowVehicles: 0,
    slowAheadAtMs: 0,
    heldAtMs: 0,
    fastSinceMs: 0,
    told: "",
    toldAtMs: 0,
    ...noWitnesses(),
  };
  noteFrame(track, frame);
  return track;
}

function onTick(
  state: SlowState,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: SlowParameters,
): void {
  if (state.tracks.size === 0) return;
  const turn = (tickMs / TICK_MS) % (LOOK_EVERY_MS / TICK_MS);
  const due: SlowTrack[] = [];
  for (const track of state.tracks.values()) {
    if (track.stationId % (LOOK_EVERY_MS / TICK_MS) === turn) due.push(track);
  }
  due.sort((a, b) => a.stationId - b.stationId);
  for (const track of due) {
    // Another one may have turned out to be the same vehicle.
    if (state.tracks.get(track.stationId) === track) look(state, track, tickMs, context, emit, parameters);
  }
}

function look(
  state: SlowState,
  track: SlowTrack,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: SlowParameters,
): void {
  if (track.told !== "" && tickMs - track.heardAtMs > NEW_NAME_AFTER_MS) adoptNewName(state, track, context);
  const view = context.stations.get(track.stationId);
  if (view === undefined || tickMs - view.receivedAtMs > FORGET_MS) {
    // What was told expires by itself.
    if (track.told === "" || tickMs - track.heardAtMs > parameters.validityMs) forget(state, track);
    return;
  }
  const road = view.road;
  const watched = road !== undefined && isWatched(road);
  takeView(track, view);
  if (watched) track.roadMps = speedOfRoad(road.link, track.heavy, context, parameters);
  const slow =
    watched &&
    track.roadMps >= parameters.roadSpeedMps &&
    track.speedMps < track.roadMps * parameters.slowShare &&
    track.speedMps > parameters.leastSpeedMps;
  if (!slow) {
    recover(state, track, tickMs, emit, parameters);
    return;
  }
  track.fastSinceMs = 0;
  lookAround(track, road, tickMs, context, parameters);
  judge(track, road, tickMs, context, emit, parameters);
}

/** A vehicle that fell silent and one near by that the memory of identities links to it are one under a new name. */
function adoptNewName(
  { tracks }: SlowState,
  track: SlowTrack,
  { identity, stations }: DetectionContext,
): void {
  const user = identity.roadUserOf(track.stationId);
  for (const other of stations.within(track, NEW_NAME_M)) {
    if (other.stationId === track.stationId || other.receivedAtMs <= track.heardAtMs) continue;
    if (identity.roadUserOf(other.stationId) !== user) continue;
    tracks.delete(track.stationId);
    track.stationId = other.stationId;
    tracks.set(track.stationId, track);
    return;
  }
}

function takeView(track: SlowTrack, view: StationView): void {
  track.speedMps = view.speedMps ?? track.speedMps;
  track.paceMps += (track.speedMps - track.paceMps) * PACE_SHARE;
  track.latitudeDeg = view.latitudeDeg;
  track.longitudeDeg = view.longitudeDeg;
  track.headingDeg = view.headingDeg ?? track.headingDeg;
  track.observedAtMs = view.observedAtMs;
  track.heardAtMs = view.receivedAtMs;
}

function recover(
  state: SlowState,
  track: SlowTrack,
  tickMs: number,
  emit: Emit,
  parameters: SlowParameters,
): void {
  if (track.told === "") return forget(state, track);
  if (track.fastSinceMs === 0) track.fastSinceMs = tickMs;
  if (tickMs - track.fastSinceMs < parameters.fastForMs) return;
  forget(state, track);
  const content = slowContent(track, parameters);
  const why = {
    ...content.why,
    rule: "slow-vehicle/over",
    text: "Drives as fast as others, stands or has left.",
  };
  emit({ ...content, why, detector: NAME, key: track.key, phase: "end", decidedAtMs: tickMs });
}

function forget({ tracks }: SlowState, { stationId }: SlowTrack): void {
  tracks.delete(stationId);
}

/** Notes who passes it, and who near it does not flow either. */
function lookAround(
  track: SlowTrack,
  road: RoadMatch,
  tickMs: number,
  context: DetectionContext,
  parameters: SlowParameters,
): void {
  if (context.signals.mayWaitAt(track, Math.max(0, track.headingDeg), SIGNAL_WITHIN_M))
    track.sinceMs = tickMs;
  const own = context.identity.roadUserOf(track.stationId);
  let flows = false;
  for (const other of context.stations.within(track, parameters.aheadM)) {
    const aheadM = aheadBy(other, road, tickMs);
    if (Number.isNaN(aheadM) || context.identity.roadUserOf(other.stationId) === own) continue;
    const roadMps = speedOfRoad(road.link, HEAVY.has(other.stationType), context, parameters);
    const speedMps = other.speedMps ?? 0;
    if (speedMps >= roadMps * parameters.flowShare) {
      const passes = aheadM > -BESIDE_M && aheadM <= PASSES_M;
      if (!passes || tickMs - track.slowSinceMs < PASSED_FROM_MS) continue;
      flows = true;
      // Whoever passes it is ahead by less than one look's way exactly once.
      if (aheadM <= 0 || aheadM > ((speedMps - track.speedMps) * LOOK_EVERY_MS) / 1_000) continue;
      track.flowVehicles++;
      track.flowTrust += Math.round(context.trust.trustOf(other.stationId) * 1_000);
    } else if (speedMps < roadMps * parameters.slowShare && aheadM > -BESIDE_M) {
      // From here on it must be slow by itself.
      track.slowAheadAtMs = tickMs;
      track.sinceMs = tickMs;
    } else track.heldAtMs = tickMs;
  }
  if (!flows) return;
  track.flowAtMs = tickMs;
  track.flowLooks++;
}

/** How far ahead on the same road, negative behind; NaN where it is on another one or its report is old. */
function aheadBy(other: StationView, road: RoadMatch, tickMs: number): number {
  if (tickMs - other.receivedAtMs > FRESH_MS || other.speedMps === undefined) return Number.NaN;
  const { road: theirs } = other;
  return theirs?.link.route === road.link.route ? theirs.routeM - road.routeM : Number.NaN;
}

function judge(
  track: SlowTrack,
  road: RoadMatch,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: SlowParameters,
): void {
  if (track.told !== "") {
    if (tickMs - track.toldAtMs >= parameters.updateEveryMs) {
      const rises = track.told === "suspected" && isProved(track, tickMs, context);
      if (rises) track.told = "confirmed";
      tell(track, "update", tickMs, emit, parameters);
    }
    return;
  }
  const slowForMs = tickMs - track.sinceMs;
  if (slowForMs < parameters.slowForMs || isHindered(track, road, tickMs, context, parameters)) return;
  const flows = isPassed(track, tickMs);
  if (track.speedMps - track.paceMps > SPEEDS_UP_MPS) return;
  const isSlowByRole = track.subCauseCode !== 0 || track.agricultural;
  if (!flows && !isSlowByRole && (slowForMs < parameters.aloneForMs || isHeld(track, tickMs))) return;
  track.told = flows && isProved(track, tickMs, context) ? "confirmed" : "suspected";
  tell(track, "start", tickMs, emit, parameters);
}

/** Nobody passes it and others near it do not flow: all are slow, whatever the reason. */
function isHeld({ heldAtMs }: SlowTrack, tickMs: number): boolean {
  return heldAtMs !== 0 && tickMs - heldAtMs <= FLOW_MEMORY_MS;
}

/** Its own place it has made slow itself. */
const HINDERED_AHEAD_M = [100, 200] as const;

function isHindered(
  track: SlowTrack,
  road: RoadMatch,
  tickMs: number,
  { traffic }: DetectionContext,
  parameters: SlowParameters,
): boolean {
  if (track.slowAheadAtMs !== 0 && tickMs - track.slowAheadAtMs < parameters.slowMemoryMs) return true;
  const { route } = road.link;
  return HINDERED_AHEAD_M.some((aheadM) => {
    const level = traffic.levelOn?.(route, road.routeM + aheadM);
    return level === "stationary" || level === "queuing" || level === "slow";
  });
}

function isPassed({ flowVehicles, flowLooks, flowAtMs }: SlowTrack, tickMs: number): boolean {
  return flowVehicles > 0 && flowLooks >= FLOW_LOOKS && tickMs - flowAtMs <= FLOW_MEMORY_MS;
}

/** Others flow, and it and they are believed: multi-vehicle alerts need a sum of trust of 1.5. */
function isProved(track: SlowTrack, tickMs: number, { trust }: DetectionContext): boolean {
  if (!isPassed(track, tickMs)) return false;
  return track.flowTrust + Math.round(trust.trustOf(track.stationId) * 1_000) >= TRUST_SUM;
}

function tell(
  track: SlowTrack,
  phase: Detection["phase"],
  tickMs: number,
  emit: Emit,
  parameters: SlowParameters,
): void {
  track.toldAtMs = tickMs;
  const content = slowContent(track, parameters);
  emit({ ...content, detector: NAME, key: track.key, phase, decidedAtMs: tickMs });
}
