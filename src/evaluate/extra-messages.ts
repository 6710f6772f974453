import type { StreamRecord } from "../domain/record.ts";
import { encodeIngestFrame, SCHEMA_MINOR, type WireIngestItem } from "../wire/ingest-frame.ts";

/** A message that no table of vehicles can hold: weather, signals, notices. */
export interface ExtraMessage {
  readonly receivedAtMs: number;
  /** Time that the item's offsets refer to, Unix ms; the receive time where absent. */
  readonly baseMs?: number;
  /** Name of the source that tells it. */
  readonly source: string;
  readonly item: WireIngestItem;
}

/** Slots of the sources of extra messages begin here; receivers of vehicles have lower ones. */
const FIRST_SLOT = 2_000;
const GATEWAY = 3;
const UTC = 1;

/** Records with messages of further sources among them, by receive time. `extras` are sorted by it. */
export async function* withExtras(
  batches: AsyncIterable<readonly StreamRecord[]>,
  extras: readonly ExtraMessage[],
): AsyncGenerator<readonly StreamRecord[]> {
  const sources = new ExtraSources();
  let next = 0;
  for await (const batch of batches) {
    const merged: StreamRecord[] = [];
    for (const record of batch) {
      for (; next < extras.length; next++) {
        const extra = extras[next] as ExtraMessage;
        if (extra.receivedAtMs > record.receivedAtMs) break;
        merged.push(...sources.records(extra));
      }
      merged.push(record);
    }
    yield merged;
  }
  const rest = extras.slice(next).flatMap((extra) => sources.records(extra));
  if (rest.length > 0) yield rest;
}

class ExtraSources {
  readonly #slots = new Map<string, number>();
  readonly #sequence = new Map<number, number>();

  records({ receivedAtMs, source, item, baseMs = Math.floor(receivedAtMs) }: ExtraMessage): StreamRecord[] {
    const known = this.#slots.get(source);
    if (known !== undefined)
      return [this.#message(known, receivedAtMs, { base_time_unix_ms: baseMs, items: [item] })];
    const slot = FIRST_SLOT + this.#slots.size;
    this.#slots.set(source, slot);
    const hello = { source_id: source, kind: GATEWAY, time_base: UTC, software: "roadpulse evaluate" };
    return [
      { kind: "session-opened", receivedAtMs, slot },
      this.#message(slot, receivedAtMs, { base_time_unix_ms: baseMs, hello }),
      this.#message(slot, receivedAtMs, { base_time_unix_ms: baseMs, items: [item] }),
    ];
  }

  #message(slot: number, receivedAtMs: number, frame: Parameters<typeof encodeIngestFrame>[0]): StreamRecord {
    const frame_seq = this.#sequence.get(slot) ?? 0;
    this.#sequence.set(slot, frame_seq + 1);
    const bytes = encodeIngestFrame({ ...frame, frame_seq, schema_minor: SCHEMA_MINOR });
    return { kind: "message", receivedAtMs, slot, bytes };
  }
}
