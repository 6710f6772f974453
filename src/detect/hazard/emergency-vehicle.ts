import type { Measure } from "../../domain/alert.ts";
import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Detector, Emit } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { MotionReport } from "../../domain/observation.ts";
import { roundPoint } from "../../domain/place.ts";
import { type RowFields, readArray, readRow, writeRow } from "../../domain/snapshot-row.ts";
import type { VehicleRole } from "../../domain/station.ts";
import { distanceBetweenM } from "../../geo/geodesy.ts";
import { type ValuesOf, valuesOf } from "../parameter.ts";
import { kmph, roundHeading, roundTo } from "../units.ts";
import { addName, evidenceOf, noteFrame, noWitnesses, WITNESS_FIELDS, type Witnesses } from "../witnesses.ts";
import { EMERGENCY_VEHICLE } from "./reported-parameters.ts";
import { type Stretch, stretchFrom } from "./stretch.ts";

export type EmergencyVehicleParameters = ValuesOf<typeof EMERGENCY_VEHICLE>;

const NAME = "emergency-vehicle";

/** One vehicle with light bar or siren. Times are receive times but `observedAtMs`. */
interface Run extends Witnesses {
  readonly stationId: number;
  /** Its role says that it may use them; a siren alone may be a fault. */
  entitled: boolean;
  siren: boolean;
  latitudeDeg: number;
  longitudeDeg: number;
  headingDeg: number | undefined;
  speedMps: number | undefined;
  observedAtMs: number;
  readonly litSinceMs: number;
  litAtMs: number;
  litReports: number;
  /** Stands since; −1 while it drives. */
  standingSinceMs: number;
  /** Empty before the first alert. */
  told: "" | "approaching" | "safeguarding";
  toldAtMs: number;
  toldLatitudeDeg: number;
  toldLongitudeDeg: number;
}

const RUN_FIELDS: RowFields<Run> = {
  stationId: "number",
  entitled: "boolean",
  siren: "boolean",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number?",
  speedMps: "number?",
  observedAtMs: "number",
  litSinceMs: "number",
  litAtMs: "number",
  litReports: "number",
  standingSinceMs: "number",
  told: "string",
  toldAtMs: "number",
  toldLatitudeDeg: "number",
  toldLongitudeDeg: "number",
  ...WITNESS_FIELDS,
};

export interface EmergencyVehicleState {
  readonly runs: Map<number, Run>;
}

/** More than a country has on the road; the one that began first gives way. */
const MAX_RUNS = 20_000;

/** The alert follows the vehicle in these steps, its validity at most this often. */
const MOVED_M = 50;
const EXTEND_EVERY_MS = 2_000;
const SWEEP_EVERY_MS = 1_000;

/** A protected site concerns those who approach it over this stretch. */
const SITE_STRETCH_M = 500;

const ENTITLED: ReadonlySet<VehicleRole> = new Set(["emergency", "rescue", "military"]);

/** These use amber light bars in ordinary work; their sirens, if any, are no emergency's. */
const AT_WORK: ReadonlySet<VehicleRole> = new Set(["road-work", "road-operator", "special-transport"]);

/**
 * Emergency vehicles with light bar or siren (CAM special vehicle container): cause 95/1 while they drive, for the
 * traffic ahead; 95/2 while they stand and protect a site, for the traffic behind. A siren without a role that is
 * entitled to it is a suspicion; a light bar alone is a works vehicle.
 */
export function emergencyVehicle(
  parameters: EmergencyVehicleParameters = valuesOf(EMERGENCY_VEHICLE),
): Detector<EmergencyVehicleState> {
  return {
    name: NAME,
    snapshotVersion: 1,
    init: () => ({ runs: new Map() }),
    onItem(state, frame, context, emit) {
      const report = frame.observation;
      if (report.kind !== "motion") return;
      if (report.lightBar || report.siren) onLit(state, frame, report, context, emit, parameters);
      else if (state.runs.size > 0) onUnlit(state, frame, emit, parameters);
    },
    onCorroboration: ({ runs }, { stationId, receiver }) => {
      const run = runs.get(stationId | 0);
      if (run !== undefined) addName(run.receivers, receiver);
    },
    onTick: (state, tickMs) => sweep(state, tickMs, parameters),
    snapshot: ({ runs }) => [...runs.values()].map((run) => writeRow(RUN_FIELDS, run)),
    restore(value) {
      const rows = readArray(value).map((row) => readRow<Run>(RUN_FIELDS, row));
      return { runs: new Map(rows.map((run) => [run.stationId | 0, run])) };
    },
  };
}

