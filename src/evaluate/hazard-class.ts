import type { AlertKind } from "../domain/alert.ts";
import { ALERT_KINDS } from "../domain/alert.ts";
import type { Episode, Revision } from "./episode.ts";
import type { TruthEvent } from "./truth.ts";

/** Alerts of one kind and the events that they must find. */
export interface HazardClass {
  readonly kind: AlertKind;
  readonly hazard: TruthEvent["hazard"];
  /** Along the road, m: how far an alert may be off and still mean the event. */
  readonly toleranceM: number;
  /** Whether alert and event are stretches of road, or a place. */
  readonly shape: "stretch" | "place";
  /** Whether an alert should cover the whole of its event: one about a tail covers the tail. */
  readonly covers: boolean;
}

/** 500 m: distance of loops, and of the sections that traffic centres work with. */
const QUEUE_M = 500;
/** Cars in a pile-up stand this far apart. */
const STATIONARY_M = 100;
/** At 2 × 36 m/s and 3 s: what a wrong-way driver and the one who meets him drive together meanwhile. */
const WRONG_WAY_M = 200;
const BRAKE_M = 50;
const OTHER_M = 200;

const TOLERANCES: Partial<Readonly<Record<AlertKind, number>>> = {
  congestion: QUEUE_M,
  "queue-end": QUEUE_M,
  "stationary-vehicle": STATIONARY_M,
  "wrong-way": WRONG_WAY_M,
  "emergency-brake": BRAKE_M,
  "slippery-road": QUEUE_M,
  "reduced-visibility": QUEUE_M,
  "heavy-precipitation": QUEUE_M,
  "extreme-weather": QUEUE_M,
  roadworks: QUEUE_M,
  blockage: QUEUE_M,
};

const STRETCHES: ReadonlySet<AlertKind> = new Set([
  "congestion",
  "queue-end",
  "slippery-road",
  "reduced-visibility",
  "heavy-precipitation",
  "extreme-weather",
  "roadworks",
  "blockage",
]);

export const HAZARD_CLASSES: readonly HazardClass[] = ALERT_KINDS.map((kind) => ({
  kind,
  hazard: kind === "congestion" || kind === "queue-end" ? "queue" : kind,
  toleranceM: TOLERANCES[kind] ?? OTHER_M,
  shape: STRETCHES.has(kind) ? "stretch" : "place",
  covers: STRETCHES.has(kind) && kind !== "queue-end",
}));

/** Whether alerts of this class are asked for an event. */
export function asksFor(hazardClass: HazardClass, event: TruthEvent): boolean {
  return event.hazard === hazardClass.hazard && (event.onlyFor ?? hazardClass.kind) === hazardClass.kind;
}

/** Severity from which on an alert of congestion speaks of queuing or standing traffic; below it is slow or heavy. */
const QUEUING_SEVERITY = 3;

/** Whether a revision claims what the class is about: congestion alerts also tell of traffic that is only slow. */
export function isClaim(kind: AlertKind, revision: Revision): boolean {
  return kind !== "congestion" || revision.severity >= QUEUING_SEVERITY;
}

/** The episode from its first claim on; undefined where it never makes one. */
export function claimOf(episode: Episode): Episode | undefined {
  const from = episode.revisions.findIndex((revision) => isClaim(episode.kind, revision));
  if (from < 0) return undefined;
  return from === 0 ? episode : { ...episode, revisions: episode.revisions.slice(from) };
}

/**
 * Alerts that say something true about an event of another kind: a blocked lane where a vehicle stands. They find nothing of
 * their own, and are not false.
 */
const ALSO_TRUE_OF: Partial<Readonly<Record<AlertKind, readonly TruthEvent["hazard"][]>>> = {
  blockage: ["stationary-vehicle", "accident", "obstacle"],
  accident: ["stationary-vehicle"],
  obstacle: ["stationary-vehicle", "accident"],
  // In towns nobody asks for the end of a queue, but it is there.
  "queue-end": ["queue"],
  "stationary-vehicle": ["accident", "minimal-risk-manoeuvre"],
  "dangerous-situation": ["stationary-vehicle", "accident", "queue", "emergency-brake"],
};

export function isAlsoTrueOf(kind: AlertKind, hazard: TruthEvent["hazard"]): boolean {
  return ALSO_TRUE_OF[kind]?.includes(hazard) ?? false;
}
