import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alertLine } from "../../src/domain/alert-json.ts";
import type { Counters } from "../../src/domain/counters.ts";
import type { RecordedRecord } from "../../src/recording/reader.ts";
import { readRecording } from "../../src/recording/reader.ts";
import { projectRoot } from "./source-tree.ts";

const recordingsFolder = join(projectRoot, "fixtures/recordings");
const goldenFolder = join(projectRoot, "fixtures/golden");

/** Names of all recordings: a file dropped into the folder becomes a test. */
export function recordingNames(): string[] {
  return readdirSync(recordingsFolder)
    .filter((name) => name.endsWith(".mcap"))
    .map((name) => name.slice(0, -".mcap".length))
    .sort();
}

export const recordingPath = (name: string): string => join(recordingsFolder, `${name}.mcap`);

export async function recordsOf(name: string): Promise<RecordedRecord[]> {
  const records: RecordedRecord[] = [];
  for await (const batch of readRecording(recordingPath(name))) records.push(...batch);
  return records;
}

/**
 * The golden alert file of a recording. With UPDATE_GOLDEN=1 the given lines become the golden ones; a recording without
 * golden file fails, so that nobody forgets to look at it.
 */
export function goldenText(name: string, actual: string): string {
  const path = join(goldenFolder, `${name}.ndjson`);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, actual);
  return existsSync(path) ? readFileSync(path, "utf8") : `${path} is missing; UPDATE_GOLDEN=1 writes it`;
}

/** The alert file that a list of transitions makes. */
export const alertText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

export { alertLine };

/** Items per source that are in no counter, or in two; empty when conservation holds. */
export function conservationFaults(counters: Counters): string[] {
  return [...counters.sources]
    .filter(([, source]) => source.unaccounted !== 0)
    .map(([name, source]) => `${name}: ${source.unaccounted} of ${source.received} unaccounted`);
}
