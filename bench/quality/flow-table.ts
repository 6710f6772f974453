import type { AlertKind } from "../../src/domain/alert.ts";
import { summariseKind } from "../../src/evaluate/summary.ts";
import type { RunResult } from "../../src/evaluate/tally.ts";
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
  readonly detectMeanS: number | undefined;
  readonly detectP95S: number | undefined;
  readonly oracleMeanS: number | undefined;
  readonly excessMeanS: number | undefined;
  readonly excessP95S: number | undefined;
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
      detectMeanS: detectS.mean,
      detectP95S: detectS.p95,
      oracleMeanS: oracleS.mean,
      excessMeanS: excessS.mean,
      excessP95S: excessS.p95,
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
    fixed(row.detectMeanS),
    fixed(row.detectP95S),
    fixed(row.oracleMeanS),
    fixed(row.excessMeanS),
    fixed(row.excessP95S),
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
