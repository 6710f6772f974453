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
const FEWEST_LOOKS = 3;
const OVERLOADED_MS = 15;
const EASY_MS = 8;

/** In a second to a thousandth of what was allowed, and back in some seconds. */
const DOWN = 0.4;
const UP = 1.3;

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

  /** Called by a timer of `lookEveryMs`. @param nowMs on a monotonic clock */
  look(nowMs: number): void {
    const delayMs = nowMs - this.#lastLookMs - this.#lookEveryMs;
    this.#lastLookMs = nowMs;
    if (Number.isNaN(delayMs)) {
      this.#windowEndsMs = nowMs + WINDOW_MS;
      return;
    }
    this.#looks++;
    this.#shortestMs = Math.min(this.#shortestMs, delayMs);
    if (nowMs < this.#windowEndsMs || this.#looks < FEWEST_LOOKS) return;
    if (this.#shortestMs >= OVERLOADED_MS) this.#lower();
    else if (this.#shortestMs <= EASY_MS && this.isOverloaded) this.#limit(this.#limits.itemsPerSecond * UP);
    this.#windowEndsMs = nowMs + WINDOW_MS;
    this.#shortestMs = Number.POSITIVE_INFINITY;
    this.#looks = 0;
  }

  #lower(): void {
    if (!this.isOverloaded) this.episodes++;
    this.#limit(Math.max(LEAST_ITEMS_PER_S, this.#limits.itemsPerSecond * DOWN));
  }

  #limit(itemsPerSecond: number): void {
    const { itemsPerSecond: most, burstItems } = this.#full;
    this.#limits.itemsPerSecond = Math.min(most, itemsPerSecond);
    this.#limits.burstItems = this.isOverloaded
      ? Math.min(burstItems, Math.max(1, this.#limits.itemsPerSecond * BURST_S))
      : burstItems;
  }
}
