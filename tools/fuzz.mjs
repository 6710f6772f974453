// Runs the fuzz tests for longer than `npm test` does: npm run fuzz -- --runs 1000000
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { runs: { type: "string", default: "20000" } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  process.stderr.write(`--runs takes a whole number, not ${values.runs}.\n`);
  process.exit(2);
}
const tests = ["test/hardening/fuzz.test.ts", "test/hardening/session-fuzz.test.ts"];
const { status } = spawnSync("npx", ["vitest", "run", ...tests], {
  stdio: "inherit",
  env: { ...process.env, FUZZ_RUNS: String(runs), FUZZ_SEED: process.env.FUZZ_SEED ?? "random" },
});
process.exit(status ?? 1);
