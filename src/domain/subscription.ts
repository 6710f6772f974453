import type { AlertKind, Severity } from "./alert.ts";
import type { StationLookup, StationView } from "./detector.ts";
import type { GeoBox, GeoPoint } from "./place.ts";

/** Where a subscription looks. Distances in m. */
export type SubscriptionArea =
  | { readonly form: "everywhere" }
  | { readonly form: "box"; readonly box: GeoBox }
  /** 3..1000 points, not closed: the last one is joined to the first. */
  | { readonly form: "polygon"; readonly points: readonly GeoPoint[] }
  | { readonly form: "circle"; readonly center: GeoPoint; readonly radiusM: number }
  /** All places within `halfWidthM` of a route of 2..1000 points. */
  | { readonly form: "corridor"; readonly points: readonly GeoPoint[]; readonly halfWidthM: number }
  | AheadArea;

/** What lies ahead of a moving station, as far as `distanceM`. */
export interface AheadArea {
  readonly form: "ahead";
  readonly stationId: number;
  readonly distanceM: number;
}

/** Which alerts: all conditions must hold; an empty list lets everything pass. */
export interface AlertFilter {
  /** ETSI TS 102 894-2 CauseCodeType, at most 64. */
  readonly causeCodes: readonly number[];
  /** At most 64. */
  readonly kinds: readonly AlertKind[];
  readonly minSeverity: Severity;
  /** 0..100. */
  readonly minConfidencePct: number;
  /** Leaves out alerts that are only suspected. */
  readonly confirmedOnly: boolean;
}

export const EVERY_ALERT: AlertFilter = {
  causeCodes: [],
  kinds: [],
  minSeverity: 1,
  minConfidencePct: 0,
  confirmedOnly: false,
};

/** A place in the stream of alert transitions. The epoch changes when the numbering starts anew. */
export interface Cursor {
  readonly epoch: number;
  /** Number of the last transition that was handled; 0 = none. */
  readonly sequence: number;
}

/** A wish for alerts, positions or both, checked. */
export interface Subscription {
  /** Name within the session, 1..64 characters. */
  readonly subscriptionId: string;
  readonly area: SubscriptionArea;
  readonly filter: AlertFilter;
  /** Interval of positions, ms, 100..60000; undefined = none. */
  readonly positionsIntervalMs: number | undefined;
  /** Goes on after this cursor. It must come from a subscription with the same area and filter. */
  readonly resume: Cursor | undefined;
}

/** Why a subscriber's request was refused. Bounded: the code is stable and a metric label. */
export const PROBLEM_CODES = [
  "malformed",
  "too-large",
  "missing-field",
  "out-of-range",
  "too-many",
  "unknown-value",
  "invalid-shape",
  "unknown-subscription",
  "subscription-limit",
  "not-permitted",
  "no-hello",
  "bad-hello",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** A request refused, in words for the person who wrote the client. */
export interface Problem {
  readonly code: ProblemCode;
  /** What is wrong and what to do, one or two sentences. */
  readonly message: string;
  /** Path of the field at fault, e.g. `subscribe.polygon.points[3].latitude_e7`; empty where none is. */
  readonly field: string;
  /** The subscription concerned; empty where none is. */
  readonly subscriptionId: string;
}

/** What delivery asks of whoever follows the stations. */
export interface StationQuery extends StationLookup {
  /** Live stations in the region, borders included, each once, sorted by station id. */
  inShape(region: Region): readonly StationView[];
}

/** Places, with boxes around them. */
export interface Region {
  readonly boxes: readonly GeoBox[];
  contains(latitudeDeg: number, longitudeDeg: number): boolean;
}
