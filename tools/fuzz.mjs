// Runs the fuzz tests for longer than `npm test` does, and tells what each fuzzer has seen: npm run fuzz -- --runs 1000000
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const FILES = ["fuzz", "files-fuzz", "socket-fuzz", "session-fuzz"];

const { values } = parseArgs({
  options: { runs: { type: "string", default: "20000" }, only: { type: "string" }, name: { type: "string" } },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  process.stderr.write(`--runs takes a whole number, not ${values.runs}.\n`);
  process.exit(2);
}
if (values.only !== undefined && !FILES.includes(values.only)) {
  process.stderr.write(`--only takes one of ${FILES.join(", ")}, not ${values.only}.\n`);
  process.exit(2);
}
const seed = process.env.FUZZ_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
const report = join(mkdtempSync(join(tmpdir(), "roadpulse-fuzz-")), "report.ndjson");
const tests = FILES.filter((file) => values.only === undefined || file === values.only);
const { status } = spawnSync(
  "npx",
  [
    "vitest",
    "run",
    "--no-file-parallelism",
    ...tests.map((file) => `test/hardening/${file}.test.ts`),
    ...(values.name === undefined ? [] : ["-t", values.name]),
  ],
  {
    stdio: "inherit",
    env: { ...process.env, FUZZ_RUNS: String(runs), FUZZ_SEED: seed, FUZZ_REPORT: report },
  },
);

const lines = readReport();
const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 1 });
console.log(`seed ${seed}\n`);
console.log(
  "| fuzzer | inputs | longest input, ms of processor | the same again | kept since the first tenth, MiB | s |",
);
console.log("| --- | ---: | ---: | ---: | ---: | ---: |");
for (const { fuzzer, inputs, longestMs, longestAgainMs, growthBytes, seconds } of lines)
  console.log(
    `| ${[fuzzer, ...[inputs, longestMs, longestAgainMs, growthBytes / 2 ** 20, seconds].map(number)].join(" | ")} |`,
  );
console.log(`\n${number(lines.reduce((sum, { inputs }) => sum + inputs, 0))} inputs`);
process.exit(status ?? 1);

function readReport() {
  try {
    return readFileSync(report, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
