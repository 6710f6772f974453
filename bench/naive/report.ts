import { figure, markdownTable } from "../support/table.ts";
import type { ContestResult, SideResult } from "./contest.ts";
import type { Side } from "./play.ts";

const TARGET = 25;

const cell = (sides: readonly SideResult[], side: Side, of: (result: SideResult) => number): string => {
  const result = sides.find((one) => one.side === side);
  return result === undefined ? "–" : figure(of(result));
};

const range = ([median, least, most]: readonly [number, number, number]): string =>
  `${figure(median)} (${figure(least)} to ${figure(most)})`;

/** The tables of a run. */
export function contestMarkdown(results: readonly ContestResult[], machine: string, seed: number): string {
  const rate = ({ reportsPerS }: SideResult): number => reportsPerS;
  const processor = ({ processorUs }: SideResult): number => processorUs;
  const rows = results.map(({ name, way, alerts, sides, ratio }) => [
    name,
    way,
    cell(sides, "twin", rate),
    cell(sides, "roadpulse", rate),
    cell(sides, "roadpulse-full", rate),
    range(ratio.rates),
    range(ratio.processor),
    String(alerts),
  ]);
  const costs = results.map(({ name, way, sides }) => [
    name,
    way,
    cell(sides, "twin", processor),
    cell(sides, "roadpulse", processor),
    cell(sides, "roadpulse-full", processor),
  ]);
  return [
    "# Roadpulse against its naive twin",
    `${machine}. Seed ${seed}. Medians; ratios within each repetition, with the least and the most. Equal alerts: yes, byte by byte (the run fails otherwise). Target: ${TARGET} times.`,
    "## Reports per second",
    markdownTable(
      [
        "recording",
        "way",
        "twin",
        "Roadpulse",
        "with all detectors",
        "ratio of rates",
        "of processor time",
        "alerts",
      ],
      rows,
    ),
    "## Processor time per report, µs",
    markdownTable(["recording", "way", "twin", "Roadpulse", "with all detectors"], costs),
    ...profiles(results),
  ].join("\n\n");
}

function profiles(results: readonly ContestResult[]): string[] {
  return results.flatMap(({ name, twinProfile }) => {
    if (twinProfile === undefined) return [];
    const rows = Object.entries(twinProfile)
      .filter(([, share]) => share >= 0.01)
      .map(([part, share]) => [part, `${figure(Math.round(share * 1_000) / 10)} %`]);
    return [`## Where the twin's time goes: ${name}`, markdownTable(["part", "share"], rows)];
  });
}
