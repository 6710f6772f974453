import RBush from "rbush";
import { RowIndex } from "../domain/row-index.ts";
import { NO_CHUNK } from "./cell-lists.ts";
import { doubled } from "./doubled.ts";
import { cosDeg } from "./trigonometry.ts";

/** Units from the south pole and from −180°, so that none is negative. */
export const SOUTH_POLE = 900_000_000;
export const DATE_LINE = 1_800_000_000;

/** Cells are 2^14 units high: 182 m. */
export const ROW_BITS = 14;

/** Cells are wider in units towards the poles, to be about square; 18 bits and those of the height make one word. */
const MOST_COLUMN_BITS = 18;

/** Sixteen cells in a square are a block: their lists begin in one line of the cache. */
const SIDE_BITS = 2;
const CELLS_PER_SIDE = 1 << SIDE_BITS;
const CELLS_PER_BLOCK = CELLS_PER_SIDE * CELLS_PER_SIDE;
const BLOCK_ROW_BITS = ROW_BITS + SIDE_BITS;

/** A block's name is its row and column; columns are at least 2^16 units wide, so 16 bits hold all of 360°. */
const NAME_COLUMN_BITS = 16;

/** An extent of more blocks is looked up in the tree. */
const MOST_LOOKUPS = 32;

/** Words of a cell that was found. */
export const WORDS_OF_FOUND = 3;

const FIRST_BLOCKS = 4_096;
const NODE_SIZE = 9;

/** Places in units of 1e-7° from the south pole and from −180°, borders included. */
export interface Extent {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Sixteen cells of which one holds something. */
interface Block extends Extent {
  readonly slot: number;
}

/** Bits of a cell's width by row of blocks. */
const COLUMN_BITS = Uint8Array.from({ length: ((2 * SOUTH_POLE) >>> BLOCK_ROW_BITS) + 1 }, (_, row) =>
  columnBitsAt(((row + 0.5) * (1 << BLOCK_ROW_BITS) - SOUTH_POLE) / 1e7),
);

function columnBitsAt(latitudeDeg: number): number {
  let bits = ROW_BITS;
  for (let width = cosDeg(latitudeDeg); width < Math.SQRT1_2 && bits < MOST_COLUMN_BITS; width *= 2) bits++;
  return bits;
}

/** Bits of the width of the cells at a height. */
export function columnBitsOf(y: number): number {
  return COLUMN_BITS[y >>> BLOCK_ROW_BITS] as number;
}

/**
 * Where the list of each cell begins. A block is found by a hash of its name, all within a wide extent through an R-tree,
 * which changes only when a block gets its first point or loses its last.
 */
export class CellBlocks {
  /** First chunks of cells, those of a block in a row; a cell's number is its index here. */
  heads = new Int32Array(FIRST_BLOCKS * CELLS_PER_BLOCK);
  /** Of each cell found the first chunk, and row and column from the south pole and from −180°. */
  found = new Int32Array(1_024);
  #end = 0;
  #names = new Int32Array(FIRST_BLOCKS);
  #counts = new Int32Array(FIRST_BLOCKS);
  readonly #blocks: (Block | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #index = new RowIndex((slot) => this.#names[slot] as number, 4 * FIRST_BLOCKS);
  readonly #tree = new RBush<Block>(NODE_SIZE);

