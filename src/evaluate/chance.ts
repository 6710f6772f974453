/** Seeded chance: integers, one division, one square root, so that a seed gives the same numbers on every platform. */

/** A 32-bit hash of several 32-bit numbers: the finaliser of MurmurHash3 over each in turn. */
export function hash32(...parts: readonly number[]): number {
  let h = 0x9e3779b9;
  for (const part of parts) {
    h = Math.imul(h ^ part, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return h >>> 0;
}

const TWO_TO_32 = 4_294_967_296;

/** A number in [0, 1) that belongs to the parts. */
export function shareOf(...parts: readonly number[]): number {
  return hash32(...parts) / TWO_TO_32;
}

/** A stream of numbers in [0, 1) (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / TWO_TO_32;
  }

  /** Standard normal, as the sum of twelve uniforms: tails end at ±6. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.uniform();
    return sum;
  }

  /** Exponential with the given mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }
}
