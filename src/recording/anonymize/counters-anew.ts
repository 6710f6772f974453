/** Highest sequence number of an event (`hazard.proto`). */
const MAX_SEQUENCE = 65_535;

/** Gives the counters of road users new numbers in order of appearance; a day begins anew. */
export class CountersAnew {
  readonly #known = new Map<string, number>();
  readonly #next = new Map<string, number>();
  #day = Number.NaN;

  /** @param owner who counts, and what @param value 0 means "not given" and stays, as does what is no counter value */
  renumbered(owner: string, value: number, day: number): number {
    if (value > MAX_SEQUENCE) return value;
    if (day !== this.#day) {
      this.#day = day;
      this.#known.clear();
      this.#next.clear();
    }
    const key = `${owner}|${value}`;
    const before = this.#known.get(key);
    if (before !== undefined) return before;
    const number = (this.#next.get(owner) ?? 0) + 1;
    this.#next.set(owner, number);
    this.#known.set(key, number);
    return number;
  }
}
