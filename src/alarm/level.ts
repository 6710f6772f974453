import type { Annunciation, Priority } from "../api/contract/alarms.ts";

/**
 * What an alert is to an operator, most urgent first: an alarm of priority 1, 2 or 3, an alert that is seen and not heard,
 * an event for the log. `none`: it is over.
 */
export const LEVELS = ["P1", "P2", "P3", "alert", "event", "none"] as const;
export type Level = (typeof LEVELS)[number];

const RANKS: Readonly<Record<Level, number>> = { P1: 1, P2: 2, P3: 3, alert: 4, event: 5, none: 6 };

export const isAbove = (a: Level, b: Level): boolean => RANKS[a] < RANKS[b];

export const isAlarm = (level: Level): level is "P1" | "P2" | "P3" => RANKS[level] <= 3;

export const moreUrgent = (a: Level, b: Level): Level => (isAbove(b, a) ? b : a);

export function annunciationOf(level: Level): Annunciation {
  if (isAlarm(level)) return "alarm";
  return level === "alert" ? "alert" : "event";
}

/** Silent ones count as the least urgent. */
export function priorityOf(level: Level): Priority {
  if (level === "P1") return 1;
  return level === "P2" ? 2 : 3;
}
