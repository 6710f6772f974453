import type { DecodedItem } from "../domain/frame.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readObject } from "../domain/snapshot-row.ts";
import { DuplicateRing } from "./duplicate-ring.ts";
import { MessageKey } from "./message-key.ts";
import { NewestTimes } from "./newest-times.ts";
import type { ValidateOptions } from "./options.ts";
import { ReceiverNumbers } from "./receiver-numbers.ts";

const FIRST_CAPACITY = 1_024;

/**
 * The messages of the last five seconds, to recognise copies that come through other receivers. Where the ring is full, one
 * of twice the size takes what comes next, and the old one is asked until its last message is forgotten: moving a million
 * messages into a larger one took 190 ms (measured), in which nothing else was detected.
 */
export class DuplicateTable {
  /** Messages forgotten before their time because the table was full. */
  evicted = 0;
  readonly #windowMs: number;
  readonly #maxRows: number;
  readonly #key = new MessageKey();
  readonly #newest = new NewestTimes();
  readonly #receivers = new ReceiverNumbers();
  #ring = new DuplicateRing(FIRST_CAPACITY);
  /** Full ones that still hold messages, oldest first. */
  #older: DuplicateRing[] = [];
  /** That of the last copy found. */
  #found = this.#ring;

  constructor({ duplicateWindowMs, maxRememberedMessages }: ValidateOptions) {
    this.#windowMs = duplicateWindowMs;
    this.#maxRows = maxRememberedMessages;
  }

  get size(): number {
    return this.#older.reduce((sum, { size }) => sum + size, this.#ring.size);
  }

  /** Names an earlier copy until the next call, or −1. The item's key is kept for `remember`. */
  find(item: DecodedItem, receivedAtMs: number): number {
    this.#forget(receivedAtMs - this.#windowMs);
    this.#key.read(item);
    if (item.observedAtMs > this.#newest.of(item.stationId)) return -1;
    this.#found = this.#ring;
    const slot = this.#ring.find(this.#key);
    return slot >= 0 || this.#older.length === 0 ? slot : this.#findOlder();
  }

  #findOlder(): number {
    for (const ring of this.#older) {
      const slot = ring.find(this.#key);
      if (slot < 0) continue;
      this.#found = ring;
      return slot;
    }
    return -1;
  }

  /** See `domain/prefetch.ts`. */
  prefetch(items: readonly DecodedItem[]): number {
    let sum = 0;
    for (const { stationId } of items) sum += this.#newest.of(stationId);
    return sum;
  }

  /** Remembers the item that `find` was asked for last. */
  remember(receivedAtMs: number, receiver: string, clockReplaced: boolean): void {
    if (this.#ring.size >= Math.min(this.#ring.capacity, this.#maxRows) || this.#older.length > 0)
      this.#makeRoom();
    this.#newest.note(this.#key.stationId, this.#key.observedAtMs);
    this.#ring.add(this.#key, receivedAtMs, this.#receivers.of(receiver), clockReplaced);
  }

  /** False where the receiver has delivered the copy found before. */
  noteReceiver(slot: number, receiver: string): boolean {
    return this.#found.noteReceiver(slot, this.#receivers.of(receiver));
  }

  /** Event time of the frame that the first of the copies found became. */
  eventTimeMs(slot: number): number {
    return this.#found.eventTimeMs(slot);
  }

  #forget(limitMs: number): void {
    while (this.#older.length > 0) {
      const [oldest] = this.#older as [DuplicateRing];
      oldest.forgetBefore(limitMs);
      if (oldest.size > 0) return;
      this.#older.shift();
    }
    this.#ring.forgetBefore(limitMs);
  }

  #makeRoom(): void {
    if (this.size >= this.#maxRows) {
      (this.#older[0] ?? this.#ring).forgetFirst();
      this.evicted += 1;
      if (this.#older[0]?.size === 0) this.#older.shift();
    }
    if (this.#ring.size < this.#ring.capacity) return;
    this.#older.push(this.#ring);
    this.#ring = new DuplicateRing(2 * this.#ring.capacity);
  }

  snapshot(): SnapshotValue {
    const rows = [...this.#older, this.#ring].flatMap((ring) => ring.rows());
    return { evicted: this.evicted, receivers: this.#receivers.snapshot(), rows };
  }

  /** @throws Error on what `snapshot` cannot have made. */
  restore(value: SnapshotValue | undefined): void {
    const { evicted, receivers, rows } = readObject(value);
    const list = readArray(rows);
    this.evicted = readNumber(evicted, "evicted");
    this.#receivers.restore(receivers);
    let capacity = FIRST_CAPACITY;
    while (capacity < list.length) capacity *= 2;
    this.#ring = new DuplicateRing(capacity);
    this.#older = [];
    this.#newest.clear();
    for (const row of list) {
      const { stationId, observedAtMs } = this.#ring.restoreRow(row);
      this.#newest.note(stationId, observedAtMs);
    }
  }
}
