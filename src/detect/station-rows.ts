import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readString } from "../domain/snapshot-row.ts";

/**
 * Rows at first, a power of two. Untouched pages of an array are no memory yet, and growing moves all rows while reports
 * wait.
 */
const FIRST_CAPACITY = 16_384;
const EMPTY = 0;
const WORD_BYTES = 4;

/** Which part of an entry of the index is a row number, and which is of the hash. */
const ROW_BITS = 0xff_ffff;
const HASH_BITS = ~ROW_BITS;

/** Share of the index that may be filled: fuller, and looking up takes many steps. */
const MOST_FILLED = 0.625;

/**
 * One row of 32-bit integers per station in one flat array, found by an open-addressing index: 7 to 13 B per station
 * besides the row, where an object in a map takes 80 B and more, and nothing for the garbage collector. The first word is
 * the station's id. Rows are dense: the last one moves into the place of one that is removed, so that offsets hold only
 * until the next removal.
 */
export class StationRows {
  words: Int32Array;
  readonly #rowWords: number;
  readonly #maxRows: number;
  #count = 0;
  #mask = FIRST_CAPACITY * 2 - 1;
  /**
   * Row numbers + 1, and above them 8 bits of the id's hash; 0 marks a free slot. The id itself stands in the row, which
   * whoever looks for it reads anyway; the bits keep those who look from reading the rows of others.
   */
  #index = new Int32Array(this.#mask + 1);

  /** @param maxRows at most 2^24 − 1 */
  constructor(rowWords: number, maxRows: number) {
    this.words = new Int32Array(FIRST_CAPACITY * rowWords);
    this.#rowWords = rowWords;
    this.#maxRows = maxRows;
  }

  get size(): number {
    return this.#count;
  }

  /** Reads the rows of some stations; see `domain/prefetch.ts`. */
  prefetch(frames: readonly { readonly stationId: number }[]): number {
    let sum = 0;
    for (const { stationId } of frames) sum ^= this.prefetchOne(stationId);
    return sum;
  }

  /** Reads the first and the middle word of a row, which may stand in two lines of the cache. */
  prefetchOne(stationId: number): number {
    const at = this.find(stationId);
    return at < 0 ? 0 : (this.words[at] as number) ^ (this.words[at + (this.#rowWords >> 1)] as number);
  }

  /** Offset of the station's row in `words`, or −1. */
  find(stationId: number): number {
    const hash = mixed(stationId | 0);
    let slot = hash & this.#mask;
    for (;;) {
      const entry = this.#index[slot] as number;
      if (entry === EMPTY) return -1;
      if (((entry ^ hash) & HASH_BITS) === 0) {
        const at = ((entry & ROW_BITS) - 1) * this.#rowWords;
        if (this.words[at] === (stationId | 0)) return at;
      }
      slot = (slot + 1) & this.#mask;
    }
  }

  /** Offset of the n-th row, 0 ≤ n < size. */
  rowAt(n: number): number {
    return n * this.#rowWords;
  }

  /** Offset of a new row of zeros; −1 where there is no room. The station must not have one. */
  add(stationId: number): number {
    if (this.#count >= this.#maxRows) return -1;
    if (this.#count * this.#rowWords === this.words.length) this.#grow();
    const row = this.#count++;
    const at = row * this.#rowWords;
    this.words.fill(0, at, at + this.#rowWords);
    this.words[at] = stationId | 0;
    this.#enter(row);
    return at;
  }

  /** Removes the row at an offset; the last row takes its place. */
  removeAt(at: number): void {
    const row = at / this.#rowWords;
    this.#leave(row);
    this.#count--;
    const last = this.#count * this.#rowWords;
    if (last === at) return;
    const slot = this.#slotOf(this.#count);
    this.#index[slot] = ((this.#index[slot] as number) & HASH_BITS) | (row + 1);
    this.words.copyWithin(at, last, last + this.#rowWords);
  }

  #hashOf(row: number): number {
    return mixed(this.words[row * this.#rowWords] as number);
  }

  #slotOf(row: number): number {
    const hash = this.#hashOf(row);
    const entry = (hash & HASH_BITS) | (row + 1);
    let slot = hash & this.#mask;
    while (this.#index[slot] !== entry) slot = (slot + 1) & this.#mask;
    return slot;
  }

  #enter(row: number): void {
    const hash = this.#hashOf(row);
    let slot = hash & this.#mask;
    while (this.#index[slot] !== EMPTY) slot = (slot + 1) & this.#mask;
    this.#index[slot] = (hash & HASH_BITS) | (row + 1);
  }

  /** Closes the gap, so that chains stay whole without marks of the dead. */
  #leave(row: number): void {
    let hole = this.#slotOf(row);
    let slot = hole;
    for (;;) {
      slot = (slot + 1) & this.#mask;
      const next = this.#index[slot] as number;
      if (next === EMPTY) break;
      const home = this.#hashOf((next & ROW_BITS) - 1) & this.#mask;
      if (((slot - home) & this.#mask) < ((slot - hole) & this.#mask)) continue;
      this.#index[hole] = next;
      hole = slot;
    }
    this.#index[hole] = EMPTY;
  }

  #grow(): void {
    const words = new Int32Array(2 * this.words.length);
    words.set(this.words);
    this.words = words;
    if (words.length / this.#rowWords <= (this.#mask + 1) * MOST_FILLED) return;
    this.#mask = this.#mask * 2 + 1;
    this.#index = new Int32Array(this.#mask + 1);
    for (let row = 0; row < this.#count; row++) this.#enter(row);
  }

  /** One string, since numbers one by one take four times the memory and ten times the time. Words are little-endian. */
  snapshot(): SnapshotValue {
    const { buffer, byteOffset } = this.words;
    const bytes = Buffer.from(buffer, byteOffset, this.#count * this.#rowWords * WORD_BYTES);
    return [this.#rowWords, bytes.toString("base64")];
  }

  /**
   * Takes rows that `snapshot` gave; the table must be empty.
   * @throws Error on rows of another form
   */
  restore(value: SnapshotValue | undefined): void {
    const [rowWords, text] = readArray(value);
    const bytes = Buffer.from(readString(text, "rows"), "base64");
    if (rowWords !== this.#rowWords || bytes.length % (rowWords * WORD_BYTES) !== 0)
      throw new Error("snapshot holds stations of another form");
    for (let from = 0; from < bytes.length; from += rowWords * WORD_BYTES) {
      const at = this.add(bytes.readInt32LE(from));
      if (at < 0) throw new Error("snapshot holds more stations than there is room for");
      for (let i = 1; i < rowWords; i++) this.words[at + i] = bytes.readInt32LE(from + i * WORD_BYTES);
    }
  }
}

/** Ids of real stations are random, of simulated ones counted; both spread well so (finaliser of murmur3). */
function mixed(id: number): number {
  let hash = Math.imul(id ^ (id >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
