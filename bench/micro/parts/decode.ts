import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { baseTimeMs, decodeFrame, decodeItem } from "../../../src/decode/frame.ts";
import { PLAIN_BOUNDS, PlainReports, ReportList } from "../../../src/decode/plain-reports.ts";
import type { MessageRecord } from "../../../src/domain/record.ts";
import { isRejection } from "../../../src/domain/rejection.ts";
import type { Source } from "../../../src/domain/station.ts";
import { descriptorSetBase64 } from "../../../src/wire/gen/descriptor.ts";
import { decodeIngestFrame } from "../../../src/wire/ingest-frame.ts";
import { peekFrame } from "../../../src/wire/peek.ts";
import { PlainFrame } from "../../../src/wire/plain-frame.ts";
import { AWARENESS, PlainItem } from "../../../src/wire/plain-item.ts";
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
    note: "43-byte reports; ours reads into integers that are used again, the libraries make objects",
    cases: [
      reading("protobufjs, 1 per message", single, wireItems),
      reading("ours, 1 per message", single, plainItems),
      reading("protobuf-es, 1 per message", single, protobufEsItems()),
      reading(`protobufjs, ${BATCH} per message`, batched, wireItems),
      reading(`ours, ${BATCH} per message`, batched, plainItems),
      reading(`protobuf-es, ${BATCH} per message`, batched, protobufEsItems()),
      reading("protobufjs to domain, 1 per message", single, domainItems),
      reading("ours to domain, 1 per message", single, plainReports),
      reading(`protobufjs to domain, ${BATCH} per message`, batched, domainItems),
      reading(`ours to domain, ${BATCH} per message`, batched, plainReports),
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

const plainFrame = new PlainFrame();
const plainItem = new PlainItem(PLAIN_BOUNDS);

function plainItems(bytes: Uint8Array): number {
  if (!plainFrame.read(bytes)) return 0;
  const { starts, ends, items } = plainFrame;
  let sum = 0;
  for (let i = 0; i < items; i++) {
    if (!plainItem.read(bytes, starts[i] as number, ends[i] as number)) return 0;
    sum += plainItem.report.orZero(AWARENESS.speed);
  }
  return sum;
}

const reports = new PlainReports();
const list = new ReportList();

function plainReports(bytes: Uint8Array): number {
  return reports.read(bytes, GATEWAY, list) ? list.decoded.length : 0;
}

/** A decoder of another kind: it follows the schema at run time. */
function protobufEsItems(): (bytes: Uint8Array) => number {
  const descriptors = fromBinary(FileDescriptorSetSchema, Buffer.from(descriptorSetBase64, "base64"));
  const schema = createFileRegistry(descriptors).getMessage("roadpulse.stream.v1.IngestFrame");
  if (schema === undefined) throw new Error("the descriptor set lacks IngestFrame");
  return (bytes) => (fromBinary(schema, bytes) as unknown as { items: unknown[] }).items.length;
}
