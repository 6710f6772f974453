import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeIngestFrame, type WireIngestItem } from "../../src/wire/ingest-frame.ts";
import { peekFrame } from "../../src/wire/peek.ts";

const place = { latitude_e7: 514_300_000, longitude_e7: 67_600_000 };
const plain: WireIngestItem = {
  station_id: 1,
  awareness: { ...place, speed_cmps: 100, control_bits: 2, event_bits: 64 },
};
const safety: readonly WireIngestItem[] = [
  { station_id: 2, hazard: { cause_code: 94 } },
  { station_id: 3, automation: { kind: 5 } },
  { station_id: 4, awareness: { ...place, control_bits: 6 } },
  { station_id: 5, awareness: { ...place, event_bits: 128 } },
  { station_id: 6, time_offset_ms: -5, receiver_id: 9, awareness: { ...place, event_bits: 4_096 } },
];

describe("peekFrame", () => {
  it("counts the items of any frame and finds a safety item wherever it stands", () => {
    const ordinary = fc.array(fc.constant(plain), { maxLength: 20 });
    fc.assert(
      fc.property(ordinary, fc.option(fc.constantFrom(...safety)), ordinary, (before, emergency, after) => {
        const items = [...before, ...(emergency === null ? [] : [emergency]), ...after];
        const bytes = encodeIngestFrame({ base_time_unix_ms: 1_790_000_000_000, frame_seq: 7, items });
        expect(peekFrame(bytes)).toEqual({
          items: Math.max(items.length, 1),
          hasSafetyItems: emergency !== null,
        });
      }),
    );
  });

  it("takes anything for at least one item and never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(peekFrame(bytes).items).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });
});
