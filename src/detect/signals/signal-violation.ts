import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { MotionReport } from "../../domain/observation.ts";
import type { StationType } from "../../domain/station.ts";
import { headingDifferenceDeg } from "../../geo/geodesy.ts";
import { valuesOf } from "../parameter.ts";
import {
  type Approach,
  beforeM,
  besideM,
  type Intersection,
  indexApproaches,
  newIntersection,
  signalCell,
} from "./intersection.ts";
import { isFresh, isRedAt, type SignalParameters, takePhases } from "./phases.ts";
import { APPROACH_DEG, signalLookup } from "./signal-lookup.ts";
import { SIGNAL_VIOLATION } from "./signal-parameters.ts";
import { emptyState, restoreState, type SignalsState, snapshotState, type Watch } from "./state.ts";
import { NAME, violationDetection } from "./violation-content.ts";

/** All signals of a large city; the one heard of longest ago gives way. */
const MAX_INTERSECTIONS = 5_000;
const MAX_WATCHES = 50_000;

/** Lanes are looked at from this far before their line to this far beyond. */
const NEAR_M = 120;
const BEYOND_M = 40;

/** Reports farther apart miss the moment of passing. */
const MAX_GAP_MS = 2_000;

/** After this long no signal state tells anything further of the moment of passing. */
const SETTLED_MS = 1_500;

const SWEEP_EVERY_MS = 1_000;
const FORGET_WATCH_MS = 5_000;
const FORGET_INTERSECTION_MS = 6 * 3_600_000;

/** They have signals or rules of their own. */
const OTHER_SIGNALS: ReadonlySet<StationType> = new Set([
  "pedestrian",
  "cyclist",
  "light-vru-vehicle",
  "animal",
  "tram",
  "infrastructure",
]);

const HEAVY: ReadonlySet<StationType> = new Set(["bus", "heavy-truck", "trailer", "special-vehicle"]);

/**
 * Vehicles that pass a stop line on red, or will because they cannot stop any more, where the intersection's map (MAPEM)
 * and signal state (SPATEM) of the same revision are known. Red is what the signal says or has promised for the very
 * moment, in every lane and direction that may be the vehicle's; stale states, states with another clock or out of
 * ordinary operation accuse nobody. Vehicles with light bar or siren may pass.
 */
export function signalViolation(
  parameters: SignalParameters = valuesOf(SIGNAL_VIOLATION),
): Detector<SignalsState> {
  return {
    name: NAME,
    snapshotVersion: 1,
    init: emptyState,
    onItem(state, frame, context, emit) {
      const report = frame.observation;
      if (report.kind === "motion") {
        if (state.index.size > 0) onMotion(state, frame, report, context, emit, parameters);
      } else if (report.kind === "signal") {
        const intersection = state.intersections.get(report.intersection);
        if (intersection !== undefined) takePhases(intersection, frame, report, parameters);
      } else if (report.kind === "intersection") takeMap(state, frame);
    },
    onTick: (state, tickMs) => sweep(state, tickMs),
    provides: (state, roads) => ({ signals: signalLookup(state, roads) }),
    snapshot: snapshotState,
    restore: restoreState,
  };
}

function takeMap(state: SignalsState, frame: Frame): void {
  const report = frame.observation;
  if (report.kind !== "intersection") return;
  const known = state.intersections.get(report.intersection);
  if (known !== undefined && known.revision === report.revision) {
    known.heardAtMs = frame.receivedAtMs;
    return;
  }
  if (known === undefined && state.intersections.size >= MAX_INTERSECTIONS) forgetOldest(state);
  state.intersections.set(report.intersection, newIntersection(report, frame.receivedAtMs));
  state.index = indexApproaches(state.intersections.values());
}

function forgetOldest({ intersections }: SignalsState): void {
  let oldest: Intersection | undefined;
  for (const one of intersections.values()) {
    if (oldest === undefined || one.heardAtMs < oldest.heardAtMs) oldest = one;
  }
  if (oldest !== undefined) intersections.delete(oldest.id);
}

