import { baseTimeMs, decodeFrame, decodeItem } from "../../../src/decode/frame.ts";
import type { MessageRecord } from "../../../src/domain/record.ts";
import { isRejection } from "../../../src/domain/rejection.ts";
import type { Source } from "../../../src/domain/station.ts";
import { decodeIngestFrame } from "../../../src/wire/ingest-frame.ts";
import { peekFrame } from "../../../src/wire/peek.ts";
import { CamStream } from "../../traffic/cam-stream.ts";
import { type MicroCase, type MicroPart, sink } from "../harness.ts";
import type { MicroSize } from "../size.ts";

export const GATEWAY: Source = { slot: 1, name: "bench", kind: "gateway", timeBase: "utc" };

const BATCH = 50;

/** Reading of 43-byte reports: protobuf alone, and on to domain terms with all limits checked. */
export function decodePart(size: MicroSize): MicroPart {
  const single = messages(size.stations, 1);
  const batched = messages(size.stations, BATCH);
  const over = (records: readonly MessageRecord[], read: (bytes: Uint8Array) => number) => () => () => {
    for (const { bytes } of records) sink.sum += read(bytes);
  };
  const reading = (
    name: string,
    records: readonly MessageRecord[],
    read: (bytes: Uint8Array) => number,
  ): MicroCase => ({ name, unit: "report", operations: size.stations, batch: over(records, read) });
  return {
    name: "decode",
    cases: [
      reading("protobufjs, 1 per message", single, wireItems),
      reading(`protobufjs, ${BATCH} per message`, batched, wireItems),
      reading("to domain, 1 per message", single, domainItems),
      reading(`to domain, ${BATCH} per message`, batched, domainItems),
      reading("count items without decoding, 1 per message", single, (bytes) => peekFrame(bytes).items),
      reading(
        `count items without decoding, ${BATCH} per message`,
        batched,
        (bytes) => peekFrame(bytes).items,
      ),
    ],
  };
}

function messages(stations: number, reportsPerMessage: number): MessageRecord[] {
  return new CamStream({ vehicles: stations, reportsPerMessage, seed: 1 }).sweep();
}

function wireItems(bytes: Uint8Array): number {
  const frame = decodeIngestFrame(bytes);
  return isRejection(frame) ? 0 : (frame.items?.length ?? 0);
}

function domainItems(bytes: Uint8Array): number {
  const frame = decodeFrame(bytes);
  if (isRejection(frame)) return 0;
  const baseMs = baseTimeMs(frame, GATEWAY.timeBase);
  let decoded = 0;
  for (const item of frame.items ?? []) if (!isRejection(decodeItem(item, baseMs, GATEWAY))) decoded++;
  return decoded;
}
