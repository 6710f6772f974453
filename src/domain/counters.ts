import type { AlertKind, AlertState } from "./alert.ts";
import type { RejectionCode } from "./rejection.ts";
import { SourceQuality } from "./source-quality.ts";

/**
 * Plain numbers that the stages count in. Metrics read them when they are scraped, so that counting costs an addition
 * and no stage knows the metrics library.
 */
export class Counters {
  readonly #sources = new Map<string, SourceCounters>();
  readonly alertDeliveries = new DeliveryCounters();
  readonly positionDeliveries = new DeliveryCounters();
  /** Socket to decoded, validated and tracked. */
  readonly decodeLatency = new LatencyBuckets();
  /** Socket to detected. */
  readonly detectLatency = new LatencyBuckets();
  /** Socket to handed to the subscriber's connection or outbox. */
  readonly deliverLatency = new LatencyBuckets();
  /** Faults of filters and detectors by name; the message passed on or the detector was restarted. */
  readonly faults = new BoundedTally();
  /** Alert transitions as `kind state`; bounded by the two lists of words. */
  readonly #transitions = new Map<string, number>();
  /** Handshakes refused, by reason. */
  readonly handshakesRefused = new BoundedTally();
  /** Handshakes, sessions, requests and messages that credentials did not permit, by reason. */
  readonly accessRefused = new BoundedTally();
  /** Sessions closed, by close code. */
  readonly sessionsClosed = new BoundedTally();
  /** Messages of producers, whatever became of their items. */
  messages = 0;
  messageBytes = 0;
  ticks = 0;

  /** The counters of a source; the shared `other` beyond `MAX_COUNTED_SOURCES`. Keep the result for the session. */
  source(name: string): SourceCounters {
    const known = this.#sources.get(name);
    if (known !== undefined) return known;
    if (this.#sources.size >= MAX_COUNTED_SOURCES && name !== OTHER) return this.source(OTHER);
    const fresh = new SourceCounters();
    this.#sources.set(name, fresh);
    return fresh;
  }

  get sources(): ReadonlyMap<string, SourceCounters> {
    return this.#sources;
  }

  countTransition(kind: AlertKind, state: AlertState): void {
    const key = `${kind} ${state}`;
    this.#transitions.set(key, (this.#transitions.get(key) ?? 0) + 1);
  }

  /** Counts of alert transitions, keyed `kind state`. */
  get transitions(): ReadonlyMap<string, number> {
    return this.#transitions;
  }
}

/** Sources counted under their own name: each costs about 40 time series in Prometheus. */
export const MAX_COUNTED_SOURCES = 200;

/** Name under which everything beyond a bound is counted. */
export const OTHER = "other";

/** Source of messages that arrive before a hello was accepted. */
export const NO_SOURCE = "none";

/** Items of one source: received = accepted + duplicate + invalid + shed at every record's end. */
export class SourceCounters {
  received = 0;
  accepted = 0;
  duplicate = 0;
  /** Accepted items that came behind the watermark; not part of the sum. */
  late = 0;
  readonly #invalid = new Map<RejectionCode, number>();
  readonly shed = new BoundedTally();
  readonly quality = new SourceQuality();

  /** Counts rejected items. `duplicate` has its own counter and ends there, so that callers need not tell apart. */
  countRejected(code: RejectionCode, items = 1): void {
    if (code === "duplicate") this.duplicate += items;
    else this.#invalid.set(code, (this.#invalid.get(code) ?? 0) + items);
  }

  get invalid(): ReadonlyMap<RejectionCode, number> {
    return this.#invalid;
  }

  get invalidTotal(): number {
    let total = 0;
    for (const count of this.#invalid.values()) total += count;
    return total;
  }

  /** Received but in none of the other counters; 0 between records, or items have been lost. */
  get unaccounted(): number {
    return this.received - this.accepted - this.duplicate - this.invalidTotal - this.shed.total;
  }
}

/** Deliveries of one kind: matched = sent + queued + conflated + dropped. */
export class DeliveryCounters {
  matched = 0;
  /** Handed to the connection. */
  sent = 0;
  /** Waiting in outboxes at this moment. */
  queued = 0;
  /** Replaced by a newer value of the same key before it was sent. */
  conflated = 0;
  /** Given up with the session that they waited for. */
  dropped = 0;
}

/** Counts per reason with a bound on the number of reasons, because they become labels of metrics. */
export class BoundedTally {
  readonly #counts = new Map<string, number>();

  count(reason: string, by = 1): void {
    const before = this.#counts.get(reason);
    if (before === undefined && this.#counts.size >= MAX_TALLY_REASONS && reason !== OTHER)
      this.count(OTHER, by);
    else this.#counts.set(reason, (before ?? 0) + by);
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }
}

/** More reasons than any part of the program has; a stray free text must not become a thousand labels. */
export const MAX_TALLY_REASONS = 32;

/** Upper bounds of latency buckets, ms. 20 ms is the goal at half load; a record takes tens of microseconds unloaded. */
export const LATENCY_BOUNDS_MS = [
  0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 50, 100, 250, 500, 1_000, 2_500,
] as const;

/** A histogram without allocation: one count per bucket, the last one for everything above the highest bound. */
export class LatencyBuckets {
  readonly counts = new Float64Array(LATENCY_BOUNDS_MS.length + 1);
  count = 0;
  sumMs = 0;

  record(latencyMs: number): void {
    let bucket = 0;
    while (bucket < LATENCY_BOUNDS_MS.length && latencyMs > (LATENCY_BOUNDS_MS[bucket] ?? 0)) bucket++;
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.count++;
    this.sumMs += latencyMs;
  }
}
