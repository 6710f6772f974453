/** A row: 18 integers, then 3 doubles. 96 B, so mostly two lines of the cache. */
const ROW_BYTES = 96;
const ROW_WORDS = ROW_BYTES / Int32Array.BYTES_PER_ELEMENT;
const WORDS_BEFORE_DOUBLES = 18;

/** Rows of a block, 192 kB; a power of two. Blocks never move, so that growing costs one block and no copy. */
const BLOCK_ROWS = 2_048;

/** Some rows: the same bytes as integers and as doubles. */
export interface StationBlock {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
}

/**
 * The numbers of all stations of one tracker. In an object of V8 an integer takes 8 B and a double 24; here 4 and 8, the
 * garbage collector does not walk them, and a report writes doubles in place. A row that was given back is the first to
 * be used again: ids that come and go take no more memory than were ever known at once.
 */
export class StationMemory {
  readonly #blocks: StationBlock[] = [];
  readonly #free: number[] = [];
  #used = 0;

  /** Number of a row of zeros. */
  take(): number {
    const row = this.#free.pop() ?? this.#extend();
    const at = wordOffset(row);
    this.blockOf(row).words.fill(0, at, at + ROW_WORDS);
    return row;
  }

  giveBack(row: number): void {
    this.#free.push(row);
  }

  blockOf(row: number): StationBlock {
    return this.#blocks[Math.floor(row / BLOCK_ROWS)] as StationBlock;
  }

  #extend(): number {
    if (this.#used === this.#blocks.length * BLOCK_ROWS) this.#blocks.push(newBlock());
    return this.#used++;
  }
}

/** Where a row's integers begin in the words of its block. */
export function wordOffset(row: number): number {
  return (row & (BLOCK_ROWS - 1)) * ROW_WORDS;
}

/** Where its doubles begin in the doubles of its block. */
export function doubleOffset(row: number): number {
  return ((row & (BLOCK_ROWS - 1)) * ROW_WORDS + WORDS_BEFORE_DOUBLES) / 2;
}

function newBlock(): StationBlock {
  const bytes = new ArrayBuffer(BLOCK_ROWS * ROW_BYTES);
  return { words: new Int32Array(bytes), doubles: new Float64Array(bytes) };
}
