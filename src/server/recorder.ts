import { createHash } from "node:crypto";
import { recordingFile } from "../config/recording-file.ts";
import type { Config } from "../config/schema.ts";
import type { StreamRecord } from "../domain/record.ts";
import type { RecorderState } from "../ops/gauge-series.ts";
import { type Logger, ThrottledWarnings } from "../ops/logging.ts";
import { Recorder } from "../recording/recorder.ts";
import { version } from "../version.ts";

/** The recorder as the server uses it. */
export interface ServerRecorder {
  readonly path: string;
  record(record: StreamRecord): void;
  state(): RecorderState;
  /** Why the last write failed; undefined while all is well. */
  failure(): string | undefined;
  close(): Promise<unknown>;
}

/** A failed write counts as mended after so long without another one. */
const FAILURE_MEMORY_MS = 60_000;

/** Opens the recording that the configuration asks for; undefined where it asks for none. */
export async function openRecorder(
  config: Config,
  nowMs: number,
  logger: Logger,
): Promise<ServerRecorder | undefined> {
  const path = recordingFile(config, nowMs);
  if (path === undefined) return undefined;
  const warnings = new ThrottledWarnings(logger);
  let failure: { readonly message: string; readonly atMs: number } | undefined;
  const recorder = await Recorder.create(path, {
    clockStartMs: nowMs,
    provenance: { version, configHash: configHash(config) },
    maxQueuedBytes: config.record.maxQueueBytes,
    onFailure: (error) => {
      failure = { message: error.message, atMs: performance.now() };
      warnings.warn(
        "recording",
        { path, error: error.message },
        "the recording cannot be written, records are lost",
      );
    },
  });
  return {
    path,
    record: (record) => recorder.record(record),
    state: () => ({
      queuedBytes: recorder.queuedBytes,
      writtenRecords: recorder.records,
      droppedRecords: recorder.lostRecords,
    }),
    failure: () =>
      failure !== undefined && performance.now() - failure.atMs < FAILURE_MEMORY_MS
        ? failure.message
        : undefined,
    close: () => recorder.close(),
  };
}

/** Tells two configurations apart; the key of station labels stays out of it. */
function configHash(config: Config): string {
  const open = { ...config, deliver: { ...config.deliver, stationLabelKey: undefined } };
  return createHash("sha256").update(JSON.stringify(open)).digest("hex").slice(0, 16);
}
