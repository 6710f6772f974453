// Linear Road: tuple files in, counts out; traffic of our own; the L-rating over sockets.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { canPin } from "../load/pinning.ts";
import { describeMachine, machineLine } from "../support/machine.ts";
import { hashedExpenditures, readExpenditures } from "./expenditures.ts";
import { THREE_HOURS, TrafficGenerator } from "./generator.ts";
import { inputMarkdown, runInput } from "./input.ts";
import { rate } from "./rating.ts";
import { ratingMarkdown } from "./report.ts";
import { RULE_NAMES, type RuleName } from "./rules.ts";
import { TupleWriter } from "./tuple-writer.ts";

const HELP = `npm run bench:linear-road -- [options]
  --input <file>     run a tuple file (15 columns) in this process and print what was answered
  --tolls <file>     table of past expenditures (vehicle,day,expressway,toll); by a hash without it
  --rules <name>     ${RULE_NAMES.join(", ")}: see README.md (roadpulse); all of them are reported beside
  --only             by those rules only: several times faster
  --oracle           also work the file out in the plain way and compare every answer (slow, small files)
  --generate <file>  write traffic of our own instead
  --seconds <n>      of that traffic (10800)
  --expressways <n>  of that traffic (1)
  --seed <n>         of that traffic and of the rating's (1)
  Without --input or --generate: the L-rating over sockets
  --ladder <list>    expressways to try, until one fails (30,60,120,250,512)
  --window <s>       played in real time (60)
  --from <s>         second of the traffic at which the window begins (9000, near the peak)
  --base <file>      tuple file to play expressway 0 of, instead of traffic of our own
  --smoke            two expressways for three seconds, and the oracle on a small run
  --json             print JSON
`;

const { values } = parseArgs({
  options: {
    input: { type: "string" },
    tolls: { type: "string" },
    rules: { type: "string", default: "roadpulse" },
    only: { type: "boolean", default: false },
    oracle: { type: "boolean", default: false },
    generate: { type: "string" },
    seconds: { type: "string", default: "10800" },
    expressways: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    ladder: { type: "string", default: "30,60,120,250,512" },
    window: { type: "string", default: "60" },
    from: { type: "string", default: "9000" },
    base: { type: "string" },
    smoke: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

function generate(path: string): void {
  const generator = new TrafficGenerator({
    ...THREE_HOURS,
    seed: Number(values.seed),
    seconds: Number(values.seconds),
    expressways: Number(values.expressways),
  });
  const writer = new TupleWriter(path);
  generator.run((tuple) => writer.write(tuple));
  writer.close();
  const { accidents } = generator;
  print({ file: path, bytes: statSync(path).size, tuples: writer.tuples, accidents });
}

function print(result: object, markdown = JSON.stringify(result, undefined, 1)): void {
  console.log(values.json ? JSON.stringify(result, undefined, 1) : markdown);
}

async function rating(): Promise<void> {
  const pinned = canPin();
  // Server and load are to have a core each; a load that wanders takes part of the server's.
  if (pinned) spawnSync("taskset", ["-a", "-cp", "1", String(process.pid)], { stdio: "ignore" });
  const machine = describeMachine();
  const result = await rate({
    base: {
      seed: Number(values.seed),
      file: values.base,
      fromS: values.smoke ? SMOKE.fromS : Number(values.from),
      windowS: values.smoke ? SMOKE.windowS : Number(values.window),
      warmUpS: values.smoke ? SMOKE.fromS : WARM_UP_S,
    },
    ladder: values.smoke ? SMOKE.ladder : values.ladder.split(",").map(Number),
    serverCore: pinned ? 0 : undefined,
    log: (line) => console.error(line),
  });
  print({ machine, ...result }, ratingMarkdown(result, machineLine(machine)));
  if (result.rating === 0) process.exitCode = 1;
}

/** Averages look back five minutes; six leave room for the minute under way. */
const WARM_UP_S = 360;
const SMOKE = { fromS: 300, windowS: 3, ladder: [2] };

// An interrupted run ends by `exit`, which takes its server along.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

function rulesName(): RuleName {
  const name = RULE_NAMES.find((one) => one === values.rules);
  if (name === undefined) throw new Error(`--rules must be one of ${RULE_NAMES.join(", ")}`);
  return name;
}

async function main(): Promise<void> {
  if (values.help) console.log(HELP);
  else if (values.generate !== undefined) generate(values.generate);
  else if (values.input !== undefined) runFile(values.input);
  else await rating();
}

function runFile(path: string): void {
  const expenditures = values.tolls === undefined ? hashedExpenditures : readExpenditures(values.tolls);
  const result = runInput(path, rulesName(), expenditures, {
    withOracle: values.oracle,
    isOnly: values.only,
  });
  print(result, inputMarkdown(result));
  if (values.json) for (const warning of result.warnings) console.error(`${path}: ${warning}`);
  if (result.oracle?.equal === false) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
