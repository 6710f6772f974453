import type { Alert } from "../domain/alert.ts";
import type { LoggedAlert } from "../domain/alert-log.ts";
import type { DeliveryLatency } from "../domain/delivery.ts";
import type { Outline } from "../domain/place.ts";
import { encodeAlertDelivery, joinAlertBatch, withLatency } from "../wire/server-message.ts";

/** More alerts per message gain nothing: the frame's overhead is below one percent then. */
const MAX_BATCH_ALERTS = 64;

/**
 * A batch stays well below the smallest send buffer (256 KiB), which drops a larger message for good. Estimates are upper
 * bounds, three times what alerts really take: with half as much, 50 alerts of one moment left in two messages, and each
 * costs a write per subscriber.
 */
const MAX_BATCH_BYTES = 96 * 1024;

/** Upper estimate of an encoded alert without its outline: texts, evidence, measures. */
const ALERT_BYTES = 1_024;
const POINT_BYTES = 14;

/** Transitions in groups, each of which fits into one message. */
export function* groups(alerts: readonly Alert[]): Iterable<readonly Alert[]> {
  let group: Alert[] = [];
  let bytes = 0;
  for (const alert of alerts) {
    const size = ALERT_BYTES + POINT_BYTES * pointCount(alert.outline);
    if (group.length > 0 && (group.length >= MAX_BATCH_ALERTS || bytes + size > MAX_BATCH_BYTES)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(alert);
    bytes += size;
  }
  if (group.length > 0) yield group;
}

function pointCount(outline: Outline): number {
  if (outline.form !== "multi-polygon") return outline.points.length;
  return outline.parts.reduce((sum, part) => sum + part.length, 0);
}

/** The messages of one group of transitions: each transition is encoded once, each selection of them joined once. */
export class SharedBatches {
  readonly #epoch: number;
  readonly #entries: readonly LoggedAlert[];
  readonly #latency: DeliveryLatency | undefined;
  readonly #encoded: (Uint8Array | undefined)[] = [];
  readonly #joined = new Map<string, Uint8Array>();

  constructor(epoch: number, entries: readonly LoggedAlert[], latency: DeliveryLatency | undefined) {
    this.#epoch = epoch;
    this.#entries = entries;
    this.#latency = latency;
  }

  /** @param chosen indices of the group's transitions, rising */
  bytesOf(chosen: readonly number[]): Uint8Array {
    const key = chosen.join();
    let bytes = this.#joined.get(key);
    if (bytes === undefined) {
      bytes = joinAlertBatch(this.#epoch, this.#select(chosen), false);
      this.#joined.set(key, bytes);
    }
    return bytes;
  }

  #select(chosen: readonly number[]): Uint8Array[] {
    const selected: Uint8Array[] = [];
    for (const index of chosen) {
      const entry = this.#entries[index];
      if (entry !== undefined) selected.push(this.#encode(index, entry));
    }
    return selected;
  }

  #encode(index: number, entry: LoggedAlert): Uint8Array {
    const bytes = this.#encoded[index] ?? encodedWith(entry, this.#latency);
    this.#encoded[index] = bytes;
    return bytes;
  }
}

/** A log that writes alerts down has encoded them already. */
function encodedWith(
  { sequence, alert, bytes }: LoggedAlert,
  latency: DeliveryLatency | undefined,
): Uint8Array {
  if (bytes === undefined) return encodeAlertDelivery({ sequence, alert, latency });
  return latency === undefined ? bytes : withLatency(bytes, latency);
}

export interface BacklogOptions {
  readonly epoch: number;
  /** Present state; else transitions since a cursor. */
  readonly snapshot: boolean;
  readonly entries: readonly LoggedAlert[];
  readonly encode: (entry: LoggedAlert) => Uint8Array;
}

/** One message of a backlog. */
export interface BacklogBatch {
  readonly bytes: Uint8Array;
  readonly alerts: number;
}

/** Alerts that are sent before what is live; its messages are made while the connection takes them. */
export interface Backlog {
  /** The subscription that it belongs to. */
  readonly owner: object;
  /** Alerts that are known to wait in it. */
  readonly remaining: number;
  /** Nothing more will come of it. */
  readonly isOver: boolean;
  /** The next message; undefined where there is none now. */
  take(): BacklogBatch | undefined;
}

/** Joins encoded deliveries until a message is full. */
export class BatchBuilder {
  readonly #epoch: number;
  readonly #snapshot: boolean;
  readonly #deliveries: Uint8Array[] = [];
  #bytes = 0;

  constructor(epoch: number, snapshot: boolean) {
    this.#epoch = epoch;
    this.#snapshot = snapshot;
  }

  get isFull(): boolean {
    return this.#deliveries.length >= MAX_BATCH_ALERTS || this.#bytes > MAX_BATCH_BYTES;
  }

  /** One always fits into an empty batch: it is sent all the same. */
  fits(delivery: Uint8Array): boolean {
    const alerts = this.#deliveries.length;
    if (alerts === 0) return true;
    return alerts < MAX_BATCH_ALERTS && this.#bytes + delivery.length <= MAX_BATCH_BYTES;
  }

  add(delivery: Uint8Array): void {
    this.#deliveries.push(delivery);
    this.#bytes += delivery.length;
  }

  /** Undefined where nothing was added. */
  build(): BacklogBatch | undefined {
    const alerts = this.#deliveries.length;
    if (alerts === 0) return undefined;
    return { bytes: joinAlertBatch(this.#epoch, this.#deliveries, this.#snapshot), alerts };
  }
}

/**
 * A snapshot, or the transitions since a cursor that are still in memory: what is to be sent is fixed when the
 * subscription begins, and costs one reference per alert.
 */
export class ListedBacklog implements Backlog {
  /** The subscription that it belongs to. */
  readonly owner: object;
  readonly #options: BacklogOptions;
  #next = 0;

  constructor(owner: object, options: BacklogOptions) {
    this.owner = owner;
    this.#options = options;
  }

  get remaining(): number {
    return this.#options.entries.length - this.#next;
  }

  get isOver(): boolean {
    return this.remaining === 0;
  }

  take(): BacklogBatch | undefined {
    const { epoch, entries, encode, snapshot } = this.#options;
    const batch = new BatchBuilder(epoch, snapshot);
    for (; !batch.isFull; this.#next++) {
      const entry = entries[this.#next];
      if (entry === undefined) break;
      const delivery = encode(entry);
      if (!batch.fits(delivery)) break;
      batch.add(delivery);
    }
    return batch.build();
  }
}
