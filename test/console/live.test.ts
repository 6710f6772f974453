import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VEHICLE_MESSAGE } from "../../src/api/contract/live.ts";
import { backoffMs } from "../../src/console/live/backoff.ts";
import { readMessage, writeRequest } from "../../src/console/live/messages.ts";
import { readFrame, VehicleFrames } from "../../src/console/live/vehicles.ts";

function frameBytes(zoom: number, x: number, vehicles: number): ArrayBuffer {
  const bytes = new ArrayBuffer(24 + 16 * vehicles);
  const view = new DataView(bytes);
  view.setUint8(0, VEHICLE_MESSAGE);
  view.setUint8(1, 1);
  view.setUint8(2, zoom);
  view.setUint32(4, x, true);
  view.setUint32(12, vehicles, true);
  return bytes;
}

describe("the console's end of the live stream", () => {
  it("waits at random, never less than 250 ms nor more than 15 s", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, r) => {
          expect(backoffMs(n, r)).toBeGreaterThanOrEqual(250);
          expect(backoffMs(n, r)).toBeLessThanOrEqual(15_000);
        },
      ),
    );
    expect(backoffMs(20, 0.99)).toBeGreaterThan(10_000);
  });

  it("writes requests as it reads messages", () => {
    const bytes = writeRequest({ type: "follow", slot: 7 });
    expect(readMessage(bytes.buffer)).toEqual({ kind: "json", message: { type: "follow", slot: 7 } });
  });

  it("leaves messages of a newer server alone", () => {
    expect(readMessage(new Uint8Array([99, 1, 2]).buffer)).toEqual({ kind: "unknown" });
    expect(readMessage(new ArrayBuffer(0))).toEqual({ kind: "unknown" });
  });

  it("takes no frame that is shorter than it says", () => {
    expect(readFrame(frameBytes(14, 1, 2), 0)?.count).toBe(2);
    expect(readFrame(frameBytes(14, 1, 2).slice(0, 50), 0)).toBeUndefined();
    expect(readFrame(new ArrayBuffer(3), 0)).toBeUndefined();
  });

  it("shows no vehicle twice after a change of zoom, and forgets tiles that are no longer told", () => {
    const frames = new VehicleFrames();
    const take = (zoom: number, x: number, atMs: number): void => {
      const frame = readFrame(frameBytes(zoom, x, 1), atMs);
      if (frame !== undefined) frames.take(frame);
    };
    take(12, 1, 0);
    take(14, 4, 10);
    take(14, 5, 10_000);
    expect([...frames.all()].map(({ x }) => x)).toEqual([4, 5]);
    frames.changed(10_000);
    expect([...frames.all()].map(({ x }) => x)).toEqual([5]);
  });
});
