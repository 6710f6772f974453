// The ladders: one thing grows, everything else stays, and the cost of it is told rung by rung.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { describeMachine } from "../../support/machine.ts";
import { writeResult } from "../../support/result-file.ts";
import { canPin } from "../pinning.ts";
import type { Cores } from "../rung.ts";
import type { Lane } from "../settings.ts";
import { costUs, type Ladder, type LadderOptions, type StepPlan } from "./ladder.ts";
import { LADDERS } from "./ladders.ts";
import { ladderPicture } from "./pictures.ts";
import { ladderMarkdown, resultHead, rungText } from "./report.ts";
import type { LadderResult } from "./result.ts";
import { startRoadpulse } from "./roadpulse-subject.ts";
import { brokenRung, type LadderRung, measureStep } from "./rung.ts";

const NAMES = LADDERS.map(({ name }) => name).join(", ");

const HELP = `npm run bench:load -- --ladder <list> [options]
  --ladder <list>    what grows: ${NAMES}, all
  --sizes <list>     rungs; those of the ladder where absent
  --runs <n>         runs of every rung, medians are reported (1)
  --lane <name>      fast (8081, uWebSockets.js) or http (8080, ws) (fast)
  --rate <n>         reports or alerts per second, where the ladder holds them constant
  --together <n>     alerts that arise at the same moment; in "reports", reports per message
  --warm-up <s>      from the whole fleet being on the road to the window that counts (5)
  --seed <n>         seed of traffic and areas (1)
  --smoke            the smallest rung, under a second each; fails where an alert is missing
  --from <list>      measure nothing: read these JSON files
  --json <file>      write every rung as JSON
  --markdown <file>  write the tables
  --pictures <dir>   write a picture of each ladder, <dir>/<prefix>load-<ladder>.svg
  --prefix <text>    of their names, e.g. 2026-11-23-
`;

const { values } = parseArgs({
  options: {
    ladder: { type: "string", default: "all" },
    sizes: { type: "string" },
    runs: { type: "string", default: "1" },
    lane: { type: "string", default: "fast" },
    rate: { type: "string" },
    together: { type: "string" },
    "warm-up": { type: "string" },
    seed: { type: "string", default: "1" },
    smoke: { type: "boolean", default: false },
    from: { type: "string" },
    json: { type: "string" },
    markdown: { type: "string" },
    pictures: { type: "string" },
    prefix: { type: "string", default: "" },
    help: { type: "boolean", default: false },
  },
});

function optionsOf(): LadderOptions {
  const number = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : Number(text);
  return {
    lane: values.lane as Lane,
    isSmoke: values.smoke,
    seed: Number(values.seed),
    warmUpS: number(values["warm-up"]),
    rate: number(values.rate),
    together: number(values.together),
  };
}

function chosenLadders(): Ladder[] {
  const wanted = values.ladder === "all" ? LADDERS.map(({ name }) => name) : values.ladder.split(",");
  return wanted.map((name) => {
    const ladder = LADDERS.find((one) => one.name === name);
    if (ladder === undefined) throw new Error(`--ladder: there is no ladder "${name}"; take ${NAMES} or all`);
    return ladder;
  });
}

async function measureLadder(ladder: Ladder, cores: Cores): Promise<LadderResult> {
  const options = optionsOf();
  const sizes = values.sizes?.split(",").map(Number) ?? (values.smoke ? ladder.smokeSizes : ladder.sizes);
  const machine = describeMachine();
  const startedAt = new Date().toISOString();
  const rungs: LadderRung[] = [];
  console.error(`${ladder.title}: ${ladder.constant(options)}`);
  for (let run = 0; run < Number(values.runs); run++) {
    for (const size of sizes) {
      const plan = ladder.planOf(size, options);
      const start = ({ lane, settings }: StepPlan) => startRoadpulse(lane, cores.server, settings);
      const rung = await measureStep(plan, cores, start).catch((error: unknown) => brokenRung(plan, error));
      rungs.push(rung);
      console.error(rungText(ladder, rung, costUs(ladder, rung)));
    }
  }
  const isPinned = cores.server !== undefined;
  const subject = rungs.find((rung) => rung.subject !== "")?.subject ?? "no server answered";
  const constant = `${subject}; ${ladder.constant(options)}`;
  return { ladder: ladder.name, machine, startedAt, seed: options.seed, isPinned, constant, rungs };
}

