import { performance } from "node:perf_hooks";

/** Tells Unix time in ms. The sequencer's only source of time. */
export type Clock = () => number;

/**
 * Wall clock at start plus the monotonic clock: a step of the wall clock (NTP, an operator, a leap second) neither
 * moves receive times back nor fires timeouts.
 */
export function liveClock(): Clock {
  const startWallMs = Date.now();
  const startMonotonicMs = performance.now();
  return () => startWallMs + (performance.now() - startMonotonicMs);
}
