import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRejection } from "../../src/domain/rejection.ts";
import { rebaseFrame, stationIdInLoop } from "../../src/recording/rebase.ts";
import { decodeIngestFrame, encodeIngestFrame, type WireIngestFrame } from "../../src/wire/ingest-frame.ts";
import { START_MS } from "./support.ts";

function rebased(frame: WireIngestFrame, shiftMs: number, loop: number): WireIngestFrame {
  const decoded = decodeIngestFrame(rebaseFrame(encodeIngestFrame(frame), { shiftMs, loop }));
  if (isRejection(decoded)) throw new Error(decoded.rejected);
  return decoded;
}

const hazardFrame: WireIngestFrame = {
  base_time_unix_ms: START_MS,
  items: [
    {
      station_id: 77,
      time_offset_ms: -5,
      receiver_id: 9,
      hazard: {
        event: { originating_station_id: 77, sequence_number: 3 },
        detection_offset_ms: -1_000,
        linked_events: [{ originating_station_id: 78, sequence_number: 1 }],
      },
    },
  ],
  subscribe: { subscription_id: "s", ahead: { station_id: 77, distance_m: 500 } },
};

test("times move by the shift, offsets stay", () => {
  const frame = rebased(hazardFrame, 86_400_123, 0);

  expect(frame.base_time_unix_ms).toBe(START_MS + 86_400_123);
  expect(frame.items?.[0]).toMatchObject({
    station_id: 77,
    time_offset_ms: -5,
    hazard: { detection_offset_ms: -1_000 },
  });
});

test("station, event key, linked events and subscription get the ids of the loop; the receiver keeps its name", () => {
  const frame = rebased(hazardFrame, 0, 2);

  const id = stationIdInLoop(77, 2);
  expect(id).not.toBe(77);
  expect(frame.items?.[0]).toMatchObject({
    station_id: id,
    receiver_id: 9,
    hazard: {
      event: { originating_station_id: id, sequence_number: 3 },
      linked_events: [{ originating_station_id: stationIdInLoop(78, 2), sequence_number: 1 }],
    },
  });
  expect(frame.subscribe?.ahead).toMatchObject({ station_id: id, distance_m: 500 });
});

describe("faults stay faults", () => {
  test("bytes that are no frame pass unchanged", () => {
    const garbage = Uint8Array.from([0x1a, 0x05, 0x01]);
    expect(rebaseFrame(garbage, { shiftMs: 1_000, loop: 1 })).toBe(garbage);
  });

  test("an unset base time stays unset, an absurd one stays absurd", () => {
    expect(rebased({ items: [] }, 1_000, 0).base_time_unix_ms).toBe(0);
    expect(rebased({ base_time_unix_ms: Number.MAX_SAFE_INTEGER }, 1_000, 0).base_time_unix_ms).toBe(
      Number.MAX_SAFE_INTEGER,
    );
  });

  test("random bytes never throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        rebaseFrame(bytes, { shiftMs: 1, loop: 1 });
      }),
    );
  });
});

test("ids of one loop are distinct, never 0, and 0 stays 0", () => {
  const id = fc.integer({ min: 1, max: 0xffffffff });
  fc.assert(
    fc.property(id, id, fc.integer({ min: 1, max: 1_000_000 }), (a, b, loop) => {
      expect(stationIdInLoop(a, loop) === stationIdInLoop(b, loop)).toBe(a === b);
      expect(stationIdInLoop(a, loop)).toBeGreaterThan(0);
    }),
  );
  expect(stationIdInLoop(0, 5)).toBe(0);
  // The one id that the mixer maps to 0 in loop 1.
  expect(stationIdInLoop(0x9e3779b9, 1)).toBeGreaterThan(0);
});