function onLit(
  state: EmergencyVehicleState,
  frame: Frame,
  report: MotionReport,
  context: DetectionContext,
  emit: Emit,
  parameters: EmergencyVehicleParameters,
): void {
  let run = state.runs.get(frame.stationId | 0);
  if (run === undefined) {
    if (AT_WORK.has(report.role) || (!report.siren && !ENTITLED.has(report.role))) return;
    if (state.runs.size >= MAX_RUNS) displaceOldest(state, frame.receivedAtMs, emit, parameters);
    run = newRun(frame, report);
    state.runs.set(frame.stationId | 0, run);
  } else if (frame.observedAtMs <= run.observedAtMs) return;
  run.litAtMs = frame.receivedAtMs;
  run.litReports++;
  run.entitled ||= ENTITLED.has(report.role);
  run.siren = report.siren;
  take(run, frame, report, parameters);
  if (run.litReports >= parameters.minReports) tell(run, frame, context, emit, parameters);
}

function newRun(frame: Frame, report: MotionReport): Run {
  return {
    stationId: frame.stationId,
    entitled: false,
    siren: false,
    latitudeDeg: report.latitudeDeg,
    longitudeDeg: report.longitudeDeg,
    headingDeg: report.headingDeg,
    speedMps: report.speedMps,
    observedAtMs: 0,
    litSinceMs: frame.receivedAtMs,
    litAtMs: frame.receivedAtMs,
    litReports: 0,
    standingSinceMs: -1,
    told: "",
    toldAtMs: 0,
    toldLatitudeDeg: 0,
    toldLongitudeDeg: 0,
    ...noWitnesses(),
  };
}

function take(run: Run, frame: Frame, report: MotionReport, parameters: EmergencyVehicleParameters): void {
  noteFrame(run, frame);
  run.observedAtMs = frame.observedAtMs;
  run.latitudeDeg = report.latitudeDeg;
  run.longitudeDeg = report.longitudeDeg;
  run.headingDeg = report.headingDeg ?? run.headingDeg;
  run.speedMps = report.speedMps ?? run.speedMps;
  const { speedMps } = run;
  if (speedMps === undefined || speedMps >= parameters.standingSpeedMps) run.standingSinceMs = -1;
  else if (run.standingSinceMs < 0) run.standingSinceMs = frame.receivedAtMs;
}

function tell(
  run: Run,
  frame: Frame,
  context: DetectionContext,
  emit: Emit,
  parameters: EmergencyVehicleParameters,
): void {
  const { standingSinceMs } = run;
  const stands = standingSinceMs >= 0 && frame.receivedAtMs - standingSinceMs >= parameters.safeguardAfterMs;
  const what = stands ? "safeguarding" : "approaching";
  const phase = run.told === "" ? "start" : run.told !== what || movedM(run) >= MOVED_M ? "update" : "extend";
  if (phase === "extend" && frame.receivedAtMs - run.toldAtMs < EXTEND_EVERY_MS) return;
  run.told = what;
  run.toldAtMs = frame.receivedAtMs;
  if (phase !== "extend") {
    run.toldLatitudeDeg = run.latitudeDeg;
    run.toldLongitudeDeg = run.longitudeDeg;
  }
  emit(detection(run, phase, frame.receivedAtMs, stretchOf(run, context, parameters), parameters));
}

function movedM(run: Run): number {
  return distanceBetweenM(run.toldLatitudeDeg, run.toldLongitudeDeg, run.latitudeDeg, run.longitudeDeg);
}

function stretchOf(run: Run, context: DetectionContext, parameters: EmergencyVehicleParameters): Stretch {
  const match = context.stations.get(run.stationId)?.road;
  const lengthM = run.told === "safeguarding" ? -SITE_STRETCH_M : aheadM(run, parameters);
  return stretchFrom(run, run.headingDeg, lengthM, context.roads, match);
}

