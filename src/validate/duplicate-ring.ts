import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber } from "../domain/snapshot-row.ts";
import type { MessageKey } from "./message-key.ts";

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

/** Rows per bucket: only what may be a copy is looked for, and few buckets stay in the cache for those who are entered. */
const ROWS_PER_BUCKET = 2;

/** Arrays begin as zeros, so rows are numbered from 1: an empty bucket then names a row that is not there. */
const FIRST_ROW = 1;

/**
 * Messages in the order of arrival with chained buckets, both in flat arrays: a message costs no allocation, and forgetting
 * is one addition, since a chain ends at the first row that has been forgotten. Rows are numbered on, modulo 2^32.
 */
export class DuplicateRing {
  readonly capacity: number;
  readonly #words: Int32Array;
  readonly #observed: Float64Array;
  readonly #received: Float64Array;
  readonly #buckets: Int32Array;
  #first = FIRST_ROW;
  #count = 0;

  /** `capacity`: a power of two. */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.#words = new Int32Array(capacity * ROW_WORDS);
    this.#observed = new Float64Array(capacity);
    this.#received = new Float64Array(capacity);
    this.#buckets = new Int32Array(capacity / ROWS_PER_BUCKET);
  }

  get size(): number {
    return this.#count;
  }

  /** The slot of an equal message, or −1. */
  find(key: MessageKey): number {
    let row = this.#buckets[this.#bucket(key.hash)] as number;
    while (this.#isRemembered(row)) {
      if (this.#equals(row, key)) return row & (this.capacity - 1);
      row = this.#words[this.#offset(row)] as number;
    }
    return -1;
  }

  /** Adds a message; there must be room. `receiver`: its number. */
  add(key: MessageKey, receivedAtMs: number, receiver: number, clockReplaced: boolean): void {
    const row = (this.#first + this.#count) | 0;
    this.#count += 1;
    const slot = row & (this.capacity - 1);
    const at = slot * ROW_WORDS;
    this.#observed[slot] = key.observedAtMs;
    this.#received[slot] = receivedAtMs;
    this.#write(at, key);
    this.#words[at + Column.clockReplaced] = clockReplaced ? 1 : 0;
    this.#words[at + Column.firstReceiver] = receiver;
    this.#chain(row);
  }

  /** False where the receiver has delivered the message before. */
  noteReceiver(slot: number, receiver: number): boolean {
    const from = slot * ROW_WORDS + Column.firstReceiver;
    for (let i = from; i < from + MAX_RECEIVERS; i++) {
      if (this.#words[i] === receiver) return false;
      if (this.#words[i] !== 0) continue;
      this.#words[i] = receiver;
      return true;
    }
    return false;
  }

  /** Event time of the frame that the first copy became. */
  eventTimeMs(slot: number): number {
    const replaced = this.#words[slot * ROW_WORDS + Column.clockReplaced] === 1;
    return (replaced ? this.#received : this.#observed)[slot] as number;
  }

  forgetBefore(limitMs: number): void {
    while (this.#count > 0 && (this.#received[this.#first & (this.capacity - 1)] as number) < limitMs) {
      this.forgetFirst();
    }
  }

  forgetFirst(): void {
    this.#first = (this.#first + 1) | 0;
    this.#count -= 1;
  }

  #isRemembered(row: number): boolean {
    const age = (row - this.#first) | 0;
    return age >= 0 && age < this.#count;
  }

  #offset(row: number): number {
    return (row & (this.capacity - 1)) * ROW_WORDS;
  }

  #bucket(hash: number): number {
    return hash & (this.#buckets.length - 1);
  }

  /** Every field counts: a hash alone would some day drop a message that merely looks alike. */
  #equals(row: number, key: MessageKey): boolean {
    const at = this.#offset(row);
    const words = this.#words;
    return (
      words[at + Column.hash] === key.hash &&
      words[at + Column.station] === key.stationId &&
      this.#observed[row & (this.capacity - 1)] === key.observedAtMs &&
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

  #write(at: number, key: MessageKey): void {
    const words = this.#words;
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

  /** Its messages, oldest first, each without its link. */
  rows(): SnapshotValue[] {
    return Array.from({ length: this.#count }, (_, i) => {
      const slot = (this.#first + i) & (this.capacity - 1);
      const words = this.#words.subarray(slot * ROW_WORDS + 1, (slot + 1) * ROW_WORDS);
      return [this.#observed[slot] as number, this.#received[slot] as number, ...words];
    });
  }

  /**
   * Adds a message that `rows` gave; returns whose it was.
   * @throws Error on one of another form
   */
  restoreRow(value: SnapshotValue): Pick<MessageKey, "stationId" | "observedAtMs"> {
    const values = readArray(value);
    if (values.length !== ROW_WORDS + 1) throw new Error("snapshot holds a message of another form");
    const row = (this.#first + this.#count) | 0;
    this.#count += 1;
    const slot = row & (this.capacity - 1);
    this.#observed[slot] = readNumber(values[0], "observed");
    this.#received[slot] = readNumber(values[1], "received");
    for (let i = 1; i < ROW_WORDS; i++) {
      this.#words[slot * ROW_WORDS + i] = readNumber(values[i + 1], "message");
    }
    this.#chain(row);
    return {
      stationId: this.#words[slot * ROW_WORDS + Column.station] as number,
      observedAtMs: this.#observed[slot] as number,
    };
  }
}
