import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createFileRegistry, fromBinary, type Message } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { descriptorSetBase64 } from "../../src/wire/gen/descriptor.ts";
import { encodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import { projectRoot } from "../support/source-tree.ts";

const committed = readFileSync(join(projectRoot, "proto/descriptors/roadpulse.binpb"));

function ingestFrameSchema() {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, committed));
  const schema = registry.getMessage("roadpulse.stream.v1.IngestFrame");
  if (schema === undefined) throw new Error("the descriptor set lacks IngestFrame");
  return schema;
}

describe("descriptor set", () => {
  it("is the one that recordings carry", () => {
    expect(Buffer.from(descriptorSetBase64, "base64").equals(committed)).toBe(true);
  });

  it("lets an independent decoder read what our codec writes", () => {
    const schema = ingestFrameSchema();
    const latitude = fc.integer({ min: -900_000_000, max: 900_000_000 });
    const items = fc.array(
      fc.record({
        stationId: fc.integer({ min: 1, max: 0xffffffff }),
        offsetMs: fc.integer({ min: -60_000, max: 60_000 }),
        latitude,
        speed: fc.option(fc.integer({ min: 0, max: 16_382 }), { nil: undefined }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 2 ** 45 }), (reports, baseTimeMs) => {
        const bytes = encodeIngestFrame({
          base_time_unix_ms: baseTimeMs,
          items: reports.map(({ stationId, offsetMs, latitude: latitude_e7, speed }) => ({
            station_id: stationId,
            time_offset_ms: offsetMs,
            awareness: {
              latitude_e7,
              longitude_e7: 1,
              ...(speed === undefined ? {} : { speed_cmps: speed }),
            },
          })),
        });
        const frame = fromBinary(schema, bytes) as Message & {
          baseTimeUnixMs: bigint;
          items: {
            stationId: number;
            timeOffsetMs: number;
            body: { case: string; value: Record<string, number> };
          }[];
        };
        expect(Number(frame.baseTimeUnixMs)).toBe(baseTimeMs);
        expect(
          frame.items.map(({ stationId, timeOffsetMs, body }) => ({
            stationId,
            offsetMs: timeOffsetMs,
            latitude: body.value["latitudeE7"],
            speed: body.value["speedCmps"],
          })),
        ).toEqual(reports);
      }),
    );
  });
});
