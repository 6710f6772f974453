import type { AlarmInput, AlarmRefusal } from "./alarm-input.ts";
import { isAlarm } from "./level.ts";
import { isLineOver, isPresent, type Line } from "./line.ts";

type Command = Extract<AlarmInput, { type: "command" }>;

/** Nobody shelves beyond the end of a shift (console-and-ecosystem §2; ISA-18.2 asks for a limit). */
export const LONGEST_SHELF_MS = 8 * 3_600_000;

/** Longer reasons belong into an incident. */
export const MAX_REASON_CHARACTERS = 500;

/** Does what an operator says to a line, or tells why not; then nothing has changed. */
export function obey(line: Line, input: Command, nowMs: number): AlarmRefusal | undefined {
  switch (input.command.command) {
    case "acknowledge":
      return acknowledge(line, input, nowMs);
    case "shelve":
      return shelve(line, input.command, input, nowMs);
    case "unshelve":
      return unshelve(line);
    case "remove-from-service":
      return removeFromService(line, input.command.reason, input, nowMs);
    case "return-to-service":
      return returnToService(line, input);
    default:
      return { code: "bad-command", message: "This is no command for an alarm." };
  }
}

function acknowledge(line: Line, { by }: Command, nowMs: number): AlarmRefusal | undefined {
  if (!line.needsAcknowledgement)
    return impossible("Nothing is to be acknowledged here: somebody has done so, or it was never announced.");
  seen(line, by, nowMs);
  return undefined;
}

function seen(line: Line, by: string, nowMs: number): void {
  if (!line.needsAcknowledgement) return;
  line.needsAcknowledgement = false;
  line.acknowledged = { by, atMs: nowMs };
  line.suppressed = undefined;
  if (!isPresent(line) && !isLineOver(line)) line.calledFor = "none";
}

function shelve(
  line: Line,
  { untilMs, reason, oneShot = false }: Extract<Command["command"], { command: "shelve" }>,
  { by, isAdmin }: Command,
  nowMs: number,
): AlarmRefusal | undefined {
  if (!isReason(reason)) return badReason();
  if (!(untilMs > nowMs && untilMs <= nowMs + LONGEST_SHELF_MS))
    return { code: "bad-command", message: "An alarm is shelved until a time within the next eight hours." };
  if (isLineOver(line)) return impossible("The alarm is over; there is nothing to shelve.");
  if (!isAlarm(line.shown)) return impossible("Only alarms are shelved; this one is silent anyway.");
  if (line.shown === "P1" && !isAdmin)
    return forbidden("Only an administrator shelves an alarm of priority 1.");
  seen(line, by, nowMs);
  line.shelf = { by, untilMs, reason: reason.trim(), oneShot, level: line.shown };
  return undefined;
}

/** Who takes it off the shelf hears of it again if it is still there. */
function unshelve(line: Line): AlarmRefusal | undefined {
  if (line.shelf === undefined) return impossible("The alarm is not on the shelf.");
  line.shelf = undefined;
  line.calledFor = "none";
  return undefined;
}

function removeFromService(
  line: Line,
  reason: string,
  { by, isAdmin }: Command,
  nowMs: number,
): AlarmRefusal | undefined {
  if (!isAdmin) return forbidden("Only an administrator takes an alarm out of service.");
  if (!isReason(reason)) return badReason();
  seen(line, by, nowMs);
  line.outOfService = { by, atMs: nowMs, reason: reason.trim() };
  return undefined;
}

function returnToService(line: Line, { isAdmin }: Command): AlarmRefusal | undefined {
  if (!isAdmin) return forbidden("Only an administrator returns an alarm to service.");
  if (line.outOfService === undefined) return impossible("The alarm is in service.");
  line.outOfService = undefined;
  line.calledFor = "none";
  return undefined;
}

function isReason(reason: unknown): reason is string {
  return typeof reason === "string" && reason.trim() !== "" && reason.length <= MAX_REASON_CHARACTERS;
}

const badReason = (): AlarmRefusal => ({
  code: "bad-command",
  message: `A reason of 1 to ${MAX_REASON_CHARACTERS} characters is needed.`,
});
const impossible = (message: string): AlarmRefusal => ({ code: "not-possible", message });
const forbidden = (message: string): AlarmRefusal => ({ code: "not-permitted", message });