function onMotion(
  state: SignalsState,
  frame: Frame,
  report: MotionReport,
  context: DetectionContext,
  emit: Emit,
  parameters: SignalParameters,
): void {
  const lanes = state.index.get(signalCell(report.latitudeDeg, report.longitudeDeg));
  if (lanes === undefined || OTHER_SIGNALS.has(report.stationType)) return;
  const { headingDeg, speedMps } = report;
  if (headingDeg === undefined || speedMps === undefined || report.lightBar || report.siren) return;
  if (frame.clockReplaced || Math.abs(frame.receivedAtMs - frame.observedAtMs) > parameters.clockMs) return;
  const own = ownLanes(lanes, report, headingDeg, parameters);
  const [lane] = own;
  const intersection = lane === undefined ? undefined : state.intersections.get(lane.intersection);
  if (lane === undefined || intersection === undefined) return;
  const watch = follow(state, lane, frame, report, speedMps);
  if (watch === undefined || watch.told === "passed") return;
  const isRed = (atMs: number): boolean =>
    isFresh(intersection, atMs, parameters) &&
    own.every((one) => isRedAt(one, intersection, atMs, parameters));
  const tell = (phase: Detection["phase"]): void =>
    emit(violationDetection(watch, lane, frame, phase, parameters));
  if (watch.beforeM <= 0) judgePassing(watch, lane, intersection, isRed, tell, parameters);
  else judgeApproach(watch, report, frame, context, isRed, tell, parameters);
}

/** Lanes that may be the vehicle's, the nearest first. */
function ownLanes(
  lanes: readonly Approach[],
  { latitudeDeg, longitudeDeg }: MotionReport,
  headingDeg: number,
  { lateralM }: SignalParameters,
): Approach[] {
  const own: Approach[] = [];
  for (const lane of lanes) {
    if (headingDifferenceDeg(lane.headingDeg, headingDeg) > APPROACH_DEG) continue;
    const wayM = beforeM(lane, latitudeDeg, longitudeDeg);
    if (wayM > NEAR_M || wayM < -BEYOND_M || besideM(lane, latitudeDeg, longitudeDeg) > lateralM) continue;
    own.push(lane);
  }
  if (own.length > 1) {
    own.sort(
      (a, b) =>
        besideM(a, latitudeDeg, longitudeDeg) - besideM(b, latitudeDeg, longitudeDeg) || a.laneId - b.laneId,
    );
  }
  return own;
}

/** The vehicle's watch with this report; undefined where it cannot be compared with the one before. */
function follow(
  state: SignalsState,
  lane: Approach,
  frame: Frame,
  report: MotionReport,
  speedMps: number,
): Watch | undefined {
  const wayM = beforeM(lane, report.latitudeDeg, report.longitudeDeg);
  const known = state.watches.get(frame.stationId | 0);
  if (known !== undefined && known.intersection === lane.intersection) {
    const gapMs = frame.observedAtMs - known.observedAtMs;
    if (gapMs <= 0) return undefined;
    if (gapMs <= MAX_GAP_MS) {
      notePassing(known, wayM, gapMs, speedMps);
      known.beforeM = wayM;
      known.observedAtMs = frame.observedAtMs;
      known.receivedAtMs = frame.receivedAtMs;
      known.speedMps = speedMps;
      return known;
    }
  }
  if (wayM > 0 && (known !== undefined || state.watches.size < MAX_WATCHES)) {
    state.watches.set(frame.stationId | 0, newWatch(lane, frame, wayM, speedMps));
  }
  return undefined;
}

/** When the line was passed, between two reports. */
function notePassing(watch: Watch, wayM: number, gapMs: number, speedMps: number): void {
  if (watch.beforeM <= 0 || wayM > 0) return;
  const share = watch.beforeM / (watch.beforeM - wayM);
  watch.passedAtMs = Math.round(watch.observedAtMs + share * gapMs);
  watch.passedSpeedMps = Math.min(watch.speedMps, speedMps);
}

