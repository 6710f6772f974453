import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { evaluationFailure, stationsFrom } from "./evaluate.ts";
import type { CliIo } from "./io.ts";
import { count } from "./style.ts";

interface TruthFlags {
  readonly out: string;
  readonly map?: string;
  readonly incidents?: string;
}

export function addTruthCommand(program: Command, io: CliIo): void {
  program
    .command("truth")
    .argument("<recording>", "every vehicle of a run: .mcap, or CSV (plain, gzip, zstd)")
    .summary("derive a truth file from all vehicles of a run")
    .description(
      "Derive queues, stops and hard brakes from all vehicles of a run, as docs/truth-format.md describes.",
    )
    .requiredOption("-o, --out <truth.json>", "the truth file; replaced where it exists")
    .option("--map <file>", "road network (GeoJSON); without it roads are learned from the recording")
    .option("--incidents <id[,id…]>", "stations that are a hazard where they stand")
    .action((recording: string, flags: TruthFlags) => runTruth(recording, flags, io));
}

async function runTruth(recording: string, flags: TruthFlags, io: CliIo): Promise<void> {
  const roads = flags.map === undefined ? undefined : (await import("./road-file.ts")).loadRoads(flags.map);
  const { readTraffic } = await import("../evaluate/read-traffic.ts");
  const { deriveTruth } = await import("../evaluate/derive-truth.ts");
  const incidents = stationsFrom(flags.incidents);
  const derived = async () => deriveTruth({ table: (await readTraffic(recording)).table, roads, incidents });
  const truth = await derived().catch((error: unknown) => {
    throw evaluationFailure(error, recording);
  });
  await writeFile(flags.out, `${JSON.stringify(truth)}\n`);
  const [queues = 0, stops = 0, brakes = 0] = ["queues", "stops", "hard_brakes"].map(
    (key) => (truth[key] as readonly unknown[]).length,
  );
  io.stderr.write(
    `${flags.out}: ${count(queues)} queues, ${count(stops)} stops, ${count(brakes)} hard brakes\n`,
  );
}
