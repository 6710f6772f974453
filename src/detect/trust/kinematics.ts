import type { Frame } from "../../domain/frame.ts";
import { isSafetyMessage, type MotionReport } from "../../domain/observation.ts";
import { showsDistress } from "./distress.ts";
import { accuse, Check, MAX_CREDIT } from "./evidence.ts";
import { eastCm, eastPpm, northCm, northPpm } from "./plane.ts";
import type { TrustParameters } from "./trust-parameters.ts";
import { Flag, type TrustTable, Word } from "./trust-table.ts";

/** Stands for "unavailable" in speeds and headings. */
export const UNKNOWN = -1;

const E7 = 1e7;

/** What a report turned out to be. */
export const Step = {
  /** Nothing to compare with: the first one, or the first after a gap. */
  first: 0,
  /** Not newer than the last one. */
  old: 1,
  next: 2,
  /** Ended a window that speaks for the station, against it, or could not be judged. */
  windowFits: 3,
  windowContradicts: 4,
  windowBlind: 5,
} as const;
export type Step = (typeof Step)[keyof typeof Step];

/** Writes a report into the station's row and weighs it against the ones before. Allocates nothing. */
export function takeReport(
  table: TrustTable,
  at: number,
  frame: Frame,
  report: MotionReport,
  parameters: TrustParameters,
): Step {
  const words = table.words;
  const elapsedMs = ((Math.floor(frame.observedAtMs) | 0) - (words[at + Word.observed] as number)) | 0;
  const isFirst = ((words[at + Word.flags] as number) & Flag.reported) === 0;
  if (!isFirst && elapsedMs <= 0 && elapsedMs > -parameters.consistencyGapMs) return Step.old;
  const inDistress = showsDistress(report) || isSafetyMessage(report);
  if (inDistress) setFlag(words, at, Flag.distress);
  if (isFirst || elapsedMs <= 0 || elapsedMs > parameters.consistencyGapMs) {
    write(words, at, frame, report);
    restartWindow(words, at);
    return Step.first;
  }
  noteHaste(words, at, elapsedMs, parameters);
  const step = compare(words, at, frame, report, elapsedMs, parameters);
  if (step === Step.windowFits && !inDistress) clearFlag(words, at, Flag.distress);
  return step;
}

function compare(
  words: Int32Array,
  at: number,
  frame: Frame,
  report: MotionReport,
  elapsedMs: number,
  parameters: TrustParameters,
): Step {
  const speedBefore = words[at + Word.speed] as number;
  const headingBefore = words[at + Word.heading] as number;
  const isBackwardBefore = ((words[at + Word.flags] as number) & Flag.backward) !== 0;
  words[at + Word.latitudeBefore] = words[at + Word.latitude] as number;
  words[at + Word.longitudeBefore] = words[at + Word.longitude] as number;
  words[at + Word.speedBefore] = speedBefore;
  write(words, at, frame, report);
  const speed = words[at + Word.speed] as number;
  const heading = words[at + Word.heading] as number;
  const isBlind =
    speed === UNKNOWN ||
    speedBefore === UNKNOWN ||
    heading === UNKNOWN ||
    headingBefore === UNKNOWN ||
    isBackwardBefore ||
    ((words[at + Word.flags] as number) & Flag.backward) !== 0 ||
    spins(heading, headingBefore, speed + speedBefore, elapsedMs, parameters);
  noteStop(words, at, speedBefore, elapsedMs, parameters);
  if (isBlind) {
    setFlag(words, at, Flag.blindWindow);
  } else {
    const isJump = advance(words, at, speedBefore, headingBefore, elapsedMs, parameters);
    noteAcceleration(words, at, report, elapsedMs, parameters);
    if (isJump) return contradicted(words, at, Check.jump, parameters.jumpWeight);
    words[at + Word.credit] = Math.min(MAX_CREDIT, (words[at + Word.credit] as number) + 1);
  }
  const ageMs = ((words[at + Word.observed] as number) - (words[at + Word.anchorObserved] as number)) | 0;
  return ageMs >= parameters.windowMs ? closeWindow(words, at, parameters) : Step.next;
}

