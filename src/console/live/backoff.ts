/** Full jitter: any time up to a bound that doubles (AWS Architecture Blog, Exponential Backoff And Jitter, 2015). */
const FIRST_MS = 250;
const MOST_MS = 15_000;

/** How long to wait before the next attempt; `attempts` failed in a row, at least one; `random` in [0, 1). */
export function backoffMs(attempts: number, random: number): number {
  const bound = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempts, 16));
  return FIRST_MS + random * (bound - FIRST_MS);
}
