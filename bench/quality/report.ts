import type { AlertKind } from "../../src/domain/alert.ts";
import type { Case } from "../../src/evaluate/cases.ts";
import { type LevelCounts, levelShares, STATE_LEVELS, TOLD_LEVELS } from "../../src/evaluate/levels.ts";
import type { KindSummary } from "../../src/evaluate/summary.ts";
import type { RunResult } from "../../src/evaluate/tally.ts";
import { type Machine, machineLine } from "../support/machine.ts";
import { markdownTable } from "../support/table.ts";
import { SCENARIOS } from "./catalog.ts";
import { flowTable } from "./flow-table.ts";
import { EPOCH_MS } from "./samples.ts";
import type { ScenarioScore } from "./score.ts";
import type { Settings } from "./settings.ts";
import { type OtherMeasures, targetRows } from "./targets.ts";

const WORST_CASES = 5;

/** Everything as Markdown. */
export function reportText(
  machine: Machine,
  settings: Settings,
  scores: readonly ScenarioScore[],
  other: OtherMeasures = {},
): string {
  const seeds = settings.seeds;
  const parts = [
    "# Detection quality on scenarios with known truth",
    `Commit ${machine.commit}. ${machineLine(machine)}. Channel \`${settings.channel}\`, traffic seeds ${seeds[0]} to ${seeds.at(-1)}. Bounds are 95 %: Wilson for shares, bootstrap for means, Garwood for rates.`,
    "## Targets",
    targetTable(scores, other),
    "## Worst cases",
    caseTable(scores),
    "## What was found",
    "Suspected tier, that is every alert from its first word; times in seconds.",
    kindTable(scores),
    "## By share and flow",
    "Suspected tier, s. Absolute times follow penetration × flow; what the detector adds is the excess over the oracle.",
    flowTable(scores),
    "## Levels of traffic",
    "Cells of 50 m for 10 s by the mean speed of all vehicles there, where two or more drove and a level worse than free lasted a minute; what congestion alerts (suspected tier) said of them at that time.",
    levelTable(scores, TOLD_LEVELS, ({ levels }) => levels),
    "The same cells by what the state of traffic on mapped roads said, which the detectors share and consoles show.",
    levelTable(scores, STATE_LEVELS, ({ states }) => states),
    "## Warnings",
    "Equipped vehicles that reach a queue tail or a stopped vehicle, and those warned for nothing.",
    warningTable(scores),
    "## Scenarios",
    scenarioTable(scores),
  ];
  return `${parts.join("\n\n")}\n`;
}

function targetTable(scores: readonly ScenarioScore[], other: OtherMeasures): string {
  const rows = targetRows(scores, other).map(({ what, target, measured, verdict, note }) => [
    what,
    target,
    measured,
    verdict,
    note,
  ]);
  return markdownTable(["what", "target", "measured", "", "what bounds it"], rows);
}

/** Events that nobody found first, then false alerts, then the latest; of one scenario and kind one each, of those asked for. */
export function worstCases(
  scores: readonly ScenarioScore[],
  count: number,
): readonly (Case & { readonly scenario: string })[] {
  const all = scores.flatMap((score) => {
    const asked = SCENARIOS.find(({ name }) => name === score.scenario)?.asks ?? [];
    const counts = ({ what, kind }: Case): boolean => what === "false" || asked.includes(kind);
    return score.cases.filter(counts).map((found) => ({ ...found, scenario: score.scenario }));
  });
  const weight = (found: Case): number =>
    found.what === "missed" ? 1_000 : found.what === "false" ? 500 : Math.min(400, found.excessS ?? 0);
  const seen = new Map<string, (typeof all)[number] & { times: number }>();
  for (const found of all.sort((a, b) => weight(b) - weight(a))) {
    const key = `${found.scenario} ${found.what} ${found.kind}`;
    const known = seen.get(key);
    if (known === undefined) seen.set(key, { ...found, times: 1 });
    else known.times++;
  }
  return [...seen.values()]
    .sort((a, b) => weight(b) * Math.sqrt(b.times) - weight(a) * Math.sqrt(a.times))
    .slice(0, count)
    .map(({ times, ...found }) => ({ ...found, text: `${found.text}; ${times} of this sort` }));
}

function caseTable(scores: readonly ScenarioScore[]): string {
  const rows = worstCases(scores, WORST_CASES).map(
    ({ scenario, what, kind, penetration, seed, atMs, text, cause }) => [
      scenario,
      `${what} ${kind}`,
      penetration ?? 1,
      String(seed),
      `${((atMs - EPOCH_MS) / 1000).toFixed(1)} s`,
      text,
      cause,
    ],
  );
  if (rows.length === 0) return "None.";
  return markdownTable(["scenario", "case", "p", "seed", "at", "what", "cause"], rows);
}

