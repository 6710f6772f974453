import type { DecodedItem } from "../domain/frame.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readObject } from "../domain/snapshot-row.ts";
import { MessageKey } from "./message-key.ts";
import type { ValidateOptions } from "./options.ts";
import { ReceiverNumbers } from "./receiver-numbers.ts";

/** Receivers noted per message; a fifth one is no further evidence and counts as a duplicate. */
const MAX_RECEIVERS = 4;

/** Columns of a row: 16 words are one line of the cache. */
const Column = {
  next: 0,
  station: 1,
  kind: 2,
  latitude: 3,
  longitude: 4,
  speed: 5,
  heading: 6,
  acceleration: 7,
  detailA: 8,
  detailB: 9,
  hash: 10,
  clockReplaced: 11,
  firstReceiver: 12,
} as const;
const ROW_WORDS = 16;

const FIRST_CAPACITY = 1_024;

/** Buckets per row: few chains then lead to the row of another message, each of which is a miss of the cache. */
const BUCKETS_PER_ROW = 4;

/**
 * The messages of the last five seconds, to recognise copies that come through other receivers. A ring in the order of
 * arrival with chained buckets, both in flat arrays: a message costs no allocation, and forgetting is one addition, since
 * a chain ends at the first row that has been forgotten. Rows are numbered from the start of time, modulo 2^32.
 */
export class DuplicateTable {
  /** Messages forgotten before their time because the table was full. */
  evicted = 0;
  readonly #windowMs: number;
  readonly #maxRows: number;
  readonly #key = new MessageKey();
  readonly #receivers = new ReceiverNumbers();
  #capacity = FIRST_CAPACITY;
  #words = new Int32Array(FIRST_CAPACITY * ROW_WORDS);
  #observed = new Float64Array(FIRST_CAPACITY);
  #received = new Float64Array(FIRST_CAPACITY);
  #buckets = new Int32Array(FIRST_CAPACITY * BUCKETS_PER_ROW).fill(-1);
  #first = 0;
  #count = 0;

  constructor({ duplicateWindowMs, maxRememberedMessages }: ValidateOptions) {
    this.#windowMs = duplicateWindowMs;
    this.#maxRows = maxRememberedMessages;
  }

  get size(): number {
    return this.#count;
  }

