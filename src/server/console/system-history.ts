import { type Counters, LATENCY_BOUNDS_MS, type LatencyBuckets } from "../../domain/counters.ts";

/** Between two samples, and how many are kept: ten minutes. */
export const SAMPLE_INTERVAL_MS = 5_000;
const KEPT_SAMPLES = 121;

/** Latency figures are those of this long, or since the start. */
const LATENCY_WINDOW_MS = 60_000;

export const LATENCY_STAGES = ["decode", "detect", "deliver"] as const;
export type LatencyStage = (typeof LATENCY_STAGES)[number];

/** Counts since the start at one time. */
export interface SystemSample {
  readonly atMs: number;
  readonly messages: number;
  readonly received: number;
  readonly accepted: number;
  /** Alert transitions. */
  readonly transitions: number;
  readonly stations: number;
  readonly latency: Readonly<Record<LatencyStage, Float64Array>>;
}

export interface Quantiles {
  readonly count: number;
  readonly p50Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly p99Ms: number | undefined;
}

/** What the counters have counted in the last ten minutes, sampled every five seconds at some microseconds each. */
export class SystemHistory {
  readonly #counters: Counters;
  readonly #stations: () => number;
  readonly #nowMs: () => number;
  readonly #samples: SystemSample[] = [];

  constructor(counters: Counters, stations: () => number, nowMs: () => number) {
    this.#counters = counters;
    this.#stations = stations;
    this.#nowMs = nowMs;
    this.sample();
  }

  /** Oldest first. */
  get samples(): readonly SystemSample[] {
    return this.#samples;
  }

  sample(): void {
    this.#samples.push(this.now());
    if (this.#samples.length > KEPT_SAMPLES) this.#samples.shift();
  }

  /** A sample that is not kept. */
  now(): SystemSample {
    const { messages, decodeLatency, detectLatency, deliverLatency } = this.#counters;
    let received = 0;
    let accepted = 0;
    for (const source of this.#counters.sources.values()) {
      received += source.received;
      accepted += source.accepted;
    }
    const latency = {
      decode: copied(decodeLatency),
      detect: copied(detectLatency),
      deliver: copied(deliverLatency),
    };
    const stations = this.#stations();
    let transitions = 0;
    for (const count of this.#counters.transitions.values()) transitions += count;
    return { atMs: this.#nowMs(), messages, received, accepted, transitions, stations, latency };
  }

  /** Items received per second since the last sample, or the one before where that is too young. */
  itemsPerS(): number {
    const now = this.now();
    const before = this.#samples.findLast(({ atMs }) => now.atMs - atMs >= 1_000) ?? this.#samples[0];
    const elapsedMs = before === undefined ? 0 : now.atMs - before.atMs;
    return before === undefined || elapsedMs <= 0
      ? 0
      : ((now.received - before.received) * 1_000) / elapsedMs;
  }

  /** Quantiles of the last minute. */
  latency(stage: LatencyStage): Quantiles {
    const now = this.now();
    const before =
      this.#samples.findLast(({ atMs }) => now.atMs - atMs >= LATENCY_WINDOW_MS) ?? this.#samples[0];
    return quantiles(now.latency[stage], before?.latency[stage]);
  }
}

const copied = ({ counts }: LatencyBuckets): Float64Array => counts.slice();

/** Of what was counted between two samples; interpolated within buckets, so as exact as their bounds. */
export function quantiles(counts: Float64Array, before: Float64Array | undefined): Quantiles {
  const added = counts.map((count, bucket) => count - (before?.[bucket] ?? 0));
  const count = added.reduce((sum, one) => sum + one, 0);
  const at = (share: number) => (count === 0 ? undefined : quantile(added, count * share));
  return { count, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

function quantile(counts: Float64Array, rank: number): number {
  let below = 0;
  for (const [bucket, count] of counts.entries()) {
    const fromMs = LATENCY_BOUNDS_MS[bucket - 1] ?? 0;
    const toMs = LATENCY_BOUNDS_MS[bucket] ?? fromMs;
    if (count > 0 && below + count >= rank) return fromMs + ((rank - below) / count) * (toMs - fromMs);
    below += count;
  }
  return LATENCY_BOUNDS_MS[LATENCY_BOUNDS_MS.length - 1] ?? 0;
}
