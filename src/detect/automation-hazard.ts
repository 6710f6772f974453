import type { AlertContent } from "../domain/alert.ts";
import type { Detection } from "../domain/detection.ts";
import type { Detector, Emit } from "../domain/detector.ts";
import type { Frame } from "../domain/frame.ts";
import type { AutomationReport, MotionReport } from "../domain/observation.ts";
import { roundPoint } from "../domain/place.ts";
import { type RowFields, readArray, readRow, writeRow } from "../domain/snapshot-row.ts";
import { distanceBetweenM } from "../geo/geodesy.ts";
import { type ValuesOf, valuesOf } from "./parameter.ts";
import { AUTOMATION_HAZARD } from "./parameters.ts";
import { roundHeading } from "./units.ts";
import { addName, evidenceOf, noteFrame, noWitnesses, WITNESS_FIELDS, type Witnesses } from "./witnesses.ts";

export type AutomationParameters = ValuesOf<typeof AUTOMATION_HAZARD>;

/** One automated vehicle in a minimal-risk manoeuvre. */
interface Manoeuvre extends Witnesses {
  readonly stationId: number;
  readonly startedAtMs: number;
  readonly saeLevel: number | undefined;
  observedAtMs: number;
  /** Last event of the manoeuvre. Motion reports move the alert but say nothing about whether it goes on. */
  heardAtMs: number;
  toldAtMs: number;
  toldLatitudeDeg: number;
  toldLongitudeDeg: number;
  latitudeDeg: number;
  longitudeDeg: number;
  headingDeg: number | undefined;
}

const MANOEUVRE_FIELDS: RowFields<Manoeuvre> = {
  stationId: "number",
  startedAtMs: "number",
  saeLevel: "number?",
  observedAtMs: "number",
  heardAtMs: "number",
  toldAtMs: "number",
  toldLatitudeDeg: "number",
  toldLongitudeDeg: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number?",
  ...WITNESS_FIELDS,
};

export interface AutomationState {
  readonly manoeuvres: Map<number, Manoeuvre>;
}

/** More than there are automated vehicles; a hazard is never refused for want of room: the oldest gives way. */
const MAX_MANOEUVRES = 50_000;

/** The alert follows the vehicle in these steps, its validity at most this often. */
const MOVED_M = 25;
const EXTEND_EVERY_MS = 5_000;

/** Expired manoeuvres are looked for this often; the alert itself expires on its own tick. */
const SWEEP_EVERY_MS = 1_000;

/**
 * Minimal-risk manoeuvres of automated vehicles: a vehicle that brakes to a stop, perhaps in its lane, at up to 4 m/s²
 * (UN R157 5.4), so that emergency braking never sees it. A hazard from its start until the vehicle tells its end or
 * the validity runs out; a vehicle that then stands is left to the detector of stationary vehicles.
 */
export function automationHazard(
  parameters: AutomationParameters = valuesOf(AUTOMATION_HAZARD),
): Detector<AutomationState> {
  return {
    name: "automation-hazard",
    snapshotVersion: 1,
    init: () => ({ manoeuvres: new Map() }),
    onItem: (state, frame, _context, emit) => onItem(state, frame, emit, parameters),
    onCorroboration: ({ manoeuvres }, { stationId, receiver }) => {
      const manoeuvre = manoeuvres.get(stationId);
      if (manoeuvre !== undefined) addName(manoeuvre.receivers, receiver);
    },
    onTick: (state, tickMs) => sweep(state, tickMs, parameters),
    snapshot: ({ manoeuvres }) => [...manoeuvres.values()].map((one) => writeRow(MANOEUVRE_FIELDS, one)),
    restore(value) {
      const rows = readArray(value).map((row) => readRow<Manoeuvre>(MANOEUVRE_FIELDS, row));
      return { manoeuvres: new Map(rows.map((manoeuvre) => [manoeuvre.stationId, manoeuvre])) };
    },
  };
}

function onItem(state: AutomationState, frame: Frame, emit: Emit, parameters: AutomationParameters): void {
  const report = frame.observation;
  if (report.kind === "automation") onEvent(state, frame, report, emit, parameters);
  else if (report.kind === "motion" && state.manoeuvres.size > 0) {
    const manoeuvre = state.manoeuvres.get(frame.stationId);
    if (manoeuvre !== undefined) follow(manoeuvre, frame, report, emit, parameters);
  }
}

function onEvent(
  state: AutomationState,
  frame: Frame,
  report: AutomationReport,
  emit: Emit,
  parameters: AutomationParameters,
): void {
  const known = state.manoeuvres.get(frame.stationId);
  if (report.event === "minimal-risk-manoeuvre-started") {
    if (known !== undefined) follow(known, frame, report, emit, parameters);
    else begin(state, frame, report, emit, parameters);
  } else if (report.event === "minimal-risk-manoeuvre-ended" && known !== undefined) {
    takeReport(known, frame, report);
    state.manoeuvres.delete(frame.stationId);
    emit(detection(known, "end", frame.receivedAtMs, parameters));
  }
}

