import type { MessageRecord, ProducerRecord } from "../domain/record.ts";
import { isRejection } from "../domain/rejection.ts";
import { decodeIngestFrame, encodeIngestFrame } from "../wire/ingest-frame.ts";
import { hasHello } from "./frame-head.ts";
import { FRAME_TOPIC, SESSION_TOPIC, SLOT_KEY, toMilliseconds } from "./layout.ts";
import { type ChannelMessage, fileParts } from "./message-source.ts";
import { sessionRecord } from "./session-event.ts";
import { type RecordingWarning, WarningList } from "./warnings.ts";

/** A record as recordings hold it: all kinds but ticks. */
export type RecordedRecord = ProducerRecord;

/** Part of a recording by receive time, Unix ms. */
export interface ReceiveRange {
  /** First receive time; the start of the recording where absent. */
  readonly fromMs?: number;
  /** First receive time that no longer belongs to it; the end of the recording where absent. */
  readonly toMs?: number;
}

export interface RecordingRead extends AsyncIterable<readonly RecordedRecord[]> {
  /** What was met so far that is not as it should be; complete after the last batch. */
  readonly warnings: readonly RecordingWarning[];
}

/**
 * The records of a recording in file order, which is the order of the sequencer, in batches of one chunk. A file without
 * footer is read as far as it goes; a damaged chunk is left out; both leave a warning. Where the range starts later than
 * the recording, the sessions that were open then are opened and introduced first, at `fromMs`. Rejects only where the
 * file cannot be opened or read.
 */
export function readRecording(path: string, range: ReceiveRange = {}): RecordingRead {
  const warnings = new WarningList();
  return {
    get warnings() {
      return warnings.all;
    },
    [Symbol.asyncIterator]: () => batches(path, range, warnings),
  };
}

async function* batches(
  path: string,
  { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY }: ReceiveRange,
  warnings: WarningList,
): AsyncGenerator<readonly RecordedRecord[]> {
  const converter = new RecordConverter(warnings);
  const earlier = new OpenSessions();
  let hasBegun = false;
  for await (const part of fileParts(path, warnings)) {
    if (part.kind !== "messages") continue;
    const records = converter.convert(part.messages);
    const inRange = records.filter(({ receivedAtMs }) => receivedAtMs >= fromMs && receivedAtMs < toMs);
    if (!hasBegun) for (const record of records) if (record.receivedAtMs < fromMs) earlier.apply(record);
    if (inRange.length > 0) {
      if (!hasBegun) inRange.unshift(...earlier.introductions(fromMs));
      hasBegun = true;
      yield inRange;
    }
    if ((records.at(-1)?.receivedAtMs ?? fromMs) >= toMs) return;
  }
}

class RecordConverter {
  readonly #warnings: WarningList;
  #lastReceivedAtMs = Number.NEGATIVE_INFINITY;

  constructor(warnings: WarningList) {
    this.#warnings = warnings;
  }

  convert(messages: readonly ChannelMessage[]): RecordedRecord[] {
    const records: RecordedRecord[] = [];
    for (const { channel, message } of messages) {
      const receivedAtMs = this.#forward(toMilliseconds(message.logTime));
      if (channel.topic === FRAME_TOPIC) {
        const slot = Number(channel.metadata.get(SLOT_KEY) ?? 0);
        records.push({ kind: "message", receivedAtMs, slot, bytes: message.data });
      } else if (channel.topic === SESSION_TOPIC) {
        const record = sessionRecord(message.data, receivedAtMs);
        if (record !== undefined) records.push(record);
        else
          this.#warnings.record(
            "unreadable-event",
            "session events that this version cannot read were left out",
          );
      }
    }
    return records;
  }

  /** Files that other tools have cut or merged may hold times that go back; the order of the file counts. */
  #forward(receivedAtMs: number): number {
    if (receivedAtMs < this.#lastReceivedAtMs) {
      this.#warnings.record("time-went-back", "receive times that go back were replaced by the one before");
      return this.#lastReceivedAtMs;
    }
    this.#lastReceivedAtMs = receivedAtMs;
    return receivedAtMs;
  }
}

/** Sessions that were opened before the range: without their hello every frame in it would be refused. */
class OpenSessions {
  readonly #hellos = new Map<number, Uint8Array | undefined>();

  apply(record: RecordedRecord): void {
    if (record.kind === "session-opened") this.#hellos.set(record.slot, undefined);
    else if (record.kind === "session-closed") this.#hellos.delete(record.slot);
    else if (record.kind === "message" && this.#hellos.has(record.slot) && hasHello(record.bytes)) {
      this.#hellos.set(record.slot, record.bytes);
    }
  }

  introductions(atMs: number): RecordedRecord[] {
    return [...this.#hellos].flatMap(([slot, frame]) => {
      const opened: RecordedRecord = { kind: "session-opened", receivedAtMs: atMs, slot };
      const hello = frame === undefined ? undefined : helloOnly(frame, slot, atMs);
      return hello === undefined ? [opened] : [opened, hello];
    });
  }
}

/** The hello of a frame without the items that travelled with it: those belong to the time before the range. */
function helloOnly(bytes: Uint8Array, slot: number, receivedAtMs: number): MessageRecord | undefined {
  const frame = decodeIngestFrame(bytes);
  if (isRejection(frame) || !frame.hello) return undefined;
  const { hello, frame_seq = 0, schema_minor = 0 } = frame;
  const introduction = encodeIngestFrame({ frame_seq, schema_minor, hello });
  return { kind: "message", receivedAtMs, slot, bytes: introduction };
}
