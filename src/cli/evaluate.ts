import type { Command } from "commander";
import type { Detector } from "../domain/detector.ts";
import type { RoadNetwork } from "../domain/road.ts";
import type { Evaluation } from "../evaluate/evaluate.ts";
import { EvaluationError } from "../evaluate/evaluation-error.ts";
import type { VictimDraw } from "../evaluate/penetration.ts";
import type { Truth } from "../evaluate/truth.ts";
import type { VehicleTable } from "../evaluate/vehicle-table.ts";
import { evaluationText } from "./evaluation-text.ts";
import { type CliIo, CommandFailure, exitCode, usageFailure } from "./io.ts";
import { startProgress } from "./progress.ts";
import { openingFailure } from "./recording-file.ts";
import { wholeNumber } from "./subscription-options.ts";

interface EvaluateFlags {
  readonly map?: string;
  readonly settings?: string;
  readonly deriveTruth?: boolean;
  readonly incidents?: string;
  readonly alerts?: string;
  readonly verdicts?: string;
  readonly penetration?: string;
  readonly recordedPenetration?: string;
  readonly seeds?: string;
  readonly firstSeed?: string;
  readonly channel?: string;
  readonly victims?: string;
  readonly relevance?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  roadpulse evaluate run.csv.zst truth.json                       as recorded
  roadpulse evaluate run.csv.zst truth.json --penetration 0.02,0.05,0.2 --seeds 30
  roadpulse evaluate run.mcap truth.json --map roads.geojson --channel typical,lossShare=0.1
  roadpulse evaluate run.csv.zst truth.json --json > scores.json
  roadpulse evaluate run.csv.zst --derive-truth --penetration 0.05
  roadpulse evaluate --alerts alerts.ndjson --verdicts verdicts.ndjson          what operators found
  roadpulse evaluate run.mcap --alerts alerts.ndjson --verdicts verdicts.ndjson  the same as truth for a new run

docs/evaluation.md says what each figure means, docs/truth-format.md what a truth file holds.
`;

/** Enough seeds for any bound that is worth stating. */
const MOST_SEEDS = 10_000;
const MOST_SEED = 4_294_967_295;

export function addEvaluateCommand(program: Command, io: CliIo): void {
  program
    .command("evaluate")
    .argument("[recording]", "all or some vehicles of a run: .mcap, or CSV (plain, gzip, zstd)")
    .argument("[truth.json]", "what really happened")
    .summary("score detection against known truth")
    .description(
      "Score detection against known truth: what was found, missed, false, how fast, and who was warned.",
    )
    .option("--map <file>", "road network (GeoJSON); without it roads are learned from the recording")
    .option(
      "--penetration <p[,p…]>",
      "shares of all vehicles that are equipped, drawn per seed, e.g. 0.05,0.2",
    )
    .option(
      "--recorded-penetration <p>",
      "share of all vehicles that the recording holds, where the truth cannot tell",
    )
    .option("--seeds <n>", "number of draws (default 1)")
    .option("--first-seed <n>", "seed of the first draw (default 1)")
    .option("--channel <model>", "none, typical or harsh, with changes: typical,lossShare=0.1 (default none)")
    .option("--victims <how>", "vehicles that are a hazard are drawn, equipped or bare (default drawn)")
    .option("--relevance <m>", "alerts are told within this distance ahead, m (default 1000)")
    .option("--settings <file>", "settings of the detectors, as docs/detection-parameters.md describes them")
    .option("--derive-truth", "derive the truth from the recording, which must hold all vehicles")
    .option("--incidents <id[,id…]>", "with --derive-truth: stations that are a hazard where they stand")
    .option("--alerts <file>", "alerts of an earlier run (replay --alerts), to which the verdicts belong")
    .option("--verdicts <file>", "operators' verdicts on them, read as truth")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES)
    .action((recording: string | undefined, truth: string | undefined, flags: EvaluateFlags) =>
      runEvaluate(recording, truth, flags, io),
    );
}

async function runEvaluate(
  recording: string | undefined,
  truth: string | undefined,
  flags: EvaluateFlags,
  io: CliIo,
): Promise<void> {
  if (recording === undefined) return tellVerdicts(flags, io);
  const evaluation = await measured(recording, truth, flags, io).catch((error: unknown) => {
    throw evaluationFailure(error, recording);
  });
  if (flags.json === true) {
    const { evaluationRecord } = await import("../evaluate/report.ts");
    const files = { recording, truth: truth ?? (flags.deriveTruth === true ? "derived" : flags.verdicts) };
    io.stdout.write(`${JSON.stringify(evaluationRecord(evaluation, files))}\n`);
  } else io.stdout.write(evaluationText(evaluation));
}

/** Without a recording: what operators said of stored alerts. */
async function tellVerdicts({ alerts, verdicts, json }: EvaluateFlags, io: CliIo): Promise<void> {
  if (alerts === undefined || verdicts === undefined) {
    throw usageFailure(
      "evaluate needs a recording and a truth file, or --alerts and --verdicts.",
      "See roadpulse evaluate --help.",
    );
  }
  const { readAlertFile } = await import("../evaluate/alert-file.ts");
  const { readVerdicts, reportVerdicts } = await import("../evaluate/verdicts.ts");
  const { verdictText } = await import("./verdict-text.ts");
  const told = async () => reportVerdicts(await readAlertFile(alerts), await readVerdicts(verdicts));
  const report = await told().catch((error: unknown) => {
    throw evaluationFailure(error, alerts);
  });
  const record = { schema: "roadpulse-verdicts/1", alerts, verdicts, ...report };
  io.stdout.write(json === true ? `${JSON.stringify(record)}\n` : verdictText(report));
}

/** What the user can mend, as a sentence; everything else is a bug and stays one. */
export function evaluationFailure(error: unknown, file: string): unknown {
  if (error instanceof EvaluationError) return new CommandFailure(error.message, error.hint);
  const path = (error as NodeJS.ErrnoException | undefined)?.path;
  return openingFailure(path ?? file, error);
}

async function measured(
  recording: string,
  truthFile: string | undefined,
  flags: EvaluateFlags,
  io: CliIo,
): Promise<Evaluation> {
  const asked = askedFor(flags);
  const { channelFrom } = await import("../evaluate/channel.ts");
  const channel = channelFrom(flags.channel ?? "none");
  const roads = flags.map === undefined ? undefined : (await import("./road-file.ts")).loadRoads(flags.map);
  const detectors = flags.settings === undefined ? undefined : await detectorsOf(flags.settings);
  const { readTraffic } = await import("../evaluate/read-traffic.ts");
  const { evaluate } = await import("../evaluate/evaluate.ts");
  const knownTruth = await truthBefore(truthFile, flags);
  const progress = startProgress(io.stderr, "evaluating");
  try {
    progress.update(undefined, "reading the recording");
    const { table, source } = await readTraffic(recording);
    const truth = knownTruth ?? (await derivedTruth(table, roads, flags));
    const runs = asked.seeds.length * Math.max(1, asked.penetrations.length);
    let done = 0;
    return await evaluate({
      ...asked,
      table,
      source,
      truth,
      roads,
      channel,
      pipeline: detectors === undefined ? {} : { detectors },
      onRun: () => {
        if (io.signal.aborted)
          throw new CommandFailure("The evaluation was stopped.", undefined, exitCode.interrupted);
        progress.update(++done / runs, `run ${done} of ${runs}`);
      },
    });
  } finally {
    progress.finish();
  }
}

/** The truth from files; undefined where it is to be derived. */
async function truthBefore(truthFile: string | undefined, flags: EvaluateFlags): Promise<Truth | undefined> {
  const { alerts, verdicts, deriveTruth } = flags;
  const given = [truthFile !== undefined, verdicts !== undefined, deriveTruth === true];
  if (given.filter(Boolean).length !== 1)
    throw usageFailure("Name one truth: a truth file, --derive-truth, or --verdicts with --alerts.");
  if (truthFile !== undefined) return (await import("../evaluate/read-truth.ts")).readTruth(truthFile);
  if (verdicts === undefined) return undefined;
  if (alerts === undefined)
    throw usageFailure("--verdicts needs --alerts, the file of the alerts they belong to.");
  const { readAlertFile } = await import("../evaluate/alert-file.ts");
  const { readVerdicts, truthOfVerdicts } = await import("../evaluate/verdicts.ts");
  return truthOfVerdicts(await readAlertFile(alerts), await readVerdicts(verdicts));
}

async function derivedTruth(
  table: VehicleTable,
  roads: RoadNetwork | undefined,
  flags: EvaluateFlags,
): Promise<Truth> {
  const { deriveTruth } = await import("../evaluate/derive-truth.ts");
  const { parseTruth } = await import("../evaluate/read-truth.ts");
  return parseTruth(deriveTruth({ table, roads, incidents: stationsFrom(flags.incidents) }));
}

export function stationsFrom(text: string | undefined): readonly number[] {
  if (text === undefined) return [];
  return text.split(",").map((id) => wholeNumber("--incidents", id, 1, MOST_SEED));
}

/** Detectors with settings of a file. */
export async function detectorsOf(file: string): Promise<readonly Detector<unknown>[]> {
  const { readDetectionFile } = await import("../server/detection-file.ts");
  const { defaultDetectors } = await import("../detect/registry.ts");
  const { DetectionSettingsError } = await import("../detect/settings.ts");
  try {
    return defaultDetectors(readDetectionFile(file));
  } catch (error) {
    if (error instanceof DetectionSettingsError || error instanceof RangeError)
      throw new CommandFailure(error.message);
    throw error;
  }
}

interface Asked {
  readonly penetrations: readonly number[];
  readonly seeds: readonly number[];
  readonly victims: VictimDraw;
  readonly recordedPenetration: number | undefined;
  readonly relevanceM: number | undefined;
}

const VICTIM_DRAWS: readonly VictimDraw[] = ["drawn", "equipped", "bare"];

function askedFor(flags: EvaluateFlags): Asked {
  const seeds = wholeNumber("--seeds", flags.seeds ?? "1", 1, MOST_SEEDS);
  const first = wholeNumber("--first-seed", flags.firstSeed ?? "1", 0, MOST_SEED);
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
    relevanceM:
      flags.relevance === undefined ? undefined : wholeNumber("--relevance", flags.relevance, 1, 100_000),
  };
}

function portion(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 1) return value;
  throw usageFailure(`${flag} must be above 0 and at most 1, not ${text}.`, "0.05 is 5 %.");
}
