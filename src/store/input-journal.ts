import type { StreamRecord } from "../domain/record.ts";
import { BlockWriter } from "./input-block.ts";
import {
  Journal,
  type JournalFault,
  type JournalRepair,
  type JournalStats,
  type SyncPolicy,
} from "./journal.ts";
import type { JournalFiles } from "./journal-files.ts";

export interface InputJournalOptions {
  readonly sync: SyncPolicy;
  /** Bytes that the journal may take; beyond it the oldest records go, counted, and a restart begins empty. */
  readonly maxBytes: number;
  readonly nowMs: () => number;
  readonly onFault?: (fault: JournalFault) => void;
  readonly files?: JournalFiles;
}

export const INPUT_CONTENT = "inputs";
export const INPUT_CONTENT_VERSION = 1;

/** Half a second of 200,000 reports/s; ticks hand over what there is 20 times a second. */
const BLOCK_BYTES = 1024 * 1024;

/** A producer that asks for it is told after this at the latest that its message is safe. */
const SYNC_INTERVAL_MS = 50;

const SEGMENT_BYTES = 32 * 1024 * 1024;

/**
 * Everything that enters the pipeline, so that a state of some time ago and the records since give the state of now. The
 * operating system has all records up to an alert before the alert is told; others at the next tick. The disk has them
 * some time later: after a loss of power the alert log knows more, and counts.
 */
export class InputJournal {
  readonly #journal: Journal;
  readonly #block = new BlockWriter();
  readonly #maxBytes: number;

  /** @throws JournalError where the folder cannot be used */
  constructor(folder: string, { sync, maxBytes, nowMs, onFault, files }: InputJournalOptions) {
    this.#maxBytes = maxBytes;
    this.#journal = Journal.open(folder, {
      content: INPUT_CONTENT,
      contentVersion: INPUT_CONTENT_VERSION,
      sync,
      syncIntervalMs: SYNC_INTERVAL_MS,
      segmentBytes: SEGMENT_BYTES,
      nowMs,
      ...(onFault === undefined ? {} : { onFault }),
      ...(files === undefined ? {} : { files }),
    });
  }

  get repairs(): readonly JournalRepair[] {
    return this.#journal.repairs;
  }

  get stats(): JournalStats {
    return this.#journal.stats;
  }

  /** Why records are not in the journal at the moment. */
  get failure(): string | undefined {
    return this.#journal.failure;
  }

  /** Number of the newest block. */
  get newest(): number {
    return this.#journal.newest;
  }

  /** Number of the oldest block that is still there. */
  get oldest(): number {
    return this.#journal.oldest;
  }

  get bytes(): number {
    return this.#journal.bytes;
  }

  /** Takes one record before it is processed; its bytes are copied. */
  add(record: StreamRecord): void {
    if (record.kind === "tick") return;
    this.#block.add(record);
    if (this.#block.byteLength >= BLOCK_BYTES) this.flush(record.receivedAtMs);
  }

  /**
   * A record or tick was processed, and what it tells is about to be told.
   * @param tells it has caused alert transitions: they must not be known to people and not follow from the journal
   */
  processed(record: Pick<StreamRecord, "kind" | "receivedAtMs">, tells: boolean): void {
    if (tells || (record.kind === "tick" && !this.#block.isEmpty)) this.#append(record.receivedAtMs);
  }

  /** Hands the records to the operating system; time has gone on to `throughMs`. */
  flush(throughMs: number): void {
    if (!this.#block.isEmpty) this.#append(throughMs);
  }

  /** Calls back when the disk has everything that was taken so far, with false where that can not be said. */
  whenDurable(throughMs: number, done: (isDurable: boolean) => void): void {
    this.flush(throughMs);
    this.#journal.whenSynced(this.#journal.newest, done);
  }

  /** A state that holds everything up to this block is safe: older blocks are not needed. */
  dropThrough(block: number): void {
    this.#journal.dropBefore(block + 1);
  }

  /** Writes the rest. */
  close(throughMs: number): void {
    this.#append(throughMs);
    this.#journal.close();
  }

  #append(throughMs: number): void {
    this.#journal.append(this.#block.take(throughMs));
    this.#journal.dropToSize(this.#maxBytes);
  }
}
