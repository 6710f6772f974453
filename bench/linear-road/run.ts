// Linear Road: tuple files in, counts out; traffic of our own; the L-rating over sockets.
import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { hashedExpenditures, readExpenditures } from "./expenditures.ts";
import { THREE_HOURS, TrafficGenerator } from "./generator.ts";
import { inputMarkdown, runInput } from "./input.ts";
import { RULE_NAMES, type RuleName } from "./rules.ts";
import { TupleWriter } from "./tuple-writer.ts";

const HELP = `npm run bench:linear-road -- [options]
  --input <file>     run a tuple file (15 columns) in this process and print what was answered
  --tolls <file>     table of past expenditures (vehicle,day,expressway,toll); by a hash without it
  --rules <name>     ${RULE_NAMES.join(", ")}: see README.md (roadpulse); all of them are reported beside
  --oracle           also work the file out in the plain way and compare every answer (slow, small files)
  --generate <file>  write traffic of our own instead
  --seconds <n>      of that traffic (10800)
  --expressways <n>  of that traffic (1)
  --seed <n>         of that traffic and of the rating's (1)
  --json             print JSON
`;

const { values } = parseArgs({
  options: {
    input: { type: "string" },
    tolls: { type: "string" },
    rules: { type: "string", default: "roadpulse" },
    oracle: { type: "boolean", default: false },
    generate: { type: "string" },
    seconds: { type: "string", default: "10800" },
    expressways: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
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

function rulesName(): RuleName {
  const name = RULE_NAMES.find((one) => one === values.rules);
  if (name === undefined) throw new Error(`--rules must be one of ${RULE_NAMES.join(", ")}`);
  return name;
}

if (values.help) {
  console.log(HELP);
} else if (values.generate !== undefined) {
  generate(values.generate);
} else if (values.input !== undefined) {
  const expenditures = values.tolls === undefined ? hashedExpenditures : readExpenditures(values.tolls);
  const result = runInput(values.input, rulesName(), expenditures, values.oracle);
  print(result, inputMarkdown(result));
  if (result.oracle?.equal === false) process.exitCode = 1;
}
