import type { AlertContent } from "../domain/alert.ts";
import { roundPoint } from "../domain/place.ts";
import type { RowFields } from "../domain/snapshot-row.ts";
import { roundHeading, roundTo } from "./units.ts";
import { evidenceOf, WITNESS_FIELDS, type Witnesses } from "./witnesses.ts";

/** A vehicle that others see standing. Receive times. */
export interface PerceivedStop extends Witnesses {
  readonly key: string;
  latitudeDeg: number;
  longitudeDeg: number;
  readonly headingDeg: number;
  readonly routeIndex: number;
  readonly routeM: number;
  readonly sinceMs: number;
  observedAtMs: number;
  seenAtMs: number;
  looks: number;
  /** Ids of those who saw it, and of those who passed and did not; a roadside unit is among the first. */
  observers: string[];
  absent: string[];
  byRoadside: boolean;
  told: "" | "suspected" | "confirmed";
  toldAtMs: number;
}

export const PERCEIVED_STOP_FIELDS: RowFields<PerceivedStop> = {
  key: "string",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number",
  routeIndex: "number",
  routeM: "number",
  sinceMs: "number",
  observedAtMs: "number",
  seenAtMs: "number",
  looks: "number",
  observers: "string[]",
  absent: "string[]",
  byRoadside: "boolean",
  told: "string",
  toldAtMs: "number",
  ...WITNESS_FIELDS,
};

interface Limits {
  readonly suspectedAfterMs: number;
  readonly looks: number;
  readonly validityMs: number;
}

const CONFIDENCE_PCT = { confirmed: 80, suspected: 50 } as const;

export function perceivedStopContent(stop: PerceivedStop, limits: Limits): AlertContent {
  const position = roundPoint(stop);
  const tier = stop.told === "confirmed" ? "confirmed" : "suspected";
  return {
    kind: "stationary-vehicle",
    tier,
    // Cause 94 stationaryVehicle (TS 102 894-2).
    causeCode: 94,
    subCauseCode: 0,
    severity: tier === "confirmed" ? 4 : 3,
    confidencePct: CONFIDENCE_PCT[tier],
    referencedAtMs: stop.observedAtMs,
    validUntilMs: stop.seenAtMs + limits.validityMs,
    position,
    headingDeg: roundHeading(stop.headingDeg),
    outline: { form: "point", points: [position] },
    road: undefined,
    evidence: evidenceOf(stop, stop.observers.length),
    why: {
      rule: "stationary-vehicle/perceived",
      text: `A standing vehicle is seen by ${stop.observers.length} ${stop.observers.length === 1 ? "observer" : "observers"}.`,
      measures: [
        { name: "looks", observed: stop.looks, threshold: limits.looks },
        { name: "observers", observed: stop.observers.length },
        {
          name: "standingS",
          observed: roundTo((stop.seenAtMs - stop.sinceMs) / 1_000, 1),
          threshold: limits.suspectedAfterMs / 1_000,
        },
      ],
    },
  };
}
