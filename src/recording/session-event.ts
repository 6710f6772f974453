import { isRejection } from "../domain/rejection.ts";
import { decodeSessionEvent, encodeSessionEvent } from "../wire/replay-record.ts";
import { fromSessionEvent, type SessionRecord, toSessionEvent } from "../wire/session-event.ts";

export type { SessionRecord } from "../wire/session-event.ts";

/** The record as it stands on the topic of session events. */
export const sessionEventBytes = (record: SessionRecord): Uint8Array =>
  encodeSessionEvent(toSessionEvent(record));

/** The inverse; undefined for what this version does not know. */
export function sessionRecord(bytes: Uint8Array, receivedAtMs: number): SessionRecord | undefined {
  const event = decodeSessionEvent(bytes);
  return isRejection(event) ? undefined : fromSessionEvent(event, receivedAtMs);
}
