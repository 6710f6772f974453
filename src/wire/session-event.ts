import type { ProducerRecord } from "../domain/record.ts";
import { type WireSessionEvent, WireSessionEventKind } from "./replay-record.ts";

/** What happened to a producer session. */
export type SessionRecord = Exclude<ProducerRecord, { kind: "message" }>;

/** The record as recordings and replaying clients write it. */
export function toSessionEvent(record: SessionRecord): WireSessionEvent {
  const { slot } = record;
  switch (record.kind) {
    case "session-opened":
      return { slot, kind: WireSessionEventKind.SESSION_EVENT_KIND_OPENED };
    case "session-closed":
      return { slot, kind: WireSessionEventKind.SESSION_EVENT_KIND_CLOSED, reason: record.reason };
    case "shed":
      return {
        slot,
        kind: WireSessionEventKind.SESSION_EVENT_KIND_SHED,
        shed_items: record.items,
        reason: record.reason,
      };
  }
}

/** The inverse; undefined for a kind that this build does not know. */
export function fromSessionEvent(event: WireSessionEvent, receivedAtMs: number): SessionRecord | undefined {
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
