import type { Detection } from "../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../domain/detector.ts";
import type { Corroboration, Frame } from "../domain/frame.ts";
import { EventBit, hazardLightsOn, type MotionReport } from "../domain/observation.ts";
import { readArray, readRow, writeRow } from "../domain/snapshot-row.ts";
import type { StationType } from "../domain/station.ts";
import { distanceBetweenM } from "../geo/geodesy.ts";
import { type ValuesOf, valuesOf } from "./parameter.ts";
import { STATIONARY_VEHICLE } from "./parameters.ts";
import { isQueued } from "./queue-ahead.ts";
import { CANDIDATE_FIELDS, type Candidate, stationaryContent } from "./stationary-candidate.ts";
import { addName, noteFrame, noWitnesses } from "./witnesses.ts";

export type StationaryParameters = ValuesOf<typeof STATIONARY_VEHICLE>;

/** Vehicles that stand where that may be a hazard, by station id (signed: V8 keeps it without an allocation). */
export interface StationaryState {
  readonly candidates: Map<number, Candidate>;
}

/** Bounds memory; queues of all motorways of a country stay below. Vehicles in distress push out the oldest one. */
const MAX_CANDIDATES = 200_000;

/** Receive time between two looks at a candidate; longer in a queue, where each look searches the neighbourhood. */
const RECHECK_MS = 1_000;
const RECHECK_QUEUED_MS = 5_000;
const EXTEND_EVERY_MS = 10_000;

/** Candidates that were not told are forgotten after this much silence. */
const FORGET_UNTOLD_MS = 30_000;

/** A vehicle last heard in motion has left if it is silent this long. */
const LEFT_SILENTLY_MS = 10_000;

/** A report this much behind says nothing about standing now; one of distress counts, as its clock may be wrong. */
const MAX_AGE_MS = 10_000;

/** An alert follows a vehicle that creeps on by this much. */
const MOVED_M = 50;

const NO_ROAD_VEHICLE: ReadonlySet<StationType> = new Set([
  "pedestrian",
  "cyclist",
  "light-vru-vehicle",
  "animal",
  "tram",
  "infrastructure",
]);

/**
 * Vehicles that stand where others drive fast: suspected after 5 s below 1 m/s, confirmed after 15 s, or at once with
 * hazard lights; a disabled-vehicle or airbag flag needs no waiting at all.
 *
 * - Silent inside queues (see `isQueued`), but not for the two flags. A queue that forms behind changes nothing.
 * - Without a map, red lights and car parks look the same. So a vehicle must have driven 60 km/h or more in the two
 *   minutes before, or show hazard lights or a flag. Hazard lights of public transport do not count: it uses them at
 *   stops.
 * - Silence lowers the confidence and ends nothing. The end is the vehicle's own motion above 5 m/s for 3 s (or above
 *   5 m/s and then 10 s of silence); without it the alert expires 600 s after the last report of standing.
 *
 * Positions drift at standstill, so standing is what the vehicle reports as its speed; the position only tells whether
 * it creeps (10 m). Times are receive times: a station's clock may be wrong, its rate of reports is not.
 */
export function stationaryVehicle(
  parameters: StationaryParameters = valuesOf(STATIONARY_VEHICLE),
): Detector<StationaryState> {
  return {
    name: "stationary-vehicle",
    snapshotVersion: 1,
    init: () => ({ candidates: new Map() }),
    onItem: (state, frame, context) => onItem(state, frame, context, parameters),
    onCorroboration,
    onTick: (state, tickMs, context, emit) => onTick(state, tickMs, context, emit, parameters),
    snapshot: ({ candidates }) => [...candidates.values()].map((one) => writeRow(CANDIDATE_FIELDS, one)),
    restore(value) {
      const rows = readArray(value).map((row) => readRow<Candidate>(CANDIDATE_FIELDS, row));
      return { candidates: new Map(rows.map((candidate) => [candidate.stationId | 0, candidate])) };
    },
  };
}

