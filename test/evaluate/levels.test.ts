import { describe, expect, it } from "vitest";
import { AlertShapes } from "../../src/evaluate/alert-shape.ts";
import { LevelTruth, levelOf, levelShares, TOLD_LEVELS, TRUE_LEVELS } from "../../src/evaluate/levels.ts";
import { type AlertPlan, episodesOf, sceneOf, traffic, truthFile } from "./world.ts";

const kmh = (value: number): number => value / 3.6;

describe("levels of traffic", () => {
  it("follow each other without gap at every free flow", () => {
    for (const freeKmh of [30, 50, 70, 100, 130]) {
      const levels = Array.from({ length: freeKmh + 1 }, (_, v) => levelOf(kmh(v), kmh(freeKmh)));
      expect([...levels].sort((a, b) => a - b)).toEqual(levels);
      expect(levels[0]).toBe(0);
      expect(levels.at(-1)).toBe(4);
    }
    expect(levelOf(kmh(55), kmh(120))).toBe(2);
    expect(levelOf(kmh(62), kmh(120))).toBe(3);
    expect(levelOf(kmh(28), kmh(50))).toBe(3);
  });
});

describe("what was told of them", () => {
  // From 100 s on a column of vehicles drives at 14 m/s from 2 to 4 km, where 30 m/s is usual.
  const column = Array.from({ length: 60 }, (_, i) => ({
    stationId: 9_000 + i,
    fromS: 100 + 3 * i,
    fromM: 2_000,
    toM: 4_000,
    speedMps: 14,
  }));
  const scene = sceneOf(truthFile([]), [
    ...traffic(600).filter(({ fromS }) => fromS < 60 || fromS > 400),
    ...column,
  ]);
  const sharesOf = (plans: readonly AlertPlan[]) =>
    levelShares([
      new LevelTruth(scene).measure(new AlertShapes(scene.ground, scene.atlas), episodesOf(plans)),
    ]);
  const told = (
    plans: readonly AlertPlan[],
    level: (typeof TRUE_LEVELS)[number],
    as: (typeof TOLD_LEVELS)[number],
  ) => sharesOf(plans)[TRUE_LEVELS.indexOf(level)]?.toldAs[TOLD_LEVELS.indexOf(as)];

  it("is counted by true level and by what the alert says", () => {
    const silence = told([], "slow", "nothing");
    expect(silence?.of).toBeGreaterThan(200);
    expect(silence?.value).toBe(1);
    const slow: AlertPlan = { fromS: 110, toS: 300, tailM: 2_000, headM: 4_000, severity: 2 };
    expect(told([slow], "slow", "slow or heavy")?.value).toBeGreaterThan(0.4);
    expect(told([{ ...slow, severity: 4 }], "slow", "stationary")?.hits).toBe(
      told([slow], "slow", "slow or heavy")?.hits,
    );
  });

  it("leaves free road out of it", () => {
    expect(told([], "queuing", "nothing")?.of).toBe(0);
    expect(told([], "free", "nothing")?.value).toBe(1);
  });
});
