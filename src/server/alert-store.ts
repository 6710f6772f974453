import { join } from "node:path";
import type { Config } from "../config/schema.ts";
import { type Logger, ThrottledWarnings } from "../ops/logging.ts";
import type { StoreGauges } from "../ops/store-series.ts";
import { AlertIndex } from "../store/alert-index.ts";
import { DurableAlertLog } from "../store/durable-alert-log.ts";
import { STORE_FOLDERS } from "../store/store-folders.ts";
import type { Clock } from "../stream/clock.ts";
import { AlertHistoryReader } from "./console/alert-history-reader.ts";

/** The alert log on the disk as the server uses it. */
export interface AlertStore {
  readonly log: DurableAlertLog;
  /** Reads the log through its index; undefined where none is kept. */
  readonly history: AlertHistoryReader | undefined;
  gauges(): StoreGauges;
  /** Why alerts are not safe at the moment, in a sentence; undefined while all is well. They are delivered all the same. */
  warning(): string | undefined;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;

/** What is too old is looked for this often; a segment holds a sixteenth of the greatest age. */
const RETENTION_INTERVAL_MS = 60_000;

/**
 * Opens the alert log that the configuration asks for; undefined where it asks for none.
 * @throws JournalError in a sentence where the folder is in use, unusable or of a later version
 */
export function openAlertStore(
  { store, deliver }: Config,
  clock: Clock,
  logger: Logger,
): AlertStore | undefined {
  const { directory, sync, syncIntervalMs, maxAgeDays, maxBytes } = store;
  if (directory === undefined) return undefined;
  const warnings = new ThrottledWarnings(logger);
  const folder = join(directory, STORE_FOLDERS.alerts);
  const log = DurableAlertLog.open({
    folder,
    sync,
    syncIntervalMs,
    ringTransitions: deliver.ringTransitions,
    maxBytes,
    maxAgeMs: maxAgeDays * DAY_MS,
    nowMs: clock,
    onFault: ({ during, message }) =>
      warnings.warn(during, { during, error: message }, "alerts are delivered but not safe: the log fails"),
  });
  for (const repair of log.repairs) logger.warn({ directory }, repair);
  logger.info(
    { directory, newest: log.newest, oldest: log.oldest, live: log.liveAtOpening.length },
    "the alert log is open",
  );
  const timer = setInterval(() => log.retain(), RETENTION_INTERVAL_MS);
  const index = store.history ? new IndexFollower(folder, log, warnings) : undefined;
  const history = store.history ? new AlertHistoryReader(folder) : undefined;
  return {
    log,
    history,
    gauges: () => gaugesOf(log, sync === "none", index?.behind ?? 0),
    warning: () => warningOf(log) ?? index?.warning,
    async close() {
      clearInterval(timer);
      await history?.close();
      await index?.close();
      log.close();
    },
  };
}

/** Between two looks at the log, and between two slices, so that streams are not held up. */
const INDEX_PAUSE_MS = 100;
const SLICE_PAUSE_MS = 10;
/** After a failure, e.g. of a full disk. */
const INDEX_RETRY_MS = 10_000;

/** Keeps the index of the history up with the log, and does without it where that fails. */
class IndexFollower {
  warning: string | undefined;
  readonly #folder: string;
  readonly #log: DurableAlertLog;
  readonly #warnings: ThrottledWarnings;
  #index: AlertIndex | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string, log: DurableAlertLog, warnings: ThrottledWarnings) {
    this.#folder = folder;
    this.#log = log;
    this.#warnings = warnings;
    this.#follow();
  }

  get behind(): number {
    return this.#index?.behind ?? this.#log.newest;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#index?.close();
  }

  #follow(): void {
    let pauseMs = INDEX_PAUSE_MS;
    try {
      this.#index ??= new AlertIndex(this.#folder, this.#log);
      if (this.#index.follow()) pauseMs = SLICE_PAUSE_MS;
      this.warning = undefined;
    } catch (error) {
      const { message } = error as Error;
      this.warning = `Alerts are delivered and logged, but the index of the history fails: ${message}.`;
      this.#warnings.warn("index", { error: message }, "the index of the history fails");
      pauseMs = INDEX_RETRY_MS;
    }
    this.#timer = setTimeout(() => this.#follow(), pauseMs);
  }
}

function warningOf(log: DurableAlertLog): string | undefined {
  const { failure } = log;
  if (failure === undefined) return undefined;
  return `Alerts are delivered, but the alert log cannot be written: ${failure}.`;
}

function gaugesOf(log: DurableAlertLog, neverSynced: boolean, indexBehind: number): StoreGauges {
  const { journal } = log;
  const { stats } = journal;
  return {
    transitions: stats.records,
    newest: log.newest,
    oldest: log.oldest,
    bytes: journal.bytes,
    segments: journal.segments.length,
    unwritten: journal.newest - journal.written,
    unsynced: neverSynced ? 0 : journal.newest - journal.synced,
    failedWrites: stats.failedWrites,
    failedSyncs: stats.failedSyncs,
    lost: stats.lostRecords,
    removedSegments: stats.removedSegments,
    removedBytes: stats.removedBytes,
    indexBehind,
  };
}