function onItem(
  state: StationaryState,
  frame: Frame,
  context: DetectionContext,
  parameters: StationaryParameters,
): void {
  const report = frame.observation;
  if (report.kind !== "motion") return;
  const isOld = frame.late && frame.receivedAtMs - frame.observedAtMs > MAX_AGE_MS;
  if (isOld && (report.eventBits & DISTRESS_BITS) === 0) return;
  const candidate = state.candidates.size === 0 ? undefined : state.candidates.get(frame.stationId | 0);
  if (candidate !== undefined) {
    if (frame.observedAtMs > candidate.observedAtMs) follow(state, candidate, frame, report, parameters);
    return;
  }
  if (report.speedMps === undefined || report.speedMps >= parameters.standingSpeedMps) return;
  if (NO_ROAD_VEHICLE.has(report.stationType)) return;
  const topSpeedMps = context.stations.get(frame.stationId)?.recentTopSpeedMps ?? 0;
  const distress = showsDistress(report);
  if (topSpeedMps < parameters.fastRoadSpeedMps && !distress) return;
  if (state.candidates.size >= MAX_CANDIDATES && !(distress && forgetOldest(state))) return;
  state.candidates.set(frame.stationId | 0, newCandidate(frame, report, topSpeedMps, parameters));
}

/** What was told of it expires by itself; if it still stands there, its next report brings it back. */
function forgetOldest({ candidates }: StationaryState): boolean {
  for (const stationId of candidates.keys()) return candidates.delete(stationId);
  return false;
}

const DISTRESS_BITS = EventBit.disabledVehicle | EventBit.airbag;

function showsDistress(report: MotionReport): boolean {
  return (report.eventBits & DISTRESS_BITS) !== 0 || warnsByLights(report);
}

function warnsByLights(report: MotionReport): boolean {
  const atStops = report.role === "public-transport" || report.stationType === "bus";
  return !atStops && hazardLightsOn(report);
}

function newCandidate(
  frame: Frame,
  report: MotionReport,
  topSpeedMps: number,
  parameters: StationaryParameters,
): Candidate {
  const candidate: Candidate = {
    stationId: frame.stationId,
    topSpeedMps,
    sinceMs: frame.receivedAtMs,
    anchorLatitudeDeg: report.latitudeDeg,
    anchorLongitudeDeg: report.longitudeDeg,
    latitudeDeg: report.latitudeDeg,
    longitudeDeg: report.longitudeDeg,
    headingDeg: report.headingDeg,
    observedAtMs: frame.observedAtMs,
    heardAtMs: frame.receivedAtMs,
    stoodAtMs: frame.receivedAtMs,
    movingSinceMs: undefined,
    movingReports: 0,
    hazardLights: warnsByLights(report),
    disabled: (report.eventBits & EventBit.disabledVehicle) !== 0,
    airbag: (report.eventBits & EventBit.airbag) !== 0,
    queueSeenAtMs: undefined,
    dueAtMs: frame.receivedAtMs,
    told: "",
    toldAtMs: 0,
    ...noWitnesses(),
  };
  if (!candidate.disabled && !candidate.airbag) candidate.dueAtMs += parameters.suspectedAfterMs;
  noteFrame(candidate, frame);
  return candidate;
}

/** Takes a further report of a candidate. Decisions are left to the tick. */
function follow(
  state: StationaryState,
  candidate: Candidate,
  frame: Frame,
  report: MotionReport,
  parameters: StationaryParameters,
): void {
  candidate.observedAtMs = frame.observedAtMs;
  candidate.heardAtMs = frame.receivedAtMs;
  noteFrame(candidate, frame);
  noteFlags(candidate, frame, report);
  const { speedMps } = report;
  if (speedMps === undefined) return;
  if (speedMps > parameters.movingSpeedMps) {
    if (candidate.told === "") state.candidates.delete(candidate.stationId | 0);
    candidate.movingSinceMs ??= frame.receivedAtMs;
    candidate.movingReports++;
    return;
  }
  candidate.movingSinceMs = undefined;
  candidate.movingReports = 0;
  if (speedMps >= parameters.standingSpeedMps) restartWatch(candidate, frame, report, parameters);
  else stand(candidate, frame, report, parameters);
}

