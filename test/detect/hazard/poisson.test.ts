import { describe, expect, it } from "vitest";
import { poissonAtLeast } from "../../../src/detect/hazard/poisson.ts";

describe("the tail of a Poisson process", () => {
  // From tables: 1 − e^−1 · (1 + 1 + 1/2), and so on.
  it.each([
    [0, 3, 1],
    [1, 1, 0.6321205588],
    [3, 1, 0.0803013971],
    [4, 0.023, 1.144754e-8],
    [10, 10, 0.5420702855],
    [40, 10, 7.3416363e-13],
    [1, 14, 0.9999991685],
    [5, 0, 0],
  ])("%i or more where %d are expected: %d", (count, mean, chance) => {
    expect(poissonAtLeast(count, mean)).toBeCloseTo(chance, 9);
    if (chance > 0) expect(poissonAtLeast(count, mean) / chance).toBeCloseTo(1, 3);
  });

  it("falls with the count and grows with the mean, over both ways of summing", () => {
    for (const mean of [0.01, 0.5, 5, 60]) {
      for (let count = 0; count < 100; count++) {
        expect(poissonAtLeast(count + 1, mean)).toBeLessThanOrEqual(poissonAtLeast(count, mean));
        expect(poissonAtLeast(count, mean * 1.1)).toBeGreaterThanOrEqual(poissonAtLeast(count, mean));
      }
    }
  });
});
