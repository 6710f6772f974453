import type { Detection } from "../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../domain/detector.ts";
import type { Corroboration, Frame } from "../domain/frame.ts";
import { ControlBit, EventBit, type MotionReport } from "../domain/observation.ts";
import { readArray, readRow, writeRow } from "../domain/snapshot-row.ts";
import type { StationType } from "../domain/station.ts";
import { distanceBetweenM } from "../geo/geodesy.ts";
import { BRAKE_TRACK_FIELDS, type BrakeFlag, type BrakeTrack, brakingContent } from "./brake-track.ts";
import { type ValuesOf, valuesOf } from "./parameter.ts";
import { EMERGENCY_BRAKING } from "./parameters.ts";
import { StationMap } from "./station-map.ts";
import { addName, noteFrame, noWitnesses } from "./witnesses.ts";

export type BrakingParameters = ValuesOf<typeof EMERGENCY_BRAKING>;

/** Vehicles that show braking evidence now, by station; mostly empty. */
export interface BrakingState {
  readonly tracks: StationMap<BrakeTrack>;
}

/**
 * Bounds memory where everybody brakes at once; a track lives some seconds, so this is never met in traffic. A flood of
 * forged flags must not hide a real braking: the oldest track gives way.
 */
const MAX_TRACKS = 50_000;

/** While told, the place is renewed when the vehicle has moved this far, evidence at most this often. */
const MOVED_M = 25;
const EXTEND_EVERY_MS = 500;

/**
 * A sample at this share of the threshold may be the rise of a braking whose peak falls between two reports: 1.2 s of
 * −8 m/s² showed as −5.2 and then 9 m/s less (simulated, CAM every 0.6 to 1.2 s).
 */
const NEARLY_HARD_SHARE = 0.6;

const STANDARD_GRAVITY_MPS2 = 9.81;

/** Frictions are told in steps and measured by others' tyres. */
const GRIP_MARGIN = 1.3;

/** Below this speed a vehicle has come to a stop between two samples. */
const STOPPED_MPS = 0.5;

const HEAVY: ReadonlySet<StationType> = new Set(["bus", "heavy-truck", "trailer", "special-vehicle"]);

/** What one report says about braking. */
interface Sample {
  readonly report: MotionReport;
  readonly accelerationMps2: number | undefined;
  readonly hard: boolean;
  readonly flag: BrakeFlag;
}

/**
 * Emergency braking of single vehicles.
 *
 * - *Sustained*: from above 20 km/h, every sample over 500 ms of event time at or beyond the threshold of the type of
 *   vehicle, with no gap above 1.2 s. At 10 Hz these are six samples, at 5 Hz four, at 1 Hz two.
 * - *Sustained by the speed drop*: a sample beyond the threshold followed 0.5 to 1.2 s later by one that no longer is,
 *   if the mean deceleration between the two is beyond the threshold too, or the vehicle has come to a stop and lost at
 *   least what 500 ms at the threshold take. With one report a second, a braking may show in one sample only.
 * - *Emergency brake control* (CAM): at once; confirmed if the deceleration is beyond the threshold, else suspected.
 *   Ignored while the vehicle tells that it does not slow down.
 * - *Hard braking flag* (BSM, 0.4 g): suspected, under the same condition; confirmed by sustained braking only.
 *
 * On a road that is known to be slippery the thresholds shrink with its friction: no tyre gives 7 m/s² there.
 *
 * A late report counts while it is younger than the validity; one with a flag always, since a source that forgets the leap
 * seconds is 5 s behind with everything it says. The reported acceleration counts; where a station never reports one, the
 * tracker's, which derives from speeds.
 */