  /** Number of the cell at a place where something is. */
  cellAt(x: number, y: number): number {
    return cellIn(this.#find(nameAt(x, y)), x, y);
  }

  /** Notes one point more in the cell at a place; returns its number. */
  enter(x: number, y: number): number {
    const name = nameAt(x, y);
    const known = this.#find(name);
    const slot = known < 0 ? this.#take(name) : known;
    this.#counts[slot] = (this.#counts[slot] as number) + 1;
    return cellIn(slot, x, y);
  }

  /** Notes one point less in a cell. */
  leave(cell: number): void {
    const slot = Math.floor(cell / CELLS_PER_BLOCK);
    const count = (this.#counts[slot] as number) - 1;
    this.#counts[slot] = count;
    if (count === 0) this.#release(slot);
  }

  /** Notes in `found` the cells of an extent that hold something; returns how many words these are. */
  cellsIn(extent: Extent): number {
    const { minX, minY, maxX, maxY } = extent;
    const fromRow = minY >>> BLOCK_ROW_BITS;
    const toRow = maxY >>> BLOCK_ROW_BITS;
    const width = 1 << (Math.min(columnBitsOf(minY), columnBitsOf(maxY)) + SIDE_BITS);
    this.#end = 0;
    if ((toRow - fromRow + 1) * ((maxX - minX) / width + 2) > MOST_LOOKUPS) {
      for (const { slot } of this.#tree.search(extent)) this.#note(slot, extent);
      return this.#end;
    }
    for (let row = fromRow; row <= toRow; row++) {
      const bits = (COLUMN_BITS[row] as number) + SIDE_BITS;
      const toColumn = maxX >>> bits;
      for (let column = minX >>> bits; column <= toColumn; column++) {
        const slot = this.#find((row << NAME_COLUMN_BITS) | column);
        if (slot >= 0) this.#note(slot, extent);
      }
    }
    return this.#end;
  }

  #note(slot: number, { minX, minY, maxX, maxY }: Extent): void {
    const name = this.#names[slot] as number;
    const bits = COLUMN_BITS[name >>> NAME_COLUMN_BITS] as number;
    const firstRow = (name >>> NAME_COLUMN_BITS) << SIDE_BITS;
    const firstColumn = (name & 0xffff) << SIDE_BITS;
    const fromRow = Math.max(minY >>> ROW_BITS, firstRow);
    const toRow = Math.min(maxY >>> ROW_BITS, firstRow + CELLS_PER_SIDE - 1);
    const fromColumn = Math.max(minX >>> bits, firstColumn);
    const toColumn = Math.min(maxX >>> bits, firstColumn + CELLS_PER_SIDE - 1);
    if (this.#end + CELLS_PER_BLOCK * WORDS_OF_FOUND > this.found.length) this.found = doubled(this.found);
    const { found, heads } = this;
    let end = this.#end;
    for (let row = fromRow; row <= toRow; row++) {
      const at = slot * CELLS_PER_BLOCK + ((row - firstRow) << SIDE_BITS) - firstColumn;
      for (let column = fromColumn; column <= toColumn; column++) {
        const first = heads[at + column] as number;
        if (first === NO_CHUNK) continue;
        found[end] = first;
        found[end + 1] = row;
        found[end + 2] = column;
        end += WORDS_OF_FOUND;
      }
    }
    this.#end = end;
  }

  #find(name: number): number {
    let slot = this.#index.guess(name);
    while (slot >= 0 && this.#names[slot] !== name) slot = this.#index.guessAgain(name);
    return slot;
  }

  #take(name: number): number {
    const slot = this.#free.pop() ?? this.#blocks.length;
    if (slot === this.#names.length) this.#grow();
    this.#names[slot] = name;
    const block = blockOf(name, slot);
    this.#blocks[slot] = block;
    this.#index.enter(slot);
    this.#tree.insert(block);
    return slot;
  }

  #release(slot: number): void {
    this.#index.leave(slot);
    this.#tree.remove(this.#blocks[slot] as Block);
    this.#blocks[slot] = undefined;
    this.#free.push(slot);
  }

  #grow(): void {
    this.#names = doubled(this.#names);
    this.#counts = doubled(this.#counts);
    this.heads = doubled(this.heads);
  }
}

function nameAt(x: number, y: number): number {
  const row = y >>> BLOCK_ROW_BITS;
  return (row << NAME_COLUMN_BITS) | (x >>> ((COLUMN_BITS[row] as number) + SIDE_BITS));
}

function cellIn(slot: number, x: number, y: number): number {
  const row = (y >>> ROW_BITS) & (CELLS_PER_SIDE - 1);
  const column = (x >>> columnBitsOf(y)) & (CELLS_PER_SIDE - 1);
  return slot * CELLS_PER_BLOCK + (row << SIDE_BITS) + column;
}

function blockOf(name: number, slot: number): Block {
  const row = name >>> NAME_COLUMN_BITS;
  const width = 1 << ((COLUMN_BITS[row] as number) + SIDE_BITS);
  const minX = (name & 0xffff) * width;
  const minY = row * (1 << BLOCK_ROW_BITS);
  return { minX, minY, maxX: minX + width - 1, maxY: minY + (1 << BLOCK_ROW_BITS) - 1, slot };
}
