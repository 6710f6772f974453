import type { DetectionContext, Detector } from "../domain/detector.ts";
import type { Corroboration, Frame } from "../domain/frame.ts";
import { EventBit, hazardLightsOn, type MotionReport } from "../domain/observation.ts";
import type { StationType } from "../domain/station.ts";
import { distanceBetweenM } from "../geo/geodesy.ts";
import { valuesOf } from "./parameter.ts";
import type { Candidate } from "./stationary-candidate.ts";
import { knownUnder, takeNotice } from "./stationary-evidence.ts";
import { judgeCandidates } from "./stationary-judgement.ts";
import { STATIONARY_VEHICLE } from "./stationary-parameters.ts";
import {
  initialState,
  noteWait,
  readState,
  type StationaryParameters,
  type StationaryState,
  writeState,
} from "./stationary-state.ts";
import { addName, noteFrame, noWitnesses } from "./witnesses.ts";

/** Bounds memory; queues of all motorways of a country stay below. Vehicles in distress push out the oldest one. */
const MAX_CANDIDATES = 200_000;

/** Bounds memory of stop-and-go traffic; the oldest is forgotten first, which makes a suspicion 10 s earlier. */
const MAX_STOPS = 50_000;

/** A report this much behind says nothing about standing now; one of distress counts, as its clock may be wrong. */
const MAX_AGE_MS = 10_000;

/** Share of the newest report in the mean speed at standstill: at 1 Hz the last 3 s count most. */
const PACE_SHARE = 0.3;

/** A stop shorter than this is a slip of the clutch, not stop and go. */
const LEAST_STOP_MS = 2_000;

const NO_ROAD_VEHICLE: ReadonlySet<StationType> = new Set([
  "pedestrian",
  "cyclist",
  "light-vru-vehicle",
  "animal",
  "tram",
  "infrastructure",
]);

/**
 * Vehicles that stand where others drive fast: suspected after 5 s below 1 m/s, confirmed at once with hazard lights, after
 * 15 s where others are seen to pass it freely, later where nobody is; a disabled-vehicle or airbag flag needs no waiting
 * at all, and a notice (DENM) of it confirms.
 *
 * - Silent inside queues (see `isQueued`), but not for the two flags; a suspicion is taken back where a queue turns out to
 *   stand ahead. Who creeps does not stand.
 * - Where others have waited lately and driven on, it may wait for some times as long without hazard lights. A queue that
 *   forms behind changes nothing: those behind one that has crashed stand as those behind one that waits.
 * - Works vehicles with their light bar on are told as road works.
 * - On a map, silent where vehicles halt or wait: beside the road, at stops and rest areas, before signals; later where
 *   they wait for a gap, and where others drive slowly ahead or the vehicle has stopped before. In streets only with
 *   signs of distress, or after 60 km/h.
 * - Without a map, red lights and car parks look the same. So a vehicle must have driven 60 km/h or more in the two
 *   minutes before, or show hazard lights or a flag. Hazard lights of public transport do not count: it uses them at
 *   stops.
 * - Silence lowers the confidence and ends nothing, a new pseudonym neither. The end is the vehicle's own motion above
 *   5 m/s for 3 s (or above 5 m/s and then 10 s of silence), others that drive at free speed through the place of one that
 *   has fallen silent, or the denial of its notice; without them the alert expires 600 s after the last report of standing.
 *
 * Positions drift at standstill, so standing is what the vehicle reports as its speed; the position only tells whether
 * it creeps (10 m). Times are receive times: a station's clock may be wrong, its rate of reports is not.
 */
export function stationaryVehicle(
  parameters: StationaryParameters = valuesOf(STATIONARY_VEHICLE),
): Detector<StationaryState> {
  return {
    name: "stationary-vehicle",
    snapshotVersion: 4,
    init: initialState,
    onItem: (state, frame, context) => onItem(state, frame, context, parameters),
    onCorroboration,
    onTick: (state, tickMs, context, emit) => judgeCandidates(state, tickMs, context, emit, parameters),
    snapshot: writeState,
    restore: readState,
  };
}

function onItem(
  state: StationaryState,
  frame: Frame,
  context: DetectionContext,
  parameters: StationaryParameters,
): void {
  const report = frame.observation;
  if (report.kind === "hazard") takeNotice(state, frame, report);
  if (report.kind !== "motion") return;
  const isOld = frame.late && frame.receivedAtMs - frame.observedAtMs > MAX_AGE_MS;
  if (isOld && (report.eventBits & DISTRESS_BITS) === 0) return;
  const candidate = state.candidates.get(frame.stationId);
  if (candidate !== undefined) {
    if (frame.observedAtMs > candidate.observedAtMs) follow(state, candidate, frame, report, parameters);
    return;
  }
  if (report.speedMps === undefined || report.speedMps >= parameters.standingSpeedMps) return;
  if (NO_ROAD_VEHICLE.has(report.stationType)) return;
  const renamed = knownUnder(state, frame.stationId, context);
  if (renamed !== undefined) return follow(state, renamed, frame, report, parameters);
  begin(state, frame, report, context, parameters);
}

