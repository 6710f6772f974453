import { describe, expect, it } from "vitest";
import { SCENARIOS } from "../../../bench/quality/catalog.ts";
import { readSettings } from "../../../bench/quality/settings.ts";

describe("the command line of the quality benchmark", () => {
  it("runs all scenarios where nothing is asked", () => {
    const asked = readSettings([]);
    if ("text" in asked) throw new Error(asked.text);
    const ours = SCENARIOS.filter(({ engine }) => engine === "idm");
    expect(asked.settings.scenarios).toEqual(expect.arrayContaining(ours));
    expect(asked.settings.penetrations).toEqual([0.05, 0.2]);
  });

  it("takes scenarios, seeds, shares", () => {
    const asked = readSettings([
      "--scenario",
      "fog,breakdown",
      "--seeds",
      "3",
      "--first-seed",
      "10",
      "--penetration",
      "0.1",
    ]);
    if ("text" in asked) throw new Error(asked.text);
    expect(asked.settings.scenarios.map(({ name }) => name)).toEqual(["fog", "breakdown"]);
    expect(asked.settings.seeds).toEqual([10, 11, 12]);
    expect(asked.settings.penetrations).toEqual([0.1]);
  });

  it.each([
    [["--scenario", "flood"], "There is no scenario flood"],
    [["--penetration", "0"], "--penetration must be"],
    [["--seeds", "1.5"], "--seeds must be"],
    [["--speed"], "--speed"],
  ])("refuses %j in one sentence", (args, words) => {
    expect(readSettings(args)).toMatchObject({ code: 2, text: expect.stringContaining(words) });
  });

  it("lists every scenario", () => {
    const asked = readSettings(["--list"]);
    for (const { name } of SCENARIOS) expect(asked).toMatchObject({ text: expect.stringContaining(name) });
  });
});
