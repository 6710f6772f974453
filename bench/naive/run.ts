// Roadpulse against its naive twin: the same recordings, the same alerts, in turn.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { canPin } from "../load/pinning.ts";
import { describeMachine, machineLine } from "../support/machine.ts";
import { type ContestResult, contest, type Way } from "./contest.ts";
import type { Side } from "./play.ts";
import type { RecordingOrder } from "./recording.ts";
import { contestMarkdown } from "./report.ts";

const HELP = `npm run bench:naive -- [options]
  --fixtures <list>   recordings of fixtures/recordings (incident-queue)
  --stations <list>   fleets at 10 Hz (20000)
  --batch <list>      their reports per message (50,1)
  --warm-up <s>       of a fleet, not measured (6)
  --segment <s>       of a fleet, per repetition (0.5)
  --repetitions <n>   (5)
  --seed <n>          of the fleets (1)
  --ways <list>       process,socket
  --full              Roadpulse with all its detectors too
  --no-profile        without the profile of the twin
  --smoke             a fixture and a small fleet, twice
  --json              print JSON
`;

const { values } = parseArgs({
  options: {
    fixtures: { type: "string", default: "incident-queue" },
    stations: { type: "string", default: "20000" },
    batch: { type: "string", default: "50,1" },
    "warm-up": { type: "string", default: "6" },
    segment: { type: "string", default: "0.5" },
    repetitions: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    ways: { type: "string", default: "process,socket" },
    full: { type: "boolean", default: false },
    "no-profile": { type: "boolean", default: false },
    smoke: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** Times that a fixture is played for one repetition: enough to be no blink. */
const FIXTURE_PLAYS = 5;
const SMOKE = { stations: [500], batches: [50], warmUpS: 1, segmentS: 1, repetitions: 2 };

interface Entry {
  readonly name: string;
  readonly recording: RecordingOrder;
  readonly way: Way;
}

const words = (list: string): string[] => list.split(",").filter((word) => word !== "");

function entries(): Entry[] {
  const seed = Number(values.seed);
  const { stations, batches, warmUpS, segmentS } = values.smoke
    ? SMOKE
    : {
        stations: words(values.stations).map(Number),
        batches: words(values.batch).map(Number),
        warmUpS: Number(values["warm-up"]),
        segmentS: Number(values.segment),
      };
  const ways = words(values.ways).map((way): Way => (way === "socket" ? "socket" : "in process"));
  // A fixture begins anew with each play, and sessions with it: in process only.
  const fixtures = words(values.fixtures).map((name): Entry => {
    return { name, recording: { kind: "fixture", name, plays: FIXTURE_PLAYS }, way: "in process" };
  });
  const fleets = stations.flatMap((count) =>
    batches.flatMap((reportsPerMessage) =>
      ways.map((way): Entry => {
        const name = `${count.toLocaleString("en-US")} stations, ${reportsPerMessage} per message`;
        return {
          name,
          recording: { kind: "fleet", stations: count, reportsPerMessage, seed, warmUpS, segmentS },
          way,
        };
      }),
    ),
  );
  return [...fixtures, ...fleets];
}

async function main(): Promise<void> {
  if (values.help) return console.log(HELP);
  const pinned = canPin();
  // Player and sender have a core each.
  if (pinned) spawnSync("taskset", ["-a", "-cp", "1", String(process.pid)], { stdio: "ignore" });
  const machine = describeMachine();
  const sides: Side[] = values.full ? ["twin", "roadpulse", "roadpulse-full"] : ["twin", "roadpulse"];
  const results: ContestResult[] = [];
  for (const entry of entries()) {
    const result = await contest({
      ...entry,
      sides,
      repetitions: values.smoke ? SMOKE.repetitions : Number(values.repetitions),
      playerCore: pinned ? 0 : undefined,
      profile: !values["no-profile"],
      log: (line) => console.error(line),
    });
    results.push(result);
  }
  const text = contestMarkdown(results, machineLine(machine), Number(values.seed));
  console.log(
    values.json ? JSON.stringify({ machine, seed: Number(values.seed), results }, undefined, 1) : text,
  );
}

// An interrupted run takes its players along: they end when this process is gone.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