function noteFlags(candidate: Candidate, frame: Frame, report: MotionReport): void {
  const before = candidate.disabled || candidate.airbag || candidate.hazardLights;
  candidate.hazardLights = warnsByLights(report);
  candidate.disabled ||= (report.eventBits & EventBit.disabledVehicle) !== 0;
  candidate.airbag ||= (report.eventBits & EventBit.airbag) !== 0;
  if (!before && showsDistress(report)) candidate.dueAtMs = Math.min(candidate.dueAtMs, frame.receivedAtMs);
}

function stand(
  candidate: Candidate,
  frame: Frame,
  report: MotionReport,
  parameters: StationaryParameters,
): void {
  candidate.stoodAtMs = frame.receivedAtMs;
  candidate.latitudeDeg = report.latitudeDeg;
  candidate.longitudeDeg = report.longitudeDeg;
  const creptM = distanceBetweenM(
    candidate.anchorLatitudeDeg,
    candidate.anchorLongitudeDeg,
    report.latitudeDeg,
    report.longitudeDeg,
  );
  if (creptM > parameters.anchorRadiusM) restartWatch(candidate, frame, report, parameters);
}

/** A vehicle that creeps has not stood yet. What was told stays told. */
function restartWatch(
  candidate: Candidate,
  frame: Frame,
  report: MotionReport,
  parameters: StationaryParameters,
): void {
  if (candidate.told !== "") return;
  candidate.sinceMs = frame.receivedAtMs;
  candidate.dueAtMs = frame.receivedAtMs + parameters.suspectedAfterMs;
  candidate.anchorLatitudeDeg = report.latitudeDeg;
  candidate.anchorLongitudeDeg = report.longitudeDeg;
  candidate.latitudeDeg = report.latitudeDeg;
  candidate.longitudeDeg = report.longitudeDeg;
  candidate.headingDeg = report.headingDeg ?? candidate.headingDeg;
}

function onCorroboration({ candidates }: StationaryState, corroboration: Corroboration): void {
  const candidate = candidates.get(corroboration.stationId | 0);
  if (candidate !== undefined) addName(candidate.receivers, corroboration.receiver);
}

function onTick(
  state: StationaryState,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: StationaryParameters,
): void {
  let due: Candidate[] | undefined;
  for (const candidate of state.candidates.values()) {
    if (candidate.dueAtMs > tickMs && candidate.movingSinceMs === undefined) continue;
    due ??= [];
    due.push(candidate);
  }
  if (due === undefined) return;
  due.sort((a, b) => a.stationId - b.stationId);
  for (const candidate of due) {
    if (candidate.told === "") judgeUntold(state, candidate, tickMs, context, emit, parameters);
    else judgeTold(state, candidate, tickMs, emit, parameters);
  }
}

function judgeUntold(
  state: StationaryState,
  candidate: Candidate,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: StationaryParameters,
): void {
  candidate.dueAtMs = tickMs + RECHECK_MS;
  if (tickMs - candidate.heardAtMs > FORGET_UNTOLD_MS) {
    state.candidates.delete(candidate.stationId | 0);
    return;
  }
  const distress = candidate.disabled || candidate.airbag;
  if (!distress && tickMs - candidate.sinceMs < parameters.suspectedAfterMs) {
    candidate.dueAtMs = candidate.sinceMs + parameters.suspectedAfterMs;
    return;
  }
  if (tickMs - candidate.stoodAtMs > parameters.freshMs) return;
  if (!distress && !candidate.hazardLights && candidate.topSpeedMps < parameters.fastRoadSpeedMps) return;
  if (!distress && waitsInQueue(candidate, tickMs, context, parameters)) {
    candidate.dueAtMs = tickMs + RECHECK_QUEUED_MS;
    return;
  }
  tell(candidate, tierNow(candidate, tickMs, parameters), "start", tickMs, emit, parameters);
}

