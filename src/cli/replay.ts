import { stat } from "node:fs/promises";
import { type Command, Option } from "commander";
import type { RecordedRecord, RecordingRead } from "../recording/reader.ts";
import type { ReplaySpeed } from "../stream/pacer.ts";
import { alertFile, alertPrinter } from "./alert-sink.ts";
import { conservationText } from "./conservation-text.ts";
import { type CliIo, CommandFailure, exitCode, usageFailure } from "./io.ts";
import { type Progress, startProgress } from "./progress.ts";
import { firstReceivedAtMs, momentFrom, openingFailure, tellWarnings } from "./recording-file.ts";
import type { ReplayJob } from "./replay-job.ts";
import { streamAddress } from "./stream-address.ts";
import { count, duration, elapsed } from "./style.ts";

interface ReplayFlags {
  readonly speed?: string;
  readonly from?: string;
  readonly to?: string;
  readonly url?: string;
  readonly inProcess?: boolean;
  readonly alerts?: string;
  readonly json?: boolean;
  readonly map?: string;
}

const EXAMPLES = `
Examples:
  roadpulse replay drive.mcap                              in process, as fast as it goes
  roadpulse replay drive.mcap --alerts alerts.ndjson       every transition into a file
  roadpulse replay drive.mcap --from 5m --to 10m --speed 1
  roadpulse replay drive.mcap --url ws://127.0.0.1:8080/v1/stream
      into a running server: in real time, times moved to now, one socket per recorded
      session; or at any speed where the server runs with --clock replay
`;

export function addReplayCommand(program: Command, io: CliIo): void {
  program
    .command("replay")
    .argument("<file.mcap>", "a recording")
    .summary("play a recording again")
    .description(
      "Play a recording again, in process or into a running server. The same recording gives the same alerts.",
    )
    .option("--speed <n|max>", "1 is real time; max (default) in process and with --clock replay, else 1")
    .option("--from <time>", "begin there: 90s, 5m, or an ISO 8601 time")
    .option("--to <time>", "end there")
    .addOption(new Option("--url <url>", "play into the server at this address").conflicts("inProcess"))
    .addOption(new Option("--map <file.geojson>", "the roads, for a replay in process").conflicts("url"))
    .option("--in-process", "play through a pipeline in this process (default)")
    .option("--alerts <out.ndjson>", "write every alert transition into this file, one JSON object per line")
    .option("--json", "print alert transitions as JSON")
    .addHelpText("after", EXAMPLES)
    .action((file: string, flags: ReplayFlags) => runReplay(file, flags, io));
}

async function runReplay(file: string, flags: ReplayFlags, io: CliIo): Promise<void> {
  const speed = flags.speed === undefined ? undefined : speedFrom(flags.speed);
  const roads = flags.map === undefined ? undefined : (await import("./road-file.ts")).loadRoads(flags.map);
  const opened = await openRecording(file, flags);
  const sink = flags.alerts === undefined ? alertPrinter(io, flags.json === true) : alertFile(flags.alerts);
  const quiet = flags.alerts === undefined ? { write: () => undefined } : io.stderr;
  const progress = startProgress(quiet, "replaying");
  const batches = watched(opened.recording, progress, opened.bytes, opened.firstReceivedAtMs);
  const job: ReplayJob = { io, speed, batches, sink, roads };
  let summary: string;
  try {
    summary = flags.url === undefined ? await replayInProcess(job) : await replayByUrl(flags.url, job);
  } finally {
    progress.finish();
    sink.close();
  }
  tellWarnings(io, opened.recording.warnings);
  io.stderr.write(summary);
  if (io.signal.aborted) throw new CommandFailure("The replay was stopped.", undefined, exitCode.interrupted);
}

async function replayByUrl(url: string, job: ReplayJob): Promise<string> {
  const { replayIntoServer } = await import("./replay-into-server.ts");
  return replayIntoServer(streamAddress(url), job);
}

async function replayInProcess(job: ReplayJob): Promise<string> {
  const { replay } = await import("../replay.ts");
  const alerts = new Set<string>();
  const startedAtMs = performance.now();
  const { records, transitions, pipeline } = await replay(job.batches, {
    speed: job.speed ?? "max",
    signal: job.io.signal,
    pipeline: { roads: job.roads },
    onAlert(alert) {
      alerts.add(alert.alertId);
      job.sink.write(alert);
    },
  });
  const tookMs = performance.now() - startedAtMs;
  const items = [...pipeline.counters.sources.values()].reduce((sum, source) => sum + source.received, 0);
  const rate = count(Math.round((items / Math.max(1, tookMs)) * 1_000));
  return (
    `${count(records)} records with ${count(items)} items in ${elapsed(tookMs)} (${rate} items/s): ` +
    `${count(alerts.size)} alerts, ${count(transitions)} transitions\n\n${conservationText(pipeline.counters)}`
  );
}

/** Slower than this nobody waits for, faster is what `max` is for. */
const SPEED_LIMITS = { least: 0.01, most: 1_000 } as const;

function speedFrom(text: string): ReplaySpeed {
  if (text === "max") return text;
  const speed = Number(text);
  if (text.trim() !== "" && speed >= SPEED_LIMITS.least && speed <= SPEED_LIMITS.most) return speed;
  const { least, most } = SPEED_LIMITS;
  throw usageFailure(`--speed must be max or a number from ${least} to ${most}, not ${text}.`);
}

interface OpenedRecording {
  readonly recording: RecordingRead;
  readonly bytes: number;
  readonly firstReceivedAtMs: number;
}

async function openRecording(file: string, flags: ReplayFlags): Promise<OpenedRecording> {
  const { readRecording } = await import("../recording/reader.ts");
  try {
    const { size } = await stat(file);
    const whole = readRecording(file);
    const startMs = await firstReceivedAtMs(whole);
    if (startMs === undefined) {
      const [first] = whole.warnings;
      throw new CommandFailure(`${file} holds no records${first === undefined ? "" : `: ${first.text}`}.`);
    }
    const fromMs = flags.from === undefined ? undefined : momentFrom("--from", flags.from, startMs);
    const toMs = flags.to === undefined ? undefined : momentFrom("--to", flags.to, startMs);
    if ((fromMs ?? startMs) >= (toMs ?? Number.POSITIVE_INFINITY)) {
      throw usageFailure("--to must be later than --from and than the start of the recording.");
    }
    const range = { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) };
    return {
      recording: readRecording(file, range),
      bytes: size,
      firstReceivedAtMs: Math.max(startMs, fromMs ?? startMs),
    };
  } catch (error) {
    throw openingFailure(file, error);
  }
}

/** What a message costs in a recording besides its own bytes: record header and index entry (MCAP). */
const MESSAGE_OVERHEAD_BYTES = 47;

/** Passes batches on and draws how far they are; the share of the file is an estimate good enough for a bar. */
async function* watched(
  batches: AsyncIterable<readonly RecordedRecord[]>,
  progress: Progress,
  fileBytes: number,
  startMs: number,
): AsyncGenerator<readonly RecordedRecord[]> {
  let records = 0;
  let bytes = 0;
  for await (const batch of batches) {
    yield batch;
    records += batch.length;
    for (const record of batch)
      bytes += MESSAGE_OVERHEAD_BYTES + (record.kind === "message" ? record.bytes.length : 0);
    const recorded = duration((batch.at(-1)?.receivedAtMs ?? startMs) - startMs);
    progress.update(bytes / fileBytes, `${count(records)} records, ${recorded} of the recording`);
  }
}
