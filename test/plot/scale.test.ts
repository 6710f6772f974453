import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clockText, clockTicks, linearScale, logScale, ticks } from "../../src/plot/scale.ts";

describe("scales", () => {
  it("map their ends to the ends", () => {
    const scale = linearScale(10, 20, 100, 0);
    expect([scale.at(10), scale.at(15), scale.at(20)]).toEqual([100, 50, 0]);
    const log = logScale(0.01, 1, 0, 100);
    expect([log.at(0.01), log.at(0.1), log.at(1)].map((px) => Math.round(px))).toEqual([0, 50, 100]);
  });

  it("a range without extent does not divide by zero", () => {
    expect(linearScale(5, 5, 0, 100).at(5)).toBe(0);
  });
});

describe("ticks", () => {
  it("lie within the range, ascend, and are few", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        fc.double({ min: 0.01, max: 1e5, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (from, span, count) => {
          const found = ticks(from, from + span, count);
          expect(found.length).toBeLessThanOrEqual(count + 1);
          expect(found).toEqual([...found].sort((a, b) => a - b));
          for (const value of found) {
            expect(value).toBeGreaterThanOrEqual(from - span * 1e-6);
            expect(value).toBeLessThanOrEqual(from + span * (1 + 1e-6));
          }
        },
      ),
    );
  });

  it("are round", () => {
    expect(ticks(9.98, 15.02, 6)).toEqual([10, 11, 12, 13, 14, 15]);
    expect(clockTicks(0, 480, 10)).toEqual([0, 60, 120, 180, 240, 300, 360, 420, 480]);
  });

  it.each([
    [0, "0:00"],
    [65, "1:05"],
    [3_600, "1:00:00"],
    [3_725, "1:02:05"],
  ])("write %d s as %s", (seconds, written) => {
    expect(clockText(seconds)).toBe(written);
  });
});
