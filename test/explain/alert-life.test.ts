import { describe, expect, test } from "vitest";
import { findAlertId, lifeOf } from "../../src/explain/alert-life.ts";
import { explainedMeasures } from "../../src/explain/deciding-parameters.ts";
import { alert, START_MS } from "../deliver/world.ts";

const why = (rule: string, ...measures: { name: string; observed: number; threshold?: number }[]) => ({
  rule,
  text: "It is so.",
  measures,
});

describe("the life of an alert", () => {
  test("tells times, tiers, and what each revision changed", () => {
    const life = lifeOf([
      alert({ tier: "suspected", severity: 3, confidencePct: 60, referencedAtMs: START_MS - 300 }),
      alert({ revision: 2, state: "updated", detectedAtMs: START_MS + 10_000 }),
      alert({ revision: 3, state: "ended", detectedAtMs: START_MS + 60_000 }),
    ]);
    expect(life).toMatchObject({
      isOver: true,
      isCut: false,
      durationMs: 60_000,
      reportDelayMs: 300,
      confirmedAfterMs: 10_000,
    });
    expect(life.steps.map(({ changes }) => changes)).toEqual([
      [],
      ["tier suspected → confirmed", "severity 3 → 4", "confidence 60 % → 80 %"],
      ["ended"],
    ]);
  });

  test("says where its beginning is forgotten", () => {
    expect(lifeOf([alert({ revision: 4, state: "updated" })])).toMatchObject({ isCut: true, isOver: false });
  });
});

describe("settings that decided", () => {
  const keys = (one: ReturnType<typeof why>, set = {}) =>
    explainedMeasures(alert({ why: one }), set).map(({ parameter }) => parameter?.key);

  test("are found by unit, value and name", () => {
    const standing = { name: "standingS", observed: 6, threshold: 5 };
    expect(keys(why("stationary-vehicle/standing", standing))).toEqual([
      "stationary-vehicle.suspectedAfterMs",
    ]);
    const braking = why(
      "emergency-braking/sustained",
      { name: "decelerationMps2", observed: 8, threshold: 7 },
      { name: "onsetSpeedKmph", observed: 100, threshold: 20 },
      { name: "sustainedMs", observed: 600, threshold: 500 },
      { name: "other", observed: 1 },
    );
    expect(keys(braking)).toEqual([
      "emergency-braking.carDecelerationMps2",
      "emergency-braking.onsetSpeedMps",
      "emergency-braking.sustainedMs",
      undefined,
    ]);
  });

  test("follow the values that are set, and are not guessed", () => {
    const standing = why("stationary-vehicle/standing", { name: "standingS", observed: 6, threshold: 4 });
    expect(keys(standing)).toEqual([undefined]);
    expect(keys(standing, { "stationary-vehicle.suspectedAfterMs": 4_000 })).toEqual([
      "stationary-vehicle.suspectedAfterMs",
    ]);
    expect(keys(why("nobody/knows", { name: "standingS", observed: 6, threshold: 5 }))).toEqual([undefined]);
  });
});

test("the beginning of an id is enough where only one begins so", () => {
  expect(findAlertId("ab", ["abc", "xyz"])).toBe("abc");
  expect(findAlertId("abc", ["abc", "abcd"])).toBe("abc");
  expect(findAlertId("ab", ["abc", "abd", "x"])).toEqual(["abc", "abd"]);
  expect(findAlertId("q", ["abc"])).toEqual(["abc"]);
});