export function emergencyBraking(
  parameters: BrakingParameters = valuesOf(EMERGENCY_BRAKING),
): Detector<BrakingState> {
  return {
    name: "emergency-braking",
    snapshotVersion: 2,
    init: () => ({ tracks: new StationMap() }),
    onItem: (state, frame, context, emit) => onItem(state, frame, context, emit, parameters),
    onCorroboration,
    onTick: (state, tickMs, _context, emit) => endTracks(state, tickMs, emit, parameters),
    snapshot: ({ tracks }) => [...tracks.values()].map((track) => writeRow(BRAKE_TRACK_FIELDS, track)),
    restore(value) {
      const rows = readArray(value).map((row) => readRow<BrakeTrack>(BRAKE_TRACK_FIELDS, row));
      return { tracks: new StationMap(rows.map((track) => [track.stationId, track])) };
    },
  };
}

function onItem(
  state: BrakingState,
  frame: Frame,
  context: DetectionContext,
  emit: Emit,
  parameters: BrakingParameters,
): void {
  const report = frame.observation;
  if (report.kind !== "motion") return;
  const accelerationMps2 = report.accelerationMps2 ?? derivedAcceleration(frame, context);
  const limit = limitOf(report, accelerationMps2, context, parameters);
  const hard = accelerationMps2 !== undefined && accelerationMps2 <= -limit;
  const flag = brakeFlag(report, accelerationMps2, parameters);
  if (flag === "" && frame.late && frame.receivedAtMs - frame.observedAtMs > parameters.validityMs) return;
  let track = state.tracks.get(frame.stationId);
  if (track === undefined) {
    const nearlyHard = accelerationMps2 !== undefined && accelerationMps2 <= -limit * NEARLY_HARD_SHARE;
    if (!nearlyHard && flag === "") return;
    if (!beginsFast(report, flag, parameters)) return;
    if (state.tracks.size >= MAX_TRACKS) endOldest(state, frame.receivedAtMs, emit, parameters);
    track = newTrack(frame, report, limit);
    state.tracks.set(frame.stationId, track);
  } else {
    if (frame.observedAtMs <= track.observedAtMs) return;
    if ((accelerationMps2 ?? 0) <= -track.limitMps2) track.limitMps2 = Math.max(track.limitMps2, limit);
  }
  takeSample(track, frame, { report, accelerationMps2, hard, flag }, emit, parameters);
}

/**
 * Threshold of the vehicle's type, and on a slippery road the part of it that the tyres can give. The road is asked only
 * where the answer matters.
 */
function limitOf(
  report: MotionReport,
  accelerationMps2: number | undefined,
  { conditions }: DetectionContext,
  parameters: BrakingParameters,
): number {
  const limit = HEAVY.has(report.stationType)
    ? parameters.heavyDecelerationMps2
    : parameters.carDecelerationMps2;
  const least = Math.max(parameters.leastDecelerationMps2, limit * parameters.leastFrictionShare);
  if (accelerationMps2 === undefined || accelerationMps2 <= -limit || accelerationMps2 > -least) return limit;
  const friction = conditions.frictionNear(report);
  if (friction === undefined || friction >= parameters.fullFriction) return limit;
  const gripShare = Math.max(friction, parameters.leastFrictionShare * parameters.fullFriction);
  // Nobody brakes harder than the road gives: where somebody does, it is not slippery there but near by.
  if (-accelerationMps2 > gripShare * STANDARD_GRAVITY_MPS2 * GRIP_MARGIN) return limit;
  return Math.max(least, (limit * friction) / parameters.fullFriction);
}

/** The tracker may be ahead of this frame within a record; then its acceleration belongs to another report. */
function derivedAcceleration(frame: Frame, context: DetectionContext): number | undefined {
  const view = context.stations.get(frame.stationId);
  return view?.observedAtMs === frame.observedAtMs ? view.accelerationMps2 : undefined;
}

function brakeFlag(
  report: MotionReport,
  accelerationMps2: number | undefined,
  parameters: BrakingParameters,
): BrakeFlag {
  const control = (report.controlBits & ControlBit.emergencyBrake) !== 0;
  if (!control && (report.eventBits & EventBit.hardBraking) === 0) return "";
  if (accelerationMps2 !== undefined && accelerationMps2 > -parameters.consistentDecelerationMps2) return "";
  return control ? "emergency-brake-control" : "hard-braking-flag";
}

