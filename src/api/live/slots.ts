import { randomInt } from "node:crypto";

const MS_PER_DAY = 86_400_000;

/**
 * Numbers under which clients know vehicles while they are heard of: rows of the tracker's table, mixed with two random
 * numbers that change at midnight UTC, as the labels of stations do. So no slot tells how many are known, or joins two days.
 */
export class Slots {
  #day = -1;
  #mask = 0;
  #factor = 1;
  #inverse = 1;

  /** Call before slots of a time are asked for, Unix ms. True where all slots have changed. */
  turnTo(timeMs: number): boolean {
    const day = Math.floor(timeMs / MS_PER_DAY);
    if (day <= this.#day) return false;
    this.#day = day;
    this.#mask = randomInt(2 ** 32) | 0;
    this.#factor = randomInt(2 ** 32) | 1;
    this.#inverse = inverseOf(this.#factor);
    return true;
  }

  slotOf(row: number): number {
    return Math.imul(row ^ this.#mask, this.#factor) >>> 0;
  }

  rowOf(slot: number): number {
    return (Math.imul(slot, this.#inverse) ^ this.#mask) >>> 0;
  }
}

/** Inverse of an odd number modulo 2^32: each step of Newton's doubles the bits that are right. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let bits = 3; bits < 32; bits *= 2) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}
