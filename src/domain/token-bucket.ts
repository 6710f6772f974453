/** Items per second that one source may send for long, and how many it may send at once. */
export interface AdmissionLimits {
  readonly itemsPerSecond: number;
  readonly burstItems: number;
}

/** A token bucket: full at the start, refilled by time, never above the burst. A clock that is set back takes nothing away. */
export class TokenBucket {
  readonly #limits: AdmissionLimits;
  #tokens: number;
  #filledAtMs: number;
  #taken = 0;
  #takenFromMs: number;

  constructor(limits: AdmissionLimits, nowMs: number) {
    this.#limits = limits;
    this.#tokens = limits.burstItems;
    this.#filledAtMs = nowMs;
    this.#takenFromMs = nowMs;
  }

  /** Items that may be taken at once now. */
  available(nowMs: number): number {
    const refill = (Math.max(0, nowMs - this.#filledAtMs) * this.#limits.itemsPerSecond) / 1_000;
    this.#tokens = Math.min(this.#limits.burstItems, this.#tokens + refill);
    this.#filledAtMs = nowMs;
    return this.#tokens;
  }

  /**
   * Charges items that were admitted. Safety messages are admitted beyond the rate, and the source then waits for longer,
   * but never longer than one burst takes to refill.
   */
  charge(items: number): void {
    this.#tokens = Math.max(this.#tokens - items, -this.#limits.burstItems);
    this.#taken += items;
  }

  /** Items per second that were taken since this was asked last. */
  takenPerSecond(nowMs: number): number {
    const perSecond = (this.#taken * 1_000) / Math.max(1, nowMs - this.#takenFromMs);
    this.#taken = 0;
    this.#takenFromMs = nowMs;
    return perSecond;
  }

  /** Full buckets need not be remembered: a new one is the same. */
  isFull(nowMs: number): boolean {
    return this.available(nowMs) >= this.#limits.burstItems;
  }
}
