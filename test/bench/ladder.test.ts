import { describe, expect, it } from "vitest";
import { highestHolding, type LadderOptions } from "../../bench/load/ladder.ts";

const options: LadderOptions = { firstRate: 100, factor: 2, leastRate: 10, mostRate: 10_000, refinements: 4 };

function serverThatHolds(limit: number) {
  const tried: number[] = [];
  const holds = async (rate: number): Promise<boolean> => {
    tried.push(rate);
    return rate <= limit;
  };
  return { tried, holds };
}

describe("the ladder", () => {
  it.each([17, 100, 330, 5_000])("finds a limit of %i from below, within a step", async (limit) => {
    const server = serverThatHolds(limit);
    const found = await highestHolding(server.holds, options);
    expect(found).toBeLessThanOrEqual(limit);
    expect(found).toBeGreaterThan(limit * 0.93);
    expect(new Set(server.tried).size).toBe(server.tried.length);
  });

  it("answers 0 where nothing holds and the top where everything does", async () => {
    expect(await highestHolding(serverThatHolds(1).holds, options)).toBe(0);
    expect(await highestHolding(serverThatHolds(1e9).holds, options)).toBe(6_400);
  });
});
