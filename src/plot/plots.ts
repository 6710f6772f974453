import type { AlertKind } from "../domain/alert.ts";
import type { Evaluation, PenetrationResult } from "../evaluate/evaluate.ts";
import type { RunDetails } from "../evaluate/run-details.ts";
import type { Distribution } from "../evaluate/statistics.ts";
import type { KindSummary } from "../evaluate/summary.ts";
import { mapPicture } from "./map-picture.ts";
import { type PageFacts, sourceOf } from "./page-facts.ts";
import { alertColour, MUTED, VERDICT_COLOURS } from "./palette.ts";
import { type Curve, type CurvePoint, type PenetrationChart, penetrationChart } from "./penetration-chart.ts";
import { type PagePicture, reportPage } from "./report-page.ts";
import { roadDiagrams } from "./road-diagrams.ts";
import { figure } from "./svg.ts";
import { timeSpaceDiagram } from "./time-space.ts";

export interface PlotFile {
  readonly name: string;
  readonly content: string;
}

/**
 * All pictures of an evaluation, and the page that holds them. `shown` is the run that diagrams and map show; curves are
 * of all runs.
 */
export function plotFiles(evaluation: Evaluation, shown: RunDetails, facts: PageFacts): readonly PlotFile[] {
  const cases = evaluation.results
    .flatMap((result) => result.cases)
    .filter(({ seed, penetration }) => seed === shown.seed && penetration === shown.penetration);
  const roads = roadDiagrams(shown, facts).map(({ name, diagram }) => ({
    name,
    svg: timeSpaceDiagram(diagram),
  }));
  const pictures: readonly PagePicture[] = [
    ...roads,
    { name: "map", svg: mapPicture(shown, cases, facts) },
    ...charts(evaluation, facts).map(({ name, chart }) => ({ name, svg: penetrationChart(chart) })),
  ];
  return [
    ...pictures.map(({ name, svg }) => ({ name: `${name}.svg`, content: svg })),
    { name: "report.html", content: reportPage(facts, evaluation, pictures) },
  ];
}

interface NamedChart {
  readonly name: string;
  readonly chart: PenetrationChart;
}

/** Curves need at least two shares. */
function charts({ results, seeds }: Evaluation, facts: PageFacts): readonly NamedChart[] {
  const drawn = results.filter(({ penetration }) => penetration !== undefined);
  if (drawn.length < 2) return [];
  const base = {
    subtitle: `${facts.what}: ${seeds.length} ${seeds.length === 1 ? "draw" : "draws"} of each share, bars are 95 % bounds`,
    caption: sourceOf(facts),
  };
  return [
    {
      name: "detection-time",
      chart: {
        ...base,
        title: "Time to detect against penetration",
        valueTitle: "mean time from the beginning of the event, s",
        valueText: (value) => figure(value),
        curves: timeCurves(drawn),
      },
    },
    {
      name: "warned",
      chart: {
        ...base,
        title: "Who was warned, against penetration",
        valueTitle: "share of vehicles",
        valueText: (value) => `${figure(value * 100)} %`,
        top: 1.02,
        curves: warningCurves(drawn),
      },
    },
  ];
}

function timeCurves(results: readonly PenetrationResult[]): readonly Curve[] {
  const kinds = [
    ...new Set(results.flatMap(({ tiers }) => Object.keys(tiers.suspected.kinds) as AlertKind[])),
  ];
  return kinds.flatMap((kind) => {
    const curve = (of: (summary: KindSummary) => Distribution): readonly CurvePoint[] =>
      results.flatMap(({ penetration = 1, tiers }) => {
        const summary = tiers.suspected.kinds[kind];
        const measured = summary === undefined ? undefined : of(summary);
        if (measured?.mean === undefined) return [];
        return [{ penetration, value: measured.mean, low: measured.low, high: measured.high }];
      });
    const colour = alertColour(kind);
    const told = curve(({ detectS }) => detectS);
    const oracle = curve(({ oracleS }) => oracleS);
    if (told.length === 0) return [];
    return [
      { label: kind, colour, points: told },
      { label: `${kind}, oracle`, colour, dashes: "4 4", points: oracle },
    ];
  });
}

function warningCurves(results: readonly PenetrationResult[]): readonly Curve[] {
  const curve = (
    of: (result: PenetrationResult) => PenetrationResult["tiers"]["suspected"]["warnings"]["warnedInTime"],
  ) =>
    results.flatMap((result): CurvePoint[] => {
      const { value, low, high } = of(result);
      return value === undefined ? [] : [{ penetration: result.penetration ?? 1, value, low, high }];
    });
  return [
    {
      label: "in time, of known hazards",
      colour: VERDICT_COLOURS.found,
      points: curve(({ tiers }) => tiers.suspected.warnings.warnedInTimeOfKnown),
    },
    {
      label: "in time, of all",
      colour: MUTED,
      dashes: "4 4",
      points: curve(({ tiers }) => tiers.suspected.warnings.warnedInTime),
    },
    {
      label: "needlessly",
      colour: VERDICT_COLOURS.false,
      points: curve(({ tiers }) => tiers.suspected.warnings.needlessOfEquipped),
    },
  ];
}
