import type { Car } from "./car.ts";

/** The vehicles of one lane, front first. */
export class LaneOrder {
  readonly cars: Car[] = [];

  clear(): void {
    this.cars.length = 0;
  }

  /** Place of the first vehicle that is not ahead of `atM`. */
  indexAt(atM: number): number {
    let low = 0;
    let high = this.cars.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.cars[middle]?.atM ?? 0) > atM) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The next vehicle ahead of a place, and the next behind it or beside it. */
  around(atM: number): { readonly leader: Car | undefined; readonly follower: Car | undefined } {
    const index = this.indexAt(atM);
    return { leader: this.cars[index - 1], follower: this.cars[index] };
  }
}
