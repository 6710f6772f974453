import type { GeoPoint, Outline } from "./place.ts";

/** What an alert is about. Open list: later detectors add to it. */
export const ALERT_KINDS = [
  "emergency-brake",
  "hard-brake-chain",
  "stationary-vehicle",
  "slow-vehicle",
  "wrong-way",
  "queue-end",
  "congestion",
  "collision-risk",
  "vru-risk",
  "emergency-vehicle",
  "slippery-road",
  "reduced-visibility",
  "heavy-precipitation",
  "extreme-weather",
  "obstacle",
  "animal-on-road",
  "person-on-road",
  "accident",
  "roadworks",
  "signal-violation",
  "blockage",
  "minimal-risk-manoeuvre",
  "automation-cluster",
  "rail-crossing",
  "dangerous-situation",
  "blind-area",
  "notice",
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** `ended`: the detector saw the end; `cancelled`: the source took it back; `expired`: validity ran out. */
export type AlertState = "new" | "updated" | "ended" | "cancelled" | "expired";
export type AlertTier = "suspected" | "confirmed";

/** 1 information, 2 minor, 3 disturbance, 4 danger, 5 danger to life. */
export type Severity = 1 | 2 | 3 | 4 | 5;

/** A stretch of road as operators speak of it. */
export interface RoadReference {
  readonly ref: string;
  readonly direction: string;
  readonly fromKm: number;
  readonly toKm: number;
  readonly text: string;
}

/** What an alert rests on. Counts only: a station id stays inside. */
export interface Evidence {
  readonly stations: number;
  readonly observations: number;
  readonly receivers: number;
  /** Names of sources, sorted, at most 8. */
  readonly sources: readonly string[];
  /** E.g. `clock-replaced`, `late`; sorted. */
  readonly marks: readonly string[];
}

/** One number of an explanation; the unit stands in the name. */
export interface Measure {
  readonly name: string;
  readonly observed: number;
  readonly threshold?: number;
}

/** Which rule decided, with its numbers. Measures are sorted by name. */
export interface Explanation {
  readonly rule: string;
  readonly text: string;
  readonly measures: readonly Measure[];
}

/** What detections and alerts have in common. */
export interface AlertContent {
  readonly kind: AlertKind;
  readonly tier: AlertTier;
  /** ETSI TS 102 894-2 CauseCodeType. */
  readonly causeCode: number;
  readonly subCauseCode: number;
  readonly severity: Severity;
  readonly confidencePct: number;
  /** The station's claim for the observation, Unix ms. */
  readonly referencedAtMs: number;
  readonly validUntilMs: number;
  readonly position: GeoPoint;
  /** Direction of the traffic concerned, 0 ≤ x < 360, 0.1 degree; undefined = all directions. */
  readonly headingDeg: number | undefined;
  readonly outline: Outline;
  readonly road: RoadReference | undefined;
  readonly evidence: Evidence;
  readonly why: Explanation;
}

/** One revision of an alert. Everything in it derives from the records; delivery data stand elsewhere. */
export interface Alert extends AlertContent {
  readonly alertId: string;
  readonly revision: number;
  readonly state: AlertState;
  /** Receive time of the record that began the alert, Unix ms. */
  readonly beganAtMs: number;
  /** Receive time of the record that decided this revision, Unix ms. */
  readonly detectedAtMs: number;
  /** An alert of another kind that was live when this one began and tells of the same event: a vehicle that stands in a blockage. */
  readonly relatedAlertId?: string;
}

export function isTerminal(state: AlertState): boolean {
  return state === "ended" || state === "cancelled" || state === "expired";
}
