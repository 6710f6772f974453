import type { Alert } from "./alert.ts";

/** One numbered alert transition. */
export interface LoggedAlert {
  readonly sequence: number;
  readonly alert: Alert;
  /** Number of the revision before; 0 for the first one. */
  readonly previousSequence: number;
  /** The delivery without its latency, encoded, where the log has it at hand. */
  readonly bytes?: Uint8Array;
}

/** Numbered alert transitions, kept for subscribers that resume. */
export interface AlertLog {
  /** Changes when the numbering starts anew. */
  readonly epoch: number;
  /** Number of the oldest transition kept; `newest + 1` where none is. */
  readonly oldest: number;
  /** Number of the newest transition; 0 before the first. */
  readonly newest: number;
  /** From this number on, transitions are in memory. */
  readonly recent: number;
  /** Numbers the transitions and keeps them as safely as this log can before it returns. */
  append(alerts: readonly Alert[]): readonly LoggedAlert[];
  /** Undefined where the transition is no longer kept or not yet known. */
  at(sequence: number): LoggedAlert | undefined;
  /** True where transitions with a higher number are lost that somebody may have been told of. */
  lacksAfter(sequence: number): boolean;
  /** The last transition of every alert that had not ended when the log was opened. */
  readonly liveAtOpening: readonly LoggedAlert[];
}

/** Kept transitions with a higher number, oldest first; those that the log has when it is asked. */
export function* transitionsAfter(
  log: Pick<AlertLog, "oldest" | "newest" | "at">,
  sequence: number,
): Iterable<LoggedAlert> {
  const end = log.newest;
  for (let next = Math.max(sequence + 1, log.oldest); next <= end; next++) {
    const entry = log.at(next);
    if (entry !== undefined) yield entry;
  }
}
