import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AlertShapes } from "../../src/evaluate/alert-shape.ts";
import { compareEpisodes } from "../../src/evaluate/compare.ts";
import { judge } from "../../src/evaluate/match.ts";
import { makeScene } from "../../src/evaluate/scene.ts";
import { readVerdicts, reportVerdicts, truthOfVerdicts, type Verdict } from "../../src/evaluate/verdicts.ts";
import { type AlertPlan, episodesOf, tableOf, traffic } from "./world.ts";

const PLANS: readonly AlertPlan[] = [
  { kind: "stationary-vehicle", fromS: 100, toS: 200, tailM: 1_000 },
  { kind: "stationary-vehicle", fromS: 150, toS: 250, tailM: 3_000 },
  { kind: "stationary-vehicle", fromS: 200, toS: 300, tailM: 5_000 },
  { kind: "stationary-vehicle", fromS: 110, toS: 190, tailM: 1_020, tier: "suspected" },
];
const stored = episodesOf(PLANS);
const idOf = (i: number): string => `alert-${String(i).padStart(4, "0")}`;

function verdicts(...words: readonly (Verdict["verdict"] | undefined)[]): ReadonlyMap<string, Verdict> {
  return new Map(
    words.flatMap((verdict, i) =>
      verdict === undefined
        ? []
        : [[idOf(i), { alertId: idOf(i), verdict, by: undefined, atMs: 0 }] as const],
    ),
  );
}

function fileOf(...lines: readonly string[]): string {
  const path = join(mkdtempSync(join(tmpdir(), "roadpulse-verdicts-")), "verdicts.ndjson");
  writeFileSync(path, lines.join("\n"));
  return path;
}

describe("reading verdicts", () => {
  it("takes the latest on each alert", async () => {
    const read = await readVerdicts(
      fileOf(
        '{"alertId":"a","verdict":"false","at":"2026-09-21T14:41:00Z","by":"desk 1"}',
        '{"alertId":"a","verdict":"confirmed","at":"2026-09-21T14:40:00Z"}',
        "",
        '{"alertId":"b","verdict":"unclear"}',
      ),
    );
    expect([...read.values()].map(({ alertId, verdict }) => [alertId, verdict])).toEqual([
      ["a", "false"],
      ["b", "unclear"],
    ]);
  });

  it("names the line that is none", async () => {
    await expect(readVerdicts(fileOf('{"alertId":"a","verdict":"maybe"}'))).rejects.toThrow(
      /line 1\.verdict must be one of confirmed, false, unclear, not "maybe"/,
    );
    await expect(readVerdicts(fileOf("{}"))).rejects.toThrow(/line 1\.alertId must be a text/);
    await expect(readVerdicts(fileOf("{}", "no"))).rejects.toThrow(/line 2 is not JSON/);
  });
});

describe("what operators found", () => {
  it("sums to all alerts of each tier", () => {
    const { tiers, strangers } = reportVerdicts(stored, verdicts("confirmed", "false", undefined, "unclear"));
    expect(tiers.suspected["stationary-vehicle"]).toMatchObject({
      all: 4,
      confirmed: 1,
      false: 1,
      unclear: 1,
      withoutVerdict: 1,
    });
    expect(tiers.confirmed["stationary-vehicle"]).toMatchObject({ all: 3, falseShare: { hits: 1, of: 2 } });
    expect(strangers).toBe(0);
  });
});

describe("verdicts as truth of another run", () => {
  const truth = truthOfVerdicts(stored, verdicts("confirmed", "false", undefined, "confirmed"));
  const scene = makeScene(tableOf(traffic(400)), truth, undefined);
  const outcomes = (plans: readonly AlertPlan[]) =>
    judge(scene, new AlertShapes(scene.ground, scene.atlas), episodesOf(plans))
      .toSorted((a, b) => (a.episode.alertId < b.episode.alertId ? -1 : 1))
      .map(({ outcome }) => outcome);

  it("asks once for what was confirmed, blames what was false, and leaves the rest", () => {
    const again: readonly AlertPlan[] = [
      { kind: "stationary-vehicle", fromS: 102, toS: 200, tailM: 1_010 },
      { kind: "stationary-vehicle", fromS: 152, toS: 250, tailM: 3_010 },
      { kind: "stationary-vehicle", fromS: 202, toS: 300, tailM: 5_010 },
    ];
    expect(outcomes(again)).toEqual(["matched", "false", "dont-care"]);
    expect(scene.events.filter(({ event }) => event.dontCare === undefined)).toHaveLength(1);
  });
});

describe("comparing", () => {
  const after = episodesOf([
    { kind: "stationary-vehicle", fromS: 96, toS: 205, tailM: 1_010 },
    { kind: "stationary-vehicle", fromS: 150, toS: 250, tailM: 3_000 },
    { kind: "stationary-vehicle", fromS: 150, toS: 180, tailM: 3_500 },
  ]);

  it("tells what is gained, lost, earlier, later and the same", () => {
    const changes = compareEpisodes(stored, after).map(({ change, startDifferenceS }) => [
      change,
      startDifferenceS,
    ]);
    expect(changes).toEqual([
      ["earlier", -4],
      ["lost", undefined],
      ["same", 0],
      ["gained", undefined],
      ["lost", undefined],
    ]);
  });

  it("is its own mirror image", () => {
    const mirrored = {
      gained: "lost",
      lost: "gained",
      earlier: "later",
      later: "earlier",
      same: "same",
    } as const;
    const there = compareEpisodes(stored, after).map(({ change }) => mirrored[change]);
    const back = compareEpisodes(after, stored).map(({ change }) => change);
    expect(back.toSorted()).toEqual(there.toSorted());
  });

  it("finds nothing between a run and itself", () => {
    expect(new Set(compareEpisodes(stored, stored).map(({ change }) => change))).toEqual(new Set(["same"]));
  });
});
