import { type Alert, isTerminal } from "../domain/alert.ts";
import type { AlertLog, LoggedAlert } from "../domain/alert-log.ts";

/** At 100 transitions a second this is eleven minutes of absence; about 2 kB each. */
export const DEFAULT_RING_TRANSITIONS = 65_536;

/** A ring in memory: a restart begins a new epoch. */
export class MemoryAlertLog implements AlertLog {
  readonly epoch: number;
  readonly liveAtOpening = [];
  readonly #capacity: number;
  readonly #ring: LoggedAlert[] = [];
  /** Last number of every alert that has not ended. */
  readonly #lastOf = new Map<string, number>();
  #newest = 0;

  /** @param epoch above 0 and different after each restart, e.g. the Unix time of the start, ms */
  constructor(epoch: number, capacity = DEFAULT_RING_TRANSITIONS) {
    this.epoch = epoch;
    this.#capacity = capacity;
  }

  get newest(): number {
    return this.#newest;
  }

  get oldest(): number {
    return this.#newest - this.#ring.length + 1;
  }

  get recent(): number {
    return this.oldest;
  }

  append(alerts: readonly Alert[]): readonly LoggedAlert[] {
    return alerts.map((alert) => this.#append(alert));
  }

  at(sequence: number): LoggedAlert | undefined {
    if (sequence < this.oldest || sequence > this.#newest) return undefined;
    return this.#ring[(sequence - 1) % this.#capacity];
  }

  lacksAfter(): boolean {
    return false;
  }

  #append(alert: Alert): LoggedAlert {
    const sequence = ++this.#newest;
    const entry = { sequence, alert, previousSequence: this.#lastOf.get(alert.alertId) ?? 0 };
    if (isTerminal(alert.state)) this.#lastOf.delete(alert.alertId);
    else this.#lastOf.set(alert.alertId, sequence);
    this.#ring[(sequence - 1) % this.#capacity] = entry;
    return entry;
  }
}
