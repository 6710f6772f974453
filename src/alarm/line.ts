import type { AlarmState, AlarmView } from "../api/contract/alarms.ts";
import type { AlarmAlert, AlarmPlace } from "./alarm-input.ts";
import { type Condition, isOver, NEVER } from "./condition.ts";
import { annunciationOf, isAbove, isAlarm, type Level, moreUrgent, priorityOf } from "./level.ts";
import type { AlarmRules, Family } from "./rules.ts";
import { stretchName } from "./stretch.ts";

/** An alarm that comes back within this keeps its id (MnDOT IRIS, `incident_clear_secs`). */
export const REOPEN_MS = 300_000;

/** Present for longer than this it says nothing any more (ISA-18.2: stale alarms). */
export const STALE_MS = 86_400_000;

/** So many times within so long it chatters (ISA-18.2, exida: three in a minute), until it has been quiet for `REOPEN_MS`. */
export const CHATTER_TIMES = 3;
export const CHATTER_MS = 60_000;

/** Alerts that are over and still named; more are counted. */
const MAX_OVER = 50;

/** Alerts of one alarm; whatever comes on top begins another: nobody reads more, and each change looks at all of them. */
export const MAX_CONDITIONS = 200;

export interface Shelf {
  readonly by: string;
  readonly untilMs: number;
  readonly reason: string;
  readonly oneShot: boolean;
  /** What is more urgent than the alarm was when it was shelved comes through. */
  readonly level: Level;
}

/** One line of the operators' list, as kept. */
export interface Line {
  readonly alarmId: string;
  /** Grows in the order in which alarms began. */
  readonly ordinal: number;
  readonly family: Family;
  readonly exercise: boolean;
  readonly beganAtMs: number;
  revision: number;
  /** Live ones, and the last that are over, in the order in which they came. */
  conditions: Condition[];
  /** How many have ever belonged to it. */
  alerts: number;
  /** The most urgent that has lasted since it last was over; what it was while it is over. */
  level: Level;
  /** What is told of it: as `level`, and before anything lasts what waits. */
  shown: Level;
  /** Where its live alerts are, or were last. */
  places: AlarmPlace[];
  /** When the last cause joined it, Unix ms. */
  causeAtMs: number | undefined;
  calledAtMs: number | undefined;
  /** The level that operators were called for, falling with the alarm; `none` where they were not. */
  calledFor: Level;
  needsAcknowledgement: boolean;
  acknowledged: { readonly by: string; readonly atMs: number } | undefined;
  suppressed: "flood" | "chatter" | undefined;
  /** When it ceased to be an alarm that operators were called for, or was over without a call. */
  clearedAtMs: number | undefined;
  /** When the last of its alerts was over; undefined while one is live. */
  overAtMs: number | undefined;
  shelf: Shelf | undefined;
  outOfService: { readonly by: string; readonly atMs: number; readonly reason: string } | undefined;
  /** The last times that it began. */
  begins: number[];
  isChattering: boolean;
  /** Present without a break since; undefined while it is not. */
  presentSinceMs: number | undefined;
  isStale: boolean;
}

export function newLine(
  alarmId: string,
  ordinal: number,
  { beganAtMs, exercise }: AlarmAlert,
  family: Family,
): Line {
  return {
    alarmId,
    ordinal,
    family,
    exercise: exercise === true,
    beganAtMs,
    revision: 0,
    conditions: [],
    alerts: 0,
    level: "none",
    shown: "event",
    places: [],
    causeAtMs: undefined,
    calledAtMs: undefined,
    calledFor: "none",
    needsAcknowledgement: false,
    acknowledged: undefined,
    suppressed: undefined,
    clearedAtMs: undefined,
    overAtMs: undefined,
    shelf: undefined,
    outOfService: undefined,
    begins: [],
    isChattering: false,
    presentSinceMs: undefined,
    isStale: false,
  };
}

export const isPresent = (line: Line): boolean => isAlarm(line.level);

/** Nothing of it is left, and nothing of what is over is held. */
export const isLineOver = (line: Line): boolean => line.conditions.every(isOver);

/** The most urgent of its alerts by what has lasted. */
export function lastingLevel(line: Line): Level {
  return line.conditions.reduce<Level>((level, { lasting }) => moreUrgent(level, lasting), "none");
}

/** The same with what still waits to last. */
export function waitingLevel(line: Line): Level {
  return line.conditions.reduce<Level>(
    (level, { told, lasting }) => moreUrgent(level, moreUrgent(told, lasting)),
    "none",
  );
}

