const STEP_MS = 0.1;
const STEPS = 100_000;

/** Delays up to 10 s in steps of 0.1 ms, counted. */
export class Delays {
  readonly #counts = new Float64Array(STEPS + 1);
  #total = 0;

  add(delayMs: number, weight = 1): void {
    const step = Math.min(Math.max(Math.ceil(delayMs / STEP_MS), 0), STEPS);
    this.#counts[step] = (this.#counts[step] as number) + weight;
    this.#total += weight;
  }

  /** Upper bound of the step in which the share `q` of the delays is reached, ms; NaN without delays. */
  quantile(q: number): number {
    if (this.#total === 0) return Number.NaN;
    let below = 0;
    for (let step = 0; step <= STEPS; step++) {
      below += this.#counts[step] as number;
      if (below >= q * this.#total) return Math.round(step * STEP_MS * 10) / 10;
    }
    return STEPS * STEP_MS;
  }
}