async function measured(): Promise<LadderResult[]> {
  const isPinned = canPin();
  const cores = { server: isPinned ? 0 : undefined, generator: isPinned ? 1 : undefined };
  // Nothing is timed in a short run: all at once takes half as long.
  if (values.smoke) return Promise.all(chosenLadders().map((ladder) => measureLadder(ladder, cores)));
  const results: LadderResult[] = [];
  for (const ladder of chosenLadders()) results.push(await measureLadder(ladder, cores));
  return results;
}

/** Results of several calls as one: rungs of the same ladder under the same conditions are put together. */
function read(files: readonly string[]): LadderResult[] {
  const merged = new Map<string, LadderResult>();
  for (const file of files) {
    for (const result of JSON.parse(readFileSync(file, "utf8"), numberOrNaN) as LadderResult[]) {
      // What stays the same follows the server's name, which a call without an answer does not know.
      const key = `${result.ladder} ${result.constant.slice(result.constant.indexOf(";"))}`;
      const before = merged.get(key);
      const rungs = [...(before?.rungs ?? []), ...result.rungs];
      merged.set(key, { ...(before ?? result), rungs });
    }
  }
  return [...merged.values()];
}

/** JSON writes `null` for what is no number. */
function numberOrNaN(_key: string, value: unknown): unknown {
  return value === null ? Number.NaN : value;
}

function report(results: readonly LadderResult[]): void {
  const sections = results.flatMap((result) => {
    const ladder = LADDERS.find(({ name }) => name === result.ladder);
    if (ladder === undefined) return [];
    const picture = `${values.prefix}load-${ladder.name}.svg`;
    if (values.pictures !== undefined)
      writeResult(join(values.pictures, picture), `${ladderPicture(ladder, result)}\n`);
    return [ladderMarkdown(ladder, result, values.pictures === undefined ? undefined : picture)];
  });
  const [first] = results;
  const markdown = ["## Ladders", ...(first === undefined ? [] : [resultHead(first)]), ...sections].join(
    "\n\n",
  );
  console.log(markdown);
  writeResult(values.markdown, `${markdown}\n`);
  writeResult(values.json, `${JSON.stringify(results, undefined, 1)}\n`);
}

/** A server that stood still for longer ends an alert in the midst of a braking and tells the rest of it as a new one. */
const BRAKING_FORGOTTEN_MS = 1_000;

/** A short run shows that everything arrives; it asserts no times. */
function smokeFailures(results: readonly LadderResult[]): string[] {
  return results.flatMap(({ ladder, rungs }) =>
    rungs.flatMap(({ hazardsSent, hazardsSeen, deliveriesPerSecond, loopMaxMs }) => {
      const isToldAnew = hazardsSeen > hazardsSent && loopMaxMs > BRAKING_FORGOTTEN_MS;
      const hasAll = hazardsSeen === hazardsSent || isToldAnew;
      if (hazardsSent > 0 && hasAll && deliveriesPerSecond > 0) return [];
      return [`${ladder}: ${hazardsSeen} of ${hazardsSent} hazards led to an alert`];
    }),
  );
}

// An interrupted run ends by `exit`, which takes its processes along.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

if (values.help) {
  console.log(HELP);
} else {
  const results = values.from === undefined ? await measured() : read(values.from.split(","));
  report(results);
  const failures = values.smoke ? smokeFailures(results) : [];
  for (const failure of failures) console.error(failure);
  if (failures.length > 0) process.exitCode = 1;
}
