import type { ReadReport } from "./report-reader.ts";

/** Copies through other receivers arrive within this time. */
const WINDOW_MS = 5_000;

interface Heard {
  readonly receivedAtMs: number;
  readonly receivers: Set<string>;
}

export type Copy = "first" | "other-receiver" | "again";

/** Messages of the last seconds by station and time; a `Map` keeps them in the order in which they came. */
export class Duplicates {
  readonly #heard = new Map<string, Heard>();

  /** The key under which `remember` and `judge` know a message: a station says one thing at a time. */
  static keyOf({ stationId, observedAtMs }: ReadReport): string {
    return `${stationId}:${observedAtMs}`;
  }

  judge(key: string, receiver: string): Copy {
    const heard = this.#heard.get(key);
    if (heard === undefined) return "first";
    if (heard.receivers.has(receiver)) return "again";
    heard.receivers.add(receiver);
    return "other-receiver";
  }

  remember(key: string, receiver: string, receivedAtMs: number): void {
    this.#heard.set(key, { receivedAtMs, receivers: new Set([receiver]) });
  }

  /** Not with every message: a `Map` whose first entries were deleted is slow to begin with. */
  onTick(tickMs: number): void {
    for (const [key, { receivedAtMs }] of this.#heard) {
      if (receivedAtMs >= tickMs - WINDOW_MS) return;
      this.#heard.delete(key);
    }
  }
}
