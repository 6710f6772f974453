import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BoundedTally,
  Counters,
  LATENCY_BOUNDS_MS,
  LatencyBuckets,
  MAX_COUNTED_SOURCES,
  MAX_TALLY_REASONS,
  OTHER,
} from "../../src/domain/counters.ts";

test("sources beyond the bound share one entry", () => {
  const counters = new Counters();
  for (let i = 0; i < MAX_COUNTED_SOURCES + 50; i++) counters.source(`fleet-${i}`).received++;

  expect(counters.sources.size).toBe(MAX_COUNTED_SOURCES + 1);
  expect(counters.source(OTHER).received).toBe(50);
  expect(counters.source("fleet-1").received).toBe(1);
});

test("a rejected duplicate counts as duplicate, not as invalid", () => {
  const source = new Counters().source("rsu-7");
  source.received = 6;
  source.accepted = 1;
  source.countRejected("duplicate");
  source.countRejected("stale", 3);

  expect(source).toMatchObject({ duplicate: 1, invalidTotal: 3, unaccounted: 1 });
  source.shed.count("rate", 1);
  expect(source.unaccounted).toBe(0);
});

test("reasons beyond the bound are counted as other and nothing is lost", () => {
  const tally = new BoundedTally();
  for (let i = 0; i < MAX_TALLY_REASONS + 9; i++) tally.count(`reason ${i}`, 2);

  expect(tally.counts.size).toBe(MAX_TALLY_REASONS + 1);
  expect(tally.counts.get(OTHER)).toBe(18);
  expect(tally.total).toBe(2 * (MAX_TALLY_REASONS + 9));
});

test("every latency falls into exactly the bucket whose bound is the first not below it", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 5_000, noNaN: true }), (latencyMs) => {
      const buckets = new LatencyBuckets();
      buckets.record(latencyMs);
      const bucket = buckets.counts.indexOf(1);
      const upper = LATENCY_BOUNDS_MS[bucket] ?? Number.POSITIVE_INFINITY;
      const lower = LATENCY_BOUNDS_MS[bucket - 1] ?? Number.NEGATIVE_INFINITY;
      expect(latencyMs).toBeLessThanOrEqual(upper);
      expect(latencyMs).toBeGreaterThan(lower);
      expect(buckets.count).toBe(1);
      expect(buckets.sumMs).toBe(latencyMs);
    }),
  );
});
