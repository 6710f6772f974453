import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readArray, readNumber } from "../../domain/snapshot-row.ts";

/**
 * Words of a row, all 32-bit integers: V8 then neither allocates nor follows pointers, and what a report needs stands in
 * two lines of the cache. Positions in 1e-7°, times in ms modulo 2^32 (differences are what counts), speeds in cm/s,
 * headings in 0.1°, lengths in cm.
 */
export const Word = {
  station: 0,
  latitude: 1,
  longitude: 2,
  observed: 3,
  received: 4,
  speed: 5,
  heading: 6,
  /** Bits of `Flag`. */
  flags: 7,
  /** Weight of the evidence against the station, 1/1000 nat. */
  suspicion: 8,
  /** Reports in a row that fitted, at most `MAX_CREDIT`. */
  credit: 9,
  /** The report before. */
  latitudeBefore: 10,
  longitudeBefore: 11,
  speedBefore: 12,
  /** Where the present window began, and when. */
  anchorLatitude: 13,
  anchorLongitude: 14,
  anchorObserved: 15,
  /** Way since then by the reported speeds and headings, and its length. */
  wayNorth: 16,
  wayEast: 17,
  wayLength: 18,
  /** Windows in a row that could not be judged. */
  blindWindows: 19,
  /** Mean offset from the road's line, left positive. */
  lateral: 20,
  /** Second (of receive time) of the latest evidence of a kind that one message after another may give. */
  doubtSecond: 21,
  rangeSecond: 22,
  firstReceived: 23,
  /** Index in `STATION_TYPES`; length in dm + 1, 0: untold. */
  type: 24,
  length: 25,
  /** Where it waits among the silent stations. */
  silentCell: 26,
  /** Time and expected speed of the latest hazard notice. */
  noticeReceived: 27,
  noticeSpeed: 28,
  /** Reports in a row that came too fast after one another. */
  hurried: 29,
  /** Checks that have ever failed, bits of `Check`. */
  failed: 30,
} as const;

export const ROW_WORDS = 32;

export const Flag = {
  /** The present window holds something that no way can be computed from. */
  blindWindow: 1,
  /** Waits among the silent stations, for a successor under another pseudonym. */
  silent: 2,
  /** A later pseudonym of the same road user is known. */
  succeeded: 4,
  /** Has stopped without braking. */
  abruptStop: 8,
  /** Has told of distress itself: what it does is not held against it. */
  distress: 16,
  /** Reports its direction of travel as backward. */
  backward: 32,
  lateralKnown: 64,
  /** Holds a report; without it the station is known by refusals only. */
  reported: 128,
  /** Was in the place of another vehicle when it was looked at last. */
  overlapping: 256,
} as const;

const FIRST_CAPACITY = 1_024;
const EMPTY = 0;

/**
 * One row of integers per station in one flat array, found by an open-addressing index. Rows are dense: the last one
 * moves into the place of one that is removed, so that offsets hold only until the next removal.
 */
export class TrustTable {
  words = new Int32Array(FIRST_CAPACITY * ROW_WORDS);
  readonly #maxRows: number;
  #count = 0;
  #mask = FIRST_CAPACITY * 2 - 1;
  /** Pairs of station id and row number + 1; 0 marks a free pair. */
  #index = new Int32Array((this.#mask + 1) * 2);

  constructor(maxRows: number) {
    this.#maxRows = maxRows;
  }

  get size(): number {
    return this.#count;
  }

  /** Reads both lines of the cache that a row fills. */
  prefetch(stationId: number): number {
    const at = this.find(stationId);
    return at < 0 ? 0 : (this.words[at] as number) ^ (this.words[at + ROW_WORDS / 2] as number);
  }

  /** Offset of the station's row in `words`, or −1. */
  find(stationId: number): number {
    const id = stationId | 0;
    let slot = mixed(id) & this.#mask;
    for (;;) {
      const row = this.#index[slot * 2 + 1] as number;
      if (row === EMPTY) return -1;
      if (this.#index[slot * 2] === id) return (row - 1) * ROW_WORDS;
      slot = (slot + 1) & this.#mask;
    }
  }

  /** Offset of the n-th row, 0 ≤ n < size. */
  rowAt(n: number): number {
    return n * ROW_WORDS;
  }

  /** Offset of a new row of zeros; −1 where there is no room. The station must not have one. */
  add(stationId: number): number {
    if (this.#count >= this.#maxRows) return -1;
    if (this.#count * ROW_WORDS === this.words.length) this.#grow();
    const row = this.#count++;
    const at = row * ROW_WORDS;
    this.words.fill(0, at, at + ROW_WORDS);
    this.words[at + Word.station] = stationId | 0;
    this.#enter(stationId | 0, row);
    return at;
  }

  /** Removes the row at an offset; the last row takes its place. */
  removeAt(at: number): void {
    this.#leave(this.words[at + Word.station] as number);
    this.#count--;
    const last = this.#count * ROW_WORDS;
    if (last === at) return;
    this.words.copyWithin(at, last, last + ROW_WORDS);
    const moved = this.words[at + Word.station] as number;
    this.#index[this.#slotOf(moved) * 2 + 1] = at / ROW_WORDS + 1;
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
    const words = new Int32Array(this.words.length * 2);
    words.set(this.words);
    this.words = words;
    this.#mask = this.#mask * 2 + 1;
    this.#index = new Int32Array((this.#mask + 1) * 2);
    for (let row = 0; row < this.#count; row++) this.#enter(words[row * ROW_WORDS] as number, row);
  }

  snapshot(): SnapshotValue {
    return Array.from({ length: this.#count }, (_, row) => [
      ...this.words.subarray(row * ROW_WORDS, (row + 1) * ROW_WORDS),
    ]);
  }

  /** @throws Error on rows of another form. */
  static restore(value: SnapshotValue | undefined, maxRows: number): TrustTable {
    const table = new TrustTable(maxRows);
    for (const entry of readArray(value)) {
      const row = readArray(entry);
      if (row.length !== ROW_WORDS) throw new Error("snapshot holds a station of another form");
      const at = table.add(readNumber(row[0], "station"));
      for (let i = 1; i < ROW_WORDS; i++) table.words[at + i] = readNumber(row[i], `word ${i}`);
    }
    return table;
  }
}

/** Ids of real stations are random, of simulated ones counted; both spread well so (finaliser of murmur3). */
function mixed(id: number): number {
  let hash = Math.imul(id ^ (id >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