/** A flag counts at unknown speed; deceleration alone does not. */
function beginsFast(report: MotionReport, flag: BrakeFlag, parameters: BrakingParameters): boolean {
  if (report.speedMps === undefined) return flag !== "";
  return report.speedMps > parameters.onsetSpeedMps;
}

function newTrack(frame: Frame, report: MotionReport, limitMps2: number): BrakeTrack {
  return {
    stationId: frame.stationId,
    limitMps2,
    onsetSpeedMps: report.speedMps,
    observedAtMs: 0,
    evidenceAtMs: frame.receivedAtMs,
    beforeAtMs: 0,
    beforeMps: 0,
    hardSinceMs: undefined,
    hardAtMs: 0,
    hardSpeedMps: undefined,
    sustainedMs: 0,
    peakMps2: 0,
    flag: "",
    told: "",
    toldAtMs: 0,
    toldLatitudeDeg: 0,
    toldLongitudeDeg: 0,
    latitudeDeg: report.latitudeDeg,
    longitudeDeg: report.longitudeDeg,
    headingDeg: report.headingDeg,
    ...noWitnesses(),
  };
}

function takeSample(
  track: BrakeTrack,
  frame: Frame,
  sample: Sample,
  emit: Emit,
  parameters: BrakingParameters,
): void {
  track.observedAtMs = frame.observedAtMs;
  const fell = hasFallen(track, frame, sample, parameters);
  const sustained = followRun(track, frame, sample, parameters) || fell;
  if (!isEvidence(track, sample, sustained, parameters)) return;
  noteFrame(track, frame);
  track.evidenceAtMs = frame.receivedAtMs;
  track.latitudeDeg = sample.report.latitudeDeg;
  track.longitudeDeg = sample.report.longitudeDeg;
  track.headingDeg = sample.report.headingDeg ?? track.headingDeg;
  track.peakMps2 = Math.max(track.peakMps2, -(sample.accelerationMps2 ?? 0));
  if (sample.flag !== "" && track.flag !== "emergency-brake-control") track.flag = sample.flag;
  const confirmed = sustained || (sample.hard && sample.flag === "emergency-brake-control");
  tell(track, confirmed ? "confirmed" : sample.flag !== "" ? "suspected" : "", frame, emit, parameters);
}

/** Whether the vehicle has lost as much speed as the threshold takes, since a sample 0.5 to 1.2 s before. */
function hasFallen(
  track: BrakeTrack,
  { observedAtMs }: Frame,
  { report }: Sample,
  parameters: BrakingParameters,
): boolean {
  const { speedMps } = report;
  if (speedMps === undefined) return false;
  const elapsedMs = observedAtMs - track.beforeAtMs;
  if (track.beforeAtMs === 0 || elapsedMs > parameters.sampleGapMs) {
    track.beforeAtMs = observedAtMs;
    track.beforeMps = speedMps;
    return false;
  }
  if (elapsedMs < parameters.sustainedMs || track.beforeMps <= parameters.onsetSpeedMps) return false;
  const fell = (track.beforeMps - speedMps) * 1_000 >= track.limitMps2 * elapsedMs;
  if (fell) {
    track.sustainedMs = Math.max(track.sustainedMs, elapsedMs);
    track.peakMps2 = Math.max(track.peakMps2, ((track.beforeMps - speedMps) * 1_000) / elapsedMs);
  }
  track.beforeAtMs = observedAtMs;
  track.beforeMps = speedMps;
  return fell;
}

/** Follows the unbroken run of hard samples; true where it has lasted long enough. */
function followRun(track: BrakeTrack, frame: Frame, sample: Sample, parameters: BrakingParameters): boolean {
  const at = frame.observedAtMs;
  const speedMps = sample.report.speedMps;
  const running = track.hardSinceMs !== undefined && at - track.hardAtMs <= parameters.sampleGapMs;
  if (!sample.hard) {
    const dropped = running && droppedEnough(track, at, speedMps, parameters);
    track.hardSinceMs = undefined;
    return dropped;
  }
  if (!running || track.hardSinceMs === undefined) {
    if (speedMps === undefined || speedMps <= parameters.onsetSpeedMps) return false;
    track.hardSinceMs = at;
    if (track.told === "") track.onsetSpeedMps = speedMps;
  }
  track.hardAtMs = at;
  track.hardSpeedMps = speedMps;
  track.sustainedMs = Math.max(track.sustainedMs, at - track.hardSinceMs);
  return at - track.hardSinceMs >= parameters.sustainedMs;
}

