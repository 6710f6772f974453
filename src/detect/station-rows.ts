import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readString } from "../domain/snapshot-row.ts";

/**
 * Rows at first, a power of two. Untouched pages of an array are no memory yet, and growing moves all rows while reports
 * wait.
 */
const FIRST_CAPACITY = 16_384;
const EMPTY = 0;
const WORD_BYTES = 4;

/** Share of the index that may be filled: fuller, and looking up takes many steps. */
const MOST_FILLED = 0.625;

/**
 * One row of 32-bit integers per station in one flat array, found by an open-addressing index: 16 to 32 B per station
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
  /** Pairs of station id and row number + 1; 0 marks a free pair. */
  #index = new Int32Array((this.#mask + 1) * 2);

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
    const id = stationId | 0;
    let slot = mixed(id) & this.#mask;
    for (;;) {
      const row = this.#index[slot * 2 + 1] as number;
      if (row === EMPTY) return -1;
      if (this.#index[slot * 2] === id) return (row - 1) * this.#rowWords;
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
    this.#enter(stationId | 0, row);
    return at;
  }

  /** Removes the row at an offset; the last row takes its place. */
  removeAt(at: number): void {
    this.#leave(this.words[at] as number);
    this.#count--;
    const last = this.#count * this.#rowWords;
    if (last === at) return;
    this.words.copyWithin(at, last, last + this.#rowWords);
    const moved = this.words[at] as number;
    this.#index[this.#slotOf(moved) * 2 + 1] = at / this.#rowWords + 1;
  }

  #slotOf(id: number): number {
    let slot = mixed(id) & this.#mask;
    while (this.#index[slot * 2] !== id || this.#index[slot * 2 + 1] === EMPTY)
      slot = (slot + 1) & this.#mask;
    return slot;
  }

  #enter(id: number, row: number): void {
    let slot = mixed(id) & this.#mask;
    while (this.#index[slot * 2 + 1] !== EMPTY) slot = (slot + 1) & this.#mask;
    this.#index[slot * 2] = id;
    this.#index[slot * 2 + 1] = row + 1;
  }

  /** Closes the gap, so that chains stay whole without marks of the dead. */
  #leave(id: number): void {
    let hole = this.#slotOf(id);
    let slot = hole;
    for (;;) {
      slot = (slot + 1) & this.#mask;
      if (this.#index[slot * 2 + 1] === EMPTY) break;
      const home = mixed(this.#index[slot * 2] as number) & this.#mask;
      if (((slot - home) & this.#mask) < ((slot - hole) & this.#mask)) continue;
      this.#index[hole * 2] = this.#index[slot * 2] as number;
      this.#index[hole * 2 + 1] = this.#index[slot * 2 + 1] as number;
      hole = slot;
    }
    this.#index[hole * 2 + 1] = EMPTY;
  }

  #grow(): void {
    const words = new Int32Array(2 * this.words.length);
    words.set(this.words);
    this.words = words;
    if (words.length / this.#rowWords <= (this.#mask + 1) * MOST_FILLED) return;
    this.#mask = this.#mask * 2 + 1;
    this.#index = new Int32Array((this.#mask + 1) * 2);
    for (let row = 0; row < this.#count; row++) this.#enter(words[row * this.#rowWords] as number, row);
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
