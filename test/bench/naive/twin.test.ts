import { describe, expect, it } from "vitest";
import { readEnvelope } from "../../../bench/naive/envelope.ts";
import { alertFile } from "../../../bench/naive/play.ts";
import { FleetRecording, type InputRecord, readFixture } from "../../../bench/naive/recording.ts";
import { openReader } from "../../../bench/naive/report-reader.ts";

const read = await openReader();

function kindsOf(file: string): Set<string> {
  const lines = file.split("\n").filter((line) => line !== "");
  return new Set(lines.map((line) => (JSON.parse(line) as { kind: string }).kind));
}

describe("the naive twin", () => {
  it.each([
    ["free-flow", []],
    ["hard-braking-chain", ["emergency-brake"]],
    ["incident-queue", ["congestion", "emergency-brake", "stationary-vehicle"]],
  ])("tells the same alerts as Roadpulse on %s, byte by byte", async (name, kinds) => {
    const { records } = await readFixture(name);
    const own = alertFile("roadpulse", records, read);
    expect(kindsOf(own)).toEqual(new Set(kinds));
    expect(alertFile("twin", records, read)).toBe(own);
  });

  it("tells the same alerts on a fleet with planted hazards", () => {
    const fleet = new FleetRecording({
      stations: 200,
      reportsPerMessage: 10,
      seed: 3,
      warmUpS: 1,
      segmentS: 2,
    });
    const records: InputRecord[] = [...fleet.next(1).records, ...fleet.next(2).records];
    const own = alertFile("roadpulse", records, read);
    expect(kindsOf(own)).toEqual(new Set(["emergency-brake", "stationary-vehicle"]));
    expect(alertFile("twin", records, read)).toBe(own);
  });
});

describe("a record on the benchmark's wire", () => {
  it("keeps the recorded receive time, slot and bytes", () => {
    const message = new Uint8Array(11 + 2);
    const view = new DataView(message.buffer);
    view.setUint16(1, 513, true);
    view.setFloat64(3, 1_790_000_000_000.125, true);
    message.set([8, 1], 11);
    expect(readEnvelope(message)).toEqual({
      kind: "message",
      slot: 513,
      receivedAtMs: 1_790_000_000_000.125,
      bytes: Uint8Array.from([8, 1]),
    });
  });
});