  /** The row of an earlier copy, or −1. The item's key is kept for `remember`. */
  find(item: DecodedItem, receivedAtMs: number): number {
    this.#forget(receivedAtMs);
    this.#key.read(item);
    let row = this.#buckets[this.#bucket(this.#key.hash)] as number;
    while (this.#isRemembered(row)) {
      if (this.#equalsKey(row)) return row & (this.#capacity - 1);
      row = this.#words[this.#offset(row)] as number;
    }
    return -1;
  }

  /** See `domain/prefetch.ts`. */
  prefetch(items: readonly DecodedItem[]): number {
    let sum = 0;
    for (const item of items) {
      // The digest of long lists costs more than a miss.
      if (item.observation.kind !== "motion") continue;
      this.#key.read(item);
      sum ^= this.#buckets[this.#bucket(this.#key.hash)] as number;
    }
    return sum;
  }

  /** Remembers the item that `find` was asked for last. */
  remember(receivedAtMs: number, receiver: string, clockReplaced: boolean): void {
    if (this.#count >= Math.min(this.#capacity, this.#maxRows)) this.#makeRoom();
    const row = (this.#first + this.#count) | 0;
    this.#count += 1;
    const slot = row & (this.#capacity - 1);
    this.#observed[slot] = this.#key.observedAtMs;
    this.#received[slot] = receivedAtMs;
    this.#writeKey(this.#offset(row));
    this.#words[this.#offset(row) + Column.clockReplaced] = clockReplaced ? 1 : 0;
    this.#words[this.#offset(row) + Column.firstReceiver] = this.#receivers.of(receiver);
    this.#chain(row);
  }

  /** False where the receiver has delivered the message before. */
  noteReceiver(slot: number, receiver: string): boolean {
    const number = this.#receivers.of(receiver);
    const from = slot * ROW_WORDS + Column.firstReceiver;
    for (let i = from; i < from + MAX_RECEIVERS; i++) {
      if (this.#words[i] === number) return false;
      if (this.#words[i] !== 0) continue;
      this.#words[i] = number;
      return true;
    }
    return false;
  }

  /** Event time of the frame that the first copy became. */
  eventTimeMs(slot: number): number {
    const replaced = this.#words[slot * ROW_WORDS + Column.clockReplaced] === 1;
    return (replaced ? this.#received : this.#observed)[slot] as number;
  }

  #forget(receivedAtMs: number): void {
    const limitMs = receivedAtMs - this.#windowMs;
    while (this.#count > 0 && (this.#received[this.#first & (this.#capacity - 1)] as number) < limitMs) {
      this.#dropFirst();
    }
  }

  #dropFirst(): void {
    this.#first = (this.#first + 1) | 0;
    this.#count -= 1;
  }

  #makeRoom(): void {
    if (this.#count < this.#maxRows) return this.#grow();
    this.#dropFirst();
    this.evicted += 1;
  }

  #isRemembered(row: number): boolean {
    const age = (row - this.#first) | 0;
    return age >= 0 && age < this.#count;
  }

  #offset(row: number): number {
    return (row & (this.#capacity - 1)) * ROW_WORDS;
  }

  #bucket(hash: number): number {
    return hash & (this.#buckets.length - 1);
  }

  /** Every field counts: a hash alone would some day drop a message that merely looks alike. */
  #equalsKey(row: number): boolean {
    const at = this.#offset(row);
    const words = this.#words;
    const key = this.#key;
    return (
      words[at + Column.hash] === key.hash &&
      words[at + Column.station] === key.stationId &&
      this.#observed[row & (this.#capacity - 1)] === key.observedAtMs &&
      words[at + Column.kind] === key.kind &&
      words[at + Column.latitude] === key.latitudeE7 &&
      words[at + Column.longitude] === key.longitudeE7 &&
      words[at + Column.speed] === key.speedCmps &&
      words[at + Column.heading] === key.headingDdeg &&
      words[at + Column.acceleration] === key.accelerationCmps2 &&
      words[at + Column.detailA] === key.detailA &&
      words[at + Column.detailB] === key.detailB
    );
  }

  #writeKey(at: number): void {
    const words = this.#words;
    const key = this.#key;
    words[at + Column.station] = key.stationId;
    words[at + Column.kind] = key.kind;
    words[at + Column.latitude] = key.latitudeE7;
    words[at + Column.longitude] = key.longitudeE7;
    words[at + Column.speed] = key.speedCmps;
    words[at + Column.heading] = key.headingDdeg;
    words[at + Column.acceleration] = key.accelerationCmps2;
    words[at + Column.detailA] = key.detailA;
    words[at + Column.detailB] = key.detailB;
    words[at + Column.hash] = key.hash;
    for (let i = at + Column.firstReceiver; i < at + ROW_WORDS; i++) words[i] = 0;
  }

  #chain(row: number): void {
    const at = this.#offset(row);
    const bucket = this.#bucket(this.#words[at + Column.hash] as number);
    this.#words[at + Column.next] = this.#buckets[bucket] as number;
    this.#buckets[bucket] = row;
  }

  #grow(): void {
    const old = {
      words: this.#words,
      observed: this.#observed,
      received: this.#received,
      mask: this.#capacity - 1,
    };
    this.#allocate(this.#capacity * 2);
    // Both rings hold the rows in runs that end where a ring does.
    for (let moved = 0; moved < this.#count; ) {
      const row = (this.#first + moved) | 0;
      const from = row & old.mask;
      const to = row & (this.#capacity - 1);
      const run = Math.min(this.#count - moved, old.mask + 1 - from, this.#capacity - to);
      this.#words.set(old.words.subarray(from * ROW_WORDS, (from + run) * ROW_WORDS), to * ROW_WORDS);
      this.#observed.set(old.observed.subarray(from, from + run), to);
      this.#received.set(old.received.subarray(from, from + run), to);
      moved += run;
    }
    for (let i = 0; i < this.#count; i++) this.#chain((this.#first + i) | 0);
  }

  #allocate(capacity: number): void {
    this.#capacity = capacity;
    this.#words = new Int32Array(capacity * ROW_WORDS);
    this.#observed = new Float64Array(capacity);
    this.#received = new Float64Array(capacity);
    this.#buckets = new Int32Array(capacity * BUCKETS_PER_ROW).fill((this.#first - 1) | 0);
  }

  snapshot(): SnapshotValue {
    const rows = Array.from({ length: this.#count }, (_, i) => {
      const slot = (this.#first + i) & (this.#capacity - 1);
      const words = this.#words.subarray(slot * ROW_WORDS + 1, (slot + 1) * ROW_WORDS);
      return [this.#observed[slot] as number, this.#received[slot] as number, ...words];
    });
    return { evicted: this.evicted, receivers: this.#receivers.snapshot(), rows };
  }

  restore(value: SnapshotValue | undefined): void {
    const { evicted, receivers, rows } = readObject(value);
    const lists = readArray(rows).map(readArray);
    if (lists.some((row) => row.length !== ROW_WORDS + 1))
      throw new Error("snapshot holds a message of another form");
    this.evicted = readNumber(evicted, "evicted");
    this.#receivers.restore(receivers);
    this.#first = 0;
    this.#count = 0;
    let capacity = FIRST_CAPACITY;
    while (capacity < lists.length) capacity *= 2;
    this.#allocate(capacity);
    for (const row of lists) this.#restoreRow(row);
  }

  #restoreRow(values: readonly SnapshotValue[]): void {
    const slot = this.#count++;
    this.#observed[slot] = readNumber(values[0], "observed");
    this.#received[slot] = readNumber(values[1], "received");
    for (let i = 1; i < ROW_WORDS; i++) {
      this.#words[slot * ROW_WORDS + i] = readNumber(values[i + 1], "message");
    }
    this.#chain(slot);
  }
}
