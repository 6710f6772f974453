// Roadpulse's parts against what Debian and npm have, in one run.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { canPin } from "../load/pinning.ts";
import { measurePart } from "../micro/harness.ts";
import { decodePart } from "../micro/parts/decode.ts";
import { FULL_SIZE, SMOKE_SIZE } from "../micro/size.ts";
import { describeMachine, machineLine } from "../support/machine.ts";
import { compareFlushes } from "./flush.ts";
import { LAYOUTS } from "./motion.ts";
import { comparePoints } from "./moving-points.ts";
import { startRedis } from "./redis.ts";
import { type Comparison, comparisonMarkdown } from "./report.ts";
import { compareSockets } from "./sockets.ts";

const HELP = `npm run bench:comparators -- [options]
  --only <list>       points,decode,sockets,flush
  --points <list>     how many (10000,100000)
  --layouts <list>    along roads,uniform
  --steps <n>         of 100 ms, measured (5)
  --queries <n>       of each step (20000)
  --moves <n>         most of a step of structures that move one by one (20000)
  --no-redis
  --sockets <n>       (1000)
  --rate <n>          messages per second (20000)
  --repetitions <n>   of sockets and decoding (5)
  --rounds <n>        of each way to write to every socket (50)
  --seed <n>          (1)
  --smoke             small and short
  --json              print JSON
`;

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "points,decode,sockets,flush" },
    points: { type: "string", default: "10000,100000" },
    layouts: { type: "string", default: LAYOUTS.join(",") },
    steps: { type: "string", default: "5" },
    queries: { type: "string", default: "20000" },
    moves: { type: "string", default: "20000" },
    "no-redis": { type: "boolean", default: false },
    sockets: { type: "string", default: "1000" },
    rate: { type: "string", default: "20000" },
    repetitions: { type: "string", default: "5" },
    rounds: { type: "string", default: "50" },
    seed: { type: "string", default: "1" },
    smoke: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const seed = Number(values.seed);
const parts = new Set(values.only.split(","));
const log = (line: string): void => console.error(line);

async function points(core: number | undefined): Promise<Pick<Comparison, "points" | "redis">> {
  if (!parts.has("points")) return { points: [], redis: undefined };
  const redis = values["no-redis"] ? undefined : await startRedis(core);
  try {
    const results = await comparePoints({
      sizes: values.smoke ? [1_000] : values.points.split(",").map(Number),
      layouts: LAYOUTS.filter((layout) => values.layouts.split(",").includes(layout)),
      steps: values.smoke ? 2 : Number(values.steps),
      queries: values.smoke ? 500 : Number(values.queries),
      mostMoves: Number(values.moves),
      seed,
      redis,
      log,
    });
    return { points: results, redis: await redis?.version() };
  } finally {
    redis?.end();
  }
}

const WARM_UP_ROUNDS = 3;
/** One alert, and what eight, thirty and fifty of one tick come to. */
const FLUSHED_BYTES = [300, 2_000, 8_000, 17_000];

async function main(): Promise<void> {
  if (values.help) return console.log(HELP);
  const canBePinned = canPin();
  if (canBePinned) spawnSync("taskset", ["-a", "-cp", "1", String(process.pid)], { stdio: "ignore" });
  const serverCore = canBePinned ? 0 : undefined;
  const machine = describeMachine();
  const repetitions = values.smoke ? 1 : Number(values.repetitions);
  const load = {
    sockets: values.smoke ? 20 : Number(values.sockets),
    messagesPerS: values.smoke ? 2_000 : Number(values.rate),
  };
  const comparison: Comparison = {
    ...(await points(serverCore)),
    decode: parts.has("decode")
      ? measurePart(decodePart(values.smoke ? SMOKE_SIZE : FULL_SIZE), {
          warmUp: WARM_UP_ROUNDS,
          counted: repetitions,
        })
      : [],
    sockets: parts.has("sockets")
      ? await compareSockets({ ...load, seconds: values.smoke ? 0.5 : 3, repetitions, serverCore, log })
      : [],
    flushes: parts.has("flush")
      ? await compareFlushes({
          sockets: load.sockets,
          messageBytes: FLUSHED_BYTES,
          rounds: values.smoke ? 3 : Number(values.rounds),
          serverCore,
        })
      : [],
  };
  console.log(
    values.json
      ? JSON.stringify({ machine, seed, ...comparison }, undefined, 1)
      : comparisonMarkdown(comparison, machineLine(machine), seed, load),
  );
  const wrong = comparison.points.reduce((sum, { mismatches }) => sum + mismatches, 0);
  if (wrong > 0) throw new Error(`${wrong} answers differ from those of brute force`);
}

// An interrupted run takes its servers along.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
