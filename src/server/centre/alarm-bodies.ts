import type { AlarmCommand } from "../../api/contract/alarms.ts";
import { closestWord } from "../../domain/closest-word.ts";

type Members = Readonly<Record<string, unknown>>;

const COMMANDS = ["acknowledge", "shelve", "unshelve", "remove-from-service", "return-to-service"] as const;

/** What fits on a screen. */
const MAX_PAGE = 50;

/** Reads a command; a sentence where it is none. What it may do is for the alarm to say. */
export function readAlarmCommand(value: unknown): AlarmCommand | string {
  const { command, untilMs, reason, oneShot }: Members = membersOf(value);
  switch (command) {
    case "acknowledge":
    case "unshelve":
    case "return-to-service":
      return { command };
    case "remove-from-service":
      return typeof reason === "string" ? { command, reason } : "reason must be text.";
    case "shelve":
      if (typeof untilMs !== "number" || !Number.isFinite(untilMs))
        return "untilMs must be a time in Unix ms.";
      if (typeof reason !== "string") return "reason must be text.";
      return { command, untilMs, reason, oneShot: oneShot === true };
    default:
      return unknownCommand(command);
  }
}

function unknownCommand(command: unknown): string {
  const meant = typeof command === "string" ? closestWord(command, COMMANDS) : undefined;
  const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return `command must be one of ${COMMANDS.join(", ")}.${hint}`;
}

/** Reads `{ alarms: [{ alarmId, revision }] }`; a sentence where it is none. */
export function readPage(
  value: unknown,
): readonly { readonly alarmId: string; readonly revision: number }[] | string {
  const { alarms } = membersOf(value);
  if (!Array.isArray(alarms) || alarms.length === 0 || alarms.length > MAX_PAGE)
    return `alarms must be a list of 1 to ${MAX_PAGE}.`;
  const page = alarms.map((one: unknown) => membersOf(one));
  const wrong = page.findIndex(
    ({ alarmId, revision }) => typeof alarmId !== "string" || typeof revision !== "number",
  );
  if (wrong >= 0) return `alarms[${wrong}] must have an alarmId and a revision.`;
  return page as unknown as { alarmId: string; revision: number }[];
}

export function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}
