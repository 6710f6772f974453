import type { AdmissionLimits } from "../domain/token-bucket.ts";

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

/** Messages that have been waiting without a break for so long are more than what a pause has left behind. */
const STANDING_MS = 100;

/** A loop that had time to wait for work is late by the fault of others on the machine: to take less would not help. */
const BUSY_SHARE = 0.9;

/**
 * Of what the busiest source was given. A loop that is late takes too much by an unknown factor. One that is on time and
 * leaves messages waiting was given as much as it can take, and a little less lets it catch up.
 */
const DOWN_LATE = 0.7;
const DOWN_STANDING = 0.95;

/** What waits is being worked off where a window leaves less of it. */
const SHRINKS = 0.95;

/** Back in steps, each twice the one before while all is well, faster where the limit binds nobody. */
const FIRST_UP = 0.05;
const MOST_UP = 0.5;
const UP_UNUSED = 2;
const UNUSED_SHARE = 0.8;

/** A source that sends once a second, the slowest rate of CAMs (TS 103 900), is heard in any overload, jitter included. */
const LEAST_ITEMS_PER_S = 1.5;

/** What may come at once while there is no room: what may come in this time. */
const BURST_S = 1;

/** Asked a few times a second; each tells of the time since it was asked last. */
export interface LoadFigures {
  /** What the busiest source was given. */
  readonly mostTakenPerSecond: () => number;
  /** Share of the time in which the event loop did not wait for work, 0 to 1. */
  readonly busyShare: () => number;
}

/** Messages that wait because turns of the loop had no time for them. */
export interface Waiting {
  /** How long there have been some without a break. */
  readonly standingMs: number;
  readonly bytes: number;
}

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
  #shortestStandingMs = Number.POSITIVE_INFINITY;
  #waitingBytes = 0;
  #looks = 0;
  #up = FIRST_UP;
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
   */
  look(nowMs: number, waiting: Waiting, { mostTakenPerSecond, busyShare }: LoadFigures): void {
    const delayMs = nowMs - this.#lastLookMs - this.#lookEveryMs;
    this.#lastLookMs = nowMs;
    if (Number.isNaN(delayMs)) {
      this.#windowEndsMs = nowMs + WINDOW_MS;
      return;
    }
    this.#looks++;
    this.#shortestMs = Math.min(this.#shortestMs, delayMs);
    this.#shortestStandingMs = Math.min(this.#shortestStandingMs, waiting.standingMs);
    if (nowMs < this.#windowEndsMs || this.#looks < FEWEST_LOOKS) return;
    this.#decide(waiting.bytes, mostTakenPerSecond(), busyShare());
    this.#waitingBytes = waiting.bytes;
    this.#windowEndsMs = nowMs + WINDOW_MS;
    this.#shortestMs = Number.POSITIVE_INFINITY;
    this.#shortestStandingMs = Number.POSITIVE_INFINITY;
    this.#looks = 0;
  }

  #decide(waitingBytes: number, mostTaken: number, busyShare: number): void {
    const { itemsPerSecond } = this.#limits;
    const stands = this.#shortestStandingMs >= STANDING_MS;
    if (this.#shortestMs >= OVERLOADED_MS && busyShare >= BUSY_SHARE) {
      this.#lower(Math.min(itemsPerSecond, mostTaken) * DOWN_LATE);
    } else if (stands) {
      const shrinks = waitingBytes < this.#waitingBytes * SHRINKS;
      if (!shrinks && busyShare >= BUSY_SHARE)
        this.#lower(Math.min(itemsPerSecond, mostTaken) * DOWN_STANDING);
    } else if (this.#shortestMs <= EASY_MS && this.isOverloaded) {
      this.#raise(mostTaken < itemsPerSecond * UNUSED_SHARE);
    }
  }

  #lower(itemsPerSecond: number): void {
    if (!this.isOverloaded) this.episodes++;
    this.#up = FIRST_UP;
    this.#limit(Math.max(LEAST_ITEMS_PER_S, itemsPerSecond));
  }

  #raise(isUnused: boolean): void {
    this.#limit(this.#limits.itemsPerSecond * (isUnused ? UP_UNUSED : 1 + this.#up));
    this.#up = Math.min(MOST_UP, 2 * this.#up);
  }

  #limit(itemsPerSecond: number): void {
    const { itemsPerSecond: most, burstItems } = this.#full;
    this.#limits.itemsPerSecond = Math.min(most, itemsPerSecond);
    this.#limits.burstItems = this.isOverloaded
      ? Math.min(burstItems, Math.max(1, this.#limits.itemsPerSecond * BURST_S))
      : burstItems;
  }
}
