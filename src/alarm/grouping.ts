import type { AlarmAlert } from "./alarm-input.ts";
import { isLineOver, type Line, MAX_CONDITIONS, REOPEN_MS } from "./line.ts";
import { type AlarmRule, type Family, LAST_CAUSE } from "./rules.ts";
import { gapM, LONGEST_STRETCH_M, spanM } from "./stretch.ts";

/** Something new joins an alarm of its family at most so far away, m. Own choices, with the reason. */
const REACH_M: Readonly<Record<Family, number>> = {
  // Pile-ups and what lies on the road around them; two breakdowns 500 m apart are two.
  "road-event": 500,
  // In a minute at 100 km/h, both ways.
  "wrong-way": 3_000,
  person: 500,
  // Fog and rain have no edge.
  weather: 5_000,
  works: 500,
  crossing: 300,
  passing: 300,
  technical: 2_000,
  notice: 300,
};

/** Symptoms: as far as a queue grows in five minutes (18 km/h, the speed of a moving jam). */
const SYMPTOM_REACH_M = 1_500;

/** A cause that comes later than this after the one before is another event, unless it is at the same place. */
export const CAUSE_WINDOW_MS = 300_000;
const SAME_PLACE_M = 100;

/** The alarm that a new alert joins: the nearest that fits, of equally near ones the eldest. */
export function lineFor(
  alert: AlarmAlert,
  lines: Iterable<Line>,
  nowMs: number,
  rule: AlarmRule,
): Line | undefined {
  let best: Line | undefined;
  let bestM = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    if (line.family !== rule.family || line.exercise !== (alert.exercise === true)) continue;
    if (line.conditions.length >= MAX_CONDITIONS || !isOpen(line, nowMs)) continue;
    const apartM = reachM(alert, line, nowMs, rule);
    if (apartM >= bestM) continue;
    best = line;
    bestM = apartM;
  }
  return best;
}

/** Live, over for a short time, or kept silent at its place. */
function isOpen(line: Line, nowMs: number): boolean {
  if (!isLineOver(line) || line.shelf !== undefined || line.outOfService !== undefined) return true;
  return line.overAtMs === undefined || nowMs - line.overAtMs < REOPEN_MS;
}

/** Distance where the alert fits, infinite where it does not. */
function reachM(alert: AlarmAlert, line: Line, nowMs: number, rule: AlarmRule): number {
  const apart = Number.POSITIVE_INFINITY;
  const nearestM = line.places.reduce((least, place) => Math.min(least, gapM(alert.place, place)), apart);
  const isSymptom = rule.family === "road-event" && rule.rank > LAST_CAUSE;
  if (nearestM > (isSymptom ? SYMPTOM_REACH_M : REACH_M[rule.family])) return apart;
  if (line.places.some((place) => spanM(alert.place, place) > LONGEST_STRETCH_M)) return apart;
  if (rule.family !== "road-event" || isSymptom || nearestM <= SAME_PLACE_M) return nearestM;
  return nowMs - (line.causeAtMs ?? line.beganAtMs) <= CAUSE_WINDOW_MS ? nearestM : apart;
}