/** Adds the step to the window's way. True where the position is far from where the step should have led. */
function advance(
  words: Int32Array,
  at: number,
  speedBefore: number,
  headingBefore: number,
  elapsedMs: number,
  { positionToleranceM, wayToleranceShare, turnToleranceMps2 }: TrustParameters,
): boolean {
  const speed = words[at + Word.speed] as number;
  const heading = words[at + Word.heading] as number;
  const seconds = elapsedMs / 1_000;
  const halfS = seconds / 2;
  const north = (speedBefore * northPpm(headingBefore) + speed * northPpm(heading)) * (halfS / 1e6);
  const east = (speedBefore * eastPpm(headingBefore) + speed * eastPpm(heading)) * (halfS / 1e6);
  const length = (speedBefore + speed) * halfS;
  words[at + Word.wayNorth] = (words[at + Word.wayNorth] as number) + Math.round(north);
  words[at + Word.wayEast] = (words[at + Word.wayEast] as number) + Math.round(east);
  words[at + Word.wayLength] = (words[at + Word.wayLength] as number) + Math.round(length);
  const latitude = words[at + Word.latitudeBefore] as number;
  const longitude = words[at + Word.longitudeBefore] as number;
  const offNorth = northCm(latitude, words[at + Word.latitude] as number) - north;
  const offEast = eastCm(latitude, longitude, words[at + Word.longitude] as number) - east;
  const limit =
    positionToleranceM * 100 + wayToleranceShare * length + turnToleranceMps2 * 100 * seconds * halfS;
  return offNorth * offNorth + offEast * offEast > limit * limit;
}

/**
 * A stop that no brake explains: too much speed lost in the time, or in the way, since the last report. A crash looks so
 * too, hence the small weight; what passes the place afterwards tells which it was (`StopWatch`).
 */
function noteStop(
  words: Int32Array,
  at: number,
  speedBefore: number,
  elapsedMs: number,
  { impossibleStopMps, impossibleBrakingMps2, stopToleranceM, abruptStopWeight }: TrustParameters,
): void {
  const speed = words[at + Word.speed] as number;
  const flags = words[at + Word.flags] as number;
  if (speed > STANDING_CMPS) {
    if ((flags & Flag.abruptStop) !== 0) clearFlag(words, at, Flag.abruptStop);
    return;
  }
  if (speed === UNKNOWN || speedBefore < impossibleStopMps * 100) return;
  const latitude = words[at + Word.latitudeBefore] as number;
  const north = northCm(latitude, words[at + Word.latitude] as number);
  const east = eastCm(
    latitude,
    words[at + Word.longitudeBefore] as number,
    words[at + Word.longitude] as number,
  );
  const wayCm = Math.sqrt(north * north + east * east) + stopToleranceM * 100;
  const brakingWayCm = (speedBefore * speedBefore) / (2 * impossibleBrakingMps2 * 100);
  const isTooFast = (speedBefore - speed) * 10 > impossibleBrakingMps2 * elapsedMs;
  if (!isTooFast && wayCm >= brakingWayCm) return;
  setFlag(words, at, Flag.abruptStop);
  accuse(words, at, Check.abruptStop, abruptStopWeight);
}

/** A reported acceleration that the speeds contradict. */
function noteAcceleration(
  words: Int32Array,
  at: number,
  { accelerationMps2 }: MotionReport,
  elapsedMs: number,
  { accelerationToleranceMps2, minorWeight }: TrustParameters,
): void {
  if (accelerationMps2 === undefined || elapsedMs < ACCELERATION_MIN_MS || elapsedMs > ACCELERATION_MAX_MS)
    return;
  const gained = (words[at + Word.speed] as number) - (words[at + Word.speedBefore] as number);
  const off = Math.abs((gained * 10) / elapsedMs - accelerationMps2);
  if (off > accelerationToleranceMps2) accuse(words, at, Check.acceleration, minorWeight);
}

/** Between these times the mean acceleration is neither noise nor another manoeuvre. */
const ACCELERATION_MIN_MS = 300;
const ACCELERATION_MAX_MS = 1_500;

/** As the detector of stationary vehicles has it. */
const STANDING_CMPS = 100;