function newWatch(lane: Approach, frame: Frame, wayM: number, speedMps: number): Watch {
  return {
    stationId: frame.stationId,
    intersection: lane.intersection,
    laneId: lane.laneId,
    beforeM: wayM,
    observedAtMs: frame.observedAtMs,
    receivedAtMs: frame.receivedAtMs,
    speedMps,
    cannotStop: 0,
    neededMps2: 0,
    passedAtMs: 0,
    passedSpeedMps: 0,
    redForMs: 0,
    told: "",
  };
}

function judgePassing(
  watch: Watch,
  lane: Approach,
  intersection: Intersection,
  isRed: (atMs: number) => boolean,
  tell: (phase: Detection["phase"]) => void,
  { beyondM, minSpeedMps }: SignalParameters,
): void {
  if (watch.passedAtMs === 0 || -watch.beforeM < beyondM) return;
  const { told, passedAtMs } = watch;
  const isViolation = watch.passedSpeedMps > minSpeedMps && watch.speedMps > minSpeedMps && isRed(passedAtMs);
  // The signal state that settles it may be on its way.
  if (!isViolation && watch.observedAtMs - passedAtMs < SETTLED_MS) return;
  watch.told = "passed";
  if (isViolation) {
    watch.redForMs = redFor(lane, intersection, passedAtMs);
    tell(told === "" ? "start" : "update");
  } else if (told !== "") {
    watch.told = "predicted";
    tell("end");
    watch.told = "passed";
  }
}

/** How long the youngest red of the lane had lasted. */
function redFor(lane: Approach, { phases }: Intersection, atMs: number): number {
  return Math.min(...lane.groups.map((group) => atMs - (phases.get(group)?.sinceMs ?? atMs)));
}

/** The needed deceleration is that to a stop a little beyond the line: positions and lines are not exact. */
function judgeApproach(
  watch: Watch,
  report: MotionReport,
  frame: Frame,
  context: DetectionContext,
  isRed: (atMs: number) => boolean,
  tell: (phase: Detection["phase"]) => void,
  parameters: SignalParameters,
): void {
  const { speedMps } = watch;
  watch.neededMps2 = (speedMps * speedMps) / (2 * (watch.beforeM + parameters.beyondM));
  const arrivesAtMs = frame.observedAtMs + Math.ceil((1_000 * watch.beforeM) / Math.max(speedMps, 0.1));
  const limitMps2 = stopLimit(report, context, parameters);
  const cannot =
    speedMps > parameters.minSpeedMps &&
    watch.neededMps2 > limitMps2 &&
    isRed(frame.observedAtMs) &&
    isRed(arrivesAtMs);
  watch.cannotStop = cannot ? watch.cannotStop + 1 : 0;
  if (cannot && watch.told === "" && watch.cannotStop >= parameters.predictedReports) {
    watch.told = "predicted";
    tell("start");
  } else if (watch.told === "predicted" && !cannot) {
    tell("end");
    watch.told = "";
  }
}

const GRAVITY_MPS2 = 9.81;

function stopLimit(
  report: MotionReport,
  context: DetectionContext,
  { carDecelerationMps2, heavyDecelerationMps2 }: SignalParameters,
): number {
  const dryMps2 = HEAVY.has(report.stationType) ? heavyDecelerationMps2 : carDecelerationMps2;
  const friction = context.conditions.frictionNear(report);
  return friction === undefined ? dryMps2 : Math.min(dryMps2, friction * GRAVITY_MPS2);
}

function sweep(state: SignalsState, tickMs: number): void {
  state.nowMs = tickMs;
  if (tickMs % SWEEP_EVERY_MS !== 0 || state.intersections.size === 0) return;
  for (const [stationId, { receivedAtMs }] of state.watches) {
    if (tickMs - receivedAtMs > FORGET_WATCH_MS) state.watches.delete(stationId);
  }
  for (const one of state.intersections.values()) {
    if (tickMs - Math.max(one.heardAtMs, one.phasesReceivedAtMs) <= FORGET_INTERSECTION_MS) continue;
    state.intersections.delete(one.id);
    state.index = indexApproaches(state.intersections.values());
  }
}
