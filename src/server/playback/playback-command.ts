import { JSON_MESSAGE } from "../../api/contract/live.ts";
import { PLAYBACK_SPEEDS, type PlaybackCommand } from "../../api/contract/playback.ts";

const MAX_COMMAND_BYTES = 256;

/**
 * The command in a message of a console, or what is wrong with it in a sentence; undefined where the message is about
 * something else. Never throws.
 */
export function readPlaybackCommand(bytes: Uint8Array): PlaybackCommand | string | undefined {
  if (bytes[0] !== JSON_MESSAGE || bytes.length > MAX_COMMAND_BYTES) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.subarray(1)).toString("utf8"));
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || (value as { type?: unknown }).type !== "playback")
    return undefined;
  return commandOf(value as Readonly<Record<string, unknown>>);
}

function commandOf({ command, atMs, speed }: Readonly<Record<string, unknown>>): PlaybackCommand | string {
  switch (command) {
    case "play":
    case "pause":
      return { command };
    case "seek":
      return typeof atMs === "number" && Number.isFinite(atMs)
        ? { command, atMs }
        : "atMs must be a time in Unix ms.";
    case "speed": {
      const known = PLAYBACK_SPEEDS.find((one) => one === speed);
      return known === undefined
        ? `speed must be one of ${PLAYBACK_SPEEDS.join(", ")}.`
        : { command, speed: known };
    }
    default:
      return "command must be one of play, pause, seek, speed.";
  }
}
