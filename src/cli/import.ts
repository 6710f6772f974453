import { type Command, Option } from "commander";
import type { ImportOptions, ImportSummary } from "../recording/import/outcome.ts";
import { type CliIo, CommandFailure, exitCode } from "./io.ts";
import { startProgress } from "./progress.ts";
import { openingFailure } from "./recording-file.ts";
import { byteSize, count, duration, elapsed, printable, table } from "./style.ts";
import { wholeNumber } from "./subscription-options.ts";

interface ImportFlags {
  readonly out: string;
  readonly json?: boolean;
  readonly sources?: string;
  readonly itemsPerFrame?: string;
}

type Importer = (input: string, out: string, options: ImportOptions) => Promise<ImportSummary>;

const EXAMPLES = `
Examples:
  roadpulse import trajectories run.csv.zst --out run.mcap
  zcat positions.csv.gz | roadpulse import trajectories - --out positions.mcap
  roadpulse import ode bsm.json --out bsm.mcap
  roadpulse import loops loops.tar.zst --out loops.mcap
`;

export function addImportCommand(program: Command, io: CliIo): void {
  const command = program
    .command("import")
    .summary("make a recording of other data")
    .description(
      "Make a recording of other data. Packed input (gzip, zstd) is read directly, - is standard input.",
    )
    .addHelpText("after", EXAMPLES);
  const format = (name: string, description: string): Command =>
    command
      .command(name)
      .argument("<input>", "file, or - for standard input")
      .description(description)
      .requiredOption("-o, --out <file.mcap>", "the recording; replaced where it exists")
      .option("--json", "print the summary as one JSON object");

  format(
    "trajectories",
    "A table of positions: CSV with t_ms, id, lat, lon and, where known, type, speed_mps, heading_deg, accel_mps2.",
  )
    .addOption(new Option("--sources <n>", "roadside units among which the rows are spread, 1..1000"))
    .addOption(new Option("--items-per-frame <n>", "most items in one frame, 1..500"))
    .action(async (input: string, flags: ImportFlags) => {
      const { importTrajectories } = await import("../recording/import/trajectories.ts");
      const sources = numberFlag("--sources", flags.sources, 1_000);
      const itemsPerFrame = numberFlag("--items-per-frame", flags.itemsPerFrame, 500);
      const chosen = {
        ...(sources === undefined ? {} : { sources }),
        ...(itemsPerFrame === undefined ? {} : { itemsPerFrame }),
      };
      await runImport(input, flags, io, (from, to, options) =>
        importTrajectories(from, to, { ...options, ...chosen }),
      );
    });
  format(
    "ode",
    "Basic safety messages logged by a USDOT operational data environment: JSON, one message per line.",
  ).action(async (input: string, flags: ImportFlags) => {
    const { importOde } = await import("../recording/import/ode.ts");
    await runImport(input, flags, io, importOde);
  });
  format(
    "loops",
    "Messages of Dutch road sensors, speed and flow per lane: a file, a tar archive or a folder.",
  ).action(async (input: string, flags: ImportFlags) => {
    const { importLoops } = await import("../recording/import/loops.ts");
    await runImport(input, flags, io, importLoops);
  });
}

function numberFlag(name: string, text: string | undefined, most: number): number | undefined {
  return text === undefined ? undefined : wholeNumber(name, text, 1, most);
}

async function runImport(input: string, flags: ImportFlags, io: CliIo, importer: Importer): Promise<void> {
  const progress = startProgress(io.stderr, "importing");
  const onProgress: ImportOptions["onProgress"] = ({ rows, readBytes, totalBytes }) => {
    if (io.signal.aborted) {
      throw new CommandFailure(
        `The import was stopped; ${flags.out} is not whole.`,
        undefined,
        exitCode.interrupted,
      );
    }
    const fraction = totalBytes === undefined || totalBytes === 0 ? undefined : readBytes / totalBytes;
    progress.update(fraction, `${count(rows)} rows, ${byteSize(readBytes)}`);
  };
  const summary = await importer(input, flags.out, { onProgress })
    .catch((error: unknown) => {
      throw openingFailure(input, error);
    })
    .finally(() => progress.finish());
  if (summary.problem !== undefined) throw new CommandFailure(`Nothing was imported: ${summary.problem}.`);
  if (flags.json === true) io.stdout.write(`${JSON.stringify(summary)}\n`);
  else io.stderr.write(importText(summary, flags.out));
}

export function importText(summary: ImportSummary, out: string): string {
  const unsupported = Object.entries(summary.unsupported);
  const rows = [
    ["rows", count(summary.rows)],
    ["imported", count(summary.imported)],
    ["not usable", count(summary.bad)],
    ["not supported", count(unsupported.reduce((sum, [, rowCount]) => sum + rowCount, 0))],
    ["items", count(summary.items)],
    ["frames", count(summary.frames)],
  ];
  const spanMs = (summary.lastReceivedAtMs ?? 0) - (summary.firstReceivedAtMs ?? 0);
  return (
    `${out}: ${byteSize(summary.bytes)}, ${duration(spanMs)} of traffic, made in ${elapsed(summary.elapsedMs)}\n\n` +
    table(rows, [1]) +
    reasons("not usable because", summary.badByReason) +
    firstBadRows(summary) +
    reasons("not supported", summary.unsupported) +
    reasons("also", summary.notes)
  );
}

function reasons(head: string, counts: Readonly<Record<string, number>>): string {
  const rows = Object.entries(counts).map(([reason, rowCount]) => [printable(reason), count(rowCount)]);
  return rows.length === 0 ? "" : `\n${table([[head, "rows"], ...rows], [1])}`;
}

/** Lines shown for people to look up; `--json` has more. */
const LISTED_BAD_ROWS = 5;

function firstBadRows({ badRows }: ImportSummary): string {
  return badRows
    .slice(0, LISTED_BAD_ROWS)
    .map(({ line, reason }) => `line ${line}: ${printable(reason)}\n`)
    .join("");
}
