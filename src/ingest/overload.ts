import type { AdmissionLimits } from "./admission.ts";

/** The loop is looked at this often; later looks are its delay. */
export interface OverloadOptions {
  readonly lookEveryMs: number;
  /** What a source may send while there is room. */
  readonly limits: AdmissionLimits;
}

/**
 * The shortest delay of a window tells overload from a pause: a garbage collection or a neighbour on the machine delays
 * one look, work that does not fit delays all (CoDel's rule, RFC 8289 §3.2). Measured below saturation: median delays of
 * 2 to 5 ms, so 15 ms in each of five looks is work that piles up.
 */
const WINDOW_MS = 250;
const FEWEST_LOOKS = 2;
const OVERLOADED_MS = 15;
const EASY_MS = 5;

/** Of what the busiest source was given; and back in steps that do not overshoot, faster where the limit binds nobody. */
const DOWN = 0.7;
const UP = 1.02;
const UP_UNUSED = 2;
const UNUSED_SHARE = 0.8;

/** A source that sends once a second, the slowest rate of CAMs (TS 103 900), is heard in any overload, jitter included. */
const LEAST_ITEMS_PER_S = 1.5;

/** What may come at once while there is no room: what may come in this time. */
const BURST_S = 1;

/**
 * Lowers what every source may send while the loop cannot follow. All have the same limit, so those that send less than
 * it lose nothing and what is left is shared evenly by the others (max-min fairness); safety messages pass admission
 * anyway. Buckets refer to `limits` and feel a change at once.
 */
export class OverloadGuard {
  readonly #full: AdmissionLimits;
  readonly #lookEveryMs: number;
  readonly #limits: { itemsPerSecond: number; burstItems: number };
  #lastLookMs = Number.NaN;
  #windowEndsMs = Number.NaN;
  #shortestMs = Number.POSITIVE_INFINITY;
  #looks = 0;
  /** Times that it began. */
  episodes = 0;

  constructor({ lookEveryMs, limits }: OverloadOptions) {
    this.#lookEveryMs = lookEveryMs;
    this.#full = limits;
    this.#limits = { ...limits };
  }

  /** What a source may send now. */
  get limits(): AdmissionLimits {
    return this.#limits;
  }

  get isOverloaded(): boolean {
    return this.#limits.itemsPerSecond < this.#full.itemsPerSecond;
  }

  /**
   * Called by a timer of `lookEveryMs`.
   * @param nowMs on a monotonic clock
   * @param mostTakenPerSecond what the busiest source was given since this was asked last; asked a few times a second
   */
  look(nowMs: number, mostTakenPerSecond: () => number): void {
    const delayMs = nowMs - this.#lastLookMs - this.#lookEveryMs;
    this.#lastLookMs = nowMs;
    if (Number.isNaN(delayMs)) {
      this.#windowEndsMs = nowMs + WINDOW_MS;
      return;
    }
    this.#looks++;
    this.#shortestMs = Math.min(this.#shortestMs, delayMs);
    if (nowMs < this.#windowEndsMs || this.#looks < FEWEST_LOOKS) return;
    this.#decide(mostTakenPerSecond());
    this.#windowEndsMs = nowMs + WINDOW_MS;
    this.#shortestMs = Number.POSITIVE_INFINITY;
    this.#looks = 0;
  }

  #decide(mostTaken: number): void {
    const { itemsPerSecond } = this.#limits;
    if (this.#shortestMs >= OVERLOADED_MS) {
      if (!this.isOverloaded) this.episodes++;
      this.#limit(Math.max(LEAST_ITEMS_PER_S, Math.min(itemsPerSecond, mostTaken) * DOWN));
    } else if (this.#shortestMs <= EASY_MS && this.isOverloaded) {
      this.#limit(itemsPerSecond * (mostTaken < itemsPerSecond * UNUSED_SHARE ? UP_UNUSED : UP));
    }
  }

  #limit(itemsPerSecond: number): void {
    const { itemsPerSecond: most, burstItems } = this.#full;
    this.#limits.itemsPerSecond = Math.min(most, itemsPerSecond);
    this.#limits.burstItems = this.isOverloaded
      ? Math.min(burstItems, Math.max(1, this.#limits.itemsPerSecond * BURST_S))
      : burstItems;
  }
}
