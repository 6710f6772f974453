import { median } from "../support/statistics.ts";
import { figure, markdownTable } from "../support/table.ts";
import type { Rung } from "./rung.ts";

/** What was aimed at. */
export const TARGET = { observationsPerS: 400_000, p99Ms: 50, recoveryMs: 1_000 } as const;

/** OSPBench's own tables (result-analysis of Klarrio/open-stream-processing-benchmark at 8839de8), for orientation only. */
const PUBLISHED = [
  ["Structured Streaming, 1 × 6 CPU", "join and tumbling, sustained", "76,380", "5,838 / 7,695"],
  ["Structured Streaming, 6 × 6 CPU", "join and tumbling, sustained", "418,380", "10,732 / 13,765"],
  ["Flink, custom windows", "periodic burst, settled", "–", "121 to 125 / 189 to 190"],
  ["Kafka Streams, custom windows", "periodic burst, settled", "–", "240 to 247 / 326 to 333"],
  ["Structured Streaming, custom windows", "periodic burst, settled", "–", "1,272 to 1,310 / 1,735 to 1,775"],
  ["Flink, custom windows", "in the second after the burst", "–", "712 / 1,056"],
  ["Kafka Streams, custom windows", "in the second after the burst", "–", "1,077 / 1,311"],
] as const;

/** Runs of one load. */
interface Group {
  readonly rungs: readonly Rung[];
  readonly observationsPerS: number;
  readonly burst: number;
}

export function groupsOf(rungs: readonly Rung[]): Group[] {
  const groups = new Map<string, Rung[]>();
  for (const rung of rungs) {
    const key = `${rung.observationsPerS} ${rung.burst}`;
    groups.set(key, [...(groups.get(key) ?? []), rung]);
  }
  return [...groups.values()].map((some) => ({
    rungs: some,
    observationsPerS: some[0]?.observationsPerS ?? 0,
    burst: some[0]?.burst ?? 0,
  }));
}

export function ospbenchMarkdown(rungs: readonly Rung[], source: string, machine: string): string {
  const groups = groupsOf(rungs);
  const rows = groups.map(({ rungs: some, observationsPerS, burst }) => [
    observationsPerS,
    burst === 0 ? "constant" : `burst of ${figure(burst)} in 0.1 s every 10 s`,
    `${some.filter(({ passed }) => passed).length} of ${some.length}`,
    range(some.map(({ play }) => play.p50Ms)),
    range(some.map(({ play }) => play.p99Ms)),
    range(some.map(({ processorUsPerObservation }) => processorUsPerObservation)),
    `${figure(Math.round(median(some.map(({ serverShare }) => serverShare)) * 100))} %`,
    burst === 0 ? "–" : range(some.flatMap(({ play }) => play.recoveriesMs).map(Math.round)),
    range(some.map(({ play }) => play.sendLagP99Ms)),
  ]);
  return [
    "# OSPBench's pipeline",
    `${machine}. Data: ${source}, copied under further names up to the rate. Engine ${rungs[0]?.engine ?? ""}, server on core 0, sender on core 1. ` +
      `Targets: ${figure(TARGET.observationsPerS)} observations a second with p99 under ${TARGET.p99Ms} ms, bursts over within ${TARGET.recoveryMs} ms.`,
    markdownTable(
      [
        "observations/s",
        "load",
        "all right",
        "p50, ms",
        "p99, ms",
        "µs per observation",
        "of one core",
        "recovery, ms",
        "sender's own lag p99, ms",
      ],
      rows,
    ),
    "*All right*: every result arrived once, equal to the oracle's; nothing refused or dropped; the sender kept its times. Medians, with least and most.",
    "## Beside OSPBench's published figures",
    markdownTable(["system", "load", "observations/s", "p50 / p99, ms"], PUBLISHED),
    "Those systems read from and write to Kafka, send observations between workers, write checkpoints and survive the loss of a worker; here one process " +
      "reads WebSockets and keeps its state in memory. The figures say what the work itself costs on one core, not that one system is so much better than another.",
  ].join("\n\n");
}

function range(values: readonly number[]): string {
  if (values.length < 2) return figure(values[0] ?? Number.NaN);
  return `${figure(median(values))} (${figure(Math.min(...values))} to ${figure(Math.max(...values))})`;
}
