import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TokenBucket } from "../../src/domain/token-bucket.ts";

describe("TokenBucket", () => {
  it("admits no more than the burst plus the rate over any time, and never more than the burst at once", () => {
    const steps = fc.array(fc.tuple(fc.nat(500), fc.nat(60)), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(steps, (wishes) => {
        const limits = { itemsPerSecond: 100, burstItems: 50 };
        const bucket = new TokenBucket(limits, 0);
        let nowMs = 0;
        let admitted = 0;
        for (const [pauseMs, items] of wishes) {
          nowMs += pauseMs;
          const available = bucket.available(nowMs);
          expect(available).toBeLessThanOrEqual(limits.burstItems);
          if (items > available) continue;
          bucket.charge(items);
          admitted += items;
        }
        expect(admitted).toBeLessThanOrEqual(
          limits.burstItems + (nowMs * limits.itemsPerSecond) / 1_000 + 1e-6,
        );
      }),
    );
  });

  it("makes a source that was let through beyond its rate wait, but never longer than a burst takes", () => {
    const bucket = new TokenBucket({ itemsPerSecond: 100, burstItems: 50 }, 0);
    for (let i = 0; i < 1_000; i++) bucket.charge(150);
    expect(bucket.available(0)).toBe(-50);
    expect(bucket.available(500)).toBe(0);
    expect(bucket.isFull(999)).toBe(false);
    expect(bucket.isFull(1_000)).toBe(true);
  });
});
