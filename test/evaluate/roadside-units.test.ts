import { expect, it } from "vitest";
import { RoadsideUnits } from "../../src/evaluate/roadside-units.ts";

it("lets no unit hear two places far from each other", () => {
  const units = new RoadsideUnits(64);
  const heard = new Map<number, { from: number; to: number }>();
  for (let x = -9_000; x <= 9_000; x += 50) {
    for (const unit of [units.nearest(x, x / 3), units.secondNearest(x, x / 3)]) {
      const { from = x, to = x } = heard.get(unit) ?? {};
      heard.set(unit, { from: Math.min(from, x), to: Math.max(to, x) });
    }
  }
  expect(heard.size).toBeGreaterThan(9);
  for (const { from, to } of heard.values()) expect(to - from).toBeLessThanOrEqual(4_000);
});

it("has another unit as the second", () => {
  const units = new RoadsideUnits(64);
  for (const [x, y] of [
    [10, 900],
    [1_990, 1_100],
    [1_000, 20],
    [-700, 1_950],
  ] as const)
    expect(units.secondNearest(x, y)).not.toBe(units.nearest(x, y));
});

it("keeps to the number of units that there are", () => {
  const units = new RoadsideUnits(3);
  const numbers = new Set<number>();
  for (let x = 0; x < 30_000; x += 500) numbers.add(units.nearest(x, 0));
  expect([...numbers].sort()).toEqual([0, 1, 2]);
});
