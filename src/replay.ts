import type { Alert } from "./domain/alert.ts";
import type { StreamRecord } from "./domain/record.ts";
import { Pipeline, type PipelineOptions } from "./pipeline.ts";
import { Pacer, type ReplaySpeed } from "./stream/pacer.ts";

export interface ReplayOptions {
  readonly speed?: ReplaySpeed;
  readonly pipeline?: PipelineOptions;
  /** Every transition, in order. */
  readonly onAlert: (alert: Alert) => void;
  /** After each batch of records. */
  readonly onProgress?: (progress: ReplayProgress) => void;
  readonly signal?: AbortSignal;
}

export interface ReplayProgress {
  readonly records: number;
  /** Receive time that the replay has reached, Unix ms. */
  readonly receivedAtMs: number;
}

export interface ReplaySummary {
  readonly records: number;
  readonly transitions: number;
  readonly firstReceivedAtMs: number;
  readonly lastReceivedAtMs: number;
  /** Counters, stations and alerts as they stood at the end. */
  readonly pipeline: Pipeline;
}

/** A DENM is valid for a day at most (TS 103 831), so every alert has ended after this. */
const LONGEST_SILENCE_MS = 25 * 3_600_000;
const SILENCE_STEP_MS = 1_000;

/**
 * Lets time go on until every alert has ended.
 * @throws Error where an alert is still live after 25 h of silence: a detector that never lets go.
 */
export function advanceUntilQuiet(pipeline: Pipeline): void {
  const lastMs = pipeline.lastTickMs;
  if (lastMs === Number.NEGATIVE_INFINITY) return;
  for (let timeMs = lastMs; pipeline.alertBook.size > 0; timeMs += SILENCE_STEP_MS) {
    if (timeMs - lastMs > LONGEST_SILENCE_MS)
      throw new Error("an alert never ends: 25 h after the last record");
    pipeline.advanceTo(timeMs);
  }
}

/**
 * Runs records through a pipeline of its own on their own clock: the same records give the same transitions at any
 * speed. Time then goes on until every alert has ended.
 */
export async function replay(
  batches: AsyncIterable<readonly StreamRecord[]>,
  options: ReplayOptions,
): Promise<ReplaySummary> {
  const pipeline = new Pipeline(options.pipeline);
  const pacer = new Pacer(options.speed ?? "max");
  let records = 0;
  let transitions = 0;
  let firstReceivedAtMs = 0;
  let lastReceivedAtMs = 0;
  const subscription = pipeline.alerts$.subscribe(({ transitions: alerts }) => {
    for (const alert of alerts) {
      transitions++;
      options.onAlert(alert);
    }
  });
  for await (const batch of batches) {
    for (const record of batch) {
      if (record.kind === "tick") continue;
      if (pacer.isAhead(record.receivedAtMs)) await pacer.until(record.receivedAtMs, options.signal);
      if (options.signal?.aborted) break;
      if (records++ === 0) firstReceivedAtMs = record.receivedAtMs;
      lastReceivedAtMs = record.receivedAtMs;
      pipeline.push(record);
    }
    options.onProgress?.({ records, receivedAtMs: lastReceivedAtMs });
    if (options.signal?.aborted) break;
  }
  advanceUntilQuiet(pipeline);
  subscription.unsubscribe();
  return { records, transitions, firstReceivedAtMs, lastReceivedAtMs, pipeline };
}
