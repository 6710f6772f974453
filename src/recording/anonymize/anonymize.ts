import { rm } from "node:fs/promises";
import { type RecordedRecord, readRecording } from "../reader.ts";
import { Recorder, type RecordingSummary } from "../recorder.ts";
import type { RecordingWarning } from "../warnings.ts";
import { FrameRewriter, readableFrame } from "./frame-rewriter.ts";
import { ItemRewriter } from "./item-rewriter.ts";
import type { AnonymizeOptions, AnonymizeSummary } from "./options.ts";
import { Pseudonyms } from "./pseudonyms.ts";
import { SessionKinds } from "./session-kinds.ts";
import { Survey } from "./survey.ts";
import { Tally } from "./tally.ts";

/** Bytes that may wait for the disk before reading stops; this work can wait, so it loses nothing. */
const PATIENCE_BYTES = 4 * 1024 * 1024;

interface FirstPass {
  readonly survey: Survey;
  readonly records: number;
  readonly firstReceivedAtMs: number;
  readonly warnings: readonly RecordingWarning[];
}

/**
 * Makes a recording that may be given away from one that may not: keyed hashes instead of the ids of road users, without
 * both ends of their trips and without redacted areas. Reads the recording twice. Receive times, order and sessions stay,
 * so that it replays. Rejects where a file cannot be opened or written, with `EEXIST` where the output exists; what was
 * written is removed then.
 */
export async function anonymizeRecording(
  input: string,
  output: string,
  options: AnonymizeOptions,
): Promise<AnonymizeSummary> {
  const first = await surveyed(input, options);
  const tally = new Tally();
  const pseudonyms = new Pseudonyms(options.key, first.survey.ids());
  const alien = first.warnings.find(({ code }) => code === "not-a-recording");
  const problem = alien?.text ?? (first.records === 0 ? "the recording holds no records" : undefined);
  if (problem !== undefined) return summaryOf(first, tally, pseudonyms, undefined, problem);
  const recorder = await Recorder.create(output, {
    clockStartMs: first.firstReceivedAtMs,
    provenance: provenanceOf(options),
  });
  try {
    await rewrite(input, recorder, first, options, tally, pseudonyms);
  } catch (error) {
    await recorder.close();
    await rm(output, { force: true });
    throw error;
  }
  const written = await recorder.close();
  if (written.failure !== undefined) await rm(output, { force: true });
  return summaryOf(first, tally, pseudonyms, written, written.failure);
}

async function surveyed(input: string, { trim, onProgress }: AnonymizeOptions): Promise<FirstPass> {
  const survey = new Survey(trim);
  const sessions = new SessionKinds();
  const recording = readRecording(input);
  let records = 0;
  let firstReceivedAtMs: number | undefined;
  for await (const batch of recording) {
    for (const record of batch) surveyRecord(record, survey, sessions);
    records += batch.length;
    firstReceivedAtMs ??= batch[0]?.receivedAtMs;
    onProgress?.({ pass: 1, records, totalRecords: undefined });
  }
  survey.finish();
  return { survey, records, firstReceivedAtMs: firstReceivedAtMs ?? 0, warnings: recording.warnings };
}

function surveyRecord(record: RecordedRecord, survey: Survey, sessions: SessionKinds): void {
  if (record.kind !== "message") return sessions.note(record);
  const frame = readableFrame(record.bytes);
  if (frame === undefined) return;
  const { isVehicle } = sessions.hear(record.slot, frame, record.receivedAtMs);
  survey.add(frame, record.receivedAtMs, isVehicle);
}

async function rewrite(
  input: string,
  recorder: Recorder,
  { survey, records: totalRecords }: FirstPass,
  options: AnonymizeOptions,
  tally: Tally,
  pseudonyms: Pseudonyms,
): Promise<void> {
  const items = new ItemRewriter(options, survey, pseudonyms, tally);
  const rewriter = new FrameRewriter(new SessionKinds(), items, pseudonyms, tally);
  let records = 0;
  for await (const batch of readRecording(input)) {
    // What a running server has added meanwhile was not surveyed.
    for (const record of batch.slice(0, totalRecords - records)) {
      const rewritten = rewriter.rewrite(record);
      if (rewritten !== undefined) recorder.record(rewritten);
    }
    records = Math.min(totalRecords, records + batch.length);
    if (recorder.queuedBytes > PATIENCE_BYTES) await recorder.drained();
    options.onProgress?.({ pass: 2, records, totalRecords });
    if (records === totalRecords) return;
  }
}

/** Nothing of the original's provenance: paths, settings and remarks are not ours to give away. */
function provenanceOf({ trim, redacted }: AnonymizeOptions): Readonly<Record<string, string>> {
  return {
    anonymized: "station ids are keyed hashes per UTC day",
    trimM: String(trim.distanceM),
    trimS: String(trim.durationMs / 1_000),
    redactedAreas: String(redacted.length),
  };
}

function summaryOf(
  { survey, records, warnings }: FirstPass,
  tally: Tally,
  pseudonyms: Pseudonyms,
  written: RecordingSummary | undefined,
  problem: string | undefined,
): AnonymizeSummary {
  const ids = [...survey.ids()].filter((id) => id !== 0);
  const infrastructure = ids.filter((id) => survey.isInfrastructure(id)).length;
  return {
    problem,
    records,
    writtenRecords: written?.records ?? 0,
    ...tally,
    dropped: tally.dropped,
    roadUsers: ids.length - infrastructure,
    infrastructure,
    trips: survey.trips,
    tripsCutWhole: survey.tripsCutWhole,
    collisions: pseudonyms.collisions,
    bytes: written?.bytes ?? 0,
    warnings,
  };
}
