import type { Command } from "commander";
import type { RecordingInfo } from "../recording/info.ts";
import { type CliIo, CommandFailure } from "./io.ts";
import { openingFailure } from "./recording-file.ts";
import { byteSize, count, duration, printable, table } from "./style.ts";

interface InspectFlags {
  readonly json?: boolean;
  readonly quality?: boolean;
}

/** Sources listed for people; `--json` has all. */
const LISTED_SOURCES = 30;

export function addInspectCommand(program: Command, io: CliIo): void {
  program
    .command("inspect")
    .argument("<file.mcap>", "a recording")
    .summary("tell what a recording holds")
    .description("Tell what a recording holds: times, records, items by kind, sources, provenance, damage.")
    .option("--json", "one JSON object")
    .option("--quality", "how good each source's data are: rates, gaps, clock, rejections, sensors")
    .action(async (file: string, flags: InspectFlags) => {
      if (flags.quality === true) {
        const { recordingQuality } = await import("./quality.ts");
        io.stdout.write(await recordingQuality(file, flags.json === true));
        return;
      }
      const info = await readInfo(file);
      const alien = info.warnings.find(({ code }) => code === "not-a-recording");
      if (alien !== undefined) throw new CommandFailure(`${alien.text}.`, "Recordings are MCAP files.");
      io.stdout.write(flags.json === true ? `${JSON.stringify(info)}\n` : infoText(info));
    });
}

/** What a recording holds, for people. */
export async function describeRecording(file: string): Promise<string> {
  return infoText(await readInfo(file));
}

async function readInfo(file: string): Promise<RecordingInfo> {
  const { recordingInfo } = await import("../recording/info.ts");
  return recordingInfo(file).catch((error: unknown) => {
    throw openingFailure(file, error);
  });
}

export function infoText(info: RecordingInfo): string {
  const facts = [
    ["file", info.path],
    ["size", byteSize(info.bytes)],
    ["from", timeText(info.firstReceivedAtMs)],
    ["to", timeText(info.lastReceivedAtMs)],
    ["duration", duration(info.durationMs)],
    ["records", countsText(info.records)],
    ["items", countsText(info.items)],
    ...Object.entries(info.provenance).map(([name, value]) => [printable(name), printable(value)]),
  ];
  return table(facts) + sourcesText(info.sources) + warningsText(info.warnings);
}

function timeText(timeMs: number | undefined): string {
  return timeMs === undefined ? "no records" : new Date(timeMs).toISOString();
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([name, value]) => `${printable(name)} ${count(value)}`);
  return parts.length === 0 ? "none" : parts.join(", ");
}

function sourcesText(sources: RecordingInfo["sources"]): string {
  if (sources.length === 0) return "";
  const listed = [...sources].sort((a, b) => b.items - a.items).slice(0, LISTED_SOURCES);
  const rows = listed.map((source) => [
    printable(source.name),
    count(source.sessions),
    count(source.messages),
    count(source.items),
    byteSize(source.bytes),
  ]);
  const more = sources.length > listed.length ? `and ${count(sources.length - listed.length)} more\n` : "";
  return `\n${table([["source", "sessions", "messages", "items", "bytes"], ...rows], [1, 2, 3, 4])}${more}`;
}

function warningsText(warnings: RecordingInfo["warnings"]): string {
  if (warnings.length === 0) return "";
  const lines = warnings.map(({ code, text, offset, count: times }) => {
    const place = offset === undefined ? "" : ` at byte ${offset}`;
    return `${code}${place}: ${printable(text)}${times > 1 ? ` (${count(times)} times)` : ""}\n`;
  });
  return `\nwarnings\n${lines.join("")}`;
}
