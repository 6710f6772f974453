import { writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { type Command, Option } from "commander";
import type { BuiltMap, MapBuildOptions } from "../map-build/build.ts";
import type { MapBuildSummary } from "../map-build/summary.ts";
import { type CliIo, CommandFailure, exitCode, usageFailure } from "./io.ts";
import { addMapCheckCommand } from "./map-check.ts";
import { startProgress } from "./progress.ts";
import { openingFailure } from "./recording-file.ts";
import { asSentence, count, printable, table } from "./style.ts";
import { areaFrom } from "./subscription-options.ts";

interface BuildFlags {
  readonly out: string;
  readonly classes?: readonly string[];
  readonly bbox?: string;
  readonly name?: string;
  readonly markers?: string;
  readonly direction?: readonly string[];
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  roadpulse map build city.net.xml.gz --out map.geojson
  roadpulse map build region.osm.pbf --out motorways.geojson --classes motorway trunk
  roadpulse map build region.osm.pbf --out town.geojson --bbox 51.3,6.6,51.6,6.9
  roadpulse map build city.net.xml --out map.geojson --markers posts.geojson --direction A40p=Dortmund A40n=Venlo
  roadpulse map check map.geojson
`;

export function addMapCommand(program: Command, io: CliIo): void {
  const command = program
    .command("map")
    .summary("build and check road maps")
    .description("Build a road map from a SUMO network or an OpenStreetMap extract, or check one.")
    .addHelpText("after", EXAMPLES);
  command
    .command("build")
    .argument("<input>", "SUMO network (.net.xml) or OpenStreetMap extract (.osm, .osm.pbf), packed or not")
    .description("Build a map of directed roads: routes, links, markers.")
    .requiredOption("-o, --out <map.geojson>", "the map; replaced where it exists")
    .option("--classes <class...>", "only these classes of roads, each with its ramps, e.g. motorway trunk")
    .option("--bbox <s,w,n,e>", "only roads that touch this box, degrees")
    .option("--name <name>", "name of the map; the input's where absent")
    .option("--markers <posts.geojson>", "kilometre posts and junctions: points with road, km and node")
    .addOption(new Option("--direction <route=place...>", "where a route leads, e.g. A40p=Dortmund"))
    .option("--json", "print the summary as one JSON object")
    .action((input: string, flags: BuildFlags) => runBuild(input, flags, io));
  addMapCheckCommand(command, io);
}

async function runBuild(input: string, flags: BuildFlags, io: CliIo): Promise<void> {
  const [{ buildMap }, { mapText }] = await Promise.all([
    import("../map-build/build.ts"),
    import("../map-build/map-file.ts"),
  ]);
  const progress = startProgress(io.stderr, "reading");
  const options = await optionsFrom(flags);
  const built = await buildMap(input, {
    ...options,
    onProgress(step, { readBytes, totalBytes }) {
      if (io.signal.aborted) {
        throw new CommandFailure("The build was stopped.", undefined, exitCode.interrupted);
      }
      progress.update(totalBytes === undefined ? undefined : readBytes / totalBytes, step);
    },
  })
    .catch((error: unknown) => {
      throw buildFailure(input, error);
    })
    .finally(() => progress.finish());
  await writeFile(flags.out, Readable.from(mapText(built.map))).catch((error: unknown) => {
    throw new CommandFailure(`${flags.out} cannot be written: ${(error as Error).message}.`);
  });
  tellSummary(built, flags, io);
}

async function optionsFrom(flags: BuildFlags): Promise<MapBuildOptions> {
  const area = flags.bbox === undefined ? undefined : areaFrom({ bbox: flags.bbox });
  const posts = flags.markers === undefined ? undefined : await postsFrom(flags.markers);
  return {
    ...(flags.classes === undefined ? {} : { classes: flags.classes.flatMap((text) => text.split(",")) }),
    ...(area?.form === "box" ? { box: area.box } : {}),
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(posts === undefined ? {} : { posts }),
    directions: new Map((flags.direction ?? []).map(directionFrom)),
  };
}

async function postsFrom(file: string): Promise<MapBuildOptions["posts"]> {
  const { readPosts } = await import("../map-build/markers.ts");
  try {
    return readPosts(file);
  } catch (error) {
    throw buildFailure(undefined, error);
  }
}

function directionFrom(text: string): [string, string] {
  const [route, place, ...rest] = text.split("=");
  if (route !== undefined && place !== undefined && place !== "" && rest.length === 0) return [route, place];
  throw usageFailure(`--direction takes route=place, not ${text}.`, "For example --direction A40p=Dortmund.");
}

/** What the builder says of its input, as a sentence for the user; anything else is a bug and stays one. */
function buildFailure(input: string | undefined, error: unknown): unknown {
  if (error instanceof CommandFailure) return error;
  if (error instanceof Error && error.name === "MapBuildError") {
    const about = input === undefined ? "" : `${input}: `;
    return new CommandFailure(
      `${about}${asSentence(error.message)}`,
      (error as Error & { hint?: string }).hint,
    );
  }
  return openingFailure(input ?? "", error);
}

function tellSummary({ map, summary }: BuiltMap, flags: BuildFlags, io: CliIo): void {
  if (flags.json === true) io.stdout.write(`${JSON.stringify(summary)}\n`);
  else io.stderr.write(`${flags.out}: ${printable(map.name)}\n\n${summaryText(summary)}`);
}

export function summaryText(summary: MapBuildSummary): string {
  const rows = [
    ["links", count(summary.links)],
    ["  with a limit", count(summary.linksWithLimit)],
    ["  with kilometres", count(summary.linksWithKm)],
    ["routes", count(summary.routes)],
    ["  of them ramps", count(summary.rampRoutes)],
    ["kilometres", count(summary.lengthKm)],
    ["markers", count(summary.markers)],
  ];
  const classes = Object.entries(summary.lengthKmByClass).map(([name, km]) => [printable(name), count(km)]);
  const leftOut = Object.entries(summary.leftOut).map(([reason, pieces]) => [
    printable(reason),
    count(pieces),
  ]);
  return (
    table(rows, [1]) +
    `\n${table([["class", "km"], ...classes], [1])}` +
    (leftOut.length === 0 ? "" : `\n${table([["left out because", "pieces"], ...leftOut], [1])}`)
  );
}
