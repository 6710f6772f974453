import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { ALERT_KINDS } from "../domain/alert.ts";
import type { Evaluation } from "../evaluate/evaluate.ts";
import type { RunDetails } from "../evaluate/run-details.ts";
import { version } from "../version.ts";
import { evaluationFailure } from "./evaluate.ts";
import { type CliIo, CommandFailure, exitCode, usageFailure } from "./io.ts";
import { startProgress } from "./progress.ts";
import { byteSize } from "./style.ts";
import { wholeNumber } from "./subscription-options.ts";

interface PlotFlags {
  readonly out: string;
  readonly map?: string;
  readonly penetration?: string;
  readonly recordedPenetration?: string;
  readonly seeds?: string;
  readonly firstSeed?: string;
  readonly channel?: string;
  readonly victims?: string;
}

const EXAMPLES = `
Examples:
  roadpulse plot run.csv.zst truth.json --map roads.geojson --out plots
  roadpulse plot run.csv.zst truth.json --penetration 0.02,0.05,0.1,0.2 --seeds 10 --out plots
  roadpulse plot drive.mcap --out plots          trajectories and alerts alone
`;

const MOST_SEEDS = 1_000;
const VICTIM_DRAWS = ["drawn", "equipped", "bare"] as const;

export function addPlotCommand(program: Command, io: CliIo): void {
  program
    .command("plot")
    .argument("<recording>", "all or some vehicles of a run: .mcap, or CSV (plain, gzip, zstd)")
    .argument("[truth.json]", "what really happened; without it nothing is judged")
    .summary("draw time–space diagrams, curves and maps")
    .description(
      "Draw what a recording shows: time–space diagrams per road with truth and alerts, a map of misses and false alerts, time to detect against penetration. SVG files and one HTML page.",
    )
    .requiredOption("-o, --out <folder>", "where the files go; made where it is missing")
    .option("--map <file>", "road network (GeoJSON); without it roads are learned from the recording")
    .option("--penetration <p[,p…]>", "shares of equipped vehicles; the first is drawn, all give the curves")
    .option("--recorded-penetration <p>", "share of all vehicles that the recording holds")
    .option("--seeds <n>", "draws of each share; the first is drawn (default 1)")
    .option("--first-seed <n>", "seed of the first draw (default 1)")
    .option("--channel <model>", "none, typical or harsh, with changes: typical,lossShare=0.1 (default none)")
    .option("--victims <how>", "vehicles that are a hazard are drawn, equipped or bare (default drawn)")
    .addHelpText("after", EXAMPLES)
    .action((recording: string, truth: string | undefined, flags: PlotFlags) =>
      runPlot(recording, truth, flags, io),
    );
}

async function runPlot(
  recording: string,
  truth: string | undefined,
  flags: PlotFlags,
  io: CliIo,
): Promise<void> {
  const { evaluation, shown } = await measured(recording, truth, flags, io).catch((error: unknown) => {
    throw evaluationFailure(error, recording);
  });
  const { plotFiles } = await import("../plot/plots.ts");
  const facts = {
    what: basename(recording),
    seed: shown.seed,
    penetration: shown.penetration,
    channel: evaluation.channel.name,
    version,
  };
  await mkdir(flags.out, { recursive: true });
  for (const { name, content } of plotFiles(evaluation, shown, facts)) {
    await writeFile(join(flags.out, name), content);
    io.stdout.write(`${join(flags.out, name)}  ${byteSize(Buffer.byteLength(content))}\n`);
  }
}

async function measured(
  recording: string,
  truthFile: string | undefined,
  flags: PlotFlags,
  io: CliIo,
): Promise<{ readonly evaluation: Evaluation; readonly shown: RunDetails }> {
  const asked = askedFor(flags);
  const { channelFrom } = await import("../evaluate/channel.ts");
  const channel = channelFrom(flags.channel ?? "none");
  const roads = flags.map === undefined ? undefined : (await import("./road-file.ts")).loadRoads(flags.map);
  const { parseTruth, readTruth } = await import("../evaluate/read-truth.ts");
  const { readTraffic } = await import("../evaluate/read-traffic.ts");
  const { evaluate } = await import("../evaluate/evaluate.ts");
  const truth = truthFile === undefined ? parseTruth(NOTHING_KNOWN) : await readTruth(truthFile);
  const progress = startProgress(io.stderr, "plotting");
  let shown: RunDetails | undefined;
  let done = 0;
  try {
    progress.update(undefined, "reading the recording");
    const { table, source } = await readTraffic(recording);
    const evaluation = await evaluate({
      ...asked,
      table,
      source,
      truth,
      roads,
      channel,
      onRun: (details) => {
        if (io.signal.aborted)
          throw new CommandFailure("The plot was stopped.", undefined, exitCode.interrupted);
        shown ??= details;
        progress.update(undefined, `run ${++done}`);
      },
    });
    if (shown === undefined) throw new Error("an evaluation without a run");
    return { evaluation, shown };
  } finally {
    progress.finish();
  }
}

/** A truth without events that judges no alert either. */
const NOTHING_KNOWN = { source: "none", not_judged: ALERT_KINDS };

function askedFor(flags: PlotFlags) {
  const seeds = wholeNumber("--seeds", flags.seeds ?? "1", 1, MOST_SEEDS);
  const first = wholeNumber("--first-seed", flags.firstSeed ?? "1", 0, 4_294_967_295);
  const victims = VICTIM_DRAWS.find((how) => how === (flags.victims ?? "drawn"));
  if (victims === undefined)
    throw usageFailure(`--victims must be drawn, equipped or bare, not ${flags.victims}.`);
  return {
    penetrations: (flags.penetration?.split(",") ?? []).map((text) => portion("--penetration", text)),
    seeds: Array.from({ length: seeds }, (_, i) => first + i),
    victims,
    recordedPenetration:
      flags.recordedPenetration === undefined
        ? undefined
        : portion("--recorded-penetration", flags.recordedPenetration),
  };
}

function portion(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 1) return value;
  throw usageFailure(`${flag} must be above 0 and at most 1, not ${text}.`, "0.05 is 5 %.");
}
