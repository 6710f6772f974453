import type { Command } from "commander";
import { isConfigProblems, loadConfig } from "../config/load.ts";
import { problemLine } from "../config/problem.ts";
import type { AlertChange, Side } from "../evaluate/compare.ts";
import type { PipelineOptions } from "../pipeline.ts";
import { detectorsOf, evaluationFailure } from "./evaluate.ts";
import { type CliIo, CommandFailure } from "./io.ts";
import { count, duration, table } from "./style.ts";

interface CompareFlags {
  readonly a?: string;
  readonly b?: string;
  readonly map?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  roadpulse compare drive.mcap --b new.json                 the defaults against a configuration
  roadpulse compare run.csv.zst --a old.json --b new.json --map roads.geojson
`;

export function addCompareCommand(program: Command, io: CliIo): void {
  program
    .command("compare")
    .argument("<recording>", ".mcap, or a table of vehicles as CSV (plain, gzip, zstd)")
    .summary("run one recording under two configurations")
    .description(
      "Run one recording under two configurations and show alerts gained, lost, earlier and later.",
    )
    .option("--a <config.json>", "the configuration before; the defaults where absent")
    .option("--b <config.json>", "the configuration after; the defaults where absent")
    .option("--map <file>", "road network for both, instead of those of the configurations")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES)
    .action((recording: string, flags: CompareFlags) => runCompare(recording, flags, io));
}

async function runCompare(recording: string, flags: CompareFlags, io: CliIo): Promise<void> {
  const [a, b] = [await optionsOf(flags.a, flags), await optionsOf(flags.b, flags)];
  const { compareEpisodes } = await import("../evaluate/compare.ts");
  const { episodesOf } = await import("../evaluate/plain-run.ts");
  const compared = async () =>
    compareEpisodes(await episodesOf(recording, a), await episodesOf(recording, b));
  const changes = await compared().catch((error: unknown) => {
    throw evaluationFailure(error, recording);
  });
  const summary = summaryOf(changes);
  const record = { schema: "roadpulse-comparison/1", recording, a: flags.a, b: flags.b, summary, changes };
  io.stdout.write(flags.json === true ? `${JSON.stringify(record)}\n` : compareText(changes, summary));
}

/** What a configuration says about detection: its map, the settings of its detectors, the room for stations. */
async function optionsOf(file: string | undefined, { map }: CompareFlags): Promise<PipelineOptions> {
  const config = loadConfig(file === undefined ? {} : { file });
  if (isConfigProblems(config)) throw new CommandFailure(config.map(problemLine).join("\n"));
  const { settings } = config.detection;
  const mapFile = map ?? config.roads.map;
  return {
    maxStations: config.track.maxStations,
    ...(settings === undefined ? {} : { detectors: await detectorsOf(settings) }),
    ...(mapFile === undefined ? {} : { roads: (await import("./road-file.ts")).loadRoads(mapFile) }),
  };
}

const CHANGES = ["gained", "lost", "earlier", "later", "same"] as const;
type Summary = Readonly<Record<string, Readonly<Record<AlertChange["change"], number>>>>;

function summaryOf(changes: readonly AlertChange[]): Summary {
  const kinds = [...new Set(changes.map(({ kind }) => kind))].sort();
  return Object.fromEntries(
    kinds.map((kind) => {
      const counts = { gained: 0, lost: 0, earlier: 0, later: 0, same: 0 };
      for (const entry of changes) if (entry.kind === kind) counts[entry.change]++;
      return [kind, counts];
    }),
  );
}

/** Changes shown to people; the JSON has all. */
const LISTED = 50;

function compareText(changes: readonly AlertChange[], summary: Summary): string {
  if (changes.length === 0) return "No alerts under either configuration.\n";
  const totals = Object.entries(summary).map(([kind, counts]) => [
    kind,
    ...CHANGES.map((name) => count(counts[name])),
  ]);
  const told = changes.filter(({ change }) => change !== "same");
  const rows = told.slice(0, LISTED).map(changeRow);
  const rest = told.length > LISTED ? `and ${count(told.length - LISTED)} more (--json)\n` : "";
  const list = rows.length === 0 ? "" : `\n${table([LIST_HEADS, ...rows])}${rest}`;
  return `${table([["alerts", ...CHANGES], ...totals], [1, 2, 3, 4, 5])}${list}`;
}

const LIST_HEADS = ["", "kind", "begins", "lasts", "at", "start, s", "confirmed, s", "end, s"];

function changeRow(entry: AlertChange): string[] {
  const side = (entry.b ?? entry.a) as Side;
  const seconds = (value: number | undefined): string =>
    value === undefined ? "" : `${value > 0 ? "+" : ""}${value.toFixed(1)}`;
  return [
    entry.change,
    entry.kind,
    new Date(side.startMs).toISOString(),
    duration(side.endMs - side.startMs),
    `${side.place.latitudeDeg.toFixed(5)} ${side.place.longitudeDeg.toFixed(5)}`,
    seconds(entry.startDifferenceS),
    seconds(entry.confirmDifferenceS),
    seconds(entry.endDifferenceS),
  ];
}
