import { type QualityCard, qualityCard } from "../ops/quality.ts";
import { CommandFailure } from "./io.ts";
import { openingFailure } from "./recording-file.ts";
import { count, printable, table } from "./style.ts";

/** Sources listed for people; JSON has all. */
const LISTED_SOURCES = 50;

/**
 * Judges the sources of a recording: its messages pass decoding, validation and tracking as in the server, without any
 * detector. Figures of the last minute are those of each source's last one.
 * @throws CommandFailure where the file cannot be read or is no recording
 */
export async function recordingQuality(file: string, json: boolean): Promise<string> {
  const [{ readRecording }, { replay }] = await Promise.all([
    import("../recording/reader.ts"),
    import("../replay.ts"),
  ]);
  const whole = await replay(readRecording(file), { pipeline: { detectors: [] }, onAlert: () => {} }).catch(
    (error: unknown) => {
      throw openingFailure(file, error);
    },
  );
  if (whole.records === 0)
    throw new CommandFailure(`${file} holds no records.`, "Recordings are MCAP files.");
  // A source that left before the end is judged as it was when it left.
  const sources = [...whole.pipeline.counters.sources]
    .filter(([, { received }]) => received > 0)
    .map(([name, source]) => qualityCard(name, source, source.quality.lastReceivedAtMs))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
  return json ? `${JSON.stringify({ sources })}\n` : qualityText(sources);
}

/** Cards for people: one line per source, then the reasons of those that are not well. */
export function qualityText(cards: readonly QualityCard[]): string {
  const listed = cards.slice(0, LISTED_SOURCES);
  const head = ["source", "verdict", "items/s", "accepted", "duplicate", "rejected", "longest gap", "clock"];
  const rows = listed.map(({ source, verdict, lastMinute }) => [
    printable(source),
    verdict,
    String(lastMinute.itemsPerS),
    percent(lastMinute.acceptedShare),
    percent(lastMinute.duplicateShare),
    percent(lastMinute.rejectedShare),
    `${(lastMinute.longestGapMs / 1_000).toFixed(1)} s`,
    lastMinute.clockSkewMs === undefined ? "–" : `${lastMinute.clockSkewMs} ms`,
  ]);
  const more = cards.length > listed.length ? `and ${count(cards.length - listed.length)} more\n` : "";
  return table([head, ...rows], [2, 3, 4, 5, 6, 7]) + more + reasonsText(listed);
}

function reasonsText(cards: readonly QualityCard[]): string {
  const lines = cards.flatMap(({ source, reasons }) =>
    reasons.map((reason) => `${printable(source)}: ${printable(reason)}\n`),
  );
  return lines.length === 0 ? "" : `\n${lines.join("")}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