/** True while a shelf or service keeps it silent at a level. */
export function isSilenced({ shelf, outOfService }: Line, level: Level): boolean {
  return outOfService !== undefined || (shelf !== undefined && !isAbove(level, shelf.level));
}

/** The alert that stands for all: live before over, cause before symptom, urgent before not, old before new. */
export function representative({ conditions }: Line, rules: AlarmRules): Condition | undefined {
  const key = ({ alert, told, lasting }: Condition) => [
    told === "none" ? 1 : 0,
    rules[alert.kind].rank,
    priorityOf(moreUrgent(told, lasting)),
    alert.beganAtMs,
  ];
  let best: Condition | undefined;
  for (const condition of conditions)
    if (best === undefined || isBefore(key(condition), key(best))) best = condition;
  return best;
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

/** Lets the eldest of the alerts go that are over. Answers their ids. */
export function letGo(line: Line): string[] {
  const over = line.conditions.filter(isOver);
  if (over.length <= MAX_OVER) return [];
  const gone = new Set(over.slice(0, over.length - MAX_OVER));
  line.conditions = line.conditions.filter((condition) => !gone.has(condition));
  return [...gone].map(({ alert }) => alert.alertId);
}

export function stateOf(line: Line): AlarmState {
  if (isPresent(line)) {
    if (line.calledFor === "none") return "held";
    return line.needsAcknowledgement ? "unacknowledged" : "acknowledged";
  }
  if (line.needsAcknowledgement) return "cleared-unacknowledged";
  return line.calledFor !== "none" || isLineOver(line) ? "cleared" : "held";
}

/** When something changes by time alone. */
export function dueAtMs(line: Line): number {
  let dueMs = line.shelf?.untilMs ?? NEVER;
  for (const condition of line.conditions) dueMs = Math.min(dueMs, condition.dueAtMs);
  if (line.presentSinceMs !== undefined && !line.isStale)
    dueMs = Math.min(dueMs, line.presentSinceMs + STALE_MS);
  if (line.isChattering) dueMs = Math.min(dueMs, (line.begins.at(-1) ?? 0) + REOPEN_MS);
  if (isForgettable(line)) dueMs = Math.min(dueMs, forgetAtMs(line));
  return dueMs;
}

/** Over, seen, and held by nothing: it leaves the list after a while. */
export function isForgettable(line: Line): boolean {
  if (line.overAtMs === undefined || line.needsAcknowledgement) return false;
  return line.shelf === undefined && line.outOfService === undefined;
}

/** Whoever has acknowledged it sees it for as long as it could come back. */
export function forgetAtMs({ overAtMs = 0, acknowledged }: Line): number {
  return Math.max(overAtMs, acknowledged?.atMs ?? 0) + REOPEN_MS;
}

export function viewOf(line: Line, rules: AlarmRules): AlarmView {
  const parent = representative(line, rules);
  const ids = line.conditions.map(({ alert }) => alert.alertId);
  const alertId = parent?.alert.alertId ?? "";
  const { shelf } = line;
  return {
    alarmId: line.alarmId,
    revision: line.revision,
    annunciation: annunciationOf(line.shown),
    priority: priorityOf(line.shown),
    state: stateOf(line),
    alertId,
    children: [alertId, ...ids.filter((id) => id !== alertId)],
    alerts: line.alerts,
    kind: parent?.alert.kind ?? "notice",
    stretch: parent === undefined ? "" : stretchName(parent.alert.place),
    beganAtMs: line.beganAtMs,
    annunciatedAtMs: line.suppressed === undefined ? line.calledAtMs : undefined,
    clearedAtMs: line.clearedAtMs,
    acknowledged: line.acknowledged,
    shelved: shelf && { by: shelf.by, untilMs: shelf.untilMs, reason: shelf.reason, oneShot: shelf.oneShot },
    outOfService: line.outOfService,
    suppressed: line.suppressed,
    chattering: line.isChattering,
    stale: line.isStale,
    exercise: line.exercise,
    incidentId: undefined,
  };
}

/** What it is counted under: kind and stretch of the alert that stands for it. */
export function keyOf(line: Line, rules: AlarmRules): string {
  const parent = representative(line, rules);
  return parent === undefined ? line.alarmId : `${parent.alert.kind} · ${stretchName(parent.alert.place)}`;
}
