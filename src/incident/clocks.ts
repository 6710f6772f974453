import type { Clock } from "../api/contract/incidents.ts";

/** By when what has to be done, ms after the incident was opened. */
export interface ClockSettings {
  readonly acknowledgeMs: number;
  readonly respondMs: number;
  readonly resolveMs: number;
  /** How long an acknowledgement holds without anybody being assigned or at work. */
  readonly acknowledgementHoldsMs: number;
}

export type ClockName = "acknowledge" | "first-response" | "resolve";

export function startClocks(atMs: number, settings: ClockSettings): readonly Clock[] {
  const clock = (name: ClockName, afterMs: number): Clock => ({
    name,
    dueAtMs: atMs + afterMs,
    breached: false,
  });
  return [
    clock("acknowledge", settings.acknowledgeMs),
    clock("first-response", settings.respondMs),
    clock("resolve", settings.resolveMs),
  ];
}

/** Stops clocks that run; one that is stopped late is breached. */
export function stopClocks(
  clocks: readonly Clock[],
  names: readonly ClockName[],
  atMs: number,
): readonly Clock[] {
  return clocks.map((clock) =>
    clock.doneAtMs === undefined && names.some((name) => name === clock.name)
      ? { ...clock, doneAtMs: atMs, breached: clock.breached || atMs > clock.dueAtMs }
      : clock,
  );
}

/** A clock that runs again, because what was done is undone. A breach stays. */
export function restartClock(clocks: readonly Clock[], name: ClockName): readonly Clock[] {
  return clocks.map((clock) => {
    if (clock.name !== name) return clock;
    const { doneAtMs: _, ...running } = clock;
    return running;
  });
}

/** Clocks that run, are late, and have not been told to be. */
export function newlyBreached(clocks: readonly Clock[], atMs: number): readonly Clock[] {
  return clocks.filter(
    ({ doneAtMs, breached, dueAtMs }) => doneAtMs === undefined && !breached && atMs > dueAtMs,
  );
}
