import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import type { Command } from "commander";
import { shapeProblem } from "../geo/shape-problem.ts";
import { type PreparedShape, prepareShape, type Shape } from "../geo/shapes.ts";
import {
  type AnonymizeOptions,
  type AnonymizeSummary,
  DROP_REASONS,
  type DropReason,
} from "../recording/anonymize/options.ts";
import { readPolygons } from "./geojson-polygon.ts";
import { type CliIo, CommandFailure, exitCode, usageFailure } from "./io.ts";
import { startProgress } from "./progress.ts";
import { openingFailure, tellWarnings } from "./recording-file.ts";
import { byteSize, count, table } from "./style.ts";
import { wholeNumber } from "./subscription-options.ts";

interface AnonymizeFlags {
  readonly out: string;
  readonly keyFile?: string;
  readonly redact?: string;
  readonly trimM: string;
  readonly trimS: string;
  readonly json?: boolean;
}

/** HMAC-SHA256 wants a key as long as its output (RFC 2104, section 3). */
const LEAST_KEY_BYTES = 32;
const MOST_KEY_BYTES = 4_096;

const MOST_TRIM_M = 100_000;
const MOST_TRIM_S = 86_400;

const EXAMPLES = `
Examples:
  roadpulse anonymize today.mcap --out public.mcap
  roadpulse anonymize today.mcap --out public.mcap --redact homes.geojson --trim-m 500
  head -c 32 /dev/urandom > key && chmod 600 key
  roadpulse anonymize part1.mcap --out public1.mcap --key-file key
`;

export function addAnonymizeCommand(program: Command, io: CliIo): void {
  program
    .command("anonymize")
    .argument("<file.mcap>", "a recording")
    .summary("make a recording that may be given away")
    .description(
      "Make a recording without what tells who drove where: keyed hashes instead of station ids, other ones each day, " +
        "without both ends of every trip, without redacted areas, signed originals and driven paths. Positions of single " +
        "trips remain: what is left is pseudonymous, not anonymous in the sense of the law. See docs/privacy.md.",
    )
    .requiredOption("-o, --out <file.mcap>", "the recording to write, a new file")
    .option(
      "--key-file <file>",
      "secret of the hashes, 32 bytes or more; random and thrown away where absent",
    )
    .option("--redact <polygons.geojson>", "areas of which nothing leaves")
    .option("--trim-m <m>", "distance cut off at both ends of every trip", "300")
    .option("--trim-s <s>", "time cut off at both ends of every trip; the longer cut counts", "60")
    .option("--json", "print the summary as one JSON object")
    .addHelpText("after", EXAMPLES)
    .action((file: string, flags: AnonymizeFlags) => anonymize(file, flags, io));
}

async function anonymize(file: string, flags: AnonymizeFlags, io: CliIo): Promise<void> {
  if (existsSync(flags.out))
    throw usageFailure(`${flags.out} exists already.`, "Name a new file, it is never replaced.");
  const options = optionsFrom(flags, io);
  const { anonymizeRecording } = await import("../recording/anonymize/anonymize.ts");
  const progress = startProgress(io.stderr, "anonymizing");
  const onProgress: AnonymizeOptions["onProgress"] = ({ pass, records, totalRecords }) => {
    if (io.signal.aborted)
      throw new CommandFailure(`Stopped; ${flags.out} was not written.`, undefined, exitCode.interrupted);
    const fraction = totalRecords === undefined ? undefined : records / totalRecords;
    progress.update(fraction, `${pass === 1 ? "surveying" : "writing"}, ${count(records)} records`);
  };
  const summary = await anonymizeRecording(file, flags.out, { ...options, onProgress })
    .catch((error: unknown) => {
      throw failureOf(file, flags.out, error);
    })
    .finally(() => progress.finish());
  if (summary.problem !== undefined) throw new CommandFailure(`Nothing was written: ${summary.problem}.`);
  tellWarnings(io, summary.warnings);
  if (flags.json === true) io.stdout.write(`${JSON.stringify(summary)}\n`);
  else io.stderr.write(summaryText(summary, flags.out));
}

