import { type ChartCurve, type ChartPanel, chartSvg, sizeText } from "../../support/chart.ts";
import { machineLine } from "../../support/machine.ts";
import { figure } from "../../support/table.ts";
import type { Ladder } from "./ladder.ts";
import { kneeOfSteps, type LadderResult, type Step, stepsOf } from "./result.ts";
import type { LadderRung } from "./rung.ts";

const MIB = 2 ** 20;
const MS = (value: number): string => `${figure(value)} ms`;
const US = (value: number): string => `${figure(value)} µs`;

/** How a ladder's cost grows, as one picture. */
export function ladderPicture(ladder: Ladder, result: LadderResult): string {
  const steps = stepsOf(ladder, result.rungs);
  const knee = kneeOfSteps(steps);
  const runs = Math.max(...steps.map((step) => step.runs));
  return chartSvg({
    title: `${ladder.title}: cost and delay`,
    subtitle: result.constant,
    caption:
      `${machineLine(result.machine)}; commit ${result.machine.commit}; seed ${result.seed}; ` +
      `${runs === 1 ? "one run" : `medians of ${runs} runs`}; hollow: not held`,
    axis: `${ladder.axis} (logarithmic)`,
    panels: panelsOf(ladder, steps),
    mark: knee && { x: knee.size, label: `knee: ${sizeText(knee.size)}` },
  });
}

/** Costs that differ by more than this are drawn on a logarithmic scale. */
const WIDE_SPAN = 20;

function spanOf(steps: readonly Step[]): number {
  const costs = steps.map(({ costUs }) => costUs).filter(Number.isFinite);
  return Math.max(...costs) / Math.min(...costs);
}

function panelsOf(ladder: Ladder, steps: readonly Step[]): ChartPanel[] {
  const of = (label: string, value: (rung: LadderRung, step: Step) => number): ChartCurve => ({
    label,
    points: steps.map((step) => ({
      x: step.rung.size,
      y: value(step.rung, step),
      isHollow: step.rung.failure !== undefined,
    })),
  });
  const common: ChartPanel[] = [
    {
      title: `Server CPU per ${ladder.cost.unit}`,
      curves: [of("cost", (_, step) => step.costUs)],
      valueText: US,
      isLogarithmic: spanOf(steps) > WIDE_SPAN,
    },
    {
      title: "Alert latency from the intended sending time",
      curves: [
        of("p50", ({ latencyMs }) => latencyMs.p50),
        of("p99", ({ latencyMs }) => latencyMs.p99),
        of("p99.9", ({ latencyMs }) => latencyMs.p999),
      ],
      valueText: MS,
      isLogarithmic: true,
    },
    {
      title: "Resident memory of the server, MiB",
      curves: [of("resident", ({ residentBytes }) => residentBytes / MIB)],
      valueText: figure,
    },
  ];
  return [...common, ladder.cost.unit === "delivery" ? spreadPanel(of) : stallPanel(of)];
}

type CurveOf = (label: string, value: (rung: LadderRung, step: Step) => number) => ChartCurve;

function stallPanel(of: CurveOf): ChartPanel {
  return {
    title: "What stops the event loop",
    curves: [
      of("loop delay p99", ({ loopP99Ms }) => loopP99Ms),
      of("longest", ({ loopMaxMs }) => loopMaxMs),
      of("longest collection", ({ gc }) => gc.longestMs),
    ],
    valueText: MS,
    isLogarithmic: true,
  };
}

function spreadPanel(of: CurveOf): ChartPanel {
  return {
    title: "First to last copy of one message",
    curves: [of("p50", ({ spreadMs }) => spreadMs.p50), of("p99", ({ spreadMs }) => spreadMs.p99)],
    valueText: MS,
    isLogarithmic: true,
    target: { value: 10, label: "target 10 ms" },
  };
}
