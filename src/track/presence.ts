import { TICK_MS } from "../domain/time.ts";
import type { Station, StationWatch } from "./station.ts";

/** How long stations of one kind are kept after their last message, ms. */
export interface StationLifetime {
  /** Found by queries. */
  readonly liveMs: number;
  /** Known by id; at least `liveMs`. */
  readonly keepMs: number;
}

/** What becomes of a station that is heard no more. */
export interface PresenceEvents {
  readonly onSilent: (station: Station) => void;
  readonly onForgotten: (station: Station) => void;
}

/**
 * A gateway that goes takes its whole fleet with it: 17,000 stations that fell silent in one tick took 22 ms to leave the
 * index (measured), so more than these wait for the next tick. They are 160,000 a second, more than reports of stations
 * that fall silent between two of them can be processed, so that those who wait do not become ever more.
 */
const MOST_PER_TICK = 8_000;

/** In place of a slot: due, and waiting for a tick that has time. */
const OVERDUE = -2;

/**
 * Who of one kind of stations is live, silent, or to be forgotten. Live stations wait in a wheel with one slot per tick,
 * each in the slot where it was due when it was put there; one that has been heard meanwhile is put into a later slot.
 * So a message costs nothing, and a tick only what may be due in it.
 */
export class Presence implements StationWatch {
  readonly #liveMs: number;
  readonly #keepMs: number;
  readonly #events: PresenceEvents;
  readonly #wheel: Station[][];
  /** Those that were due, in the order of their last message, from `#nextOverdue` on. */
  #overdue: Station[] = [];
  #nextOverdue = 0;
  /** In the order of their last message, equal times by id. */
  readonly #silent = new Set<Station>();
  #tick = 0;

  constructor({ liveMs, keepMs }: StationLifetime, events: PresenceEvents) {
    this.#liveMs = liveMs;
    this.#keepMs = keepMs;
    this.#events = events;
    this.#wheel = Array.from({ length: Math.floor(liveMs / TICK_MS) + 3 }, () => []);
  }

  /** The station that has been silent longest. */
  get longestSilent(): Station | undefined {
    for (const station of this.#silent) return station;
    return undefined;
  }

  /** Takes a station that was heard just now: a new one, one that was silent, or one of another kind before. */
  enter(station: Station): void {
    station.presence?.leave(station);
    station.presence = this;
    this.#schedule(station);
  }

  /** Takes a silent station; those heard before it must have been taken before it. */
  enterSilent(station: Station): void {
    station.presence = this;
    this.#silent.add(station);
  }

  leave(station: Station): void {
    station.presence = undefined;
    station.slot = -1;
    this.#silent.delete(station);
  }

  onTick(tickMs: number): void {
    const tick = Math.floor(tickMs / TICK_MS);
    // After a long pause every slot is looked at once.
    for (let next = Math.max(this.#tick + 1, tick - this.#wheel.length + 1); next <= tick; next++) {
      this.#turn(next, tick);
    }
    this.#silence(tick);
    this.#tick = tick;
    let forgotten = 0;
    for (const station of this.#silent) {
      if (tickMs - station.receivedAtMs <= this.#keepMs || ++forgotten > MOST_PER_TICK) return;
      this.leave(station);
      this.#events.onForgotten(station);
    }
  }

  #turn(slotTick: number, tick: number): void {
    const slot = slotTick % this.#wheel.length;
    const due = this.#wheel[slot] as Station[];
    if (due.length === 0) return;
    this.#wheel[slot] = [];
    const silent: Station[] = [];
    for (const station of due) {
      // It may have changed its kind meanwhile.
      if (station.presence !== this || station.slot !== slot) continue;
      if (this.#dueTick(station) > tick) this.#schedule(station);
      else silent.push(station);
    }
    silent.sort(byLastMessage);
    for (const station of silent) {
      station.slot = OVERDUE;
      this.#overdue.push(station);
    }
  }

  /** Takes out those who are due, as many as a tick has time for; who was heard while waiting is live. */
  #silence(tick: number): void {
    const overdue = this.#overdue;
    if (overdue.length === 0) return;
    for (let left = MOST_PER_TICK; left > 0 && this.#nextOverdue < overdue.length; ) {
      const station = overdue[this.#nextOverdue++] as Station;
      if (station.presence !== this || station.slot !== OVERDUE) continue;
      if (this.#dueTick(station) > tick) {
        this.#schedule(station);
        continue;
      }
      left--;
      station.slot = -1;
      this.#silent.add(station);
      this.#events.onSilent(station);
    }
    if (this.#nextOverdue < overdue.length && this.#nextOverdue < MOST_PER_TICK) return;
    this.#overdue = overdue.slice(this.#nextOverdue);
    this.#nextOverdue = 0;
  }

  /** The first tick at which the station has been silent for more than `liveMs`. */
  #dueTick(station: Station): number {
    return Math.floor((station.receivedAtMs + this.#liveMs) / TICK_MS) + 1;
  }

  #schedule(station: Station): void {
    this.#wait(station, Math.max(this.#tick + 1, this.#dueTick(station)));
  }

  #wait(station: Station, tick: number): void {
    station.slot = tick % this.#wheel.length;
    (this.#wheel[station.slot] as Station[]).push(station);
  }
}

/** Order in which stations fall silent. */
export function byLastMessage(a: Station, b: Station): number {
  return a.receivedAtMs - b.receivedAtMs || a.stationId - b.stationId;
}