const HEAD = [
  "scenario",
  "p",
  "victims",
  "kind",
  "alerts: true/again/don't care/false",
  "found of perceived",
  "mean",
  "P95",
  "excess",
  "covered",
  "tail m",
];

function kindTable(scores: readonly ScenarioScore[]): string {
  const rows = scores.flatMap((score) => {
    const asked = SCENARIOS.find(({ name }) => name === score.scenario)?.asks ?? [];
    const kinds = Object.entries(score.tiers.suspected.kinds) as [AlertKind, KindSummary][];
    return kinds
      .filter(
        ([kind, { alerts, detection }]) => asked.includes(kind) || alerts.false > 0 || detection.ofAll.of > 0,
      )
      .map(([kind, summary]) => kindRow(score, kind, summary));
  });
  return rows.length === 0 ? "Nothing." : markdownTable(HEAD, rows);
}

function kindRow(score: ScenarioScore, kind: AlertKind, summary: KindSummary): readonly (string | number)[] {
  const { alerts, detection, detectS, excessS, timeCovered, tail } = summary;
  const { ofPerceived } = detection;
  return [
    score.scenario,
    score.penetration,
    score.victims,
    kind,
    `${alerts.matched}/${alerts.duplicate}/${alerts["dont-care"]}/${alerts.false}`,
    ofPerceived.of === 0
      ? "–"
      : `${ofPerceived.hits}/${ofPerceived.of} (≥ ${fixed(percentOf(ofPerceived.low), 0)} %)`,
    fixed(detectS.mean, 1),
    fixed(detectS.p95, 1),
    fixed(excessS.mean, 1),
    timeCovered.value === undefined ? "–" : `${fixed(timeCovered.value * 100, 0)} %`,
    fixed(tail.medianAbsoluteM, 0),
  ];
}

const percentOf = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : value * 100;

function fixed(value: number | undefined, digits: number): string {
  return value === undefined ? "–" : value.toFixed(digits);
}

function levelTable(
  scores: readonly ScenarioScore[],
  told: readonly string[],
  countsOf: (run: RunResult) => LevelCounts,
): string {
  const penetrations = [...new Set(scores.map(({ penetration }) => penetration))].sort((a, b) => a - b);
  const rows = penetrations.flatMap((penetration) => {
    const runs = scores
      .filter((score) => score.penetration === penetration)
      .flatMap((score) => score.runs.suspected.map(countsOf))
      .filter(({ length }) => length > 0);
    return levelShares(runs, told)
      .filter(({ toldAs }) => (toldAs[0]?.of ?? 0) > 0)
      .map(({ level, toldAs }) => [
        penetration,
        level,
        toldAs[0]?.of ?? 0,
        ...toldAs.map(({ value }) => `${fixed(percentOf(value), 1)} %`),
      ]);
  });
  const head = ["p", "true", "cells × 10 s", ...told.map((level) => `told ${level}`)];
  return rows.length === 0 ? "Nothing." : markdownTable(head, rows);
}

function warningTable(scores: readonly ScenarioScore[]): string {
  const rows = scores.map(({ scenario, penetration, victims, tiers }) => {
    const { warnedInTime, warnedInTimeOfKnown, needlessOfEquipped } = tiers.suspected.warnings;
    const text = ({ value, hits, of }: typeof warnedInTime): string =>
      of === 0 ? "–" : `${fixed(percentOf(value), 0)} % (${hits}/${of})`;
    return [
      scenario,
      penetration,
      victims,
      text(warnedInTime),
      text(warnedInTimeOfKnown),
      text(needlessOfEquipped),
    ];
  });
  return markdownTable(
    ["scenario", "p", "victims", "warned ≥ 10 s before", "of those known to the oracle", "needlessly"],
    rows,
  );
}

function scenarioTable(scores: readonly ScenarioScore[]): string {
  const names = new Set(scores.map(({ scenario }) => scenario));
  const rows = SCENARIOS.filter(({ name }) => names.has(name)).map(
    ({ name, engine, title, asks, durationS }) => {
      const score = scores.find(({ scenario }) => scenario === name);
      return [
        name,
        engine,
        title,
        asks.join(", ") || "silence",
        `${score?.exposure.runs ?? 0} × ${durationS} s`,
        `${Math.round(score?.exposure.vehicleKm ?? 0)}`,
      ];
    },
  );
  return markdownTable(["scenario", "made by", "what happens", "asks for", "runs", "vehicle-km"], rows);
}
