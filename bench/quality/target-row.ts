import type { AlertKind, AlertTier } from "../../src/domain/alert.ts";
import type { Rate, Share } from "../../src/evaluate/statistics.ts";
import { type Exposure, type KindSummary, summariseKind } from "../../src/evaluate/summary.ts";
import { addExposure, NO_EXPOSURE, type ScenarioScore } from "./score.ts";

/** One line of the table of targets. */
export interface TargetRow {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly verdict: "reached" | "missed" | "reported" | "unproven" | "not measured";
  /** What the figure rests on and what holds it back. */
  readonly note: string;
}

/**
 * `isReached` undefined: nothing was measured; `"reported"`: the target asks for a report only; `"unproven"`: nothing speaks
 * against it, and too little was driven to show it.
 */
export function targetRow(
  what: string,
  target: string,
  measured: string,
  isReached: boolean | "reported" | "unproven" | undefined,
  note: string,
): TargetRow {
  const verdict =
    isReached === undefined
      ? "not measured"
      : typeof isReached === "string"
        ? isReached
        : isReached
          ? "reached"
          : "missed";
  return { what, target, measured, verdict, note };
}

export const percent = (value: number | undefined, digits = 1): string =>
  value === undefined ? "–" : `${(value * 100).toFixed(digits)} %`;
export const seconds = (value: number | undefined): string =>
  value === undefined ? "–" : `${value.toFixed(1)} s`;

export function shareText({ value, low, high, hits, of }: Share): string {
  return `${percent(value)} (${hits} of ${of}; 95 %: ${percent(low)} to ${percent(high)})`;
}

export function rateText({ value, high, events, exposure }: Rate, unit: string): string {
  const figure = (x: number | undefined): string =>
    x === undefined ? "–" : Number(x.toPrecision(2)).toString();
  return `${figure(value)} ${unit} (${events} in ${Number(exposure.toPrecision(3))}; 95 %: below ${figure(high)})`;
}

/** Found of those that some equipped vehicle could tell of, in whatever scenario: beside the victims that were chosen. */
export function ofAllPerceived(scores: readonly ScenarioScore[], kind: AlertKind, tier: AlertTier): string {
  const found = over(scores, kind, tier)?.detection.ofPerceived;
  return found === undefined ? "–" : `${percent(found.value)} (${found.hits} of ${found.of})`;
}

export function exposureOf(scores: readonly ScenarioScore[]): Exposure {
  return scores.reduce((sum, { exposure }) => addExposure(sum, exposure), NO_EXPOSURE);
}

/** Everything of one kind over several scenarios. */
export function over(
  scores: readonly ScenarioScore[],
  kind: AlertKind,
  tier: AlertTier,
): KindSummary | undefined {
  const runs = scores.flatMap((score) => score.runs[tier]);
  if (!runs.some(({ kinds }) => kinds.has(kind))) return undefined;
  return summariseKind(runs, kind, exposureOf(scores));
}

export const of = (scores: readonly ScenarioScore[], ...names: readonly string[]): readonly ScenarioScore[] =>
  scores.filter(({ scenario }) => names.includes(scenario));
export const equipped = (scores: readonly ScenarioScore[]): readonly ScenarioScore[] =>
  scores.filter(({ victims }) => victims === "equipped");
export const at = (scores: readonly ScenarioScore[], penetration: number): readonly ScenarioScore[] =>
  scores.filter((score) => score.penetration === penetration);

export function penetrationsOf(scores: readonly ScenarioScore[]): readonly number[] {
  return [...new Set(scores.map(({ penetration }) => penetration))].sort((a, b) => a - b);
}

export const atLeast = (share: Share, bound: number): boolean | undefined =>
  share.value === undefined ? undefined : share.value >= bound;

/** False alerts of each kind, most first. */
export function falsesByKind(
  scores: readonly ScenarioScore[],
  tier: AlertTier,
): readonly { readonly kind: AlertKind; readonly count: number }[] {
  const counts = new Map<AlertKind, number>();
  for (const { runs } of scores) {
    for (const run of runs[tier]) {
      for (const [kind, { outcomes }] of run.kinds)
        counts.set(kind, (counts.get(kind) ?? 0) + outcomes.false);
    }
  }
  return [...counts]
    .map(([kind, count]) => ({ kind, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}

/** Causes of cases of some sort, most frequent first, with figures in them left out so that like joins like. */
export function causesOf(
  scores: readonly ScenarioScore[],
  what: "missed" | "false" | "late",
  kind: AlertKind,
): string {
  const counts = new Map<string, number>();
  for (const found of scores.flatMap(({ cases }) => cases)) {
    if (found.what !== what || found.kind !== kind) continue;
    const cause = found.cause.split(":")[0] ?? "";
    counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return sorted.map(([cause, count]) => `${cause} ${count}`).join(", ");
}
