import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  FREE_LEVEL,
  flowSpeedMps,
  levelIndexOf,
  levelName,
  UNKNOWN_LEVEL,
  upperBoundMps,
} from "../../../../src/detect/congestion/road/ladder.ts";
import { CONGESTION_ROAD } from "../../../../src/detect/congestion/road/road-parameters.ts";
import { valuesOf } from "../../../../src/detect/parameter.ts";

const LIMITS = valuesOf(CONGESTION_ROAD);
const KMPH = 1 / 3.6;
const freeFlow = fc.double({ min: 5, max: 60, noNaN: true });
const speed = fc.double({ min: 0, max: 80, noNaN: true });

const at = (speedKmph: number, freeKmph: number): string =>
  levelName(levelIndexOf(UNKNOWN_LEVEL, speedKmph * KMPH, freeKmph * KMPH, LIMITS));

describe("the ladder of traffic states", () => {
  it("has levels that meet: each bound is at or above the one before, at every free flow", () => {
    fc.assert(
      fc.property(freeFlow, (freeMps) => {
        for (let level = 1; level <= FREE_LEVEL; level++) {
          expect(upperBoundMps(level, freeMps, LIMITS)).toBeGreaterThanOrEqual(
            upperBoundMps(level - 1, freeMps, LIMITS),
          );
        }
      }),
    );
  });

  it("gives each speed exactly one level, a worse one never for a higher speed", () => {
    fc.assert(
      fc.property(freeFlow, speed, speed, (freeMps, one, other) => {
        const [slow, fast] = one <= other ? [one, other] : [other, one];
        const low = levelIndexOf(UNKNOWN_LEVEL, slow, freeMps, LIMITS);
        expect(low).toBeLessThanOrEqual(levelIndexOf(UNKNOWN_LEVEL, fast, freeMps, LIMITS));
        expect(low).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("calls the free flow free", () => {
    fc.assert(
      fc.property(freeFlow, (freeMps) => {
        expect(levelIndexOf(UNKNOWN_LEVEL, freeMps, freeMps, LIMITS)).toBe(FREE_LEVEL);
      }),
    );
  });

  it.each([
    [9, 120, "stationary"],
    [10, 120, "queuing"],
    [29, 120, "queuing"],
    [31, 120, "slow"],
    [59, 130, "slow"],
    [61, 130, "heavy"],
    [61, 100, "heavy"],
    [76, 100, "free"],
    [20, 50, "queuing"],
    [22, 50, "slow"],
    [26, 50, "heavy"],
    [38, 50, "free"],
  ])("%i km/h of %i is %s", (speedKmph, freeKmph, level) => {
    expect(at(speedKmph, freeKmph)).toBe(level);
  });

  it("leaves a level for a better one only with a margin", () => {
    const stationary = levelIndexOf(UNKNOWN_LEVEL, 9 * KMPH, 120 * KMPH, LIMITS);
    expect(levelName(levelIndexOf(stationary, 11 * KMPH, 120 * KMPH, LIMITS))).toBe("stationary");
    expect(levelName(levelIndexOf(stationary, 13 * KMPH, 120 * KMPH, LIMITS))).toBe("queuing");
  });

  it("lets vehicles flow again above the bound of queuing", () => {
    fc.assert(
      fc.property(freeFlow, (freeMps) => {
        expect(flowSpeedMps(freeMps, LIMITS)).toBeGreaterThan(upperBoundMps(1, freeMps, LIMITS));
      }),
    );
  });
});
