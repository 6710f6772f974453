import type { MessageRecord } from "../../domain/record.ts";
import { isRejection } from "../../domain/rejection.ts";
import {
  decodeIngestFrame,
  encodeIngestFrame,
  MAX_FRAME_ITEMS,
  type WireHello,
  type WireIngestFrame,
} from "../../wire/ingest-frame.ts";
import type { RecordedRecord } from "../reader.ts";
import { FRAME, HELLO, keptOf } from "./fields.ts";
import type { ItemRewriter } from "./item-rewriter.ts";
import { type Pseudonyms, utcDay } from "./pseudonyms.ts";
import type { SessionKinds, SurveyedSession } from "./session-kinds.ts";
import type { Tally } from "./tally.ts";

/** Names of sources as the protocol has them; others are refused, and stay so without being told. */
const SOURCE_NAME = /^[a-z0-9._:-]{1,64}$/;

/** Reasons for the end of a session that servers and imports write; anything else could be text of a client. */
const SESSION_REASON = /^(\d{4}|[a-z -]{1,32})$/;

/** A frame as everybody may read it, or undefined where no server takes it. */
export function readableFrame(bytes: Uint8Array): WireIngestFrame | undefined {
  const frame = decodeIngestFrame(bytes);
  return isRejection(frame) || (frame.items?.length ?? 0) > MAX_FRAME_ITEMS ? undefined : frame;
}

/** Writes records anew. Those of sessions stay, frames lose what may not leave. */
export class FrameRewriter {
  readonly #sessions: SessionKinds;
  readonly #items: ItemRewriter;
  readonly #pseudonyms: Pseudonyms;
  readonly #tally: Tally;

  constructor(sessions: SessionKinds, items: ItemRewriter, pseudonyms: Pseudonyms, tally: Tally) {
    this.#sessions = sessions;
    this.#items = items;
    this.#pseudonyms = pseudonyms;
    this.#tally = tally;
  }

  /** Undefined where nothing of the record leaves. */
  rewrite(record: RecordedRecord): RecordedRecord | undefined {
    if (record.kind === "message") return this.#message(record);
    this.#sessions.note(record);
    if (record.kind === "session-opened") return record;
    return SESSION_REASON.test(record.reason) ? record : { ...record, reason: "other" };
  }

  #message(record: MessageRecord): MessageRecord | undefined {
    const frame = readableFrame(record.bytes);
    if (frame === undefined) {
      this.#tally.unusableFrames++;
      return undefined;
    }
    const session = this.#sessions.hear(record.slot, frame, record.receivedAtMs);
    if (frame.subscribe || frame.unsubscribe) this.#tally.droppedSubscriptions++;
    const before = frame.items ?? [];
    const items = before.flatMap(
      (item) => this.#items.rewrite(item, record.receivedAtMs, session.isVehicle) ?? [],
    );
    if (before.length > 0 && items.length === 0 && !frame.hello) {
      this.#tally.emptiedFrames++;
      return undefined;
    }
    this.#countStations(session, frame);
    const bytes = encodeIngestFrame({
      ...keptOf(frame, FRAME),
      frame_seq: session.isVehicle ? session.frames++ : (frame.frame_seq ?? 0),
      items,
      ...(frame.hello ? { hello: this.#hello(frame.hello, session) } : {}),
    });
    return { ...record, bytes };
  }

  #hello(hello: WireHello, { isVehicle, openedAtMs }: SurveyedSession): WireHello {
    const name = hello.source_id ?? "";
    const kept = keptOf(hello, HELLO);
    if (!SOURCE_NAME.test(name)) return { ...kept, source_id: "" };
    if (!isVehicle) return { ...kept, source_id: name, software: hello.software ?? "" };
    return { ...kept, source_id: this.#pseudonyms.name("vehicle", name, utcDay(openedAtMs)) };
  }

  #countStations(session: SurveyedSession, frame: WireIngestFrame): void {
    if (!session.isVehicle || session.hasSeveralStations) return;
    for (const { station_id: id } of frame.items ?? []) {
      session.stationId ??= id ?? 0;
      if (session.stationId !== id) session.hasSeveralStations = true;
    }
    if (session.hasSeveralStations) this.#tally.sessionsWithSeveralStations++;
  }
}