function droppedEnough(
  track: BrakeTrack,
  atMs: number,
  speedMps: number | undefined,
  parameters: BrakingParameters,
): boolean {
  const elapsedMs = atMs - track.hardAtMs;
  if (speedMps === undefined || track.hardSpeedMps === undefined || elapsedMs < parameters.sustainedMs)
    return false;
  const dropMps = track.hardSpeedMps - speedMps;
  const stopped = speedMps < STOPPED_MPS && dropMps * 1_000 >= track.limitMps2 * parameters.sustainedMs;
  const held = dropMps * 1_000 >= track.limitMps2 * elapsedMs;
  if (stopped || held) track.sustainedMs = Math.max(track.sustainedMs, parameters.sustainedMs);
  return stopped || held;
}

function isEvidence(
  track: BrakeTrack,
  sample: Sample,
  sustained: boolean,
  parameters: BrakingParameters,
): boolean {
  if (sample.hard || sustained || sample.flag !== "") return true;
  return track.told !== "" && (sample.accelerationMps2 ?? 0) <= -parameters.holdDecelerationMps2;
}

function tell(
  track: BrakeTrack,
  tier: BrakeTrack["told"],
  frame: Frame,
  emit: Emit,
  parameters: BrakingParameters,
): void {
  const rises = tier !== "" && tier !== track.told && track.told !== "confirmed";
  if (track.told === "" && !rises) return;
  const first = track.told === "";
  if (rises) track.told = tier;
  const moved = movedM(track) >= MOVED_M;
  if (!rises && !moved && frame.receivedAtMs - track.toldAtMs < EXTEND_EVERY_MS) return;
  const phase = first ? "start" : rises || moved ? "update" : "extend";
  track.toldAtMs = frame.receivedAtMs;
  if (phase !== "extend") {
    track.toldLatitudeDeg = track.latitudeDeg;
    track.toldLongitudeDeg = track.longitudeDeg;
  }
  emit(detection(track, phase, frame.receivedAtMs, parameters));
}

function movedM(track: BrakeTrack): number {
  return distanceBetweenM(
    track.toldLatitudeDeg,
    track.toldLongitudeDeg,
    track.latitudeDeg,
    track.longitudeDeg,
  );
}

function detection(
  track: BrakeTrack,
  phase: Detection["phase"],
  decidedAtMs: number,
  parameters: BrakingParameters,
): Detection {
  const content = brakingContent(track, parameters);
  return { ...content, detector: "emergency-braking", key: String(track.stationId), phase, decidedAtMs };
}

function onCorroboration(
  { tracks }: BrakingState,
  corroboration: Corroboration,
  _context: DetectionContext,
  _emit: Emit,
): void {
  const track = tracks.get(corroboration.stationId);
  if (track !== undefined) addName(track.receivers, corroboration.receiver);
}

function endOldest(
  { tracks }: BrakingState,
  decidedAtMs: number,
  emit: Emit,
  parameters: BrakingParameters,
): void {
  for (const track of tracks.values()) {
    tracks.delete(track.stationId);
    if (track.told !== "") emit(detection(track, "end", decidedAtMs, parameters));
    return;
  }
}

function endTracks(
  { tracks }: BrakingState,
  tickMs: number,
  emit: Emit,
  parameters: BrakingParameters,
): void {
  for (const track of tracks.values()) {
    if (tickMs - track.evidenceAtMs < parameters.endAfterMs) continue;
    tracks.delete(track.stationId);
    if (track.told !== "") emit(detection(track, "end", tickMs, parameters));
  }
}