function begin(
  state: AutomationState,
  frame: Frame,
  report: AutomationReport,
  emit: Emit,
  parameters: AutomationParameters,
): void {
  if (state.manoeuvres.size >= MAX_MANOEUVRES) endOldest(state, frame.receivedAtMs, emit, parameters);
  const manoeuvre: Manoeuvre = {
    stationId: frame.stationId,
    startedAtMs: frame.observedAtMs,
    saeLevel: report.saeLevel,
    observedAtMs: frame.observedAtMs,
    heardAtMs: frame.receivedAtMs,
    toldAtMs: frame.receivedAtMs,
    toldLatitudeDeg: report.latitudeDeg,
    toldLongitudeDeg: report.longitudeDeg,
    latitudeDeg: report.latitudeDeg,
    longitudeDeg: report.longitudeDeg,
    headingDeg: report.headingDeg,
    ...noWitnesses(),
  };
  noteFrame(manoeuvre, frame);
  state.manoeuvres.set(frame.stationId, manoeuvre);
  emit(detection(manoeuvre, "start", frame.receivedAtMs, parameters));
}

function endOldest(
  { manoeuvres }: AutomationState,
  decidedAtMs: number,
  emit: Emit,
  parameters: AutomationParameters,
): void {
  for (const [stationId, oldest] of manoeuvres) {
    manoeuvres.delete(stationId);
    emit(detection(oldest, "end", decidedAtMs, parameters));
    return;
  }
}

function takeReport(manoeuvre: Manoeuvre, frame: Frame, report: AutomationReport | MotionReport): void {
  noteFrame(manoeuvre, frame);
  manoeuvre.observedAtMs = frame.observedAtMs;
  if (report.kind === "automation") manoeuvre.heardAtMs = frame.receivedAtMs;
  manoeuvre.latitudeDeg = report.latitudeDeg;
  manoeuvre.longitudeDeg = report.longitudeDeg;
  manoeuvre.headingDeg = report.headingDeg ?? manoeuvre.headingDeg;
}

function follow(
  manoeuvre: Manoeuvre,
  frame: Frame,
  report: AutomationReport | MotionReport,
  emit: Emit,
  parameters: AutomationParameters,
): void {
  if (frame.observedAtMs <= manoeuvre.observedAtMs) return;
  takeReport(manoeuvre, frame, report);
  const movedM = distanceBetweenM(
    manoeuvre.toldLatitudeDeg,
    manoeuvre.toldLongitudeDeg,
    manoeuvre.latitudeDeg,
    manoeuvre.longitudeDeg,
  );
  const moved = movedM >= MOVED_M;
  if (!moved && frame.receivedAtMs - manoeuvre.toldAtMs < EXTEND_EVERY_MS) return;
  manoeuvre.toldAtMs = frame.receivedAtMs;
  if (moved) {
    manoeuvre.toldLatitudeDeg = manoeuvre.latitudeDeg;
    manoeuvre.toldLongitudeDeg = manoeuvre.longitudeDeg;
  }
  emit(detection(manoeuvre, moved ? "update" : "extend", frame.receivedAtMs, parameters));
}

function sweep({ manoeuvres }: AutomationState, tickMs: number, parameters: AutomationParameters): void {
  if (tickMs % SWEEP_EVERY_MS !== 0) return;
  for (const [stationId, { heardAtMs }] of manoeuvres) {
    if (tickMs - heardAtMs > parameters.validityMs) manoeuvres.delete(stationId);
  }
}

function detection(
  manoeuvre: Manoeuvre,
  phase: Detection["phase"],
  decidedAtMs: number,
  parameters: AutomationParameters,
): Detection {
  return {
    ...contentOf(manoeuvre, parameters),
    detector: "automation-hazard",
    key: String(manoeuvre.stationId),
    phase,
    decidedAtMs,
  };
}

function contentOf(manoeuvre: Manoeuvre, parameters: AutomationParameters): AlertContent {
  const position = roundPoint(manoeuvre);
  const { saeLevel } = manoeuvre;
  return {
    kind: "minimal-risk-manoeuvre",
    tier: "confirmed",
    // Cause 99 dangerousSituation, sub-cause 8 riskMitigation (TS 102 894-2).
    causeCode: 99,
    subCauseCode: 8,
    severity: 4,
    confidencePct: 95,
    referencedAtMs: manoeuvre.observedAtMs,
    validUntilMs: manoeuvre.heardAtMs + parameters.validityMs,
    position,
    headingDeg: manoeuvre.headingDeg === undefined ? undefined : roundHeading(manoeuvre.headingDeg),
    outline: { form: "point", points: [position] },
    road: undefined,
    evidence: evidenceOf(manoeuvre),
    why: {
      rule: "automation-hazard/minimal-risk-manoeuvre",
      text: "Automated vehicle brings itself to a stop.",
      measures: saeLevel === undefined ? [] : [{ name: "saeLevel", observed: saeLevel }],
    },
  };
}
