import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distribution, quantile, rate, share } from "../../src/evaluate/statistics.ts";

describe("share", () => {
  it("has Wilson's bounds", () => {
    // Newcombe (1998), table I: 81 of 263, and 0 of 20.
    const { low, high } = share(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
    expect(share(0, 20).high).toBeCloseTo(0.1611, 4);
  });

  it("says nothing about nothing", () => {
    expect(share(0, 0)).toMatchObject({ value: undefined, low: undefined, of: 0 });
  });

  it("holds its value", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 500 }), (a, b) => {
        const { value = 0, low = 1, high = 0 } = share(Math.min(a, b), b);
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value - 1e-12);
      }),
    );
  });
});

describe("rate", () => {
  it("has exact Poisson bounds", () => {
    // Garwood (1936): 10 events, 4.795 to 18.39; none, up to 3.689.
    expect(rate(10, 1).low).toBeCloseTo(4.795, 3);
    expect(rate(10, 1).high).toBeCloseTo(18.39, 2);
    expect(rate(0, 2).high).toBeCloseTo(3.689 / 2, 3);
    expect(rate(0, 2).low).toBe(0);
  });
});

describe("distribution", () => {
  it("tells mean, median and 95th percentile", () => {
    const values = Array.from({ length: 101 }, (_, i) => i);
    expect(distribution(values)).toMatchObject({ n: 101, mean: 50, median: 50, p95: 95, min: 0, max: 100 });
  });

  it("bounds the mean, and the same way each time", () => {
    const values = Array.from({ length: 200 }, (_, i) => (i * 37) % 101);
    const { mean = 0, low = 0, high = 0 } = distribution(values);
    expect(low).toBeLessThan(mean);
    expect(high).toBeGreaterThan(mean);
    // Standard error of the mean is 29.2/√200 = 2.06.
    expect(high - low).toBeGreaterThan(6);
    expect(high - low).toBeLessThan(10);
    expect(distribution(values)).toEqual(distribution([...values].reverse()));
  });

  it("interpolates quantiles", () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  });
});
