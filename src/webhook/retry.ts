/** Longest pause between two attempts: a receiver that is back is found within it. */
export const LONGEST_PAUSE_MS = 5 * 60_000;
const FIRST_PAUSE_MS = 500;

/** A receiver that asks for more patience is asked again after this. */
const LONGEST_RETRY_AFTER_MS = 60 * 60_000;

/**
 * Pause before the next attempt: any time up to 0.5 s that doubles per failure, at most 5 min (full jitter: many senders
 * do not come back at one moment), and no sooner than the receiver asked for.
 *
 * @param failures failed attempts in a row, from 1
 * @param random a number 0 ≤ x < 1
 */
export function pauseMs(failures: number, retryAfterMs: number | undefined, random: number): number {
  let mostMs = FIRST_PAUSE_MS;
  for (let i = 1; i < failures && mostMs < LONGEST_PAUSE_MS; i++) mostMs *= 2;
  const jitteredMs = Math.round(random * Math.min(mostMs, LONGEST_PAUSE_MS));
  // Those who were told the same time should not come at the same time either.
  return retryAfterMs === undefined
    ? jitteredMs
    : Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) + jitteredMs;
}

/** `Retry-After` (RFC 9110 §10.2.3): seconds or a date. Undefined where it is neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  // Without the zone of an HTTP date, V8 takes nearly any text for some date.
  const atMs = header.trim().endsWith(" GMT") ? Date.parse(header) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
