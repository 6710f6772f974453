// OSPBench's pipeline over WebSockets: rates at constant load, and periodic bursts.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { canPin } from "../load/pinning.ts";
import { describeMachine, machineLine } from "../support/machine.ts";
import { makeLoopData, readLoopData } from "./loop-data.ts";
import { ospbenchMarkdown } from "./report.ts";
import { type Rung, runRung } from "./rung.ts";

const HELP = `npm run bench:ospbench -- [options]
  --input <folder>    OSPBench's own files (time1/part-….txt, …); made data of the same form without it
  --rates <list>      observations per second (50000,100000,200000,300000,400000)
  --bursts <list>     observations that are published within 0.1 s every 10 s (200000)
  --base <n>          constant rate below the bursts (100000)
  --warm-up <s>       (4)
  --measure <s>       (8; with bursts 16)
  --repetitions <n>   (1)
  --seed <n>          of made data (1)
  --smoke             small and short
  --json              print JSON
`;

const { values } = parseArgs({
  options: {
    input: { type: "string" },
    rates: { type: "string", default: "50000,100000,200000,300000,400000" },
    bursts: { type: "string", default: "200000" },
    base: { type: "string", default: "100000" },
    "warm-up": { type: "string", default: "4" },
    measure: { type: "string", default: "8" },
    repetitions: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    smoke: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const SMOKE = { rates: [2_000], bursts: [4_000], base: 1_000, warmUpS: 1, measureS: 2, burstMeasureS: 5 };
/** Two bursts. */
const BURST_MEASURE_S = 16;

interface Load {
  readonly observationsPerS: number;
  readonly burst: number;
  readonly measureS: number;
}

const numbers = (list: string): number[] =>
  list
    .split(",")
    .filter((word) => word !== "")
    .map(Number);

function loads(): Load[] {
  const constant = values.smoke ? SMOKE.rates : numbers(values.rates);
  const bursts = values.smoke ? SMOKE.bursts : numbers(values.bursts);
  const base = values.smoke ? SMOKE.base : Number(values.base);
  const measureS = values.smoke ? SMOKE.measureS : Number(values.measure);
  const burstMeasureS = values.smoke ? SMOKE.burstMeasureS : BURST_MEASURE_S;
  return [
    ...constant.map((observationsPerS): Load => ({ observationsPerS, burst: 0, measureS })),
    ...bursts.map((burst): Load => ({ observationsPerS: base, burst, measureS: burstMeasureS })),
  ];
}

function line({ observationsPerS, burst, passed, play, processorUsPerObservation }: Rung): string {
  const what =
    burst === 0 ? "" : ` with bursts of ${burst}, over after ${play.recoveriesMs.map(Math.round)} ms`;
  const why = passed ? "" : `; FAILED: ${JSON.stringify(play)}`;
  return `${observationsPerS}/s${what}: p50 ${play.p50Ms.toFixed(2)} p99 ${play.p99Ms.toFixed(2)} ms, ${processorUsPerObservation.toFixed(2)} µs${why}`;
}

async function main(): Promise<void> {
  if (values.help) return console.log(HELP);
  const canBePinned = canPin();
  // Server and load have a core each.
  if (canBePinned) spawnSync("taskset", ["-a", "-cp", "1", String(process.pid)], { stdio: "ignore" });
  const machine = describeMachine();
  const data = values.input === undefined ? makeLoopData(Number(values.seed)) : readLoopData(values.input);
  const rungs: Rung[] = [];
  for (let repetition = 0; repetition < Number(values.repetitions); repetition++) {
    for (const load of loads()) {
      const rung = await runRung({
        data,
        ...load,
        warmUpS: values.smoke ? SMOKE.warmUpS : Number(values["warm-up"]),
        serverCore: canBePinned ? 0 : undefined,
      });
      console.error(line(rung));
      rungs.push(rung);
    }
  }
  console.log(
    values.json
      ? JSON.stringify({ machine, data: data.source, rungs }, undefined, 1)
      : ospbenchMarkdown(rungs, data.source, machineLine(machine)),
  );
  // What is asked of every machine is that all results are right; rates are reported.
  if (rungs.some(({ play }) => play.wrong + play.unexpected > 0) || !rungs[0]?.passed) process.exitCode = 1;
}

// An interrupted run takes its server along: it ends when this process is gone.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
