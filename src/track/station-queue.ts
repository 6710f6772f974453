import type { Station } from "./station.ts";

/** How long stations of one kind are kept after their last message, ms. */
export interface StationLifetime {
  /** Found by queries. */
  readonly liveMs: number;
  /** Known by id; at least `liveMs`. */
  readonly keepMs: number;
}

/**
 * Stations of one kind in the order of their last message, as a linked list through the stations themselves. A message
 * and an expiry cost the same whether there are ten stations or a million, because what expires next is always first.
 */
export class StationQueue {
  readonly index: number;
  readonly #lifetime: StationLifetime;
  #first: Station | undefined;
  #last: Station | undefined;
  /** Every station from here on is live, none before. */
  #firstLive: Station | undefined;

  constructor(index: number, lifetime: StationLifetime) {
    this.index = index;
    this.#lifetime = lifetime;
  }

  /** The station that has been silent longest and is no longer live. */
  get longestSilent(): Station | undefined {
    return this.#first === this.#firstLive ? undefined : this.#first;
  }

  /** Adds a station that was heard later than all others. It is live. */
  append(station: Station): void {
    station.queue = this.index;
    station.before = this.#last;
    station.after = undefined;
    if (this.#last === undefined) this.#first = station;
    else this.#last.after = station;
    this.#last = station;
    this.#firstLive ??= station;
  }

  remove(station: Station): void {
    const { before, after } = station;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    if (this.#firstLive === station) this.#firstLive = after;
    station.before = undefined;
    station.after = undefined;
  }

  /** Hands over stations that are no longer live, then those no longer kept; the latter leave the queue. */
  expire(nowMs: number, onSilent: (station: Station) => void, onForgotten: (station: Station) => void): void {
    const { liveMs, keepMs } = this.#lifetime;
    while (this.#firstLive !== undefined && nowMs - this.#firstLive.receivedAtMs > liveMs) {
      onSilent(this.#firstLive);
      this.#firstLive = this.#firstLive.after;
    }
    for (let first = this.#first; first !== this.#firstLive && first !== undefined; first = this.#first) {
      if (nowMs - first.receivedAtMs <= keepMs) return;
      this.remove(first);
      onForgotten(first);
    }
  }

  /** In order; live stations are the last `live`. */
  *stations(): Generator<{ readonly station: Station; readonly isLive: boolean }> {
    let isLive = false;
    for (let station = this.#first; station !== undefined; station = station.after) {
      isLive ||= station === this.#firstLive;
      yield { station, isLive };
    }
  }

  /** Adds a station as the last one, for restoring; live ones must follow all others. */
  restore(station: Station, isLive: boolean): void {
    const firstLive = this.#firstLive;
    this.append(station);
    if (!isLive) this.#firstLive = firstLive;
  }
}
