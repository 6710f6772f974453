import { join } from "node:path";
import type { Config } from "./schema.ts";

/** The file that a server started at `startedAtMs` (Unix ms) records into; undefined where it does not record. */
export function recordingFile(config: Config, startedAtMs: number): string | undefined {
  const { directory, file } = config.record;
  if (directory === undefined) return file;
  const stamp = new Date(startedAtMs).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return join(directory, `roadpulse-${stamp}.mcap`);
}