function aheadM(run: Run, { aheadS, aheadMinM, aheadMaxM }: EmergencyVehicleParameters): number {
  return Math.min(aheadMaxM, Math.max(aheadMinM, (run.speedMps ?? 0) * aheadS));
}

function onUnlit(
  state: EmergencyVehicleState,
  frame: Frame,
  emit: Emit,
  parameters: EmergencyVehicleParameters,
): void {
  const run = state.runs.get(frame.stationId | 0);
  if (run === undefined || frame.observedAtMs <= run.observedAtMs) return;
  if (frame.receivedAtMs - run.litAtMs < parameters.dousedAfterMs) return;
  end(state, run, frame.receivedAtMs, emit, parameters);
}

function end(
  state: EmergencyVehicleState,
  run: Run,
  decidedAtMs: number,
  emit: Emit,
  parameters: EmergencyVehicleParameters,
): void {
  state.runs.delete(run.stationId | 0);
  if (run.told === "") return;
  const here: Stretch = { outline: { form: "point", points: [roundPoint(run)] }, road: undefined };
  emit(detection(run, "end", decidedAtMs, here, parameters));
}

function displaceOldest(
  state: EmergencyVehicleState,
  decidedAtMs: number,
  emit: Emit,
  parameters: EmergencyVehicleParameters,
): void {
  for (const oldest of state.runs.values()) return end(state, oldest, decidedAtMs, emit, parameters);
}

/** What was told expires by itself. */
function sweep(
  { runs }: EmergencyVehicleState,
  tickMs: number,
  parameters: EmergencyVehicleParameters,
): void {
  if (runs.size === 0 || tickMs % SWEEP_EVERY_MS !== 0) return;
  for (const [stationId, { litAtMs }] of runs) {
    if (tickMs - litAtMs > parameters.validityMs) runs.delete(stationId);
  }
}

function detection(
  run: Run,
  phase: Detection["phase"],
  decidedAtMs: number,
  { outline, road }: Stretch,
  parameters: EmergencyVehicleParameters,
): Detection {
  const stands = run.told === "safeguarding";
  return {
    kind: "emergency-vehicle",
    tier: run.entitled ? "confirmed" : "suspected",
    causeCode: 95,
    subCauseCode: stands ? 2 : 1,
    severity: run.entitled ? 4 : 3,
    confidencePct: run.entitled ? 95 : 50,
    referencedAtMs: run.observedAtMs,
    validUntilMs: run.litAtMs + parameters.validityMs,
    position: roundPoint(run),
    headingDeg: run.headingDeg === undefined ? undefined : roundHeading(run.headingDeg),
    outline,
    road,
    evidence: evidenceOf(run),
    why: {
      rule: `${NAME}/${stands ? "safeguarding" : "approaching"}`,
      text: textOf(run, stands),
      measures: measuresOf(run, stands, parameters),
    },
    detector: NAME,
    key: String(run.stationId),
    phase,
    decidedAtMs,
  };
}

function textOf(run: Run, stands: boolean): string {
  const who = run.entitled ? "Emergency vehicle" : "Vehicle of no known role";
  const how = run.siren ? "siren" : "light bar";
  return stands ? `${who} stands with its ${how} on.` : `${who} approaches with its ${how} on.`;
}

function measuresOf(run: Run, stands: boolean, parameters: EmergencyVehicleParameters): Measure[] {
  const measures: Measure[] = [];
  if (!stands) measures.push({ name: "aheadM", observed: roundTo(aheadM(run, parameters), 0) });
  const litS = roundTo((run.litAtMs - run.litSinceMs) / 1_000, 1);
  measures.push({ name: "litReports", observed: run.litReports, threshold: parameters.minReports });
  measures.push({ name: "litS", observed: litS });
  if (run.speedMps !== undefined) measures.push({ name: "speedKmph", observed: kmph(run.speedMps) });
  if (stands) {
    const standingS = roundTo((run.litAtMs - run.standingSinceMs) / 1_000, 1);
    measures.push({ name: "standingS", observed: standingS, threshold: parameters.safeguardAfterMs / 1_000 });
  }
  return measures;
}
