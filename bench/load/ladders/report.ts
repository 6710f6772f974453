import { machineLine } from "../../support/machine.ts";
import { figure, markdownTable } from "../../support/table.ts";
import { NATIVE } from "../profile.ts";
import type { Ladder } from "./ladder.ts";
import { kneeOfSteps, type LadderResult, type Step, stepsOf } from "./result.ts";
import type { LadderRung } from "./rung.ts";

const MIB = 2 ** 20;
const PER_CENT = 100;
const US_PER_S = 1e6;
/** The profiler counts what runs while the event loop is polled as idle time: system calls, and the engine's callbacks. */
const UNSEEN = "kernel, engine and what else the profiler takes for idle";
/** Stages below this share of the time are summed up as "other". */
const LEAST_STAGE_SHARE = 0.02;

/** What one ladder showed, to read. */
export function ladderMarkdown(ladder: Ladder, result: LadderResult, picture?: string): string {
  const steps = stepsOf(ladder, result.rungs);
  const knee = kneeOfSteps(steps);
  const largest = steps.at(-1)?.rung.size ?? Number.NaN;
  const kneeText =
    knee === undefined
      ? `No knee up to ${figure(largest)} ${ladder.axis}.`
      : `**Knee: ${figure(knee.size)} ${ladder.axis}** (${knee.why}).`;
  return [
    `### ${ladder.title}`,
    `${result.constant}. ${kneeText}`,
    ...(picture === undefined ? [] : [`![${ladder.title}](${picture})`]),
    markdownTable(
      HEAD(ladder),
      steps.map((step) => row(ladder, step)),
    ),
    ...(ladder.cost.unit === "report" ? [] : [markdownTable(ALERT_HEAD, steps.map(alertRow))]),
    ...stageSection(ladder, steps),
    ...failures(steps),
  ].join("\n\n");
}

export function resultHead({ machine, seed, isPinned }: LadderResult): string {
  return (
    `${machineLine(machine)}. Commit ${machine.commit}, seed ${seed}` +
    `${isPinned ? "; server on core 0, producers and subscribers on core 1, each a process of its own" : ""}. ` +
    "A fresh server for every rung; open loop, all delays count from the intended sending time."
  );
}

const HEAD = (ladder: Ladder): string[] => [
  ladder.axis,
  "held",
  "reports/s",
  `CPU µs per ${ladder.cost.unit}`,
  "of a core %",
  "resident MiB",
  "GC % of time",
  "longest GC ms",
  "loop delay p99 ms",
  "longest ms",
  "alert p50 ms",
  "p99",
  "p99.9",
  "producers late p99 ms",
  "others %",
  "runs",
];

function row(_ladder: Ladder, { rung, costUs, runs }: Step): (string | number)[] {
  return [
    rung.size,
    rung.failure === undefined ? "yes" : "no",
    rung.receivedPerSecond,
    costUs,
    rung.cpuShare * PER_CENT,
    rung.residentBytes / MIB,
    rung.gcShare * PER_CENT,
    rung.gc.longestMs,
    rung.loopP99Ms,
    rung.loopMaxMs,
    rung.latencyMs.p50,
    rung.latencyMs.p99,
    rung.latencyMs.p999,
    rung.generatorLagP99Ms,
    Math.max(rung.interference, rung.generatorInterference) * PER_CENT,
    runs,
  ];
}

const ALERT_HEAD = [
  "size",
  "transitions/s",
  "deliveries/s",
  "messages/s",
  "MiB/s",
  "first to last copy p50 ms",
  "p99",
  "longest",
  "last copy: latency p50 ms",
  "p99",
  "areas: deliveries/s",
  "latency p50 ms",
  "p99",
  "subscribers' process: of a core %",
];

