/** Integers per vehicle: half a line of the cache, so that a report misses it once. */
export const ROW = 8;

/** Columns of a vehicle's row. A row of zeros is a vehicle that was never seen. */
export const V = {
  /** Second of the last report. */
  time: 0,
  /** Cell of the last report plus one; 0: never seen, or begun anew. */
  cell: 1,
  /** Lane of the last report, reports in a row from one place, mark of waiting requests: see `packState`. */
  state: 2,
  position: 3,
  /** Toll notified for the present segment, charged when the vehicle enters another one. */
  toll: 4,
  /** The other cell in which it was counted within the minute of the last report, plus one. */
  otherCell: 5,
  /** Charged so far, modulo 2³⁰ and div 2³⁰: an integer of 32 bits is too small for a day in dense traffic. */
  balanceLow: 6,
  balanceHigh: 7,
} as const;

export const LANE_MASK = 0x7;
export const STANDING_SHIFT = 3;
export const STANDING_MASK = 0x7;
/** Somebody waits for the balance as of a second that may not be complete. */
export const WAITING_BIT = 0x40;
/** The vehicle was in three cells within a minute: see `SpilledCells`. */
export const SPILLED_BIT = 0x80;

export const BALANCE_BASE = 2 ** 30;

/** Ids are given out one after the other, so rows are kept in blocks of neighbouring ids. */
const BLOCK_BITS = 6;
const BLOCK = 1 << BLOCK_BITS;
const BLOCK_MASK = BLOCK - 1;

/**
 * State by vehicle: rows of integers in one array, found by id through a table of blocks. Blocks come into being when one of
 * their ids is heard. Memory: 32 B per id where ids are dense, 2 kB per vehicle where they are thrown at random.
 */
export class VehicleTable {
  rows: Int32Array;
  #blocks = new Int32Array(1_024).fill(-1);
  #usedBlocks = 0;

  /** @param expected vehicles that room is made for from the start; the table grows by doubling beyond */
  constructor(expected = 4_096) {
    this.rows = new Int32Array(Math.ceil(expected / BLOCK) * BLOCK * ROW);
  }

  /** Index of the first integer of a vehicle's row. */
  rowOf(vehicle: number): number {
    const block = vehicle >>> BLOCK_BITS;
    let start = block < this.#blocks.length ? (this.#blocks[block] as number) : -1;
    if (start < 0) start = this.#addBlock(block);
    return (start + (vehicle & BLOCK_MASK)) * ROW;
  }

  /** Row of a vehicle if it has one, −1 else. */
  findRow(vehicle: number): number {
    const start = this.#blocks[vehicle >>> BLOCK_BITS] ?? -1;
    return start < 0 ? -1 : (start + (vehicle & BLOCK_MASK)) * ROW;
  }

  balance(row: number): number {
    const { rows } = this;
    return (rows[row + V.balanceLow] as number) + (rows[row + V.balanceHigh] as number) * BALANCE_BASE;
  }

  charge(row: number, toll: number): void {
    const { rows } = this;
    const low = (rows[row + V.balanceLow] as number) + toll;
    const carry = Math.floor(low / BALANCE_BASE);
    rows[row + V.balanceLow] = low - carry * BALANCE_BASE;
    if (carry > 0) rows[row + V.balanceHigh] = (rows[row + V.balanceHigh] as number) + carry;
  }

  /** Every vehicle that was ever seen or charged, by id. */
  *entries(): Generator<readonly [vehicle: number, row: number]> {
    for (let block = 0; block < this.#blocks.length; block++) {
      const start = this.#blocks[block] as number;
      if (start < 0) continue;
      for (let inside = 0; inside < BLOCK; inside++) {
        const row = (start + inside) * ROW;
        if (this.#isUsed(row)) yield [block * BLOCK + inside, row];
      }
    }
  }

  /**
   * Gives copies of all vehicles to further expressways: copy k has the ids of the first ones plus k strides.
   * @param stride a multiple of 64 above all ids
   * @param cellsApart cells from one expressway to the next
   */
  replicate(copies: number, stride: number, cellsApart: number): void {
    const base = [...this.entries()];
    this.#reserve(copies * stride);
    for (let copy = 1; copy < copies; copy++) {
      for (const [vehicle, from] of base) {
        const to = this.rowOf(vehicle + copy * stride);
        this.rows.copyWithin(to, from, from + ROW);
        this.#moveCells(to, copy * cellsApart);
      }
    }
  }

  #reserve(vehicles: number): void {
    if (vehicles * ROW <= this.rows.length) return;
    const larger = new Int32Array(vehicles * ROW);
    larger.set(this.rows);
    this.rows = larger;
  }

  #moveCells(row: number, cells: number): void {
    const { rows } = this;
    for (const column of [V.cell, V.otherCell]) {
      const cell = rows[row + column] as number;
      if (cell > 0) rows[row + column] = cell + cells;
    }
  }

  #isUsed(row: number): boolean {
    for (let column = 0; column < ROW; column++) if (this.rows[row + column] !== 0) return true;
    return false;
  }

  #addBlock(block: number): number {
    if (block >= this.#blocks.length) {
      const larger = new Int32Array(Math.max(block + 1, this.#blocks.length * 2)).fill(-1);
      larger.set(this.#blocks);
      this.#blocks = larger;
    }
    const start = this.#usedBlocks++ * BLOCK;
    if ((start + BLOCK) * ROW > this.rows.length) {
      const larger = new Int32Array(Math.max((start + BLOCK) * ROW, this.rows.length * 2));
      larger.set(this.rows);
      this.rows = larger;
    }
    this.#blocks[block] = start;
    return start;
  }
}

/** Touches the rows of the vehicles of a batch, so that the processor has many misses under way at a time. */
export function prefetchRow(table: VehicleTable, vehicle: number): number {
  const row = table.findRow(vehicle);
  return row < 0 ? 0 : (table.rows[row] as number);
}
