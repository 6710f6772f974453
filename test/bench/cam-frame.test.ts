import { describe, expect, it } from "vitest";
import { CamFrame, camFrameBytes } from "../../bench/traffic/cam-frame.ts";
import { Fleet } from "../../bench/traffic/fleet.ts";
import { decodeIngestFrame, encodeIngestFrame, type WireIngestFrame } from "../../src/wire/ingest-frame.ts";

const SENT_AT_MS = 1_795_000_000_123;

function patchedFrame(reports: number, elapsedMs: number): Uint8Array {
  const fleet = new Fleet({ vehicles: 500, seed: 7, firstStationId: 1_000 });
  const frame = new CamFrame(new Uint8Array(camFrameBytes(reports) + 8), 8, fleet, 100, reports);
  frame.patch(SENT_AT_MS + 0.7, elapsedMs);
  return frame.bytes;
}

describe("CAM frames patched in place", () => {
  it.each([1, 50])("are what protobufjs writes, with %i reports", (reports) => {
    const bytes = patchedFrame(reports, 12_345.6);
    const decoded = decodeIngestFrame(bytes) as WireIngestFrame;
    expect(decoded.items).toHaveLength(reports);
    expect(Buffer.from(encodeIngestFrame(decoded))).toEqual(Buffer.from(bytes));
  });

  it("name time, station and motion of each vehicle", () => {
    const decoded = decodeIngestFrame(patchedFrame(2, 5_000)) as WireIngestFrame;
    const [first, second] = decoded.items ?? [];
    expect(decoded.base_time_unix_ms).toBe(SENT_AT_MS - 200);
    expect([first?.time_offset_ms, second?.time_offset_ms]).toEqual([150, 200]);
    expect([first?.station_id, second?.station_id]).toEqual([1_100, 1_101]);
    expect(first?.awareness).toMatchObject({ station_type: 6, length_cm: 450, width_cm: 180 });
  });

  it("move by speed times time", () => {
    const latitudes = [0, 10_000].map((elapsedMs) => {
      const decoded = decodeIngestFrame(patchedFrame(1, elapsedMs)) as WireIngestFrame;
      const awareness = decoded.items?.[0]?.awareness;
      return {
        latitude: (awareness?.latitude_e7 ?? 0) / 1e7,
        longitude: (awareness?.longitude_e7 ?? 0) / 1e7,
        speed: (awareness?.speed_cmps ?? 0) / 100,
      };
    });
    const [from, to] = latitudes;
    if (from === undefined || to === undefined) throw new Error("two frames were asked for");
    const northM = (to.latitude - from.latitude) * 111_319.5;
    const eastM = (to.longitude - from.longitude) * 111_319.5 * Math.cos((from.latitude * Math.PI) / 180);
    expect(Math.sqrt(northM * northM + eastM * eastM)).toBeCloseTo(from.speed * 10, 0);
  });
});
