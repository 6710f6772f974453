/** A fleet of 160,000 is found without growing, which takes some milliseconds. */
const FIRST_SLOTS = 262_144;
const EMPTY = 0;

/** Which part of a slot is a row number, and which is of the id's hash. */
const ROW_BITS = 0xff_ffff;
const HASH_BITS = ~ROW_BITS;

/** Share of the slots that may be filled: fuller, and looking up takes many steps. */
const MOST_FILLED = 0.625;

/**
 * Which row of a table belongs to a station: open addressing in one array of 4 B a slot, where a map takes 36 B an entry.
 * A slot holds the row number and 8 bits of the id's hash; the id itself stands in the row, which whoever looks for it
 * reads anyway, and the bits keep those who look from reading the rows of others. Rows are numbered below 2^24 − 1.
 */
export class RowIndex {
  readonly #idOf: (row: number) => number;
  #slots: Int32Array;
  #count = 0;
  /** Slot of the last guess. */
  #guessed = 0;

  /**
   * @param idOf id in a row, as a signed integer
   * @param firstSlots a power of two
   */
  constructor(idOf: (row: number) => number, firstSlots: number = FIRST_SLOTS) {
    this.#idOf = idOf;
    this.#slots = new Int32Array(firstSlots);
  }

  /**
   * A row that is most likely the station's, or −1. Only its id tells: where that is another's, `guessAgain` goes on. So
   * whoever reads ahead need not wait for the row itself.
   */
  guess(stationId: number): number {
    const hash = mixed(stationId | 0);
    return this.#guessFrom(hash, hash);
  }

  /** The next such row after the last guess. */
  guessAgain(stationId: number): number {
    return this.#guessFrom(mixed(stationId | 0), this.#guessed + 1);
  }

  /** Enters a row in which its id stands already; the station must not have one. */
  enter(row: number): void {
    this.#count++;
    if (this.#count > this.#slots.length * MOST_FILLED) this.#grow();
    place(this.#slots, mixed(this.#idOf(row)), row);
  }

  /** Takes out a row in which its id still stands. Closes the gap, so that chains stay whole without marks of the dead. */
  leave(row: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let hole = this.#slotOf(row);
    this.#count--;
    for (let at = (hole + 1) & mask; ; at = (at + 1) & mask) {
      const slot = slots[at] as number;
      if (slot === EMPTY) break;
      const home = mixed(this.#idOf((slot & ROW_BITS) - 1)) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      slots[hole] = slot;
      hole = at;
    }
    slots[hole] = EMPTY;
  }

  /** Notes that what stands in row `from` will stand in row `to`. */
  move(from: number, to: number): void {
    const at = this.#slotOf(from);
    this.#slots[at] = ((this.#slots[at] as number) & HASH_BITS) | (to + 1);
  }

  #guessFrom(hash: number, start: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = start & mask; ; at = (at + 1) & mask) {
      const slot = slots[at] as number;
      if (slot === EMPTY) return -1;
      if (((slot ^ hash) & HASH_BITS) !== 0) continue;
      this.#guessed = at;
      return (slot & ROW_BITS) - 1;
    }
  }

  #slotOf(row: number): number {
    const hash = mixed(this.#idOf(row));
    const slot = (hash & HASH_BITS) | (row + 1);
    const mask = this.#slots.length - 1;
    let at = hash & mask;
    while (this.#slots[at] !== slot) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const wider = new Int32Array(this.#slots.length * 2);
    for (const slot of this.#slots) {
      if (slot === EMPTY) continue;
      const row = (slot & ROW_BITS) - 1;
      place(wider, mixed(this.#idOf(row)), row);
    }
    this.#slots = wider;
  }
}

function place(slots: Int32Array, hash: number, row: number): void {
  const mask = slots.length - 1;
  let at = hash & mask;
  while (slots[at] !== EMPTY) at = (at + 1) & mask;
  slots[at] = (hash & HASH_BITS) | (row + 1);
}

/** Ids of real stations are random, of simulated ones counted; both spread well so (finaliser of murmur3). */
function mixed(id: number): number {
  let hash = Math.imul(id ^ (id >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
