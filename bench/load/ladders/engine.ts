// One report per message against the bare engines, whose handlers do nothing: what of an engine's speed is left.
import { parseArgs } from "node:util";
import { describeMachine, type Machine, machineLine } from "../../support/machine.ts";
import { writeResult } from "../../support/result-file.ts";
import { median, spread } from "../../support/statistics.ts";
import { markdownTable } from "../../support/table.ts";
import { canPin } from "../pinning.ts";
import type { Cores } from "../rung.ts";
import { startBareEngine } from "./bare-subject.ts";
import type { StepPlan } from "./ladder.ts";
import { startRoadpulse } from "./roadpulse-subject.ts";
import { type LadderRung, measureStep } from "./rung.ts";
import type { Subject } from "./subject.ts";

const HELP = `npm run bench:load -- --engine [options]
  --rates <list>     reports per second, one per message (50000,200000: below and beyond what a core takes)
  --seconds <s>      measured of each (4)
  --sockets <n>      producer connections (1000)
  --runs <n>         rounds; in each, every server meets every rate; medians are reported (3)
  --seed <n>         seed of the traffic (1)
  --smoke            one small rate, 50 sockets, one round
  --json <file>      write every rung as JSON
  --markdown <file>  write the table
`;

const { values } = parseArgs({
  options: {
    engine: { type: "boolean" },
    rates: { type: "string", default: "50000,200000" },
    seconds: { type: "string", default: "4" },
    sockets: { type: "string", default: "1000" },
    runs: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    smoke: { type: "boolean", default: false },
    json: { type: "string" },
    markdown: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

type Contender = "bare uws" | "fast" | "bare ws" | "http";

/** Ours behind the engine that it is compared with. */
const PAIRS: readonly { readonly bare: Contender; readonly ours: Contender; readonly name: string }[] = [
  { bare: "bare uws", ours: "fast", name: "8081 (uWebSockets.js)" },
  { bare: "bare ws", ours: "http", name: "8080 (ws)" },
];

interface EngineRung extends LadderRung {
  readonly contender: Contender;
  readonly round: number;
}

/** Ours against its engine at one rate, medians over the rounds. */
export interface EngineRatio {
  readonly name: string;
  readonly offeredPerSecond: number;
  readonly bareUs: number;
  readonly oursUs: number;
  /** Reports that a second of processor time is enough for, ours by the engine's. */
  readonly ratio: number;
  readonly spread: number;
  readonly barePerSecond: number;
  readonly oursPerSecond: number;
}

export interface EngineResult {
  readonly machine: Machine;
  readonly sockets: number;
  readonly ratios: readonly EngineRatio[];
  readonly rungs: readonly EngineRung[];
}

const MS_PER_S = 1_000;
const SMOKE_RATE = 2_000;
const SMOKE_SOCKETS = 50;

function planOf(reportsPerSecond: number, sockets: number): StepPlan {
  return {
    size: reportsPerSecond,
    lane: "fast",
    settings: [],
    producers: sockets,
    sourceAddresses: 4,
    everywhere: 0,
    areas: 0,
    areasPerSocket: 1,
    reportsPerSecond,
    reportsPerMessage: 1,
    reportsPerVehiclePerSecond: 10,
    // Over two seconds: the servers' code is compiled meanwhile.
    firstSweepTimes: values.smoke ? 1 : 20,
    hazardsPerSecond: 0,
    hazardsPerMessage: 1,
    warmUpMs: values.smoke ? 500 : 5_000,
    measureMs: values.smoke ? 500 : Number(values.seconds) * MS_PER_S,
    profileMs: 0,
    seed: Number(values.seed),
  };
}

function start(contender: Contender, core: number | undefined): Promise<Subject> {
  if (contender === "bare uws") return startBareEngine("uws", core);
  return contender === "bare ws" ? startBareEngine("ws", core) : startRoadpulse(contender, core);
}

async function measure(cores: Cores): Promise<EngineRung[]> {
  const rates = values.smoke ? [SMOKE_RATE] : values.rates.split(",").map(Number);
  const sockets = values.smoke ? SMOKE_SOCKETS : Number(values.sockets);
  const rungs: EngineRung[] = [];
  for (let round = 0; round < (values.smoke ? 1 : Number(values.runs)); round++) {
    for (const rate of rates) {
      for (const contender of PAIRS.flatMap(({ bare, ours }) => [bare, ours])) {
        const rung = await measureStep(planOf(rate, sockets), cores, () => start(contender, cores.server));
        rungs.push({ ...rung, contender, round });
        console.error(rungText(contender, rung));
      }
    }
  }
  return rungs;
}

function rungText(contender: Contender, rung: LadderRung): string {
  return (
    `${contender} at ${rung.offeredPerSecond}/s: ${Math.round(rung.receivedPerSecond)}/s, ` +
    `${usPerReport(rung).toFixed(2)} µs a report, ${Math.round(rung.cpuShare * 100)} % of a core, generator ` +
    `${Math.round(rung.generatorCpuShare * 100)} %, others ${Math.round(rung.interference * 100)} %`
  );
}

function usPerReport({ cpuShare, receivedPerSecond }: LadderRung): number {
  return (cpuShare * 1e6) / receivedPerSecond;
}

function ratiosOf(rungs: readonly EngineRung[]): EngineRatio[] {
  const rates = [...new Set(rungs.map(({ offeredPerSecond }) => offeredPerSecond))];
  return PAIRS.flatMap(({ bare, ours, name }) => rates.map((rate) => ratioOf(rungs, rate, bare, ours, name)));
}

function ratioOf(
  rungs: readonly EngineRung[],
  rate: number,
  bare: Contender,
  ours: Contender,
  name: string,
): EngineRatio {
  const of = (contender: Contender): EngineRung[] =>
    rungs.filter((rung) => rung.contender === contender && rung.offeredPerSecond === rate);
  const [bares, own] = [of(bare), of(ours)];
  // Round by round: both met the machine in the same state.
  const ratios = bares.flatMap((rung, i) => {
    const pendant = own[i];
    return pendant === undefined ? [] : [usPerReport(rung) / usPerReport(pendant)];
  });
  return {
    name,
    offeredPerSecond: rate,
    bareUs: median(bares.map(usPerReport)),
    oursUs: median(own.map(usPerReport)),
    ratio: median(ratios),
    spread: spread(ratios),
    barePerSecond: median(bares.map(({ receivedPerSecond }) => receivedPerSecond)),
    oursPerSecond: median(own.map(({ receivedPerSecond }) => receivedPerSecond)),
  };
}

function markdownOf({ machine, sockets, ratios }: EngineResult): string {
  const rows = ratios.map((ratio) => [
    ratio.name,
    ratio.offeredPerSecond,
    ratio.barePerSecond,
    ratio.oursPerSecond,
    ratio.bareUs,
    ratio.oursUs,
    ratio.ratio * 100,
    ratio.spread * 100,
  ]);
  const head = [
    "engine",
    "offered/s",
    "bare: received/s",
    "Roadpulse: received/s",
    "bare: CPU µs per message",
    "Roadpulse: CPU µs per report",
    "reports per CPU-second, % of the bare engine",
    "spread %",
  ];
  return [
    "### One report per message, against engines that do nothing",
    `${machineLine(machine)}. Commit ${machine.commit}. ${sockets} connections, the same generator, servers in turn; target 75 %.`,
    markdownTable(head, rows),
  ].join("\n\n");
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

if (values.help) {
  console.log(HELP);
} else {
  const isPinned = canPin();
  const cores = { server: isPinned ? 0 : undefined, generator: isPinned ? 1 : undefined };
  const machine = describeMachine();
  const rungs = await measure(cores);
  const sockets = values.smoke ? SMOKE_SOCKETS : Number(values.sockets);
  const result: EngineResult = { machine, sockets, ratios: ratiosOf(rungs), rungs };
  const markdown = markdownOf(result);
  console.log(markdown);
  writeResult(values.json, `${JSON.stringify(result, undefined, 1)}\n`);
  writeResult(values.markdown, `${markdown}\n`);
  const isMeasured = result.ratios.every(({ ratio }) => Number.isFinite(ratio) && ratio > 0);
  if (!isMeasured) process.exitCode = 1;
}
