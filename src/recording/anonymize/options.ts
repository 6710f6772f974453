import type { PreparedShape } from "../../geo/shapes.ts";
import type { RecordingWarning } from "../warnings.ts";

/** Distance and time that are cut off at both ends of every trip, whichever is more. */
export interface Trim {
  /** As the crow flies from where the trip begins or ends, m; 0 cuts nothing by distance. */
  readonly distanceM: number;
  /** ms; 0 cuts nothing by time. */
  readonly durationMs: number;
}

export interface AnonymizeOptions {
  /** Secret of the pseudonyms, at least 32 bytes. */
  readonly key: Uint8Array;
  readonly trim: Trim;
  /** Nothing that lies in one of them leaves. */
  readonly redacted: readonly PreparedShape[];
  /** Told after every chunk; may throw to stop the work. */
  readonly onProgress?: (progress: AnonymizeProgress) => void;
}

export interface AnonymizeProgress {
  /** 1 surveys the trips, 2 writes. */
  readonly pass: 1 | 2;
  /** Records of this pass so far. */
  readonly records: number;
  /** Records of the recording; known in the second pass. */
  readonly totalRecords: number | undefined;
}

/** Why items do not leave. */
export const DROP_REASONS = {
  "trip-end": "at the beginning or end of a trip",
  "redacted-area": "in a redacted area",
  "no-trip": "farther from the station's last place than it can have driven, so of no trip that could be cut",
  "over-limit": "longer than the protocol allows, which the server refuses as well",
} as const;
export type DropReason = keyof typeof DROP_REASONS;

/** What an anonymization did. Counts of items unless said otherwise. */
export interface AnonymizeSummary {
  /** Why there is no recording; undefined where all went well. */
  readonly problem: string | undefined;
  readonly records: number;
  readonly writtenRecords: number;
  readonly items: number;
  readonly writtenItems: number;
  /** Dropped items per reason and kind of message. */
  readonly dropped: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Frames that lost all their items and were left out. */
  readonly emptiedFrames: number;
  /** Frames that no server reads, or with more items than it takes: left out whole, nobody knows what is in them. */
  readonly unusableFrames: number;
  /** Perceived objects in redacted areas, taken out of their messages. */
  readonly redactedObjects: number;
  /** Points of traces and planned paths that told where a trip begins or ends or lay in a redacted area. */
  readonly cutPathPoints: number;
  readonly droppedOriginals: number;
  /** Subscriptions of producers: their areas tell a route. */
  readonly droppedSubscriptions: number;
  readonly roadUsers: number;
  readonly infrastructure: number;
  readonly trips: number;
  /** Trips too short to leave anything after the cuts. */
  readonly tripsCutWhole: number;
  /** Hazard notices that leave under an id of their own, since their sender's trip is cut there. */
  readonly detachedNotices: number;
  /** Hazard notices that went on past midnight (UTC) and are another notice since. */
  readonly noticesOverMidnight: number;
  /** Sessions of vehicles that sent under more than one pseudonym, which the session still joins. */
  readonly sessionsWithSeveralStations: number;
  /** Pseudonyms that were drawn again because the first one was taken. */
  readonly collisions: number;
  readonly bytes: number;
  readonly warnings: readonly RecordingWarning[];
}
