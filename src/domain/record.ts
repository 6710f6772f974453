import type { Corroboration, Frame, Refusal } from "./frame.ts";
import type { Source } from "./station.ts";

/**
 * What enters the pipeline, in the order of the one sequencer. Receive times never go back. Records are never merged
 * or split; a recording holds all of them but the ticks, which follow from the receive times, and outages, since it
 * begins after them.
 */
export type StreamRecord =
  | MessageRecord
  | { readonly kind: "tick"; readonly receivedAtMs: number }
  | { readonly kind: "session-opened"; readonly receivedAtMs: number; readonly slot: number }
  | {
      readonly kind: "session-closed";
      readonly receivedAtMs: number;
      readonly slot: number;
      readonly reason: string;
    }
  | {
      readonly kind: "shed";
      readonly receivedAtMs: number;
      readonly slot: number;
      readonly items: number;
      readonly reason: string;
    }
  | OutageRecord;

/**
 * The server itself heard nothing for a while: it was down, and goes on from what it had written down. Silence meanwhile
 * says nothing about the road. Its receive time is the last one before the outage; ticks go on through it.
 */
export interface OutageRecord {
  readonly kind: "outage";
  readonly receivedAtMs: number;
  /** When it heard again, Unix ms. */
  readonly untilMs: number;
}

/** What producers send and do, and what admission sheds: a recording holds these. */
export type ProducerRecord = Exclude<StreamRecord, { kind: "tick" | "outage" }>;

/** One WebSocket message of a producer. `bytes` are valid while the record is being processed. */
export interface MessageRecord {
  readonly kind: "message";
  readonly receivedAtMs: number;
  readonly slot: number;
  readonly bytes: Uint8Array;
}

/** A message that will be a record soon. */
export type PendingMessage = Pick<MessageRecord, "slot" | "bytes">;

/** The end of a producer session. */
export interface SessionEnd {
  readonly source: Source;
  /** Closed in order by one of both sides, or the end of an import; not a lost connection or a fault. */
  readonly isRegular: boolean;
}

/** A record after decoding, validation and tracking: what the detectors see. */
export interface TrackedRecord {
  readonly kind: StreamRecord["kind"];
  readonly receivedAtMs: number;
  /** Event time is complete up to here. */
  readonly watermarkMs: number;
  readonly frames: readonly Frame[];
  readonly corroborations: readonly Corroboration[];
  /** Reports that were not believed; absent where there are none. */
  readonly refusals?: readonly Refusal[];
  /** Of a session that had introduced itself. */
  readonly sessionEnd?: SessionEnd;
  /** The server was deaf from the receive time to this one, Unix ms. */
  readonly deafUntilMs?: number;
}

/**
 * When a record was where, on the clock that receive times come from, ms. Measured outside the deterministic part, for
 * latency figures only.
 */
export interface LatencyStamps {
  readonly receivedMonotonicMs: number;
  readonly decodedMonotonicMs: number;
  readonly detectedMonotonicMs: number;
}
