import { describe, expect, it } from "vitest";
import { SCENARIOS } from "../../../bench/quality/catalog.ts";
import { carryOutAll } from "../../../bench/quality/crew.ts";
import type { Order, Outcome } from "../../../bench/quality/order.ts";
import { joinParts, runSeeds, type SeedPart } from "../../../bench/quality/score.ts";

const asked = { penetrations: [0.2], channel: "typical", keep: undefined };
const orders: readonly Order[] = [1, 2].map((seed) => ({ ...asked, scenario: "wrong-way-motorway", seed }));

async function outcomesOf(given: readonly Order[], jobs: number): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  await carryOutAll(given, jobs, (outcome) => outcomes.push(outcome));
  return outcomes;
}

describe("a crew of processes", () => {
  it("finds what one process finds, whoever is done first", async () => {
    const scenario = SCENARIOS.find(({ name }) => name === "wrong-way-motorway");
    if (scenario === undefined) throw new Error("there is no such scenario");
    const scoresBy = (parts: readonly SeedPart[]) =>
      joinParts(scenario, { penetrations: [0.2], seeds: [1, 2] }, parts);
    const alone = scoresBy((await outcomesOf(orders, 1)).flatMap(({ parts }) => parts));
    const together = (await outcomesOf(orders, 2)).flatMap(({ parts }) => parts);
    expect(alone[0]?.exposure.runs).toBe(2);
    expect(scoresBy([...together].reverse())).toEqual(alone);
  }, 120_000);

  it("tells what failed, and goes on", async () => {
    const wrong: Order = { ...asked, scenario: "flood", seed: 1 };
    const outcomes = await outcomesOf([wrong, ...orders.slice(0, 1)], 1);
    expect(outcomes.map(({ failure }) => failure === undefined)).toEqual([false, true]);
    expect(outcomes[0]?.failure).toContain("There is no scenario flood");
  }, 60_000);
});

describe("seeds of a scenario", () => {
  it("stand for several runs each where it asks for them, and never share one", () => {
    const scenario = { ...SCENARIOS[0], repeats: 3 } as (typeof SCENARIOS)[number];
    expect(runSeeds(scenario, [1, 2])).toEqual([1, 2, 3, 4, 5, 6]);
    expect(runSeeds(scenario, [3])).toEqual([7, 8, 9]);
  });
});
