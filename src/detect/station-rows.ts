import { RowIndex } from "../domain/row-index.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readString } from "../domain/snapshot-row.ts";

/** Rows at first. Untouched pages of an array are no memory yet, and growing moves all rows while reports wait. */
const FIRST_CAPACITY = 131_072;
const WORD_BYTES = 4;

/**
 * One row of 32-bit integers per station in one flat array, found by an open-addressing index: some 10 B per station
 * besides the row, where an object in a map takes 80 B and more, and nothing for the garbage collector. The first word is
 * the station's id. Rows are dense: the last one moves into the place of one that is removed, so that offsets hold only
 * until the next removal.
 */
export class StationRows {
  words: Int32Array;
  readonly #rowWords: number;
  readonly #maxRows: number;
  #count = 0;
  readonly #index: RowIndex;
  /** Stations that found no room; not part of snapshots. */
  refused = 0;

  /** @param maxRows below 2^24 */
  constructor(rowWords: number, maxRows: number) {
    this.words = new Int32Array(Math.min(FIRST_CAPACITY, maxRows) * rowWords);
    this.#rowWords = rowWords;
    this.#maxRows = maxRows;
    this.#index = new RowIndex((row) => this.words[row * rowWords] as number);
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
    const at = this.#index.guess(stationId) * this.#rowWords;
    return at < 0 ? 0 : (this.words[at] as number) ^ (this.words[at + (this.#rowWords >> 1)] as number);
  }

  /** Offset of the station's row in `words`, or below 0. */
  find(stationId: number): number {
    let at = this.#index.guess(stationId) * this.#rowWords;
    while (at >= 0 && this.words[at] !== (stationId | 0)) {
      at = this.#index.guessAgain(stationId) * this.#rowWords;
    }
    return at;
  }

  /** Offset of the n-th row, 0 ≤ n < size. */
  rowAt(n: number): number {
    return n * this.#rowWords;
  }

  /** Offset of a new row of zeros; −1 where there is no room. The station must not have one. */
  add(stationId: number): number {
    if (this.#count >= this.#maxRows) {
      this.refused++;
      return -1;
    }
    if (this.#count * this.#rowWords === this.words.length) this.#grow();
    const row = this.#count++;
    const at = row * this.#rowWords;
    this.words.fill(0, at, at + this.#rowWords);
    this.words[at] = stationId | 0;
    this.#index.enter(row);
    return at;
  }

  /** Removes the row at an offset; the last row takes its place. */
  removeAt(at: number): void {
    const row = at / this.#rowWords;
    this.#index.leave(row);
    this.#count--;
    if (row === this.#count) return;
    this.#index.move(this.#count, row);
    const last = this.#count * this.#rowWords;
    this.words.copyWithin(at, last, last + this.#rowWords);
  }

  #grow(): void {
    const words = new Int32Array(Math.min(2 * this.words.length, this.#maxRows * this.#rowWords));
    words.set(this.words);
    this.words = words;
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
