import type { AlarmAlert } from "./alarm-input.ts";
import { isAbove, isAlarm, type Level } from "./level.ts";
import { type AlarmRule, holdMsOf, levelOf } from "./rules.ts";

/** Never due. */
export const NEVER = Number.MAX_SAFE_INTEGER;

/** One alert of an alarm: what it is by its rule, and what of it has lasted. */
export interface Condition {
  alert: AlarmAlert;
  /** By its rule, as it was last told. */
  told: Level;
  /** What has lasted long enough to count. */
  lasting: Level;
  /** When `told` becomes `lasting`, Unix ms; `NEVER` where they are equal. */
  dueAtMs: number;
}

export function newCondition(alert: AlarmAlert, rule: AlarmRule, atMs: number): Condition {
  const condition: Condition = { alert, told: "none", lasting: "none", dueAtMs: NEVER };
  tell(condition, alert, rule, atMs);
  return condition;
}

/** Takes the alert as it is now: what is more urgent must last before it counts, what is less urgent likewise. */
export function tell(condition: Condition, alert: AlarmAlert, rule: AlarmRule, atMs: number): void {
  const told = levelOf(alert, rule);
  const { lasting, dueAtMs } = condition;
  const wasRising = isAbove(condition.told, lasting);
  const wasFalling = isAbove(lasting, condition.told);
  condition.alert = alert;
  condition.told = told;
  if (told === lasting) condition.dueAtMs = NEVER;
  else if (isAbove(told, lasting)) {
    const waitMs = isAlarm(told) ? holdMsOf(alert, rule) : 0;
    condition.dueAtMs = wasRising ? Math.min(dueAtMs, atMs + waitMs) : atMs + waitMs;
  } else {
    const waitMs = isAlarm(lasting) ? rule.releaseMs : 0;
    condition.dueAtMs = wasFalling ? dueAtMs : atMs + waitMs;
  }
}

/** True where something came due. */
export function settle(condition: Condition, nowMs: number): boolean {
  if (condition.dueAtMs > nowMs) return false;
  condition.lasting = condition.told;
  condition.dueAtMs = NEVER;
  return true;
}

export const isOver = ({ told, lasting }: Condition): boolean => told === "none" && lasting === "none";
