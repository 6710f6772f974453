import { seededRandom } from "../support/random.ts";

/** FNV-1a with the finaliser of MurmurHash3: a seed that belongs to a text, so that parts of a run draw independently. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Seeded chance of one part of a run. */
export class Chance {
  readonly #next: () => number;

  constructor(...parts: readonly (string | number)[]) {
    this.#next = seededRandom(seedOf(parts.join(":")));
  }

  /** 0 ≤ x < 1. */
  share(): number {
    return this.#next();
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.#next();
  }

  /** Whole, low ≤ x ≤ high. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low + 1));
  }

  /** Sum of twelve uniforms, cut off at three standard deviations. */
  normal(mean: number, deviation: number): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.#next();
    return mean + deviation * Math.max(-3, Math.min(3, sum));
  }

  /** Waiting time of a Poisson process, s. */
  waitS(perSecond: number): number {
    return -Math.log(1 - this.#next()) / perSecond;
  }

  happens(probability: number): boolean {
    return this.#next() < probability;
  }
}
