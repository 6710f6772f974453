import type { AlertView } from "./alarms.ts";

/** `GET /v1/alerts`. */
export interface AlertsView {
  /** Time that the alerts are as of, Unix ms. */
  readonly atMs: number;
  /** Newest transition that they hold; subscribers go on from here. Absent for the past. */
  readonly cursor?: { readonly epoch: number; readonly sequence: number };
  /** By the time of their beginning. */
  readonly alerts: readonly AlertView[];
  /** For `after` of the next page; absent on the last one. */
  readonly next?: string;
}

/** One revision of an alert. */
export interface AlertRevision {
  readonly sequence: number;
  readonly alert: AlertView;
  /** From the socket to the end of each stage, ms; absent where nobody measured, or too long ago. */
  readonly latency?: {
    readonly decodedMs: number;
    readonly detectedMs: number;
    readonly deliveredMs: number;
  };
}

/** `GET /v1/alerts/{id}`. */
export interface AlertDetail {
  /** The newest revision, with its present validity while it lives. */
  readonly alert: AlertView;
  readonly isLive: boolean;
  /** Newest first. */
  readonly revisions: readonly AlertRevision[];
  /** False where earlier ones are no longer kept. */
  readonly isComplete: boolean;
}

/** `GET /v1/history`. */
export interface HistoryView {
  readonly transitions: readonly { readonly sequence: number; readonly alert: AlertView }[];
  /**
   * For `after` of the next page; absent where there is no more. A page may hold fewer transitions than asked for, even
   * none, and go on all the same: a search is cut into pieces of bounded work.
   */
  readonly next?: string;
}
