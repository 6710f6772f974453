import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  measureFront,
  moveFront,
  newFront,
  placeAt,
  sigmaAt,
} from "../../../../src/detect/congestion/road/front.ts";

const NOISE = 1 / 60;

describe("a front of a queue", () => {
  it("finds place and speed of what moves steadily", () => {
    const front = newFront("tail", 5_000, 0, -1, 15, 1.2);
    for (let s = 20; s <= 400; s += 20) measureFront(front, 5_000 - 3 * s, s * 1_000, 15, NOISE);
    expect(front.speedMps).toBeCloseTo(-3, 1);
    expect(Math.abs(placeAt(front, 400_000) - (5_000 - 1_200))).toBeLessThan(5);
  });

  it("slows down where nothing more is heard", () => {
    const front = newFront("tail", 5_000, 0, -1, 15, 1.2);
    for (let s = 10; s <= 100; s += 10) measureFront(front, 5_000 - 3 * s, s * 1_000, 15, NOISE);
    const later = placeAt(front, 1_000_000);
    expect(later).toBeGreaterThan(4_700 - 3 * 60);
    expect(placeAt(front, 2_000_000)).toBeGreaterThan(later - 10);
  });

  it("runs on as a starting wave", () => {
    const front = newFront("head", 5_000, 0, 0, 40, 0.7);
    for (let s = 5; s <= 60; s += 5) measureFront(front, 5_000 - 5 * s, s * 1_000, 30, 1);
    expect(placeAt(front, 120_000)).toBeLessThan(4_500);
  });

  it("is never faster than 25 km/h and never surer than its measurements allow", () => {
    const measurement = fc.record({
      afterMs: fc.integer({ min: 0, max: 120_000 }),
      placeM: fc.double({ min: 0, max: 10_000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(measurement, { maxLength: 30 }), (measurements) => {
        const front = newFront("tail", 5_000, 0, -1, 15, 1.2);
        let atMs = 0;
        for (const { afterMs, placeM } of measurements) {
          atMs += afterMs;
          measureFront(front, placeM, atMs, 15, NOISE);
          expect(Math.abs(front.speedMps)).toBeLessThanOrEqual(25 / 3.6);
          expect(front.placeVariance).toBeGreaterThan(0);
          expect(front.speedVariance).toBeGreaterThan(0);
          expect(Number.isFinite(sigmaAt(front, atMs + 60_000))).toBe(true);
        }
      }),
    );
  });

  it("goes where vehicles say", () => {
    const front = newFront("tail", 5_000, 0, -1, 15, 1.2);
    moveFront(front, 4_000, 10_000);
    expect(placeAt(front, 10_000)).toBe(4_000);
  });
});
