import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countDuplicates } from "../../../bench/quality/duplicates.ts";
import { flowChart, flowRows } from "../../../bench/quality/flow-table.ts";
import { duplicateRow, misbehaviourRow } from "../../../bench/quality/other-benches.ts";
import { NO_EXPOSURE, type ScenarioScore } from "../../../bench/quality/score.ts";
import { targetRows } from "../../../bench/quality/targets.ts";
import type { AlertKind } from "../../../src/domain/alert.ts";
import type { EventResult } from "../../../src/evaluate/tally.ts";

describe("times by share and flow", () => {
  it("take the runs of each flow apart, and are drawn", () => {
    const run = (detectS: number) => ({
      seed: 1,
      tier: "suspected" as const,
      levels: [],
      kinds: new Map([
        [
          "congestion",
          {
            outcomes: {},
            roadTime: undefined,
            events: [
              {
                detected: true,
                detectS,
                oracleS: 1,
                excessS: detectS - 1,
                tailErrorsM: [],
                duplicates: 0,
                flaps: 0,
                coveredS: 0,
                knownS: 0,
              },
            ],
          },
        ],
      ]),
    });
    const score = {
      scenario: "bottleneck",
      victims: "drawn",
      penetration: 0.2,
      perHour: [1_000, 3_000, 3_100],
      runs: { suspected: [run(40), run(10), run(20)], confirmed: [] },
    } as unknown as ScenarioScore;
    const rows = flowRows([score]).filter(({ what }) => what === "queue");
    expect(rows.map(({ flow, found, detectS }) => [flow, found, detectS.mean])).toEqual([
      ["under 1,800/h", "1/1", 40],
      ["over 2,500/h", "2/2", 15],
    ]);
    expect(flowChart([score])).toContain("over 2,500/h");
  });
});

/** One run of a scenario with one event, found or not. */
function scoreOf(
  scenario: string,
  kind: AlertKind,
  event: Partial<EventResult>,
  equippedVehicleKm = 0,
): ScenarioScore {
  const events = [{ detected: true, perceived: true, victimEquipped: true, tailErrorsM: [], ...event }];
  const run = { kinds: new Map([[kind, { outcomes: { false: 0 }, events, roadTime: undefined }]]) };
  return {
    scenario,
    victims: "equipped",
    penetration: 0.2,
    exposure: { ...NO_EXPOSURE, equippedVehicleKm },
    cases: [],
    tiers: { suspected: { kinds: {} }, confirmed: { kinds: {} } },
    runs: { suspected: [run], confirmed: [] },
    warningCounts: { suspected: [], confirmed: [] },
  } as unknown as ScenarioScore;
}

const rowOf = (scores: readonly ScenarioScore[], what: string) =>
  targetRows(scores).find((row) => row.what.startsWith(what));

describe("targets", () => {
  it("leave a rate of no false alerts unproven until enough was driven to show it", () => {
    const verdict = (equippedVehicleKm: number, detectS = 2) =>
      rowOf(
        [scoreOf("wrong-way-ramp", "wrong-way", { detectS, placeErrorM: 5 }, equippedVehicleKm)],
        "wrong way",
      )?.verdict;
    expect(verdict(718_000)).toBe("unproven");
    expect(verdict(1_000_000)).toBe("reached");
    expect(verdict(718_000, 4)).toBe("missed");
  });

  it("say beside chosen victims and chosen scenarios what was found in all", () => {
    const found = { detectS: 4 };
    const stops = [
      scoreOf("breakdown", "stationary-vehicle", found),
      scoreOf("parking", "stationary-vehicle", { detected: false }),
    ];
    const stop = rowOf(stops, "stationary vehicle, victim equipped by design, suspected");
    expect(stop?.measured).toContain("1 of 1");
    expect(stop?.note).toContain("50.0 % (1 of 2)");
    const queues = [
      scoreOf("bottleneck", "congestion", { excessS: 1, coveredS: 9, knownS: 10 }),
      scoreOf("map-border", "congestion", { excessS: 21, coveredS: 1, knownS: 10 }),
    ];
    expect(rowOf(queues, "queue onset")?.measured).toContain("mean 1.0 s");
    expect(rowOf(queues, "queue onset")?.note).toContain("over all scenarios mean 11.0 s (n = 2)");
    expect(rowOf(queues, "congested time covered")?.measured).toContain("9 of 10");
    expect(rowOf(queues, "congested time covered")?.note).toContain("over all scenarios 50.0 %");
  });

  it("are all told, and none is reached by a run of nothing", () => {
    const rows = targetRows([]);
    const told = rows.filter(({ what }) => !what.startsWith("misbehaviour"));
    expect(told.length).toBeGreaterThan(10);
    expect(told.map(({ verdict }) => verdict)).toEqual(told.map(() => "not measured"));
    expect(rows.map(({ note }) => note)).not.toContain("");
  });

  it("count copies that several roadside units heard, on both sides", async () => {
    const counts = await countDuplicates(1);
    expect(counts.copies).toBeGreaterThan(10_000);
    expect(duplicateRow(counts).verdict).toBe(counts.removed === counts.copies ? "reached" : "missed");
    expect(duplicateRow({ ...counts, removed: counts.copies - 1 }).verdict).toBe("missed");
    expect(counts.messages + counts.copies).toBeGreaterThan(counts.removed + counts.rejected);
  }, 120_000);
});

describe("misbehaviour", () => {
  const folder = mkdtempSync(join(tmpdir(), "roadpulse-results-"));
  const head =
    "| condition | constant-position (≥ 0.99) | random-position (≥ 0.99) | eventual-stop (≥ 0.9) | random-offset (≥ 0.85) | constant-offset (≥ 0.7) | honest accused |";

  beforeAll(() => {
    writeFileSync(
      join(folder, "2026-01-01-misbehaviour.md"),
      `${head}\n| base: old | 0.1 (1) | 0 | 0 | 0 | 0 | 0 |\n`,
    );
    writeFileSync(
      join(folder, "2026-02-01-misbehaviour.md"),
      `${head}\n| base: 1 Hz | 1.000 (1.00) | 0.990 (1.00) | 0.951 (0.98) | 0.90 (1.00) | 0.69 (0.9) | 0 of 9 |\n`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is quoted from the newest result of its own benchmark and held against the targets", () => {
    const row = misbehaviourRow(folder);
    expect(row.measured).toContain("eventual-stop 0.951");
    expect(row.note).toContain("2026-02-01-misbehaviour.md");
    expect(row.verdict).toBe("missed");
  });
});
