import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { roundE7 } from "../../src/domain/place.ts";
import type { ReceiveRange, RecordedRecord } from "../../src/recording/reader.ts";
import { readRecording } from "../../src/recording/reader.ts";
import { Recorder, type RecorderOptions, type RecordingSummary } from "../../src/recording/recorder.ts";
import type { RecordingWarning } from "../../src/recording/warnings.ts";
import { encodeIngestFrame, type WireIngestFrame } from "../../src/wire/ingest-frame.ts";

export const START_MS = 1_790_000_000_000;

export function scratchFile(name = "recording.mcap"): string {
  return join(mkdtempSync(join(tmpdir(), "roadpulse-recording-")), name);
}

export function helloFrame(sourceId: string, baseMs = START_MS): Uint8Array {
  return encodeIngestFrame({
    base_time_unix_ms: baseMs,
    hello: { source_id: sourceId, kind: 2, time_base: 1 },
  });
}

export function motionFrame(
  stationId: number,
  baseMs: number,
  more: Partial<WireIngestFrame> = {},
): Uint8Array {
  const latitude_e7 = Math.round(roundE7(51.43 + stationId * 1e-5) * 1e7);
  const awareness = { latitude_e7, longitude_e7: 67_700_000, speed_cmps: 2_500, heading_ddeg: 900 };
  return encodeIngestFrame({
    base_time_unix_ms: baseMs,
    items: [{ station_id: stationId, time_offset_ms: -20, awareness }],
    ...more,
  });
}

export function message(receivedAtMs: number, slot: number, bytes: Uint8Array): RecordedRecord {
  return { kind: "message", receivedAtMs, slot, bytes };
}

/** Sessions 1 and 2, `count` frames 10 ms apart, one shed, then the sessions end. */
export function someRecords(count: number): RecordedRecord[] {
  const frames = Array.from({ length: count }, (_, i) => {
    const receivedAtMs = START_MS + 1 + i * 10.125;
    return message(receivedAtMs, 1 + (i % 2), motionFrame(1 + i, Math.floor(receivedAtMs)));
  });
  const endMs = START_MS + 1 + count * 10.125;
  return [
    { kind: "session-opened", receivedAtMs: START_MS, slot: 1 },
    { kind: "session-opened", receivedAtMs: START_MS + 0.25, slot: 2 },
    message(START_MS + 0.5, 1, helloFrame("rsu-1")),
    message(START_MS + 0.5, 2, helloFrame("rsu-2")),
    ...frames,
    { kind: "shed", receivedAtMs: endMs, slot: 2, items: 7, reason: "rate" },
    { kind: "session-closed", receivedAtMs: endMs, slot: 2, reason: "gone" },
    { kind: "session-closed", receivedAtMs: endMs, slot: 1, reason: "gone" },
  ];
}

export async function write(
  path: string,
  records: readonly RecordedRecord[],
  options: Partial<RecorderOptions> = {},
): Promise<RecordingSummary> {
  const recorder = await Recorder.create(path, { clockStartMs: START_MS, ...options });
  for (const record of records) recorder.record(record);
  return recorder.close();
}

export interface ReadBack {
  readonly records: RecordedRecord[];
  readonly warnings: readonly RecordingWarning[];
}

export async function readBack(path: string, range: ReceiveRange = {}): Promise<ReadBack> {
  const recording = readRecording(path, range);
  const records: RecordedRecord[] = [];
  for await (const batch of recording) records.push(...batch);
  return { records, warnings: recording.warnings };
}

/** Bytes as text, so that a difference is shown in a line and typed arrays compare by content. */
export function plain(records: readonly RecordedRecord[]): unknown[] {
  return records.map((record) =>
    record.kind === "message" ? { ...record, bytes: Buffer.from(record.bytes).toString("hex") } : record,
  );
}
