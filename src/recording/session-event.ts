import type { StreamRecord } from "../domain/record.ts";
import { isRejection } from "../domain/rejection.ts";
import { decodeSessionEvent, encodeSessionEvent, WireSessionEventKind } from "../wire/replay-record.ts";

export type SessionRecord = Exclude<StreamRecord, { kind: "tick" } | { kind: "message" }>;

/** The record as it stands on the topic of session events. */
export function sessionEventBytes(record: SessionRecord): Uint8Array {
  switch (record.kind) {
    case "session-opened":
      return encodeSessionEvent({
        slot: record.slot,
        kind: WireSessionEventKind.SESSION_EVENT_KIND_OPENED,
      });
    case "session-closed":
      return encodeSessionEvent({
        slot: record.slot,
        kind: WireSessionEventKind.SESSION_EVENT_KIND_CLOSED,
        reason: record.reason,
      });
    case "shed":
      return encodeSessionEvent({
        slot: record.slot,
        kind: WireSessionEventKind.SESSION_EVENT_KIND_SHED,
        shed_items: record.items,
        reason: record.reason,
      });
  }
}

/** The inverse; undefined for what this version does not know. */
export function sessionRecord(bytes: Uint8Array, receivedAtMs: number): SessionRecord | undefined {
  const event = decodeSessionEvent(bytes);
  if (isRejection(event)) return undefined;
  const slot = event.slot ?? 0;
  const reason = event.reason ?? "";
  switch (event.kind) {
    case WireSessionEventKind.SESSION_EVENT_KIND_OPENED:
      return { kind: "session-opened", receivedAtMs, slot };
    case WireSessionEventKind.SESSION_EVENT_KIND_CLOSED:
      return { kind: "session-closed", receivedAtMs, slot, reason };
    case WireSessionEventKind.SESSION_EVENT_KIND_SHED:
      return { kind: "shed", receivedAtMs, slot, items: event.shed_items ?? 0, reason };
    default:
      return undefined;
  }
}
