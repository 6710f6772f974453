/**
 * Time that one turn of the event loop may spend on messages that can wait. Everything that arrives meanwhile, safety
 * messages too, waits for the turn to end: with two slices a turn (what arrives, what waits) and the ticks between, a
 * safety message is read within some 30 ms however much else there is. Shorter slices cost throughput: own measurement.
 */
export const SLICE_MS = 8;

/** Tells whether the present turn of the event loop still has time. */
export class Turn {
  readonly #defer: (end: () => void) => void;
  #beganMs = Number.NaN;

  /** @param defer calls back when the present turn has brought all that it brings */
  constructor(defer: (end: () => void) => void) {
    this.#defer = defer;
  }

  /** The first question of a turn begins it. */
  hasTime(nowMs: number): boolean {
    if (Number.isNaN(this.#beganMs)) {
      this.#beganMs = nowMs;
      this.#defer(this.#end);
    }
    return nowMs - this.#beganMs < SLICE_MS;
  }

  readonly #end = (): void => {
    this.#beganMs = Number.NaN;
  };
}
