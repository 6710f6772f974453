import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addToBin,
  hasFlowed,
  meanMmps,
  newBins,
  noteFlow,
  placeBin,
  writeBins,
} from "../../../../src/detect/congestion/road/bins.ts";

const stay = fc.record({
  bin: fc.integer({ min: 0, max: 9 }),
  slice: fc.integer({ min: 100, max: 106 }),
  distanceMm: fc.integer({ min: 0, max: 50_000 }),
  presenceMs: fc.integer({ min: 1, max: 5_000 }),
});

describe("bins of a route", () => {
  it("give distance over time of the window, whatever the order of arrival", () => {
    fc.assert(
      fc.property(fc.array(stay, { minLength: 1, maxLength: 60 }), (stays) => {
        const one = newBins(500);
        const other = newBins(500);
        for (const s of stays) addToBin(one, s.bin, s.slice, s.distanceMm, s.presenceMs);
        for (const s of [...stays].reverse()) addToBin(other, s.bin, s.slice, s.distanceMm, s.presenceMs);
        const distance = stays.reduce((sum, s) => sum + s.distanceMm, 0);
        const presence = stays.reduce((sum, s) => sum + s.presenceMs, 0);
        expect(meanMmps(one, 0, 9, 106)).toBe(Math.floor((distance * 1_000) / presence));
        expect(writeBins(one)).toEqual(writeBins(other));
      }),
    );
  });

  it("forget what is older than half a minute", () => {
    const bins = newBins(500);
    addToBin(bins, 3, 100, 50_000, 2_000);
    expect(meanMmps(bins, 3, 3, 103)).toBe(25_000);
    expect(meanMmps(bins, 3, 3, 120)).toBe(-1);
    addToBin(bins, 3, 120, 1_000, 1_000);
    expect(meanMmps(bins, 3, 3, 120)).toBe(1_000);
  });

  it("leave out what arrives after its slice was given up", () => {
    const bins = newBins(500);
    addToBin(bins, 3, 120, 1_000, 1_000);
    addToBin(bins, 3, 112, 50_000, 1_000);
    expect(meanMmps(bins, 3, 3, 120)).toBe(1_000);
  });

  it("can be written down and read back", () => {
    const bins = newBins(500);
    for (let i = 0; i < 30; i++) addToBin(bins, i % 10, 100 + (i % 5), 1_000 * i, 500);
    noteFlow(bins, 3, 520_000);
    const again = newBins(500);
    for (const row of writeBins(bins)) placeBin(again, row);
    expect(writeBins(again)).toEqual(writeBins(bins));
    expect(hasFlowed(again, 3, 520_000)).toBe(true);
    expect(meanMmps(again, 0, 9, 104)).toBe(meanMmps(bins, 0, 9, 104));
  });
});