function alertRow({ rung }: Step): number[] {
  return [
    rung.size,
    rung.transitionsPerSecond,
    rung.deliveriesPerSecond,
    rung.messagesPerSecond,
    rung.bytesPerSecond / MIB,
    rung.spreadMs.p50,
    rung.spreadMs.p99,
    rung.spreadMs.max,
    rung.lastLatencyMs.p50,
    rung.lastLatencyMs.p99,
    rung.areaDeliveriesPerSecond,
    rung.areaLatencyMs.p50,
    rung.areaLatencyMs.p99,
    rung.crowdCpuShare * PER_CENT,
  ];
}

/** µs per unit by stage, for every rung: where the growth comes from. */
function stageSection(ladder: Ladder, steps: readonly Step[]): string[] {
  const profiled = steps.filter(({ rung }) => Object.keys(rung.stages).length > 0);
  if (profiled.length === 0) return [];
  const total = ({ stages }: LadderRung): number =>
    Object.values(stages).reduce((sum, share) => sum + share, 0);
  const names = [...new Set(profiled.flatMap(({ rung }) => Object.keys(rung.stages)))];
  const isMajor = (stage: string): boolean =>
    profiled.some(({ rung }) => (rung.stages[stage] ?? 0) > LEAST_STAGE_SHARE * total(rung));
  const most = (stage: string): number => Math.max(...profiled.map(({ rung }) => rung.stages[stage] ?? 0));
  const major = names.filter(isMajor).sort((a, b) => most(b) - most(a));
  const perUnit = ({ rung }: Step, share: number): number => (share * US_PER_S) / ladder.cost.perSecond(rung);
  const rows = [...major, "other"].map((stage) => [
    stage,
    ...profiled.map((step) => {
      const { stages } = step.rung;
      const known = major.reduce((sum, name) => sum + (stages[name] ?? 0), 0);
      return perUnit(step, stage === "other" ? total(step.rung) - known : (stages[stage] ?? 0));
    }),
  ]);
  const named = rows.map(([stage, ...costs]) => [stage === NATIVE ? UNSEEN : (stage ?? ""), ...costs]);
  const head = [`CPU µs per ${ladder.cost.unit}`, ...profiled.map(({ rung }) => figure(rung.size))];
  return [markdownTable(head, named)];
}

function failures(steps: readonly Step[]): string[] {
  const failed = steps.filter(({ rung }) => rung.failure !== undefined);
  if (failed.length === 0) return [];
  return [`Not held: ${failed.map(({ rung }) => `${figure(rung.size)} (${rung.failure})`).join("; ")}.`];
}

/** One rung for the log. */
export function rungText(ladder: Ladder, rung: LadderRung, costUs: number): string {
  const { latencyMs, spreadMs, gc } = rung;
  const ms = (value: number): string => `${figure(value)} ms`;
  return (
    `  ${figure(rung.size)}: ${rung.failure ?? "held"}; ${figure(rung.receivedPerSecond)} reports/s, ` +
    `${figure(costUs)} µs per ${ladder.cost.unit}, ${Math.round(rung.cpuShare * PER_CENT)} % of a core, ` +
    `${figure(rung.residentBytes / MIB)} MiB, loop p99 ${ms(rung.loopP99Ms)} max ${ms(rung.loopMaxMs)}, ` +
    `GC ${figure(rung.gcShare * PER_CENT)} % longest ${ms(gc.longestMs)}, alerts p50 ${ms(latencyMs.p50)} ` +
    `p99 ${ms(latencyMs.p99)} p99.9 ${ms(latencyMs.p999)}, ${figure(rung.deliveriesPerSecond)} deliveries/s ` +
    `(spread p50 ${ms(spreadMs.p50)} p99 ${ms(spreadMs.p99)}), ${figure(rung.areaDeliveriesPerSecond)} by area, ` +
    `set up ${figure(rung.setUpS)} s, producers ${Math.round(rung.generatorCpuShare * PER_CENT)} % late p99 ` +
    `${ms(rung.generatorLagP99Ms)}, subscribers ${Math.round(rung.crowdCpuShare * PER_CENT)} %, others ` +
    `${Math.round(Math.max(rung.interference, rung.generatorInterference) * PER_CENT)} %`
  );
}
