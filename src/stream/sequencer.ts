import type { StreamRecord } from "../domain/record.ts";
import type { Snapshotable, SnapshotValue } from "../domain/snapshot.ts";
import { TICK_MS, tickAtOrBeforeMs } from "../domain/time.ts";

/** Receive times are kept in whole microseconds, so that a recording (nanoseconds) holds them exactly. */
const MICROSECONDS_PER_MS = 1_000;

export function roundToMicrosecond(timeMs: number): number {
  return Math.round(timeMs * MICROSECONDS_PER_MS) / MICROSECONDS_PER_MS;
}

/**
 * Puts everything that enters the pipeline into one order. A tick at T stands after every record received before T and
 * before every record received at T or later, so ticks follow from the receive times and need not be recorded: a live
 * timer only makes time advance in silence.
 */
export class Sequencer<Result> implements Snapshotable {
  readonly name = "sequencer";
  readonly version = 1;
  readonly #process: (record: StreamRecord) => Result;
  #lastTickMs = Number.NEGATIVE_INFINITY;
  #lastReceivedMs = Number.NEGATIVE_INFINITY;

  constructor(process: (record: StreamRecord) => Result) {
    this.#process = process;
  }

  /** The last tick that was processed; −Infinity before the first record. */
  get lastTickMs(): number {
    return this.#lastTickMs;
  }

  /**
   * The receive time that a record arriving now gets: whole microseconds, never before the last one.
   */
  stamp(nowMs: number): number {
    return Math.max(roundToMicrosecond(nowMs), this.#lastReceivedMs);
  }

  /**
   * Processes the ticks that are due and then the record. Its receive time must come from `stamp` or from a recording.
   * @throws RangeError where receive time goes back: the caller has broken the order.
   */
  push(record: Exclude<StreamRecord, { kind: "tick" }>): Result {
    if (record.receivedAtMs < this.#lastReceivedMs) {
      throw new RangeError(`receive time went back from ${this.#lastReceivedMs} to ${record.receivedAtMs}`);
    }
    this.advanceTo(record.receivedAtMs);
    return this.#process(record);
  }

  /** Processes the ticks up to and including `timeMs`. */
  advanceTo(timeMs: number): void {
    if (timeMs < this.#lastReceivedMs) return;
    this.#lastReceivedMs = timeMs;
    const dueMs = tickAtOrBeforeMs(timeMs);
    if (this.#lastTickMs === Number.NEGATIVE_INFINITY) {
      this.#lastTickMs = dueMs;
      return;
    }
    while (this.#lastTickMs < dueMs) {
      this.#lastTickMs += TICK_MS;
      this.#process({ kind: "tick", receivedAtMs: this.#lastTickMs });
    }
  }

  snapshot(): SnapshotValue {
    if (this.#lastTickMs === Number.NEGATIVE_INFINITY) return null;
    return { lastTickMs: this.#lastTickMs, lastReceivedMs: this.#lastReceivedMs };
  }

  restore(value: SnapshotValue): void {
    const state = value as { lastTickMs: number; lastReceivedMs: number } | null;
    this.#lastTickMs = state?.lastTickMs ?? Number.NEGATIVE_INFINITY;
    this.#lastReceivedMs = state?.lastReceivedMs ?? Number.NEGATIVE_INFINITY;
  }
}
