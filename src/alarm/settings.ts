import { ALERT_KINDS, type AlertKind } from "../domain/alert.ts";
import { closestWord } from "../domain/closest-word.ts";
import type { FloodLimits } from "./annunciations.ts";
import { LEVELS, type Level } from "./level.ts";
import { ALARM_RULES, type AlarmRule, type AlarmRules, type Levels } from "./rules.ts";

/** The rules in force, and when it is too much for people. */
export interface AlarmSettings extends FloodLimits {
  readonly rules: AlarmRules;
}

/** One operator. With several at desks of their own the limits grow with them. */
export const DEFAULT_ALARM_SETTINGS: AlarmSettings = { rules: ALARM_RULES, floodFrom: 10, floodBelow: 5 };

/** Settings that cannot be used; the message is a clause that names the member, without a full stop. */
export class AlarmSettingsError extends Error {
  override readonly name = "AlarmSettingsError";
}

type Members = Readonly<Record<string, unknown>>;

const MS_PER_S = 1_000;
const LONGEST_S = 3_600;
const MOST_OPERATORS = 100;

/** Members of a rule that an operator may set. The reason is demanded: somebody will ask for it. */
const RULE_MEMBERS = ["fast", "elsewhere", "confined", "holdS", "holdOneS", "releaseS", "reason"];

/**
 * Reads an operator's settings: `{ "operators": 2, "rules": { "congestion": { "fast": ["P2", "alert"], "holdS": 120,
 * "reason": "…" } } }`. What is not named stays as it is.
 * @throws AlarmSettingsError
 */
export function readAlarmSettings(value: unknown): AlarmSettings {
  const members = membersOf(value, "the settings of alarms");
  refuseOthers(members, ["operators", "rules"], "the settings of alarms");
  const operators = numberOf(members["operators"] ?? 1, "operators", 1, MOST_OPERATORS);
  const changed = membersOf(members["rules"] ?? {}, "rules");
  const rules: Record<AlertKind, AlarmRule> = { ...ALARM_RULES };
  for (const [kind, rule] of Object.entries(changed)) rules[kindOf(kind)] = ruleOf(kindOf(kind), rule);
  const { floodFrom, floodBelow } = DEFAULT_ALARM_SETTINGS;
  return { rules, floodFrom: floodFrom * operators, floodBelow: floodBelow * operators };
}

function kindOf(kind: string): AlertKind {
  if ((ALERT_KINDS as readonly string[]).includes(kind)) return kind as AlertKind;
  const meant = closestWord(kind, ALERT_KINDS);
  throw new AlarmSettingsError(
    `rules: ${kind} is no kind of alert${meant === undefined ? "" : `; did you mean ${meant}?`}`,
  );
}

function ruleOf(kind: AlertKind, value: unknown): AlarmRule {
  const where = `rules.${kind}`;
  const members = membersOf(value, where);
  refuseOthers(members, RULE_MEMBERS, where);
  const { reason, confined } = members;
  if (typeof reason !== "string" || reason.trim() === "")
    throw new AlarmSettingsError(`${where} needs a reason`);
  const rule = ALARM_RULES[kind];
  const timeMs = (member: string, usual: number): number =>
    members[member] === undefined
      ? usual
      : numberOf(members[member], `${where}.${member}`, 0, LONGEST_S) * MS_PER_S;
  const close = confined === undefined ? rule.confined : levelsOf(confined, `${where}.confined`);
  return {
    ...rule,
    fast: levelsOf(members["fast"] ?? rule.fast, `${where}.fast`),
    elsewhere: levelsOf(members["elsewhere"] ?? rule.elsewhere, `${where}.elsewhere`),
    ...(close === undefined ? {} : { confined: close }),
    holdMs: timeMs("holdS", rule.holdMs),
    holdOneMs: timeMs("holdOneS", rule.holdOneMs),
    releaseMs: timeMs("releaseS", rule.releaseMs),
    reason: reason.trim(),
  };
}

function levelsOf(value: unknown, where: string): Levels {
  const [confirmed, suspected, ...more] = Array.isArray(value) ? (value as unknown[]) : [];
  if (isLevel(confirmed) && isLevel(suspected) && more.length === 0) return [confirmed, suspected];
  throw new AlarmSettingsError(
    `${where} must be two of P1, P2, P3, alert, event: for confirmed and suspected alerts`,
  );
}

function isLevel(value: unknown): value is Level {
  return value !== "none" && (LEVELS as readonly unknown[]).includes(value);
}

function numberOf(value: unknown, where: string, least: number, most: number): number {
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw new AlarmSettingsError(`${where} must be a number from ${least} to ${most}`);
}

function membersOf(value: unknown, where: string): Members {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Members;
  throw new AlarmSettingsError(`${where} must be a JSON object`);
}

function refuseOthers(members: Members, allowed: readonly string[], where: string): void {
  const other = Object.keys(members).find((key) => !allowed.includes(key));
  if (other === undefined) return;
  throw new AlarmSettingsError(`${where}: ${other} is not known; known are ${allowed.join(", ")}`);
}
