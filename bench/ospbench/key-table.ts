const FIRST_SLOTS = 1 << 12;
const FIRST_BYTES = 1 << 16;

/** Bounds memory: lanes of a continent. */
const MAX_KEYS = 1 << 21;

/** Texts as bytes, each with a small number for good: no string is made of a text that is known. */
export class KeyTable {
  #slots = new Int32Array(FIRST_SLOTS);
  #hashes = new Int32Array(FIRST_SLOTS);
  /** Where a text begins in `#bytes`; the next one's beginning is its end. */
  #starts = new Int32Array(FIRST_SLOTS);
  #bytes = new Uint8Array(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  size = 0;

  /** No further text can be taken in. */
  get isFull(): boolean {
    return this.size >= MAX_KEYS;
  }

  /** Where text `number` ends if it stands in `view` at `from`; −1 where another text does. Four bytes at a time. */
  endOf(number: number, view: DataView, from: number): number {
    const start = this.#starts[number] as number;
    const length = (this.#starts[number + 1] as number) - start;
    if (from + length > view.byteLength) return -1;
    const own = this.#view;
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      if (own.getInt32(start + i, true) !== view.getInt32(from + i, true)) return -1;
    }
    for (; i < length; i++) if (own.getUint8(start + i) !== view.getUint8(from + i)) return -1;
    return from + length;
  }

  /** The number of the text in `bytes` from `from` to `to`; −1 where it is new, and `add` may be called. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] as number) - 1;
      if (number < 0) return -1;
      if (this.#hashes[number] === hash && this.#equals(number, bytes, from, to)) return number;
    }
  }

  /** Takes in a text that `find` did not find. @throws RangeError where there is no room */
  add(bytes: Uint8Array, from: number, to: number): number {
    if (this.isFull) throw new RangeError(`more than ${MAX_KEYS} keys`);
    const number = this.size;
    if (2 * (number + 2) > this.#slots.length) this.#grow();
    const start = this.#starts[number] as number;
    const end = start + to - from;
    if (end > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, new Uint8Array(2 * end));
      this.#view = new DataView(this.#bytes.buffer);
    }
    this.#bytes.set(bytes.subarray(from, to), start);
    this.#starts[number + 1] = end;
    this.#hashes[number] = hashOf(bytes, from, to);
    this.size++;
    this.#place(number);
    return number;
  }

  #place(number: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hashes[number] as number) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }

  #grow(): void {
    const slots = 2 * this.#slots.length;
    this.#hashes = grown(this.#hashes, new Int32Array(slots));
    this.#starts = grown(this.#starts, new Int32Array(slots));
    this.#slots = new Int32Array(slots);
    for (let number = 0; number < this.size; number++) this.#place(number);
  }

  #equals(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts[number] as number;
    if ((this.#starts[number + 1] as number) - start !== to - from) return false;
    const own = this.#bytes;
    // From the end: names of one region differ there.
    for (let i = to - from - 1; i >= 0; i--) if (own[start + i] !== bytes[from + i]) return false;
    return true;
  }
}

function grown<A extends Uint8Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}
