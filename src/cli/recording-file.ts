import type { RecordingRead } from "../recording/reader.ts";
import type { RecordingWarning } from "../recording/warnings.ts";
import { type CliIo, CommandFailure, usageFailure } from "./io.ts";
import { printable } from "./style.ts";

/** Why a file could not be opened, as a sentence; what is no such error is a bug and stays one. */
export function openingFailure(file: string, error: unknown): unknown {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case "ENOENT":
      return new CommandFailure(`${file} does not exist.`);
    case "EACCES":
      return new CommandFailure(`${file} may not be read by this user.`);
    case "EISDIR":
      return new CommandFailure(`${file} is a directory.`, "Name a single file.");
    default:
      return error;
  }
}

/** Tells what was wrong with a recording that was read nevertheless. */
export function tellWarnings(io: CliIo, warnings: readonly RecordingWarning[]): void {
  for (const { code, text, count } of warnings) {
    io.stderr.write(`Warning: ${code}: ${printable(text)}${count > 1 ? ` (${count} times)` : ""}\n`);
  }
}

/** When a recording begins, Unix ms; undefined where it holds no records. */
export async function firstReceivedAtMs(recording: RecordingRead): Promise<number | undefined> {
  for await (const [first] of recording) if (first !== undefined) return first.receivedAtMs;
  return undefined;
}

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/**
 * A moment of a recording: an ISO 8601 time, or the time since its start, e.g. `90s`, `5m`. Unix ms.
 * @throws CommandFailure where the text is neither
 */
export function momentFrom(flag: string, text: string, startMs: number): number {
  const since = /^\+?(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (since !== null) return startMs + Number(since[1]) * UNIT_MS[since[2] as keyof typeof UNIT_MS];
  const timeMs = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(timeMs)) return timeMs;
  throw usageFailure(
    `${flag} takes a time or the time since the recording's start, not ${text}.`,
    `For example ${flag} 90s, ${flag} 5m or ${flag} 2026-03-04T05:06:07Z.`,
  );
}