function optionsFrom(flags: AnonymizeFlags, io: CliIo): AnonymizeOptions {
  return {
    key: flags.keyFile === undefined ? randomBytes(LEAST_KEY_BYTES) : keyFrom(flags.keyFile, io),
    trim: {
      distanceM: wholeNumber("--trim-m", flags.trimM, 0, MOST_TRIM_M),
      durationMs: wholeNumber("--trim-s", flags.trimS, 0, MOST_TRIM_S) * 1_000,
    },
    redacted: flags.redact === undefined ? [] : areasFrom(flags.redact),
  };
}

/** The key is what the file holds, byte for byte. */
function keyFrom(file: string, io: CliIo): Uint8Array {
  let key: Uint8Array;
  let isOpenToOthers: boolean;
  try {
    key = readFileSync(file);
    isOpenToOthers = (statSync(file).mode & 0o077) !== 0;
  } catch (error) {
    throw usageFailure(
      `The key file ${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? "unknown error"}.`,
    );
  }
  if (key.length < LEAST_KEY_BYTES || key.length > MOST_KEY_BYTES) {
    throw usageFailure(
      `The key in ${file} has ${key.length} bytes; it takes ${LEAST_KEY_BYTES} to ${MOST_KEY_BYTES}.`,
      `head -c ${LEAST_KEY_BYTES} /dev/urandom > ${file} makes one.`,
    );
  }
  if (isOpenToOthers)
    io.stderr.write(`Warning: other users can read the key file ${file}; chmod 600 closes it.\n`);
  return key;
}

function areasFrom(file: string): PreparedShape[] {
  return readPolygons(file).map((ring, i) => {
    const shape: Shape = { type: "polygon", ring };
    const problem = shapeProblem(shape);
    if (problem === undefined) return prepareShape(shape);
    throw usageFailure(`Polygon ${i + 1} in ${file} cannot be used: ${problem.field} ${problem.text}.`);
  });
}

function failureOf(input: string, output: string, error: unknown): unknown {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (path !== output) return openingFailure(input, error);
  if (code === "EEXIST") return usageFailure(`${output} exists already.`, "Name a new file.");
  if (code === "ENOENT") return new CommandFailure(`The folder of ${output} does not exist.`);
  if (code === "EACCES") return new CommandFailure(`${output} may not be written by this user.`);
  return error;
}

export function summaryText(summary: AnonymizeSummary, out: string): string {
  const rows: [string, number][] = [
    ["records", summary.records],
    ["records written", summary.writtenRecords],
    ["items", summary.items],
    ["items written", summary.writtenItems],
    ["road users, under a new id each day", summary.roadUsers],
    ["infrastructure, under its own id", summary.infrastructure],
    ["trips", summary.trips],
    ["trips too short to leave anything", summary.tripsCutWhole],
  ];
  const others: [string, number][] = [
    ["frames left out with all their items", summary.emptiedFrames],
    ["unreadable frames left out", summary.unusableFrames],
    ["perceived objects left out, in redacted areas", summary.redactedObjects],
    ["points of traces and planned paths cut off", summary.cutPathPoints],
    ["signed originals left out", summary.droppedOriginals],
    ["subscriptions of producers left out", summary.droppedSubscriptions],
    ["hazard notices of cut trips, under an id of their own", summary.detachedNotices],
    ["hazard notices that became others at midnight (UTC)", summary.noticesOverMidnight],
    ["vehicle sessions that still join several ids", summary.sessionsWithSeveralStations],
    ["ids drawn again because taken", summary.collisions],
  ];
  const dropped = Object.entries(summary.dropped).flatMap(([reason, kinds]) =>
    Object.entries(kinds).map(([kind, items]): [string, number] => [
      `items left out, ${kind}: ${DROP_REASONS[reason as DropReason] ?? reason}`,
      items,
    ]),
  );
  const told = [...rows, ...dropped, ...others.filter(([, number]) => number > 0)];
  return `${out}: ${byteSize(summary.bytes)}\n\n${table(
    told.map(([name, number]) => [name, count(number)]),
    [1],
  )}`;
}
