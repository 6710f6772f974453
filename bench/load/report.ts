import { type Machine, machineLine } from "../support/machine.ts";
import { median, medians, spread } from "../support/statistics.ts";
import { figure, markdownTable } from "../support/table.ts";
import type { LatencyResult } from "./latency.ts";
import type { MemoryResult } from "./memory.ts";
import type { ProfileResult } from "./profile-way.ts";
import type { Way } from "./settings.ts";
import type { WayResult } from "./way.ts";

/** Everything that one call of the load benchmark measured, as it stands in the JSON file. */
export interface LoadReport {
  readonly machine: Machine;
  readonly startedAt: string;
  readonly seed: number;
  readonly sockets: number;
  readonly pinned: boolean;
  /** One entry per run, with one result per way in. */
  readonly runs: readonly (readonly WayResult[])[];
  readonly memory: readonly MemoryResult[];
  readonly profiles: readonly ProfileResult[];
}

/** What must hold at least: reports per second by reports per message, latency at half load, memory. */
export const FLOORS = {
  singlePerSecond: 50_000,
  batchedPerSecond: 300_000,
  halfLoadP99Ms: 20,
  bytesPerStation: 1_000,
} as const;

export function wayName({ lane, reportsPerMessage }: Way): string {
  return `${lane === "http" ? "8080" : "8081"}, ${reportsPerMessage} per message`;
}

export function loadMarkdown(report: LoadReport): string {
  const { machine, runs, sockets, seed, pinned } = report;
  return [
    "## Load over real sockets",
    `${machineLine(machine)}. Commit ${machine.commit}, seed ${seed}, ${sockets} producer sockets, ${runs.length} ` +
      `run${runs.length === 1 ? "" : "s"}, medians${pinned ? "; server on core 0, generator on core 1" : ""}.`,
    "### Sustained reports per second",
    throughputTable(report),
    "### From the intended sending time of the deciding report to the alert at a subscriber, ms",
    latencyTable(report),
    ...(report.memory.length === 0 ? [] : ["### Memory", memoryTable(report.memory)]),
    ...report.profiles.flatMap(profileSection),
  ].join("\n\n");
}

/** The results of one way in over all runs. */
function resultsOf(report: LoadReport, way: Way): WayResult[] {
  return report.runs.flatMap((run) => run.filter((result) => wayName(result.way) === wayName(way)));
}

function waysOf(report: LoadReport): Way[] {
  return (report.runs[0] ?? []).map(({ way }) => way);
}

function throughputTable(report: LoadReport): string {
  const rows = waysOf(report).map((way) => {
    const results = resultsOf(report, way);
    const rates = results.map(({ sustained }) => sustained?.offeredPerSecond ?? 0);
    const sustained = results.flatMap((result) => (result.sustained === undefined ? [] : [result.sustained]));
    const floor = way.reportsPerMessage === 1 ? FLOORS.singlePerSecond : FLOORS.batchedPerSecond;
    const cost = median(sustained.map(({ cpuUsPerReport }) => cpuUsPerReport));
    return [
      wayName(way),
      results[0]?.engine ?? "",
      median(rates),
      floor,
      spread(rates) * 100,
      cost,
      1e6 / cost,
      median(sustained.map(({ loopDelayP99Ms }) => loopDelayP99Ms)),
      median(sustained.map(({ interference }) => interference)) * 100,
      median(sustained.map(({ generatorCpuShare }) => generatorCpuShare)) * 100,
    ];
  });
  const head = [
    "way in",
    "engine",
    "sustained/s",
    "floor",
    "spread %",
    "server CPU µs/report",
    "reports per CPU-second",
    "loop delay p99 ms",
    "others on the core %",
    "generator CPU %",
  ];
  return markdownTable(head, rows);
}

function latencyTable(report: LoadReport): string {
  const rows = waysOf(report).flatMap((way) => {
    const results = resultsOf(report, way);
    return [
      latencyRow(
        way,
        "half load",
        results.flatMap(({ halfLoad }) => halfLoad ?? []),
      ),
      latencyRow(
        way,
        "idle",
        results.flatMap(({ idle }) => idle ?? []),
      ),
      latencyRow(
        way,
        "half load, decided on ticks",
        results.flatMap(({ tickHalfLoad }) => tickHalfLoad ?? []),
      ),
      latencyRow(
        way,
        "idle, decided on ticks",
        results.flatMap(({ tickIdle }) => tickIdle ?? []),
      ),
    ].filter((row) => row !== undefined);
  });
  const head = [
    "way in",
    "load",
    "reports/s",
    "p50",
    "p99",
    "p99.9",
    "max",
    "server's part p50",
    "server's part p99",
    "generator late p99",
    "hazards seen",
    "others on the core %",
  ];
  return markdownTable(head, rows);
}

function latencyRow(
  way: Way,
  load: string,
  results: readonly LatencyResult[],
): (string | number)[] | undefined {
  if (results.length === 0) return undefined;
  const middle = medians(results.map((result) => ({ ...result })));
  const at = (field: keyof LatencyResult): number => middle[field] ?? Number.NaN;
  const seen = results.reduce((sum, { hazardsSeen }) => sum + hazardsSeen, 0);
  const sent = results.reduce((sum, { hazardsSent }) => sum + hazardsSent, 0);
  return [
    wayName(way),
    load,
    at("reportsPerSecond"),
    at("alertP50Ms"),
    at("alertP99Ms"),
    at("alertP999Ms"),
    at("alertMaxMs"),
    at("serverP50Ms"),
    at("serverP99Ms"),
    at("generatorLagP99Ms"),
    `${seen} of ${sent}`,
    at("interference") * 100,
  ];
}

function memoryTable(memory: readonly MemoryResult[]): string {
  const at = medians(memory.map((result) => ({ ...result })));
  const mebibytes = (field: keyof MemoryResult): number => (at[field] ?? Number.NaN) / 2 ** 20;
  return markdownTable(
    ["stations", "RSS MiB", "stations", "RSS MiB", "RSS bytes per further station", "floor"],
    [
      [
        at["fewStations"] ?? Number.NaN,
        mebibytes("fewResidentBytes"),
        at["manyStations"] ?? Number.NaN,
        mebibytes("manyResidentBytes"),
        at["bytesPerStation"] ?? Number.NaN,
        FLOORS.bytesPerStation,
      ],
    ],
  );
}

function profileSection(profile: ProfileResult): string[] {
  const { way, reportsPerSecond, cpuUsPerReport, stages, functions } = profile;
  const share = (ns: number): number => ns / cpuUsPerReport / 10;
  const stageRows = stages.map(({ stage, nsPerReport }) => [stage, nsPerReport, share(nsPerReport)]);
  const functionRows = functions.map(({ name, where, nsPerReport }) => [
    `\`${name}\``,
    where,
    nsPerReport,
    share(nsPerReport),
  ]);
  return [
    `### Where the server's time goes: ${wayName(way)}, ${figure(reportsPerSecond)} reports/s (with the profiler on)`,
    markdownTable(["stage", "ns per report", "%"], stageRows),
    markdownTable(["function", "where", "own ns per report", "%"], functionRows),
  ];
}
