import type { AlertKind } from "../../src/domain/alert.ts";
import type { Distribution } from "../../src/evaluate/statistics.ts";
import { summariseKind } from "../../src/evaluate/summary.ts";
import type { RunResult } from "../../src/evaluate/tally.ts";
import { type CurvePoint, penetrationChart } from "../../src/plot/penetration-chart.ts";
import { markdownTable } from "../support/table.ts";
import type { ScenarioScore } from "./score.ts";

/** Classes of flow, vehicles per hour on the carriageway of the hazard: upper bounds. */
const CLASSES = [
  { name: "under 1,800/h", belowPerHour: 1_800 },
  { name: "1,800 to 2,500/h", belowPerHour: 2_500 },
  { name: "over 2,500/h", belowPerHour: Number.POSITIVE_INFINITY },
] as const;

/** What is looked at: queues of all sorts, and a stopped vehicle that cannot speak for itself. */
const LOOKS: readonly {
  readonly what: string;
  readonly kinds: readonly AlertKind[];
  readonly isOf: (score: ScenarioScore) => boolean;
}[] = [
  {
    what: "queue",
    kinds: ["congestion"],
    isOf: ({ scenario }) =>
      ["full-closure", "bottleneck", "rolling-queue", "moving-jam", "stop-and-go"].includes(scenario),
  },
  {
    what: "stopped vehicle, not equipped",
    kinds: ["stationary-vehicle", "congestion"],
    isOf: ({ scenario, victims }) => scenario === "breakdown" && victims === "bare",
  },
];

/** One line: what was found of one thing at one share of equipped vehicles and one flow. */
export interface FlowRow {
  readonly what: string;
  readonly kind: AlertKind;
  readonly penetration: number;
  readonly flow: string;
  readonly found: string;
  readonly detectS: Distribution;
  readonly oracleS: Distribution;
  readonly excessS: Distribution;
}

/** Absolute times follow penetration × flow; what the detector adds is the excess. */
export function flowRows(scores: readonly ScenarioScore[]): readonly FlowRow[] {
  const penetrations = [...new Set(scores.map(({ penetration }) => penetration))].sort((a, b) => a - b);
  return LOOKS.flatMap(({ what, kinds, isOf }) =>
    kinds.flatMap((kind) =>
      penetrations.flatMap((penetration) => {
        const own = scores.filter((score) => score.penetration === penetration && isOf(score));
        return CLASSES.flatMap((flow, i) => {
          const fromPerHour = CLASSES[i - 1]?.belowPerHour ?? 0;
          const runs = own.flatMap((score) => runsBetween(score, fromPerHour, flow.belowPerHour));
          return rowOf(what, kind, penetration, flow.name, runs);
        });
      }),
    ),
  );
}

function runsBetween(score: ScenarioScore, fromPerHour: number, belowPerHour: number): readonly RunResult[] {
  return score.runs.suspected.filter((_, i) => {
    const perHour = score.perHour[i] ?? Number.NaN;
    return perHour >= fromPerHour && perHour < belowPerHour;
  });
}

function rowOf(
  what: string,
  kind: AlertKind,
  penetration: number,
  flow: string,
  runs: readonly RunResult[],
): readonly FlowRow[] {
  const { detection, detectS, oracleS, excessS } = summariseKind(runs, kind, undefined);
  const { hits, of } = detection.ofAll;
  if (of === 0) return [];
  return [
    {
      what,
      kind,
      penetration,
      flow,
      found: `${hits}/${of}`,
      detectS,
      oracleS,
      excessS,
    },
  ];
}

const fixed = (value: number | undefined): string => (value === undefined ? "–" : value.toFixed(1));

export function flowTable(scores: readonly ScenarioScore[]): string {
  const rows = flowRows(scores).map((row) => [
    row.what,
    row.kind,
    row.penetration,
    row.flow,
    row.found,
    fixed(row.detectS.mean),
    fixed(row.detectS.p95),
    fixed(row.oracleS.mean),
    fixed(row.excessS.mean),
    fixed(row.excessS.p95),
  ]);
  const head = [
    "what",
    "alert",
    "p",
    "flow",
    "found of all",
    "mean",
    "P95",
    "oracle",
    "excess",
    "excess P95",
  ];
  return rows.length === 0 ? "Nothing." : markdownTable(head, rows);
}

/** One colour for each class of flow, told apart by those who see no red or green (Okabe and Ito). */
const COLOURS = ["#0072b2", "#d55e00", "#009e73"] as const;

/** Time to find a queue against the share of equipped vehicles, one curve per flow, the oracle's dashed; an SVG file. */
export function flowChart(scores: readonly ScenarioScore[]): string {
  const rows = flowRows(scores).filter(({ what }) => what === "queue");
  const curves = CLASSES.flatMap(({ name }, i) => {
    const own = rows.filter(({ flow }) => flow === name);
    const points = (of: (row: FlowRow) => Distribution): readonly CurvePoint[] =>
      own.flatMap((row) => {
        const { mean, low, high } = of(row);
        return mean === undefined ? [] : [{ penetration: row.penetration, value: mean, low, high }];
      });
    const colour = COLOURS[i] ?? "#000000";
    return [
      { label: name, colour, points: points(({ detectS }) => detectS) },
      { label: `oracle, ${name}`, colour, dashes: "4 4", points: points(({ oracleS }) => oracleS) },
    ].filter((curve) => curve.points.length > 0);
  });
  return penetrationChart({
    title: "Time to find a queue",
    subtitle: "from its onset to the first word, mean of all scenarios with queues, by vehicles per hour",
    caption: "Bounds are 95 % (bootstrap). The oracle hears the same vehicles and knows the truth of each.",
    valueTitle: "s",
    valueText: (value) => String(Math.round(value)),
    curves,
  });
}
