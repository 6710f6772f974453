import { doubled } from "./doubled.ts";

/**
 * Words of a chunk, two lines of the cache: the next chunk of its cell with the number of its entries in the low bits, then
 * up to ten entries. An entry is a place within the cell, a row and a key, so that a look around reads nothing else.
 */
const CHUNK_WORDS = 32;
const MOST_ENTRIES = 10;
const COUNT_BITS = CHUNK_WORDS - 1;
export const ENTRY_WORDS = 3;
export const ENTRY_ROW = 1;
export const ENTRY_KEY = 2;

/** Chunks at first; growing copies all of them while reports wait. */
const FIRST_CHUNKS = 32_768;

/** No chunk: what an empty cell begins with. */
export const NO_CHUNK = 0;

/**
 * What is in each cell, as lists of chunks in one flat array. All chunks of a cell are full but its first one, so that
 * neighbours are read line by line, where a list linked through rows would miss the cache for each of them.
 */
export class CellLists {
  words = new Int32Array(FIRST_CHUNKS * CHUNK_WORDS);
  /** The first chunk is none: its address stands for nothing. */
  #end = CHUNK_WORDS;
  #free = NO_CHUNK;

  /** The first chunk of a cell in which there is room for one more entry. */
  firstWithRoom(first: number): number {
    if (first !== NO_CHUNK && countOf(this.words[first] as number) < MOST_ENTRIES) return first;
    const chunk = this.#take();
    this.words[chunk] = first;
    return chunk;
  }

  /** Writes an entry into a chunk with room; returns its address. */
  push(chunk: number, offset: number, row: number, key: number): number {
    const { words } = this;
    const header = words[chunk] as number;
    const at = chunk + 1 + ENTRY_WORDS * countOf(header);
    words[at] = offset;
    words[at + ENTRY_ROW] = row;
    words[at + ENTRY_KEY] = key;
    words[chunk] = header + 1;
    return at;
  }

  /** Moves the last entry of a cell's first chunk into the place of one that goes; returns its row. */
  fill(hole: number, first: number): number {
    const { words } = this;
    const last = endOf(first, words[first] as number) - ENTRY_WORDS;
    words.copyWithin(hole, last, last + ENTRY_WORDS);
    return words[hole + ENTRY_ROW] as number;
  }

  /** Takes the last entry off the first chunk; returns the cell's first chunk then. */
  pop(first: number): number {
    const header = (this.words[first] as number) - 1;
    this.words[first] = header;
    if (countOf(header) > 0) return first;
    this.words[first] = this.#free;
    this.#free = first;
    return header;
  }

  #take(): number {
    const free = this.#free;
    if (free !== NO_CHUNK) {
      this.#free = this.words[free] as number;
      return free;
    }
    if (this.#end === this.words.length) this.words = doubled(this.words);
    const chunk = this.#end;
    this.#end += CHUNK_WORDS;
    return chunk;
  }
}

function countOf(header: number): number {
  return header & COUNT_BITS;
}

/** Address behind the entries of a chunk with this header. */
export function endOf(chunk: number, header: number): number {
  return chunk + 1 + ENTRY_WORDS * countOf(header);
}

/** The chunk after one with this header. */
export function nextOf(header: number): number {
  return header & ~COUNT_BITS;
}
