import type { AlertStreamMessage } from "../client/alert-stream.ts";
import { defaultDetectors } from "../detect/registry.ts";
import type { DetectionSettings } from "../detect/tuning.ts";
import type { Alert } from "../domain/alert.ts";
import type { Cursor, StationQuery } from "../domain/subscription.ts";
import { EVERY_ALERT } from "../domain/subscription.ts";
import { readDetectionFile } from "../server/detection-file.ts";
import { type CliIo, CommandFailure, exitCode } from "./io.ts";
import { startProgress } from "./progress.ts";
import { openingFailure, tellWarnings } from "./recording-file.ts";
import { asSentence, count } from "./style.ts";

/** Where alert transitions come from: a recording that is run again, or a live server. */
export interface HistoryFlags {
  readonly recording?: string;
  readonly map?: string;
  readonly settings?: string;
  readonly url?: string;
}

/** What wants to see a recording run. */
export interface HistoryWatcher {
  onTransition(alert: Alert, stations: StationQuery): void;
  /** Once a second of the recording's time. */
  onSecond?(timeMs: number, stations: StationQuery): void;
}

const SECOND_MS = 1_000;

/**
 * The settings of the detectors that `--settings` names; the defaults without it.
 * @throws CommandFailure where the file cannot be used
 */
export function loadSettings({ settings }: HistoryFlags): DetectionSettings {
  if (settings === undefined) return {};
  try {
    return readDetectionFile(settings);
  } catch (error) {
    throw new CommandFailure((error as Error).message);
  }
}

/** Runs a recording through a pipeline of its own. */
export async function watchRecording(
  file: string,
  flags: HistoryFlags,
  io: CliIo,
  watcher: HistoryWatcher,
): Promise<void> {
  const [{ readRecording }, { Pipeline }, { advanceUntilQuiet }] = await Promise.all([
    import("../recording/reader.ts"),
    import("../pipeline.ts"),
    import("../replay.ts"),
  ]);
  const roads = flags.map === undefined ? undefined : (await import("./road-file.ts")).loadRoads(flags.map);
  const progress = startProgress(io.stderr, "replaying");
  const pipeline = new Pipeline({ roads, detectors: defaultDetectors(loadSettings(flags)) });
  const subscription = pipeline.alerts$.subscribe(({ transitions }) => {
    for (const alert of transitions) watcher.onTransition(alert, pipeline.tracker);
  });
  let second = Number.NEGATIVE_INFINITY;
  let records = 0;
  try {
    const recording = readRecording(file);
    for await (const batch of recording) {
      for (const record of batch) {
        pipeline.push(record);
        records++;
        const now = Math.floor(record.receivedAtMs / SECOND_MS);
        if (now > second) watcher.onSecond?.(record.receivedAtMs, pipeline.tracker);
        second = now;
      }
      progress.update(undefined, `${count(records)} records`);
      if (io.signal.aborted) throw new CommandFailure("Stopped.", undefined, exitCode.interrupted);
    }
    tellWarnings(io, recording.warnings);
    advanceUntilQuiet(pipeline);
  } catch (error) {
    throw openingFailure(file, error);
  } finally {
    progress.finish();
    subscription.unsubscribe();
  }
}

/** What a live server still knows, and where its memory begins. */
export interface ServerHistory {
  readonly transitions: readonly Alert[];
  /** Alerts that had not ended when they were asked for. */
  readonly live: readonly Alert[];
  /** Transitions before these are forgotten. */
  readonly oldest: Cursor | undefined;
}

/** A server answers a subscription within this, or is no server of ours. */
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Asks a server for every transition that it remembers: first for the present state, which tells its epoch, then for all
 * that came after number 0. A server that has forgotten the beginning says where its memory begins.
 */
export async function askServer(url: string, signal: AbortSignal): Promise<ServerHistory> {
  const present = await ask(url, undefined, 0, signal);
  const { epoch, sequence: newest } = present.cursor;
  const all = await ask(url, { epoch, sequence: 0 }, newest, signal);
  const { oldest } = all;
  if (oldest === undefined) return { transitions: all.alerts, live: present.alerts, oldest };
  const rest = await ask(url, { epoch, sequence: Math.max(0, oldest.sequence - 1) }, newest, signal);
  return { transitions: rest.alerts, live: present.alerts, oldest };
}

interface Answer {
  readonly alerts: readonly Alert[];
  readonly cursor: Cursor;
  readonly oldest: Cursor | undefined;
}

/** What comes in answer to one subscription: the snapshot, or, after a cursor, all up to the transition `newest`. */
async function ask(
  url: string,
  resume: Cursor | undefined,
  newest: number,
  signal: AbortSignal,
): Promise<Answer> {
  const { subscribeAlerts } = await import("../client/alert-stream.ts");
  const answer = new AnswerReader(resume, newest);
  let failure: string | undefined;
  const stream = subscribeAlerts(
    url,
    {
      subscriptionId: "explain",
      area: { form: "everywhere" },
      filter: EVERY_ALERT,
      positionsIntervalMs: undefined,
      resume,
    },
    (message) => {
      answer.take(message);
      if (answer.isWhole) stream.close();
    },
    {
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      onInterruption({ reason }) {
        failure = reason;
        stream.close();
      },
    },
  );
  await stream.ended;
  const { alerts, cursor, oldest } = answer;
  if (cursor !== undefined && answer.isWhole) return { alerts, cursor, oldest };
  throw new CommandFailure(
    failure === undefined ? "The server did not answer in time." : asSentence(failure),
    "roadpulse doctor finds the broken hop.",
  );
}

class AnswerReader {
  readonly alerts: Alert[] = [];
  cursor: Cursor | undefined;
  oldest: Cursor | undefined;
  readonly #resume: Cursor | undefined;
  readonly #newest: number;
  #missing = 0;
  #reached = 0;

  constructor(resume: Cursor | undefined, newest: number) {
    this.#resume = resume;
    this.#newest = newest;
    this.#reached = resume?.sequence ?? 0;
  }

  take(message: AlertStreamMessage): void {
    if (message.kind === "gap") this.oldest = message.oldest;
    if (message.kind === "subscribed") {
      this.cursor = message.cursor;
      this.#missing = message.snapshotAlerts;
    }
    if (message.kind !== "alerts") return;
    for (const { alert, sequence } of message.deliveries) {
      this.alerts.push(alert);
      this.#reached = sequence;
    }
    if (message.snapshot) this.#missing -= message.deliveries.length;
  }

  /** A gap begins with a snapshot that nobody needs here: what is missing is asked for anew. */
  get isWhole(): boolean {
    if (this.cursor === undefined) return false;
    if (this.#resume === undefined) return this.#missing <= 0;
    return this.oldest !== undefined || this.#reached >= this.#newest;
  }
}
