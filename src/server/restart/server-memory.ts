import type { StreamRecord } from "../../domain/record.ts";
import { type Logger, ThrottledWarnings } from "../../ops/logging.ts";
import type { RestartGauges } from "../../ops/restart-series.ts";
import type { Pipeline } from "../../pipeline.ts";
import { InputJournal, type InputJournalOptions } from "../../store/input-journal.ts";
import { oldestStateBlock, writeState } from "../../store/saved-states.ts";
import type { KeeperOrder } from "./keeper-main.ts";
import { KeeperProcess } from "./keeper-process.ts";
import { passOutage, type Resumption, resume, type ToldAlerts } from "./resume.ts";
import type { SavedBlocks } from "./state-keeper.ts";

export interface ServerMemoryOptions extends Pick<InputJournalOptions, "sync" | "maxBytes"> {
  readonly order: KeeperOrder;
  readonly told: ToldAlerts;
  readonly nowMs: () => number;
  readonly logger: Logger;
}

/**
 * What a server needs to go on after a restart as if there had been none: the journal of its inputs, and a keeper that
 * saves the state that follows from them. See `resume`.
 */
export class ServerMemory {
  /** How this server began. */
  readonly resumption: Resumption;
  readonly journal: InputJournal;
  readonly #pipeline: Pipeline;
  readonly #options: ServerMemoryOptions;
  #keeper: KeeperProcess | undefined;
  #takes = false;
  /** The newest saved state holds all blocks through this one. */
  #heldThrough = 0;

  /**
   * Gives the pipeline the state of the server before. Nobody may have subscribed to its alerts yet.
   * @throws JournalError where the folder of inputs cannot be used
   */
  constructor(pipeline: Pipeline, options: ServerMemoryOptions) {
    const { order, told, sync, maxBytes, nowMs, logger } = options;
    this.#pipeline = pipeline;
    this.#options = options;
    const warnings = new ThrottledWarnings(logger);
    this.journal = new InputJournal(order.folders.inputs, {
      sync,
      maxBytes,
      nowMs,
      onFault: ({ during, message }) =>
        warnings.warn(
          during,
          { during, message },
          "the journal of inputs cannot be written: a restart would begin empty",
        ),
    });
    for (const { path, message } of this.journal.repairs) logger.warn({ path }, message);
    this.resumption = resume(pipeline, order.folders, order.fingerprint, told, nowMs());
    this.#save();
  }

  /** Why a restart would not find the state of now; undefined while it would. */
  get failure(): string | undefined {
    return this.journal.failure ?? this.#keeper?.failure ?? this.#gap;
  }

  /** A keeper that stands still, or is too slow, says nothing itself. */
  get #gap(): string | undefined {
    if (this.journal.oldest <= this.#heldThrough + 1) return undefined;
    return "input was removed (store.maxInputBytes) before a saved state held it";
  }

  gauges(): RestartGauges {
    return {
      inputBytes: this.journal.bytes,
      lostBlocks: this.journal.stats.lostRecords,
      savedStates: this.#keeper?.saved ?? 0,
      isKept: this.failure === undefined ? 1 : 0,
    };
  }

  /** Everything is wired: takes records from here on, passes the outage, and lets the keeper begin. */
  begin(): void {
    const { order, logger, nowMs } = this.#options;
    const { downSinceMs } = this.resumption;
    this.#takes = true;
    if (downSinceMs !== undefined) passOutage(this.#pipeline, downSinceMs, nowMs());
    this.#keeper = new KeeperProcess({
      order,
      onSaved: (blocks) => this.#saved(blocks),
      renew: () => this.#renew(),
      logger,
    });
  }

  /** Sees every record before it is processed. */
  take(record: StreamRecord): void {
    if (this.#takes) this.journal.add(record);
  }

  /** A record was processed, and what it tells is about to be told. */
  processed(record: Pick<StreamRecord, "kind" | "receivedAtMs">, tells: boolean): void {
    this.journal.processed(record, tells);
  }

  /** Calls back when the disk has everything that was taken so far, with false where that cannot be said. */
  whenDurable(done: (isDurable: boolean) => void): void {
    this.journal.whenDurable(this.#pipeline.reachedMs, done);
  }

  /** Ends the keeper and leaves a state behind, so that the next start need not read much again. */
  async close(): Promise<void> {
    await this.#keeper?.close();
    this.#takes = false;
    this.journal.close(this.#pipeline.reachedMs);
    this.#save();
  }

  #saved({ heldThrough, dropThrough }: SavedBlocks): void {
    this.#heldThrough = heldThrough;
    this.journal.dropThrough(dropThrough);
  }

  /** Between two records: all that was taken has been processed, so the state of now holds all blocks. */
  #renew(): boolean {
    this.journal.flush(this.#pipeline.reachedMs);
    return this.#save();
  }

  /** False where it cannot. */
  #save(): boolean {
    const { order, logger } = this.#options;
    const { folders, fingerprint } = order;
    const block = this.journal.newest;
    try {
      writeState(folders.states, {
        fingerprint,
        block,
        throughMs: Math.max(0, this.#pipeline.lastTickMs),
        snapshot: this.#pipeline.snapshot(),
      });
      this.#saved({ heldThrough: block, dropThrough: oldestStateBlock(folders.states) });
      return true;
    } catch (error) {
      logger.error({ error: String(error) }, "the state cannot be saved: a restart would begin empty");
      return false;
    }
  }
}
