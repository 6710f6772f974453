import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { createFileRegistry, fromBinary, toJson } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { McapIndexedReader, type McapTypes } from "@mcap/core";
import { describe, expect, test } from "vitest";
import { decodeIngestFrame, encodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import { message, START_MS, scratchFile, someRecords, write } from "./support.ts";

/** The library's own reader, which needs index, checksums and footer to be right. */
async function indexed(path: string): Promise<{ reader: McapIndexedReader; messages: McapTypes.Message[] }> {
  const file = readFileSync(path);
  const readable = {
    size: async () => BigInt(file.length),
    read: async (offset: bigint, size: bigint) =>
      Uint8Array.from(file.subarray(Number(offset), Number(offset + size))),
  };
  const reader = await McapIndexedReader.Initialize({ readable });
  const messages: McapTypes.Message[] = [];
  for await (const entry of reader.readMessages()) messages.push(entry);
  expect(reader.dataSectionCrc).toBe(crc32(file.subarray(0, Number(reader.dataEndOffset))));
  return { reader, messages };
}

/** The type that a schema of the recording describes, as a decoder that knows nothing of this project sees it. */
function describedType(schema: McapTypes.Schema) {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, schema.data));
  const type = registry.getMessage(schema.name);
  if (type === undefined) throw new Error(`${schema.name} is not in its own schema`);
  return { type, registry };
}

describe("an indexed reader", () => {
  test("finds every message, the statistics and the metadata", async () => {
    const file = scratchFile();
    const records = someRecords(2_000);
    const summary = await write(file, records, { provenance: { seed: "1" } });

    const { reader, messages } = await indexed(file);

    expect(messages).toHaveLength(records.length);
    expect(messages.map(({ logTime }) => Number(logTime / 1_000n))).toEqual(
      records.map(({ receivedAtMs }) => Math.round(receivedAtMs * 1_000)),
    );
    expect(messages.map(({ sequence }) => sequence)).toEqual(records.map((_, index) => index));
    expect(reader.statistics).toMatchObject({
      messageCount: BigInt(records.length),
      schemaCount: 2,
      channelCount: 3,
      chunkCount: summary.chunks,
      metadataCount: 1,
    });
    const metadata: string[] = [];
    for await (const { name } of reader.readMetadata()) metadata.push(name);
    expect(metadata).toEqual(["roadpulse"]);
    expect(
      [...reader.channelsById.values()].map(({ topic, metadata }) => [topic, metadata.get("slot")]),
    ).toEqual([
      ["/ingest/sessions", undefined],
      ["/ingest/frames", "1"],
      ["/ingest/frames", "2"],
    ]);
  });

  test("publish_time is the base time of the frame, the receive time where it has none", async () => {
    const file = scratchFile();
    await write(file, [
      message(START_MS + 5, 1, encodeIngestFrame({ base_time_unix_ms: START_MS - 3_600_000 })),
      message(START_MS + 6, 1, new Uint8Array([0x1a, 0x00])),
      message(START_MS + 7, 1, encodeIngestFrame({ base_time_unix_ms: Number.MAX_SAFE_INTEGER })),
    ]);

    const { messages } = await indexed(file);

    expect(messages.map(({ publishTime }) => Number(publishTime / 1_000_000n) - START_MS)).toEqual([
      -3_600_000, 6, 7,
    ]);
  });
});

describe("an independent protobuf decoder", () => {
  test("reads frames by the schema in the file and sees what ours sees", async () => {
    const file = scratchFile();
    const frame = encodeIngestFrame({
      base_time_unix_ms: START_MS,
      frame_seq: 9,
      hello: { source_id: "rsu-1", kind: 2, time_base: 3 },
      items: [
        {
          station_id: 4_294_967_295,
          time_offset_ms: -7,
          awareness: { latitude_e7: -1, longitude_e7: 2, speed_cmps: 0 },
        },
        {
          station_id: 5,
          hazard: { event: { originating_station_id: 5, sequence_number: 1 }, cause_code: 94 },
        },
      ],
    });
    await write(file, [message(START_MS, 3, frame)]);

    const { reader, messages } = await indexed(file);
    const channel = reader.channelsById.get(messages[0]!.channelId)!;
    const { type, registry } = describedType(reader.schemasById.get(channel.schemaId)!);
    const decoded = toJson(type, fromBinary(type, messages[0]!.data), { registry, useProtoFieldName: true });

    expect(decoded).toMatchObject({
      base_time_unix_ms: String(START_MS),
      frame_seq: 9,
      hello: { source_id: "rsu-1", kind: "SOURCE_KIND_RSU", time_base: "TIME_BASE_UTC_NO_LEAP" },
      items: [
        {
          station_id: 4_294_967_295,
          time_offset_ms: -7,
          awareness: { latitude_e7: -1, longitude_e7: 2, speed_cmps: 0 },
        },
        {
          station_id: 5,
          hazard: { event: { originating_station_id: 5, sequence_number: 1 }, cause_code: 94 },
        },
      ],
    });
    expect(decodeIngestFrame(messages[0]!.data)).toMatchObject({ frame_seq: 9, base_time_unix_ms: START_MS });
  });

  test("reads session events by the schema in the file", async () => {
    const file = scratchFile();
    await write(file, [{ kind: "shed", receivedAtMs: START_MS, slot: 3, items: 12, reason: "rate" }]);

    const { reader, messages } = await indexed(file);
    const channel = reader.channelsById.get(messages[0]!.channelId)!;
    const { type } = describedType(reader.schemasById.get(channel.schemaId)!);

    expect(toJson(type, fromBinary(type, messages[0]!.data))).toEqual({
      slot: 3,
      kind: "SESSION_EVENT_KIND_SHED",
      shedItems: 12,
      reason: "rate",
    });
  });
});
