import type { AlertContent, Measure, Severity } from "../domain/alert.ts";
import { roundPoint } from "../domain/place.ts";
import type { RowFields } from "../domain/snapshot-row.ts";
import type { FlowAround } from "./queue-ahead.ts";
import type { StandingPlace } from "./stationary-place.ts";
import { kmph, roundHeading, roundTo } from "./units.ts";
import { evidenceOf, WITNESS_FIELDS, type Witnesses } from "./witnesses.ts";

/** One standing vehicle. Times are receive times but `observedAtMs`. */
export interface Candidate extends Witnesses {
  /** Name for life: the id under which it was first seen to stand. */
  readonly key: string;
  /** Its present pseudonym. */
  stationId: number;
  /** Highest speed of the two minutes before the stop. */
  readonly topSpeedMps: number;
  /** First report of standing at the anchor. */
  sinceMs: number;
  anchorLatitudeDeg: number;
  anchorLongitudeDeg: number;
  latitudeDeg: number;
  longitudeDeg: number;
  /** Of the last report in motion or the first at standstill, where a compass is still right. */
  headingDeg: number | undefined;
  observedAtMs: number;
  heardAtMs: number;
  /** Last report of standing. */
  stoodAtMs: number;
  /** Mean speed of its last reports of standing, cm/s; older ones count less and less. */
  paceCmps: number;
  movingSinceMs: number | undefined;
  movingReports: number;
  hazardLights: boolean;
  disabled: boolean;
  airbag: boolean;
  queueSeenAtMs: number | undefined;
  /** Next tick at which to look at it. */
  dueAtMs: number;
  /** A notice (DENM) of a breakdown or an accident at its place. */
  noticed: boolean;
  /** Somebody with authority has denied it: silent until it moves. */
  dismissed: boolean;
  /** It came to a stop in a queue that was known; looked at once, on the first tick. */
  arrival: "" | "free" | "queue";
  /** It had stopped shortly before: stop and go. */
  stoppedBefore: boolean;
  /** What the traffic around it said at the last look. */
  flow: FlowAround | "held";
  /** Where others have waited before. */
  waits: boolean;
  /** A works vehicle with its light bar on: told as road works. */
  works: boolean;
  /** Where it stands on the map; route −1 off the map. */
  place: StandingPlace;
  routeIndex: number;
  routeM: number;
  lateralM: number;
  /** Vehicles that passed at free speed since it fell silent, and those of them in its lane. */
  passages: number;
  passagesInLane: number;
  /** Tier told so far. */
  told: "" | "suspected" | "confirmed";
  toldAtMs: number;
}

export const CANDIDATE_FIELDS: RowFields<Candidate> = {
  key: "string",
  stationId: "number",
  topSpeedMps: "number",
  sinceMs: "number",
  anchorLatitudeDeg: "number",
  anchorLongitudeDeg: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number?",
  observedAtMs: "number",
  heardAtMs: "number",
  stoodAtMs: "number",
  paceCmps: "number",
  movingSinceMs: "number?",
  movingReports: "number",
  hazardLights: "boolean",
  disabled: "boolean",
  airbag: "boolean",
  queueSeenAtMs: "number?",
  dueAtMs: "number",
  noticed: "boolean",
  dismissed: "boolean",
  arrival: "string",
  stoppedBefore: "boolean",
  flow: "string",
  waits: "boolean",
  works: "boolean",
  place: "string",
  routeIndex: "number",
  routeM: "number",
  lateralM: "number",
  passages: "number",
  passagesInLane: "number",
  told: "string",
  toldAtMs: "number",
  ...WITNESS_FIELDS,
};

interface Limits {
  readonly suspectedAfterMs: number;
  readonly standingSpeedMps: number;
  readonly validityMs: number;
}

export function stationaryContent(candidate: Candidate, nowMs: number, limits: Limits): AlertContent {
  const position = roundPoint(candidate);
  return {
    kind: "stationary-vehicle",
    tier: candidate.told === "confirmed" ? "confirmed" : "suspected",
    causeCode: 94,
    subCauseCode: subCause(candidate),
    severity: severityOf(candidate),
    confidencePct: confidencePct(candidate, nowMs),
    referencedAtMs: candidate.observedAtMs,
    validUntilMs: candidate.stoodAtMs + limits.validityMs,
    position,
    headingDeg: candidate.headingDeg === undefined ? undefined : roundHeading(candidate.headingDeg),
    outline: { form: "point", points: [position] },
    road: undefined,
    evidence: evidenceOf(candidate),
    why: { rule: ruleOf(candidate), text: textOf(candidate), measures: measuresOf(candidate, nowMs, limits) },
  };
}

/** StationaryVehicleSubCauseCode (TS 102 894-2): 2 vehicleBreakdown, 3 postCrash. */
function subCause(candidate: Candidate): number {
  if (candidate.airbag) return 3;
  return candidate.disabled ? 2 : 0;
}

function severityOf(candidate: Candidate): Severity {
  if (candidate.airbag) return 5;
  return candidate.told === "confirmed" ? 4 : 3;
}

/** Silence lowers the confidence in steps: after 10 s, a minute and three minutes. */
const SILENCE_STEPS: readonly { readonly afterMs: number; readonly minusPct: number }[] = [
  { afterMs: 180_000, minusPct: 45 },
  { afterMs: 60_000, minusPct: 30 },
  { afterMs: 10_000, minusPct: 15 },
];

function confidencePct(candidate: Candidate, nowMs: number): number {
  const base = candidate.told === "confirmed" ? 90 : 60;
  const silentMs = nowMs - candidate.heardAtMs;
  return base - (SILENCE_STEPS.find(({ afterMs }) => silentMs >= afterMs)?.minusPct ?? 0);
}

function ruleOf(candidate: Candidate): string {
  if (candidate.airbag) return "stationary-vehicle/airbag-flag";
  if (candidate.disabled) return "stationary-vehicle/disabled-flag";
  if (candidate.noticed) return "stationary-vehicle/notice";
  return candidate.hazardLights ? "stationary-vehicle/hazard-lights" : "stationary-vehicle/standing";
}

function textOf(candidate: Candidate): string {
  const extra = candidate.airbag
    ? ", airbag deployed"
    : candidate.disabled
      ? ", reports a breakdown"
      : candidate.noticed
        ? ", a notice says so too"
        : candidate.hazardLights
          ? ", hazard lights on"
          : "";
  return `Vehicle stands${extra}.`;
}

/** Silence that an explanation names. */
const SILENCE_TOLD_MS = 10_000;

function measuresOf(candidate: Candidate, nowMs: number, limits: Limits): Measure[] {
  const silentMs = nowMs - candidate.heardAtMs;
  const silence: Measure[] =
    silentMs >= SILENCE_TOLD_MS ? [{ name: "silentS", observed: roundTo(silentMs / 1_000, 0) }] : [];
  const passages: Measure[] =
    candidate.passages > 0
      ? [
          { name: "passages", observed: candidate.passages },
          { name: "passagesInLane", observed: candidate.passagesInLane },
        ]
      : [];
  return [
    ...passages,
    ...silence,
    {
      name: "standingS",
      observed: roundTo((candidate.stoodAtMs - candidate.sinceMs) / 1_000, 1),
      threshold: limits.suspectedAfterMs / 1_000,
    },
    { name: "topSpeedBeforeKmph", observed: kmph(candidate.topSpeedMps) },
  ];
}