function begin(
  state: StationaryState,
  frame: Frame,
  report: MotionReport,
  context: DetectionContext,
  parameters: StationaryParameters,
): void {
  const view = context.stations.get(frame.stationId);
  const topSpeedMps = view?.recentTopSpeedMps ?? 0;
  const distress = showsDistress(report);
  // On a mapped road the place decides, not the speed before.
  if (topSpeedMps < parameters.fastRoadSpeedMps && !distress && view?.road === undefined) return;
  if (state.candidates.size >= MAX_CANDIDATES && !(distress && forgetOldest(state))) return;
  const candidate = newCandidate(frame, report, topSpeedMps);
  const stoppedAtMs = state.stops.get(frame.stationId);
  candidate.stoppedBefore =
    stoppedAtMs !== undefined && frame.receivedAtMs - stoppedAtMs <= parameters.stoppedBeforeMs;
  state.candidates.set(frame.stationId, candidate);
}

/** What was told of it expires by itself; if it still stands there, its next report brings it back. */
function forgetOldest({ candidates }: StationaryState): boolean {
  for (const { stationId } of candidates.values()) return candidates.delete(stationId);
  return false;
}

/** Remembers that a station which was told to nobody drives on. */
function noteStop({ stops }: StationaryState, { stationId }: Candidate, nowMs: number): void {
  stops.delete(stationId);
  stops.set(stationId, nowMs);
  for (const oldest of stops.keys()) {
    if (stops.size > MAX_STOPS) stops.delete(oldest);
    return;
  }
}

const DISTRESS_BITS = EventBit.disabledVehicle | EventBit.airbag;

function showsDistress(report: MotionReport): boolean {
  return (report.eventBits & DISTRESS_BITS) !== 0 || warnsByLights(report);
}

function warnsByLights(report: MotionReport): boolean {
  const atStops = report.role === "public-transport" || report.stationType === "bus";
  return !atStops && hazardLightsOn(report);
}

function newCandidate(frame: Frame, report: MotionReport, topSpeedMps: number): Candidate {
  const candidate: Candidate = {
    key: String(frame.stationId),
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
    paceCmps: Math.round((report.speedMps ?? 0) * 100),
    movingSinceMs: undefined,
    movingReports: 0,
    hazardLights: warnsByLights(report),
    disabled: (report.eventBits & EventBit.disabledVehicle) !== 0,
    airbag: (report.eventBits & EventBit.airbag) !== 0,
    queueSeenAtMs: undefined,
    dueAtMs: frame.receivedAtMs,
    noticed: false,
    dismissed: false,
    arrival: "",
    stoppedBefore: false,
    flow: "unknown",
    waits: false,
    works: isAtWork(report),
    place: "unmapped",
    routeIndex: -1,
    routeM: 0,
    lateralM: 0,
    passages: 0,
    passagesInLane: 0,
    told: "",
    toldAtMs: 0,
    ...noWitnesses(),
  };
  noteFrame(candidate, frame);
  return candidate;
}

/** Its light bar tells of road works, and so does the detector of those. */
function isAtWork({ role, lightBar }: MotionReport): boolean {
  return role === "road-work" && lightBar;
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
  candidate.passages = 0;
  candidate.passagesInLane = 0;
  noteFrame(candidate, frame);
  noteFlags(candidate, frame, report);
  const { speedMps } = report;
  if (speedMps === undefined) return;
  if (speedMps > parameters.movingSpeedMps) {
    if (candidate.told === "") leaveUntold(state, candidate, frame.receivedAtMs, parameters);
    candidate.movingSinceMs ??= frame.receivedAtMs;
    candidate.movingReports++;
    return;
  }
  candidate.movingSinceMs = undefined;
  candidate.movingReports = 0;
  if (speedMps >= parameters.standingSpeedMps) restartWatch(candidate, frame, report, parameters);
  else stand(candidate, frame, report, parameters);
}

function leaveUntold(
  state: StationaryState,
  candidate: Candidate,
  nowMs: number,
  parameters: StationaryParameters,
): void {
  state.candidates.delete(candidate.stationId);
  if (candidate.stoodAtMs - candidate.sinceMs < LEAST_STOP_MS) return;
  noteStop(state, candidate, nowMs);
  noteWait(state, candidate, nowMs, parameters);
}

function noteFlags(candidate: Candidate, frame: Frame, report: MotionReport): void {
  const before = candidate.disabled || candidate.airbag || candidate.hazardLights;
  candidate.hazardLights = warnsByLights(report);
  candidate.works = isAtWork(report);
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
  const cmps = (report.speedMps ?? 0) * 100;
  candidate.paceCmps += Math.round((cmps - candidate.paceCmps) * PACE_SHARE);
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

/** A vehicle that creeps has not stood yet, and is in stop-and-go traffic if it stands again. What was told stays told. */
function restartWatch(
  candidate: Candidate,
  frame: Frame,
  report: MotionReport,
  parameters: StationaryParameters,
): void {
  if (candidate.told !== "") return;
  if (candidate.stoodAtMs - candidate.sinceMs >= LEAST_STOP_MS) candidate.stoppedBefore = true;
  candidate.sinceMs = frame.receivedAtMs;
  candidate.paceCmps = Math.round((report.speedMps ?? 0) * 100);
  candidate.dueAtMs = frame.receivedAtMs + parameters.suspectedAfterMs;
  candidate.anchorLatitudeDeg = report.latitudeDeg;
  candidate.anchorLongitudeDeg = report.longitudeDeg;
  candidate.latitudeDeg = report.latitudeDeg;
  candidate.longitudeDeg = report.longitudeDeg;
  candidate.headingDeg = report.headingDeg ?? candidate.headingDeg;
}

function onCorroboration({ candidates }: StationaryState, corroboration: Corroboration): void {
  const candidate = candidates.get(corroboration.stationId);
  if (candidate !== undefined) addName(candidate.receivers, corroboration.receiver);
}
