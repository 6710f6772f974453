import { setTimeout as sleep } from "node:timers/promises";

/** Speed of a replay: 1 is real time, `max` waits for nothing. */
export type ReplaySpeed = number | "max";

/** Shorter waits cost more than they are worth: timers have a grain of 1 ms. */
const SHORTEST_WAIT_MS = 2;

/**
 * Holds a replay to its speed: `until(t)` resolves when the moment `t` of the recording has come. What happened late is
 * made up for, so the speed holds over the whole recording.
 */
export class Pacer {
  readonly #speed: ReplaySpeed;
  #recordedStartMs: number | undefined;
  #startedAtMs = 0;

  constructor(speed: ReplaySpeed) {
    this.#speed = speed;
  }

  /** True where the moment has not come yet: callers skip the await, and its turn of the event loop, otherwise. */
  isAhead(recordedMs: number): boolean {
    return this.#waitMs(recordedMs) >= SHORTEST_WAIT_MS;
  }

  async until(recordedMs: number, signal?: AbortSignal): Promise<void> {
    const waitMs = this.#waitMs(recordedMs);
    if (waitMs < SHORTEST_WAIT_MS) return;
    await sleep(waitMs, undefined, signal === undefined ? {} : { signal }).catch(() => {});
  }

  #waitMs(recordedMs: number): number {
    if (this.#speed === "max") return 0;
    const nowMs = performance.now();
    if (this.#recordedStartMs === undefined) {
      this.#recordedStartMs = recordedMs;
      this.#startedAtMs = nowMs;
    }
    return this.#startedAtMs + (recordedMs - this.#recordedStartMs) / this.#speed - nowMs;
  }
}
