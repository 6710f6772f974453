import { describe, expect, it } from "vitest";
import { SRTI_CATEGORIES, srtiCategory } from "../../src/domain/srti.ts";

const BYTES = Array.from({ length: 256 }, (_, code) => code);

describe("the categories of Delegated Regulation (EU) 886/2013", () => {
  it("are all reached, and by what the regulation means", () => {
    const reached = new Set(BYTES.flatMap((cause) => BYTES.map((sub) => srtiCategory(cause, sub))));
    expect(SRTI_CATEGORIES.filter((category) => !reached.has(category))).toEqual([]);
  });

  it.each([
    [6, 5, "temporary-slippery-road"],
    [6, 10, undefined],
    [7, 0, "temporary-slippery-road"],
    [9, 0, undefined],
    [9, 1, "animal-people-obstacle-debris"],
    [9, 3, "unmanaged-blockage"],
    [9, 7, "temporary-slippery-road"],
    [11, 0, "animal-people-obstacle-debris"],
    [2, 7, "unprotected-accident-area"],
    [92, 0, "unprotected-accident-area"],
    [94, 3, "unprotected-accident-area"],
    [94, 0, "animal-people-obstacle-debris"],
    [94, 4, undefined],
    [91, 3, "animal-people-obstacle-debris"],
    [3, 4, "short-term-roadworks"],
    [3, 1, undefined],
    [18, 1, "reduced-visibility"],
    [14, 2, "wrong-way-driver"],
    [5, 0, "unmanaged-blockage"],
    [19, 1, "exceptional-weather"],
  ] as const)("cause %i, sub-cause %i: %s", (cause, sub, category) => {
    expect(srtiCategory(cause, sub)).toBe(category);
  });

  it("leave out queues, braking, emergency vehicles and what nobody knows", () => {
    for (const cause of [1, 26, 27, 95, 97, 98, 99, 100, 200]) {
      expect(BYTES.map((sub) => srtiCategory(cause, sub)).some((one) => one !== undefined)).toBe(false);
    }
  });
});
