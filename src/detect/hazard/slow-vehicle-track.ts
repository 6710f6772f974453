import type { AlertContent, Measure } from "../../domain/alert.ts";
import { roundPoint } from "../../domain/place.ts";
import type { RowFields } from "../../domain/snapshot-row.ts";
import { kmph, roundHeading, roundTo } from "../units.ts";
import { evidenceOf, WITNESS_FIELDS, type Witnesses } from "../witnesses.ts";

/** One vehicle that drives slowly. Times are receive times but `observedAtMs`. */
export interface SlowTrack extends Witnesses {
  /** Name for life: the id under which it was first seen to be slow. */
  readonly key: string;
  /** Its present pseudonym. */
  stationId: number;
  /** Sub-cause by the vehicle's role. */
  readonly subCauseCode: number;
  readonly agricultural: boolean;
  readonly heavy: boolean;
  /** Slow since, and slow without another slow one ahead since. */
  readonly slowSinceMs: number;
  sinceMs: number;
  /** Speed that the road would allow it, and its own. */
  roadMps: number;
  speedMps: number;
  /** Mean speed of the last 10 s or so. */
  paceMps: number;
  latitudeDeg: number;
  longitudeDeg: number;
  /** −1 where unknown. */
  headingDeg: number;
  observedAtMs: number;
  heardAtMs: number;
  /** Last look that found others passing, and looks that did; how many have passed, and the trust in them, thousandths. */
  flowAtMs: number;
  flowLooks: number;
  flowTrust: number;
  flowVehicles: number;
  /** Last time that another slow vehicle was ahead; 0 never. */
  slowAheadAtMs: number;
  /** Last time that another one near by did not flow; 0 never. */
  heldAtMs: number;
  /** 0 while slow. */
  fastSinceMs: number;
  told: "" | "suspected" | "confirmed";
  toldAtMs: number;
}

export const SLOW_FIELDS: RowFields<SlowTrack> = {
  key: "string",
  stationId: "number",
  agricultural: "boolean",
  subCauseCode: "number",
  heavy: "boolean",
  slowSinceMs: "number",
  sinceMs: "number",
  roadMps: "number",
  speedMps: "number",
  paceMps: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number",
  observedAtMs: "number",
  heardAtMs: "number",
  flowAtMs: "number",
  flowLooks: "number",
  flowTrust: "number",
  flowVehicles: "number",
  slowAheadAtMs: "number",
  heldAtMs: "number",
  fastSinceMs: "number",
  told: "string",
  toldAtMs: "number",
  ...WITNESS_FIELDS,
};

interface Limits {
  readonly slowShare: number;
  readonly slowForMs: number;
  readonly validityMs: number;
}

const CONFIDENCE_PCT = { confirmed: 85, suspected: 55 } as const;

export function slowContent(track: SlowTrack, limits: Limits): AlertContent {
  const position = roundPoint(track);
  const tier = track.told === "confirmed" ? "confirmed" : "suspected";
  return {
    kind: "slow-vehicle",
    tier,
    // Cause 26 slowVehicle (TS 102 894-2).
    causeCode: 26,
    subCauseCode: track.subCauseCode,
    severity: 3,
    confidencePct: CONFIDENCE_PCT[tier],
    referencedAtMs: track.observedAtMs,
    validUntilMs: track.heardAtMs + limits.validityMs,
    position,
    headingDeg: track.headingDeg < 0 ? undefined : roundHeading(track.headingDeg),
    outline: { form: "point", points: [position] },
    road: undefined,
    evidence: evidenceOf(track, 1 + track.flowVehicles),
    why: {
      rule: tier === "confirmed" ? "slow-vehicle/others-flow" : "slow-vehicle/alone",
      text: `Vehicle drives ${kmph(track.speedMps)} km/h where ${kmph(track.roadMps)} km/h are usual.`,
      measures: measuresOf(track, limits),
    },
  };
}

function measuresOf(track: SlowTrack, limits: Limits): Measure[] {
  return [
    { name: "flowingVehicles", observed: track.flowVehicles },
    {
      name: "slowForS",
      observed: roundTo((track.heardAtMs - track.sinceMs) / 1_000, 1),
      threshold: limits.slowForMs / 1_000,
    },
    {
      name: "speedKmph",
      observed: kmph(track.speedMps),
      threshold: kmph(track.roadMps * limits.slowShare),
    },
  ];
}
