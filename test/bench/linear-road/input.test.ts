import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashedExpenditures } from "../../../bench/linear-road/expenditures.ts";
import { type InputResult, runInput } from "../../../bench/linear-road/input.ts";

const report = (timeS: number, vehicle: number): string =>
  `0,${timeS},${vehicle},50,0,1,0,10,53320,-1,-1,-1,-1,-1,-1`;
const balance = (timeS: number, vehicle: number): string =>
  `2,${timeS},${vehicle},-1,-1,-1,-1,-1,-1,7,-1,-1,-1,-1,-1`;

describe("a tuple file", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "linear-road-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function run(...lines: string[]): InputResult {
    const path = join(folder, "tuples.dat");
    writeFileSync(path, lines.join("\n"));
    return runInput(path, "roadpulse", hashedExpenditures, { isOnly: true, withOracle: true });
  }

  it("is answered as the oracle does, without a warning where nothing is wrong", () => {
    const result = run(report(0, 1), report(30, 1), balance(31, 1));
    expect(result).toMatchObject({ tuples: 3, tollsNotified: 1, balancesAnswered: 1, warnings: [] });
    expect(result.oracle?.equal).toBe(true);
  });

  it("is told with the line that is no tuple, and of whose second comes too late", () => {
    const result = run(report(40, 1), "hello", "", report(50, 2), report(40, 3));
    expect(result).toMatchObject({ tuples: 3, unreadable: 1, outOfOrder: 1 });
    expect(result.warnings).toEqual([
      expect.stringContaining("line 2 is no tuple, 1 in all"),
      expect.stringContaining("line 5 is of an earlier second than one before it, 1 in all"),
    ]);
  });

  it("is refused in one sentence where it holds no tuple", () => {
    expect(() => run()).toThrow(/tuples\.dat is empty/);
    expect(() => run("", "a;b;c")).toThrow(
      /tuples\.dat, line 2: no tuple, nor is any other line: fifteen integers/,
    );
    expect(() => runInput(join(folder, "none"), "roadpulse", hashedExpenditures)).toThrow(
      /there is no such file/,
    );
    expect(() => runInput(folder, "roadpulse", hashedExpenditures)).toThrow(/is a folder/);
  });
});
