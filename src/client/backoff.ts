/** Delays of reconnecting clients: full jitter, so that thousands of them do not come back at one time. */
export const FIRST_DELAY_MS = 500;
export const LONGEST_DELAY_MS = 30_000;

/**
 * Delay before an attempt: any time up to 0.5 s that doubles per failed attempt, at most 30 s.
 *
 * @param failures attempts that failed since the last success, from 0
 * @param random a number 0 ≤ x < 1
 */
export function backoffDelayMs(failures: number, random: number): number {
  let mostMs = FIRST_DELAY_MS;
  for (let i = 0; i < failures && mostMs < LONGEST_DELAY_MS; i++) mostMs *= 2;
  return Math.round(random * Math.min(mostMs, LONGEST_DELAY_MS));
}
