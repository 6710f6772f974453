import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffDelayMs, LONGEST_DELAY_MS } from "../../src/client/backoff.ts";

describe("the delay before an attempt", () => {
  it("is anything up to 0.5 s at first, then up to twice as long, at most 30 s", () => {
    const longest = (failures: number) => backoffDelayMs(failures, 1);
    expect([0, 1, 2, 3, 6, 7, 1_000_000].map(longest)).toEqual([
      500,
      1_000,
      2_000,
      4_000,
      LONGEST_DELAY_MS,
      LONGEST_DELAY_MS,
      LONGEST_DELAY_MS,
    ]);
    fc.assert(
      fc.property(
        fc.nat(),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, random) => {
          const delayMs = backoffDelayMs(failures, random);
          expect(delayMs).toBeGreaterThanOrEqual(0);
          expect(delayMs).toBeLessThanOrEqual(longest(failures));
        },
      ),
    );
  });
});
