import { describe, expect, it } from "vitest";
import { StationLabels } from "../../src/deliver/station-label.ts";

const DAY_MS = 86_400_000;
const NOON_MS = 20_000.5 * DAY_MS;

describe("a station label", () => {
  it("is a whole number below 2^48 that depends on station, day and key alone", () => {
    const labels = new StationLabels("a key of the operator");
    const same = new StationLabels(Buffer.from("a key of the operator"));
    const other = new StationLabels("another key, as long");
    for (const id of [0, 1, 0xffff_ffff]) {
      const label = labels.labelOf(id, NOON_MS);
      expect(Number.isSafeInteger(label) && label >= 0 && label < 2 ** 48).toBe(true);
      expect(same.labelOf(id, NOON_MS)).toBe(label);
      expect(other.labelOf(id, NOON_MS)).not.toBe(label);
    }
    expect(labels.labelOf(1, NOON_MS)).not.toBe(labels.labelOf(2, NOON_MS));
  });

  it("cannot be joined across restarts without a configured key", () => {
    expect(new StationLabels().labelOf(7, NOON_MS)).not.toBe(new StationLabels().labelOf(7, NOON_MS));
  });

  it("stays the same when many other stations have been labelled", () => {
    const labels = new StationLabels("a key of the operator");
    const before = labels.labelOf(0, NOON_MS);
    for (let id = 1; id <= 120_000; id++) labels.labelOf(id, NOON_MS);
    expect(labels.labelOf(0, NOON_MS)).toBe(before);
  });

  it("joins no two days, and clocks that differ by seconds do not bring the last one back", () => {
    const labels = new StationLabels("a key of the operator");
    const midnightMs = 20_001 * DAY_MS;
    const evening = labels.labelOf(7, midnightMs - 1);
    const night = labels.labelOf(7, midnightMs);
    expect(night).not.toBe(evening);
    expect(labels.labelOf(7, midnightMs - 2_000)).toBe(night);
    expect(new StationLabels("a key of the operator").labelOf(7, midnightMs + DAY_MS / 2)).toBe(night);
  });
});
