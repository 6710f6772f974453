import { describe, expect, it } from "vitest";
import { StationLabels } from "../../src/deliver/station-label.ts";

describe("a station label", () => {
  it("is a whole number below 2^48 that depends on station and key alone", () => {
    const labels = new StationLabels("a key of the operator");
    const same = new StationLabels(Buffer.from("a key of the operator"));
    const other = new StationLabels("another key, as long");
    for (const id of [0, 1, 0xffff_ffff]) {
      const label = labels.labelOf(id);
      expect(Number.isSafeInteger(label) && label >= 0 && label < 2 ** 48).toBe(true);
      expect(same.labelOf(id)).toBe(label);
      expect(other.labelOf(id)).not.toBe(label);
    }
    expect(labels.labelOf(1)).not.toBe(labels.labelOf(2));
  });

  it("cannot be joined across restarts without a configured key", () => {
    expect(new StationLabels().labelOf(7)).not.toBe(new StationLabels().labelOf(7));
  });

  it("stays the same when many other stations have been labelled", () => {
    const labels = new StationLabels("a key of the operator");
    const before = labels.labelOf(0);
    for (let id = 1; id <= 120_000; id++) labels.labelOf(id);
    expect(labels.labelOf(0)).toBe(before);
  });
});
