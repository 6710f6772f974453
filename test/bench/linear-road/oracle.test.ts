import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OfflineRun } from "../../../bench/linear-road/offline.ts";
import { RULE_NAMES, RULES } from "../../../bench/linear-road/rules.ts";
import type { Tuple } from "../../../bench/linear-road/tuples.ts";
import { anyStandstill, anyTuples, CROWDED, differencesOf, trafficOf } from "./support.ts";

const SEED = 20_261_123;

describe.each(RULE_NAMES)("Linear Road by the rules %s", (name) => {
  it("answers crowded traffic as the oracle does, seed after seed", () => {
    let charged = 0;
    let accidents = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const tuples = trafficOf({ ...CROWDED, seed, expressways: 1 + (seed % 2) });
      expect(differencesOf(tuples, RULES[name]), `seed ${seed}`).toEqual([]);
      const run = new OfflineRun(RULES[name]);
      for (const tuple of tuples) run.take(tuple);
      const { totals, traffic } = run.end();
      charged += totals.tollsCharged;
      accidents += traffic.book.found;
    }
    // Without tolls and accidents in it, equality would mean little.
    expect(charged).toBeGreaterThan(0);
    expect(accidents).toBeGreaterThan(4);
  });

  it("answers any tuples as the oracle does", () => {
    const rules = { ...RULES[name], freeVehicles: 0 };
    fc.assert(
      fc.property(anyTuples, (tuples) => {
        expect(differencesOf(tuples, rules)).toEqual([]);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it("follows vehicles that stand and go as the oracle does", () => {
    const rules = { ...RULES[name], freeVehicles: 0 };
    fc.assert(
      fc.property(anyStandstill, (tuples) => {
        expect(differencesOf(tuples, rules)).toEqual([]);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it("goes on from a snapshot as if nothing had happened", () => {
    const tuples = trafficOf({ ...CROWDED, seed: 4, seconds: 480 });
    expect(answersWithRestart(tuples, name, tuples.length >> 1)).toEqual(
      answersWithRestart(tuples, name, -1),
    );
  });
});

/** Every row of answers, with the state written down, read back and continued before one of the tuples. */
function answersWithRestart(tuples: readonly Tuple[], name: keyof typeof RULES, at: number): number[][] {
  const rows: number[][] = [];
  const run = new OfflineRun(RULES[name], (notices, accounts) => {
    for (const { rows: all, length } of [notices, accounts])
      if (length > 0) rows.push([...all.subarray(0, length * 5)]);
  });
  tuples.forEach((tuple, index) => {
    if (index === at) run.engine.restore(JSON.parse(JSON.stringify(run.engine.snapshot())));
    run.take(tuple);
  });
  run.end();
  return rows;
}
