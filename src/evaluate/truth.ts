import type { AlertKind } from "../domain/alert.ts";
import type { GeoPoint } from "../domain/place.ts";

/** What happened: a queue, or a hazard of the kind that an alert about it would have. */
export type HazardName = "queue" | AlertKind;

/** Where an event is from a time on; tail and head are the same point where it has no length. Upstream is the tail. */
export interface Extent {
  readonly atMs: number;
  readonly tail: GeoPoint;
  readonly head: GeoPoint;
  /** Vehicles in a queue; 0 where nobody counts. */
  readonly vehicles: number;
}

export interface Brake {
  /** Hardest deceleration, negative, m/s². */
  readonly peakMps2: number;
  /** Only that of its beginning is known. */
  readonly isFirstSample: boolean;
  /** Friction of the road there, 0 to 1. */
  readonly friction: number;
}

/** The end of a green at which vehicles were left behind that had waited at its beginning. */
export interface FailedCycle {
  readonly atMs: number;
  readonly stationIds: readonly number[];
}

/** One thing that happened, as all vehicles of the run show it. */
export interface TruthEvent {
  /** Only alerts of this kind are asked for it; undefined: all that its hazard calls for. */
  readonly onlyFor?: AlertKind;
  /** Unique in its file, e.g. `queue-1`. */
  readonly id: string;
  readonly hazard: HazardName;
  readonly onMs: number;
  readonly offMs: number;
  /** From when an alert may begin: a queue of two or three vehicles is no event yet, and an alert about it is not false. */
  readonly formingMs?: number | undefined;
  /** Greens in a row that a queue at a signal failed to clear in; who knows it by them knows of the queue. */
  readonly failedCycles?: readonly FailedCycle[] | undefined;
  /** False where it was already there when the file begins: nobody can say how long it took to find it. */
  readonly onsetKnown: boolean;
  /** Vehicles that are the hazard, e.g. those that stand; empty for queues. */
  readonly stationIds: readonly number[];
  readonly label: string | undefined;
  /** Why neither finding it nor missing it counts; undefined where it counts. */
  readonly dontCare: string | undefined;
  /** By time, at least one. */
  readonly extents: readonly Extent[];
  /** Direction of the traffic concerned, where the file tells. */
  readonly headingDeg: number | undefined;
  /** Overrides the tolerance of its kind, m. */
  readonly toleranceM: number | undefined;
  /** Undefined where it is no brake. */
  readonly brake: Brake | undefined;
  readonly road: string;
  readonly maxLengthM: number;
}

/** A vehicle that certainly was somewhere: tells what share of all vehicles a recording holds. */
export interface Witness {
  readonly timeMs: number;
  readonly stationId: number;
  readonly place: GeoPoint;
}

export interface Truth {
  readonly source: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly events: readonly TruthEvent[];
  /**
   * What was told and did not happen, where the truth knows only part of what happened: other alerts about nothing are
   * don't care then. Undefined where it knows everything.
   */
  readonly falsehoods: readonly TruthEvent[] | undefined;
  /** Kinds of alerts that the truth cannot judge. */
  readonly notJudged: ReadonlySet<AlertKind>;
  /** Share of all vehicles in the recording, where the file tells. */
  readonly penetration: number | undefined;
  readonly witnesses: readonly Witness[];
}

/** The extent that holds at a time; the first one before its time. */
export function extentAt(event: TruthEvent, atMs: number): Extent {
  const { extents } = event;
  let low = 0;
  let high = extents.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((extents[middle] as Extent).atMs <= atMs) low = middle;
    else high = middle - 1;
  }
  return extents[low] as Extent;
}
