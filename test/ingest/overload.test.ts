import { describe, expect, it } from "vitest";
import { TokenBucket } from "../../src/domain/token-bucket.ts";
import { OverloadGuard } from "../../src/ingest/overload.ts";

const FULL = { itemsPerSecond: 10_000, burstItems: 20_000 };
const LOOK_MS = 10;

/**
 * A loop that is late by what its work takes: turns of the clock, each with a delay. The busiest source wants so many
 * items a second, and is given what the limit allows.
 */
function run(
  guard: OverloadGuard,
  fromMs: number,
  forMs: number,
  delayMs: (nowMs: number) => number,
  wantedPerSecond = 1_000,
  { busyShare = 1, standingMs = 0 } = {},
): number {
  let nowMs = fromMs;
  const load = {
    mostTakenPerSecond: () => Math.min(wantedPerSecond, guard.limits.itemsPerSecond),
    busyShare: () => busyShare,
  };
  while (nowMs < fromMs + forMs) {
    nowMs += LOOK_MS + delayMs(nowMs);
    guard.look(nowMs, { standingMs, bytes: standingMs }, load);
  }
  return nowMs;
}

const newGuard = () => new OverloadGuard({ lookEveryMs: LOOK_MS, limits: FULL });

describe("a server that cannot follow", () => {
  it("takes less of every source within a second, and all again within seconds of its end", () => {
    const guard = newGuard();
    run(guard, 0, 1_000, () => 300);
    expect(guard.isOverloaded).toBe(true);
    expect(guard.limits.itemsPerSecond).toBeLessThan(800);
    let nowMs = run(guard, 2_000, 2_000, () => 40);
    expect(guard.limits.itemsPerSecond).toBeLessThan(200);
    // The burst is over: nobody wants as much as the limit, and it goes.
    nowMs = run(guard, nowMs, 5_000, () => 2, 10);
    expect(guard.isOverloaded).toBe(false);
    expect(guard.limits).toEqual(FULL);
    expect(guard.episodes).toBe(1);
  });

  it("is not one that pauses now and then, nor one whose turns are long but end", () => {
    const guard = newGuard();
    run(guard, 0, 60_000, (nowMs) => (nowMs % 1_000 < 60 ? 300 : 3));
    run(guard, 100_000, 60_000, (nowMs) => (nowMs % 100 < 50 ? 30 : 4));
    expect(guard.episodes).toBe(0);
  });

  it("is not one that others on the machine hold up: a loop that waits for work has time", () => {
    const guard = newGuard();
    run(guard, 0, 60_000, () => 60, 1_000, { busyShare: 0.4 });
    expect(guard.episodes).toBe(0);
  });

  it("is one whose loop is on time only because messages wait", () => {
    const guard = newGuard();
    run(guard, 0, 1_000, () => 4, 1_000, { standingMs: 400 });
    expect(guard.isOverloaded).toBe(true);
  });

  it("finds the rate that fits and stays near it", () => {
    const guard = newGuard();
    // 100 sources that each want 1,000 a second of a server that takes 20,000 together.
    const work = () => (100 * Math.min(1_000, guard.limits.itemsPerSecond)) / 20_000;
    run(guard, 0, 10_000, () => (work() > 1 ? 40 * work() : 3));
    const taken: number[] = [];
    run(guard, 20_000, 20_000, () => {
      taken.push(100 * Math.min(1_000, guard.limits.itemsPerSecond));
      return work() > 1 ? 40 * work() : 3;
    });
    const mean = taken.reduce((sum, items) => sum + items, 0) / taken.length;
    expect(mean).toBeGreaterThan(13_000);
    expect(mean).toBeLessThan(22_000);
  });

  it("always hears a source that sends once a second, and shares the rest evenly", () => {
    const guard = newGuard();
    const modest = new TokenBucket(guard.limits, 0);
    const greedy = new TokenBucket(guard.limits, 0);
    run(guard, 0, 30_000, () => 100);
    let [heard, flooded] = [0, 0];
    for (let ms = 40_000; ms < 100_000; ms += 10) {
      if (ms % 1_000 === 0 && modest.available(ms) >= 1) {
        heard++;
        modest.charge(1);
      }
      if (greedy.available(ms) >= 1) {
        flooded++;
        greedy.charge(1);
      }
    }
    expect(heard).toBe(60);
    expect(flooded).toBeLessThanOrEqual(92);
  });
});
