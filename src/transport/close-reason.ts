/** RFC 6455 §5.5: a control frame carries at most 125 bytes, two of which are the close code. */
export const MAX_CLOSE_REASON_BYTES = 123;

/** Close code and reason of a server that shuts down; every engine's `drain` sends it. */
export const SHUTDOWN_REASON = "server is shutting down";

/** Reason that goes with 1003. */
export const TEXT_REFUSED_REASON = "text messages are not supported; send binary";

const encoder = new TextEncoder();

/** Cuts to the longest prefix of whole characters within 123 bytes of UTF-8; half a character would be a protocol error. */
export function cutCloseReason(reason: string): string {
  // Up to 41 UTF-16 units always fit: none takes more than three bytes.
  if (reason.length * 3 <= MAX_CLOSE_REASON_BYTES) return reason;
  const { read } = encoder.encodeInto(reason, new Uint8Array(MAX_CLOSE_REASON_BYTES));
  return reason.slice(0, read);
}