function waitsInQueue(
  candidate: Candidate,
  tickMs: number,
  context: DetectionContext,
  parameters: StationaryParameters,
): boolean {
  if (isQueued(candidate, tickMs, context, parameters)) candidate.queueSeenAtMs = tickMs;
  const { queueSeenAtMs } = candidate;
  return queueSeenAtMs !== undefined && tickMs - queueSeenAtMs < parameters.queueMemoryMs;
}

function tierNow(
  candidate: Candidate,
  tickMs: number,
  parameters: StationaryParameters,
): "suspected" | "confirmed" {
  if (candidate.told === "confirmed" || candidate.disabled || candidate.airbag) return "confirmed";
  if (candidate.hazardLights) return "confirmed";
  // A vehicle whose last report was of rolling has stood until the report before, not until now.
  const stoodUntilMs = candidate.heardAtMs === candidate.stoodAtMs ? tickMs : candidate.stoodAtMs;
  return stoodUntilMs - candidate.sinceMs >= parameters.confirmedAfterMs ? "confirmed" : "suspected";
}

function judgeTold(
  state: StationaryState,
  candidate: Candidate,
  tickMs: number,
  emit: Emit,
  parameters: StationaryParameters,
): void {
  if (hasLeft(candidate, tickMs, parameters)) {
    state.candidates.delete(candidate.stationId | 0);
    emit(detection(candidate, "end", tickMs, parameters));
    return;
  }
  if (candidate.dueAtMs > tickMs) return;
  if (tickMs - candidate.stoodAtMs > parameters.validityMs) {
    state.candidates.delete(candidate.stationId | 0);
    return;
  }
  const fresh = tickMs - candidate.stoodAtMs <= parameters.freshMs;
  const tier = fresh ? tierNow(candidate, tickMs, parameters) : candidate.told;
  const phase = phaseOf(candidate, tier, parameters);
  candidate.dueAtMs = tickMs + RECHECK_MS;
  if (phase !== "extend" || tickMs - candidate.toldAtMs >= EXTEND_EVERY_MS) {
    tell(candidate, tier, phase, tickMs, emit, parameters);
  }
}

function phaseOf(
  candidate: Candidate,
  tier: Candidate["told"],
  parameters: StationaryParameters,
): "update" | "extend" {
  const movedM = distanceBetweenM(
    candidate.anchorLatitudeDeg,
    candidate.anchorLongitudeDeg,
    candidate.latitudeDeg,
    candidate.longitudeDeg,
  );
  return tier !== candidate.told || movedM > Math.max(MOVED_M, parameters.anchorRadiusM)
    ? "update"
    : "extend";
}

function hasLeft(candidate: Candidate, tickMs: number, parameters: StationaryParameters): boolean {
  const { movingSinceMs } = candidate;
  if (movingSinceMs === undefined) return false;
  if (tickMs - candidate.heardAtMs >= LEFT_SILENTLY_MS) return true;
  return candidate.movingReports > 1 && candidate.heardAtMs - movingSinceMs >= parameters.movingForMs;
}

function tell(
  candidate: Candidate,
  tier: Candidate["told"],
  phase: "start" | "update" | "extend",
  tickMs: number,
  emit: Emit,
  parameters: StationaryParameters,
): void {
  candidate.told = tier;
  candidate.toldAtMs = tickMs;
  if (phase !== "extend") {
    candidate.anchorLatitudeDeg = candidate.latitudeDeg;
    candidate.anchorLongitudeDeg = candidate.longitudeDeg;
  }
  candidate.dueAtMs = tickMs + RECHECK_MS;
  emit(detection(candidate, phase, tickMs, parameters));
}

function detection(
  candidate: Candidate,
  phase: Detection["phase"],
  decidedAtMs: number,
  parameters: StationaryParameters,
): Detection {
  const content = stationaryContent(candidate, decidedAtMs, parameters);
  return {
    ...content,
    detector: "stationary-vehicle",
    key: String(candidate.stationId),
    phase,
    decidedAtMs,
  };
}
