import { RowIndex } from "../domain/row-index.ts";

/** A row: 14 integers, then 3 doubles. 80 B, so mostly two lines of the cache. */
const ROW_BYTES = 80;
const ROW_WORDS = ROW_BYTES / Int32Array.BYTES_PER_ELEMENT;
const WORDS_BEFORE_DOUBLES = 14;

/** 2,048 rows in a block, 160 kB. Blocks never move, so that growing costs one block and no copy. */
const BLOCK_BITS = 11;
const BLOCK_ROWS = 1 << BLOCK_BITS;

/** Some rows: the same bytes as integers and as doubles. */
export interface StationBlock {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
}

/** What stands in a `StationTable`: the way to one row. */
export interface Tabled {
  readonly row: number;
  prefetch(): number;
}

/**
 * All stations that are known. Their numbers stand in rows: in an object of V8 an integer takes 8 B and a double 24; here
 * 4 and 8, the garbage collector does not walk them, and a report writes doubles in place. A row that was given back is
 * the first to be used again: ids that come and go take no more memory than were ever known at once.
 */
export class StationTable<S extends Tabled> {
  readonly #blocks: StationBlock[] = [];
  /** The stations of the rows. */
  readonly #stations: (S | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #index = new RowIndex((row) => this.#idOf(row));

  get size(): number {
    return this.#stations.length - this.#free.length;
  }

  get(stationId: number): S | undefined {
    let row = this.#index.guess(stationId);
    while (row >= 0 && this.#idOf(row) !== (stationId | 0)) row = this.#index.guessAgain(stationId);
    return row < 0 ? undefined : this.#stations[row];
  }

  /** The station of a row that is taken. */
  at(row: number): S {
    return this.#stations[row] as S;
  }

  /** The station of any row; undefined where the row is free. */
  find(row: number): S | undefined {
    return this.#stations[row];
  }

  /** Reads what the next report of the station will need; see `domain/prefetch.ts`. */
  prefetch(stationId: number): number {
    const row = this.#index.guess(stationId);
    return row < 0 ? 0 : (this.#stations[row]?.prefetch() ?? 0);
  }

  /** Number of a row of zeros, but for the station's id in its first word. */
  take(stationId: number): number {
    const row = this.#free.pop() ?? this.#extend();
    const { words } = this.blockOf(row);
    const at = wordOffset(row);
    words.fill(0, at, at + ROW_WORDS);
    words[at] = stationId;
    return row;
  }

  /** Makes a station known by its id; none of this id may be known. */
  add(station: S): void {
    this.#stations[station.row] = station;
    this.#index.enter(station.row);
  }

  /** Forgets a station. */
  delete(station: S): void {
    this.#index.leave(station.row);
    this.#stations[station.row] = undefined;
    this.#free.push(station.row);
  }

  *values(): Iterable<S> {
    for (const station of this.#stations) if (station !== undefined) yield station;
  }

  blockOf(row: number): StationBlock {
    return this.#blocks[row >>> BLOCK_BITS] as StationBlock;
  }

  #idOf(row: number): number {
    return this.blockOf(row).words[wordOffset(row)] as number;
  }

  #extend(): number {
    const row = this.#stations.length;
    if (row === this.#blocks.length << BLOCK_BITS) this.#blocks.push(newBlock());
    this.#stations.push(undefined);
    return row;
  }
}

/** Where a row's integers begin in the words of its block. */
export function wordOffset(row: number): number {
  return (row & (BLOCK_ROWS - 1)) * ROW_WORDS;
}

/** Where its doubles begin in the doubles of its block. */
export function doubleOffset(row: number): number {
  return (row & (BLOCK_ROWS - 1)) * (ROW_WORDS / 2) + WORDS_BEFORE_DOUBLES / 2;
}

function newBlock(): StationBlock {
  const bytes = new ArrayBuffer(BLOCK_ROWS * ROW_BYTES);
  return { words: new Int32Array(bytes), doubles: new Float64Array(bytes) };
}