function closeWindow(words: Int32Array, at: number, parameters: TrustParameters): Step {
  if (((words[at + Word.flags] as number) & Flag.blindWindow) !== 0) return closeBlind(words, at, parameters);
  words[at + Word.blindWindows] = 0;
  const latitude = words[at + Word.anchorLatitude] as number;
  const north = northCm(latitude, words[at + Word.latitude] as number);
  const east = eastCm(
    latitude,
    words[at + Word.anchorLongitude] as number,
    words[at + Word.longitude] as number,
  );
  const offNorth = north - (words[at + Word.wayNorth] as number);
  const offEast = east - (words[at + Word.wayEast] as number);
  const length = words[at + Word.wayLength] as number;
  const limit = parameters.positionToleranceM * 100 + parameters.wayToleranceShare * length;
  const frozenCm = parameters.frozenM * 100;
  if (length >= parameters.frozenWayM * 100 && north * north + east * east <= frozenCm * frozenCm) {
    return contradicted(words, at, Check.frozen, parameters.frozenWeight);
  }
  if (offNorth * offNorth + offEast * offEast > limit * limit) {
    return contradicted(words, at, Check.way, parameters.wayWeight);
  }
  return Step.windowFits;
}

function closeBlind(words: Int32Array, at: number, parameters: TrustParameters): Step {
  const windows = (words[at + Word.blindWindows] as number) + 1;
  words[at + Word.blindWindows] = windows;
  // A station that never tells its speed or heading is no liar: only one that makes them useless by turns is.
  const isTold = words[at + Word.speed] !== UNKNOWN && words[at + Word.heading] !== UNKNOWN;
  const isBackward = ((words[at + Word.flags] as number) & Flag.backward) !== 0;
  if (windows > parameters.blindWindowsAllowed && isTold && !isBackward) {
    accuse(words, at, Check.blind, parameters.minorWeight);
  }
  return Step.windowBlind;
}

function contradicted(words: Int32Array, at: number, check: number, weight: number): Step {
  accuse(words, at, check, weight);
  words[at + Word.credit] = Math.min(0, words[at + Word.credit] as number);
  return Step.windowContradicts;
}

/** The next window begins with the report written last. */
export function restartWindow(words: Int32Array, at: number): void {
  words[at + Word.anchorLatitude] = words[at + Word.latitude] as number;
  words[at + Word.anchorLongitude] = words[at + Word.longitude] as number;
  words[at + Word.anchorObserved] = words[at + Word.observed] as number;
  words[at + Word.wayNorth] = 0;
  words[at + Word.wayEast] = 0;
  words[at + Word.wayLength] = 0;
  clearFlag(words, at, Flag.blindWindow);
}

function noteHaste(words: Int32Array, at: number, elapsedMs: number, parameters: TrustParameters): void {
  if (elapsedMs >= parameters.beaconMs) {
    words[at + Word.hurried] = 0;
    return;
  }
  const hurried = (words[at + Word.hurried] as number) + 1;
  words[at + Word.hurried] = hurried;
  if (hurried % (parameters.beaconsAllowed + 1) !== 0) return;
  accuse(words, at, Check.hurried, parameters.minorWeight);
}

function write(words: Int32Array, at: number, frame: Frame, report: MotionReport): void {
  words[at + Word.latitude] = Math.round(report.latitudeDeg * E7);
  words[at + Word.longitude] = Math.round(report.longitudeDeg * E7);
  words[at + Word.observed] = Math.floor(frame.observedAtMs) | 0;
  words[at + Word.received] = Math.floor(frame.receivedAtMs) | 0;
  words[at + Word.speed] = report.speedMps === undefined ? UNKNOWN : Math.round(report.speedMps * 100);
  words[at + Word.heading] =
    report.headingDeg === undefined ? UNKNOWN : Math.round(report.headingDeg * 10) % 3_600;
  const flags = words[at + Word.flags] as number;
  words[at + Word.flags] =
    (report.driveDirection === "backward" ? flags | Flag.backward : flags & ~Flag.backward) | Flag.reported;
}

/** No tyre could turn the course so: the vehicle spins, or its heading is of no use. */
function spins(
  heading: number,
  before: number,
  speedSumCmps: number,
  elapsedMs: number,
  { spinDeg, spinMps2 }: TrustParameters,
): boolean {
  const difference = Math.abs(heading - before);
  const turn = difference > 1_800 ? 3_600 - difference : difference;
  if (turn <= spinDeg * 10) return false;
  const radPerS = (turn * Math.PI) / (1_800 * (elapsedMs / 1_000));
  return (radPerS * speedSumCmps) / 200 > spinMps2;
}

function setFlag(words: Int32Array, at: number, flag: number): void {
  words[at + Word.flags] = (words[at + Word.flags] as number) | flag;
}

function clearFlag(words: Int32Array, at: number, flag: number): void {
  words[at + Word.flags] = (words[at + Word.flags] as number) & ~flag;
}
