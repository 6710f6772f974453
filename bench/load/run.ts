// The load benchmark: the server as users start it on one core, a generator on another, real sockets on loopback.
import { parseArgs } from "node:util";
import { describeMachine } from "../support/machine.ts";
import { writeResult } from "../support/result-file.ts";
import { measureMemory } from "./memory.ts";
import { canPin } from "./pinning.ts";
import { profileWay } from "./profile-way.ts";
import { type LoadReport, loadMarkdown, wayName } from "./report.ts";
import { incompletenessOf, overloadOf } from "./rung.ts";
import type { Lane, LoadSettings, Way } from "./settings.ts";
import { measureWay, type WayResult } from "./way.ts";

const HELP = `npm run bench:load -- [options]
  --smoke            one small load per lane, under 30 s; fails where a report or an alert is missing
  --short            short windows, a coarse ladder, one attempt: under a minute per way in
  --runs <n>         whole runs, medians are reported (1)
  --sockets <n>      producer sockets (200)
  --lanes <list>     http (8080, ws), fast (8081, uWebSockets.js) (http,fast)
  --batches <list>   reports per message (1,50)
  --rate <n>         no ladder: this rate only
  --profile          also profile each way in at half its sustained rate
  --memory           also measure resident memory per station
  --stations <n>     stations of that measurement (200000)
  --seed <n>         seed of the traffic (1)
  --json <file>      write everything as JSON
  --markdown <file>  write the tables
`;

const { values } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    short: { type: "boolean", default: false },
    runs: { type: "string", default: "1" },
    sockets: { type: "string", default: "200" },
    lanes: { type: "string", default: "http,fast" },
    batches: { type: "string", default: "1,50" },
    rate: { type: "string" },
    profile: { type: "boolean", default: false },
    memory: { type: "boolean", default: false },
    stations: { type: "string", default: "200000" },
    seed: { type: "string", default: "1" },
    json: { type: "string" },
    markdown: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

/** The memory measurement needs the heap to settle; young garbage counts as resident. */
const MEMORY_MEASURE_MS = 20_000;
const FEW_STATIONS_SHARE = 0.1;

function settingsFrom(smoke: boolean): LoadSettings {
  const pinned = canPin();
  const common = {
    cores: { server: pinned ? 0 : undefined, generator: pinned ? 1 : undefined },
    sockets: smoke ? 20 : Number(values.sockets),
    seed: Number(values.seed),
    log: (line: string) => console.error(line),
  };
  if (smoke) {
    const short = { warmUpMs: 500, measureMs: 1_000, latencyMs: 1_000, hazardsPerSecond: 20 };
    return {
      ...common,
      ...short,
      firstRate: () => 2_000,
      isWarmedUp: false,
      leastRate: 2_000,
      mostRate: 2_000,
      refinements: 0,
      idleRate: 0,
      attempts: 1,
      overloadOf: incompletenessOf,
    };
  }
  const rate = values.rate === undefined ? undefined : Number(values.rate);
  return {
    ...common,
    firstRate: (reportsPerMessage) => rate ?? (reportsPerMessage === 1 ? 40_000 : 200_000),
    isWarmedUp: true,
    leastRate: rate ?? 500,
    mostRate: rate ?? 5_000_000,
    refinements: rate === undefined && !values.short ? 2 : 0,
    warmUpMs: values.short ? 1_500 : 2_000,
    measureMs: values.short ? 2_500 : 5_000,
    latencyMs: values.short ? 5_000 : 20_000,
    hazardsPerSecond: 100,
    idleRate: 1_000,
    attempts: values.short ? 1 : 3,
    overloadOf,
  };
}

function waysFrom(smoke: boolean): Way[] {
  if (smoke) {
    return [
      { lane: "http", reportsPerMessage: 1 },
      { lane: "fast", reportsPerMessage: 50 },
    ];
  }
  return values.lanes
    .split(",")
    .flatMap((lane) =>
      values.batches.split(",").map((batch) => ({ lane: lane as Lane, reportsPerMessage: Number(batch) })),
    );
}

async function measure(): Promise<LoadReport> {
  const machine = describeMachine();
  const settings = settingsFrom(values.smoke);
  const ways = waysFrom(values.smoke);
  const startedAt = new Date().toISOString();
  const runs: WayResult[][] = [];
  const memory = [];
  for (let run = 0; run < (values.smoke ? 1 : Number(values.runs)); run++) {
    const results: WayResult[] = [];
    for (const way of ways) {
      settings.log(`run ${run + 1}: ${wayName(way)}`);
      results.push(await measureWay(way, settings));
    }
    runs.push(results);
    if (values.memory)
      memory.push(await measureMemory(stations(), { ...settings, measureMs: MEMORY_MEASURE_MS }));
  }
  const profiles = [];
  for (const result of values.profile ? (runs[0] ?? []) : []) {
    settings.log(`profile: ${wayName(result.way)}`);
    const half = (result.sustained?.offeredPerSecond ?? settings.idleRate) / 2;
    profiles.push(await profileWay(result.way, half, settings));
  }
  const { seed, sockets, cores } = settings;
  return { machine, startedAt, seed, sockets, pinned: cores.server !== undefined, runs, memory, profiles };
}

function stations(): { few: number; many: number } {
  const many = Number(values.stations);
  return { few: Math.round(many * FEW_STATIONS_SHARE), many };
}

/** What a smoke run must show; no times. */
function smokeFailures(report: LoadReport): string[] {
  return report.runs.flat().flatMap((result) => {
    const name = wayName(result.way);
    const failures = result.rungs
      .filter(({ complete }) => !complete)
      .map(() => `${name}: reports are missing`);
    for (const latency of [result.halfLoad, result.tickHalfLoad]) {
      const { hazardsSent = 0, hazardsSeen = 0, alertP99Ms = Number.NaN } = latency ?? {};
      if (hazardsSent === 0 || hazardsSeen !== hazardsSent) {
        failures.push(`${name}: ${hazardsSeen} of ${hazardsSent} hazards led to an alert`);
      }
      if (!Number.isFinite(alertP99Ms)) failures.push(`${name}: no latency was measured`);
    }
    return failures;
  });
}

// An interrupted run ends by `exit`, which takes its server along.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

if (values.help) {
  console.log(HELP);
} else {
  const report = await measure();
  const markdown = loadMarkdown(report);
  console.log(markdown);
  writeResult(values.json, `${JSON.stringify(report, undefined, 1)}\n`);
  writeResult(values.markdown, `${markdown}\n`);
  const failures = values.smoke ? smokeFailures(report) : [];
  for (const failure of failures) console.error(failure);
  if (failures.length > 0) process.exitCode = 1;
}
