import type { AlertContent, Measure } from "../domain/alert.ts";
import { roundPoint } from "../domain/place.ts";
import type { RowFields } from "../domain/snapshot-row.ts";
import { kmph, roundHeading, roundTo } from "./units.ts";
import { evidenceOf, WITNESS_FIELDS, type Witnesses } from "./witnesses.ts";

export type BrakeFlag = "" | "emergency-brake-control" | "hard-braking-flag";

/** One vehicle that brakes hard or says so. Times `…AtMs` are event times but `evidenceAtMs` and `toldAtMs` (receive). */
export interface BrakeTrack extends Witnesses {
  readonly stationId: number;
  /** Threshold of the vehicle's type on this road, positive; rises where the road turns out to give more. */
  limitMps2: number;
  /** At the first sample of the braking. */
  onsetSpeedMps: number | undefined;
  observedAtMs: number;
  evidenceAtMs: number;
  /** A sample 0.5 to 1.2 s before the present one, to see how far the speed has fallen; 0 before the first. */
  beforeAtMs: number;
  beforeMps: number;
  /** First sample of the unbroken run of hard samples. */
  hardSinceMs: number | undefined;
  hardAtMs: number;
  hardSpeedMps: number | undefined;
  sustainedMs: number;
  /** Highest deceleration seen, positive. */
  peakMps2: number;
  flag: BrakeFlag;
  /** Tier told so far. */
  told: "" | "suspected" | "confirmed";
  toldAtMs: number;
  toldLatitudeDeg: number;
  toldLongitudeDeg: number;
  latitudeDeg: number;
  longitudeDeg: number;
  headingDeg: number | undefined;
}

export const BRAKE_TRACK_FIELDS: RowFields<BrakeTrack> = {
  stationId: "number",
  limitMps2: "number",
  onsetSpeedMps: "number?",
  observedAtMs: "number",
  evidenceAtMs: "number",
  beforeAtMs: "number",
  beforeMps: "number",
  hardSinceMs: "number?",
  hardAtMs: "number",
  hardSpeedMps: "number?",
  sustainedMs: "number",
  peakMps2: "number",
  flag: "string",
  told: "string",
  toldAtMs: "number",
  toldLatitudeDeg: "number",
  toldLongitudeDeg: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number?",
  ...WITNESS_FIELDS,
};

/** Cause 99 dangerousSituation, sub-cause 1 emergencyElectronicBrakeEngaged (TS 102 894-2, DangerousSituationSubCauseCode). */
const CAUSE = { causeCode: 99, subCauseCode: 1 } as const;

const CONFIDENCE_PCT = { confirmed: 90, suspected: 50 } as const;

interface Limits {
  readonly sustainedMs: number;
  readonly onsetSpeedMps: number;
  readonly validityMs: number;
}

export function brakingContent(track: BrakeTrack, limits: Limits): AlertContent {
  const position = roundPoint(track);
  const tier = track.told === "confirmed" ? "confirmed" : "suspected";
  return {
    kind: "emergency-brake",
    tier,
    ...CAUSE,
    severity: tier === "confirmed" ? 4 : 3,
    confidencePct: CONFIDENCE_PCT[tier],
    referencedAtMs: track.observedAtMs,
    validUntilMs: track.evidenceAtMs + limits.validityMs,
    position,
    headingDeg: track.headingDeg === undefined ? undefined : roundHeading(track.headingDeg),
    outline: { form: "point", points: [position] },
    road: undefined,
    evidence: evidenceOf(track),
    why: { rule: ruleOf(track, limits), text: textOf(track), measures: measuresOf(track, limits) },
  };
}

function ruleOf(track: BrakeTrack, limits: Limits): string {
  if (track.sustainedMs >= limits.sustainedMs || track.flag === "") return "emergency-braking/sustained";
  return `emergency-braking/${track.flag}`;
}

function textOf(track: BrakeTrack): string {
  const from = track.onsetSpeedMps === undefined ? "" : ` from ${kmph(track.onsetSpeedMps)} km/h`;
  if (track.peakMps2 === 0) return `Vehicle reports emergency braking${from}.`;
  return `Vehicle brakes at ${roundTo(track.peakMps2, 1)} m/s²${from}.`;
}

function measuresOf(track: BrakeTrack, limits: Limits): Measure[] {
  const measures: Measure[] = [
    { name: "decelerationMps2", observed: roundTo(track.peakMps2, 2), threshold: track.limitMps2 },
  ];
  if (track.onsetSpeedMps !== undefined) {
    measures.push({
      name: "onsetSpeedKmph",
      observed: kmph(track.onsetSpeedMps),
      threshold: kmph(limits.onsetSpeedMps),
    });
  }
  measures.push({
    name: "sustainedMs",
    observed: roundTo(track.sustainedMs, 0),
    threshold: limits.sustainedMs,
  });
  return measures;
}
