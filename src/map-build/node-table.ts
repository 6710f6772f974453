import type { GeoPoint } from "../domain/place.ts";

/** Coordinates of the nodes that roads use, by id; 24 bytes a node, so that a country fits into memory. */
export class NodeTable {
  readonly #ids: Float64Array;
  readonly #latitudes: Float64Array;
  readonly #longitudes: Float64Array;

  /** @param ids of all nodes that will be asked for, in any order, repeated or not */
  constructor(ids: Float64Array) {
    const sorted = ids.sort();
    let count = 0;
    for (let i = 0; i < sorted.length; i++) {
      if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i] as number;
    }
    this.#ids = sorted.subarray(0, count);
    this.#latitudes = new Float64Array(count).fill(Number.NaN);
    this.#longitudes = new Float64Array(count).fill(Number.NaN);
  }

  get size(): number {
    return this.#ids.length;
  }

  /** Place of an id in the table, −1 where nobody will ask for it. */
  indexOf(id: number): number {
    let low = 0;
    let high = this.#ids.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#ids[middle] as number;
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  set(index: number, latitudeDeg: number, longitudeDeg: number): void {
    this.#latitudes[index] = latitudeDeg;
    this.#longitudes[index] = longitudeDeg;
  }

  /** Undefined where the extract does not hold the node, and where the index is that of none. */
  pointOf(index: number): GeoPoint | undefined {
    const latitudeDeg = this.#latitudes[index] ?? Number.NaN;
    if (Number.isNaN(latitudeDeg)) return undefined;
    return { latitudeDeg, longitudeDeg: this.#longitudes[index] as number };
  }
}

/** Numbers that are collected before their count is known. */
export class GrowingNumbers {
  #values = new Float64Array(1_024);
  #count = 0;

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = value;
  }

  take(): Float64Array {
    return this.#values.slice(0, this.#count);
  }
}
