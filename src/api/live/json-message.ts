import { JSON_MESSAGE, type LiveMessage } from "../contract/live.ts";

const encoder = new TextEncoder();

/** A JSON message of the live stream. */
export function encodeJson(message: LiveMessage): Uint8Array {
  const text = encoder.encode(JSON.stringify(message));
  const bytes = new Uint8Array(text.length + 1);
  bytes[0] = JSON_MESSAGE;
  bytes.set(text, 1);
  return bytes;
}
