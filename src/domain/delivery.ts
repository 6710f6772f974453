import type { Alert } from "./alert.ts";
import type { StationType } from "./station.ts";
import type { Cursor, Problem } from "./subscription.ts";

/** First message of every session. */
export interface Welcome {
  readonly epoch: number;
  readonly serverTimeMs: number;
  readonly version: string;
  readonly schemaMinor: number;
  readonly maxMessageBytes: number;
  readonly maxItems: number;
  readonly heartbeatMs: number;
}

export interface Subscribed {
  readonly subscriptionId: string;
  /** Everything up to here is in the snapshot or was delivered before. */
  readonly cursor: Cursor;
  readonly resumed: boolean;
  readonly snapshotAlerts: number;
}

/** Time since the deciding message arrived at the socket, whole microseconds. */
export interface DeliveryLatency {
  readonly decodedUs: number;
  readonly detectedUs: number;
  readonly deliveredUs: number;
}

export interface AlertDelivery {
  readonly sequence: number;
  readonly alert: Alert;
  /** Undefined for snapshots, resumed transitions and where nobody measured. */
  readonly latency: DeliveryLatency | undefined;
}

export interface AlertBatch {
  readonly epoch: number;
  readonly deliveries: readonly AlertDelivery[];
  readonly snapshot: boolean;
}

export interface StationPosition {
  /** Keyed hash of the station id, 48 bits. */
  readonly stationLabel: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly speedMps: number | undefined;
  readonly headingDeg: number | undefined;
  readonly stationType: StationType;
  readonly ageMs: number;
}

export interface PositionBatch {
  readonly subscriptionId: string;
  readonly timeMs: number;
  readonly positions: readonly StationPosition[];
  readonly leftOut: number;
}

/** `lost`: transitions are missing from the log of the server itself, after a loss of power or a full disk. */
export type GapReason = "epoch-changed" | "too-old" | "ahead" | "lost";

export interface Gap {
  readonly reason: GapReason;
  readonly oldest: Cursor;
  readonly asked: Cursor;
}

export interface FlowControl {
  readonly action: "queueing" | "recovered";
  readonly queuedBytes: number;
  readonly positionsConflated: number;
  readonly disconnectInMs: number;
}

export interface Receipt {
  readonly frameSeq: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly late: number;
  /** The server's disk has the frame; only where the producer asked for that. */
  readonly durable: boolean;
  readonly rejected: readonly RejectedCount[];
}

export interface RejectedCount {
  readonly reason: string;
  readonly count: number;
  /** Empty where no single field is at fault. */
  readonly field: string;
}

/** A problem as a client reads it: newer servers may use codes that it does not know. */
export type ProblemNotice = Omit<Problem, "code"> & { readonly code: string };

export type ServerMessage =
  | ({ readonly kind: "welcome" } & Welcome)
  | ({ readonly kind: "subscribed" } & Subscribed)
  | ({ readonly kind: "alerts" } & AlertBatch)
  | ({ readonly kind: "positions" } & PositionBatch)
  | ({ readonly kind: "gap" } & Gap)
  | ({ readonly kind: "flow-control" } & FlowControl)
  | ({ readonly kind: "problem" } & ProblemNotice)
  | ({ readonly kind: "receipt" } & Receipt);
