import type { Observation } from "../domain/observation.ts";
import { type Rejection, reject } from "../domain/rejection.ts";
import { tickAtOrBeforeMs, watermarkAtMs } from "../domain/time.ts";
import type { ValidateOptions } from "./options.ts";

/** `late`: behind the watermark. `replaced`: a safety message whose claim cannot be used. */
export type ClockVerdict = "in-time" | "late" | "replaced" | Rejection;

const FUTURE = reject("future");
const STALE = reject("stale");

/**
 * Judges a station's claim of when it saw what it reports. A safety message is used whatever its clock says, at its
 * receive time; of the others, those from the future and those too old are refused.
 */
export function judgeClock(
  kind: Observation["kind"],
  isSafety: boolean,
  observedAtMs: number,
  receivedAtMs: number,
  options: ValidateOptions,
): ClockVerdict {
  const ageMs = receivedAtMs - observedAtMs;
  if (ageMs < -options.futureLimitMs) return isSafety ? "replaced" : FUTURE;
  if (ageMs > options.staleLimitMs[kind]) return isSafety ? "replaced" : STALE;
  return observedAtMs < watermarkAtMs(tickAtOrBeforeMs(receivedAtMs)) ? "late" : "in-time";
}
