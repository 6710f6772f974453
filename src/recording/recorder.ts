import type { MessageRecord, StreamRecord } from "../domain/record.ts";
import { BlockBuilder } from "./block.ts";
import { BlockQueue } from "./block-queue.ts";
import { type ByteSink, FileSink } from "./file-sink.ts";
import { baseTimeOf, hasHello } from "./frame-head.ts";
import { LAYOUT_VERSION, SESSION_CHANNEL_ID, toNanoseconds } from "./layout.ts";
import { LossTally } from "./loss-tally.ts";
import { type SessionRecord, sessionEventBytes } from "./session-event.ts";

export interface RecorderOptions {
  /** When the recording begins, Unix ms. */
  readonly clockStartMs: number;
  /** Where the records come from: version of the program, hash of its configuration, seed, … Kept in the file as it is. */
  readonly provenance?: Readonly<Record<string, string>>;
  /** Records that wait for the disk, bytes; beyond it they are dropped, counted and marked in the file. */
  readonly maxQueuedBytes?: number;
  /** Told of every failed write, e.g. on a full disk. Recording goes on; what was refused counts as lost. */
  readonly onFailure?: (error: Error) => void;
}

export interface RecordingSummary {
  /** Records in the file. */
  readonly records: number;
  readonly lostRecords: number;
  readonly bytes: number;
  readonly chunks: number;
  /** The last write that failed; undefined where all went well. */
  readonly failure: string | undefined;
}

/** Half a minute of 2 MB/s, which 50,000 single reports per second come to: a longer stall is a fault of the disk. */
export const DEFAULT_MAX_QUEUED_BYTES = 64 * 1024 * 1024;

/** A chunk is closed beyond this size: small, for a torn chunk is lost whole; large enough that its index costs little. */
export const CHUNK_BYTES = 128 * 1024;

/** A chunk is closed when its first record is this old by receive time, so that a killed process loses little. */
export const CHUNK_AGE_MS = 1_000;

/** Room beyond the bound for what a replay cannot do without: session events and hellos. */
const RESERVE_BYTES = 1024 * 1024;

/** Nanoseconds of a `publish_time` must fit 64 bits; later base times (after the year 2500) are faults. */
const MAX_PUBLISH_TIME_MS = 18e12;

/**
 * Keeps every record of the sequencer in an MCAP file, whose layout `layout.ts` describes. Receive times are kept to the
 * microsecond; the sequencer hands out no finer ones. Chunks are closed by receive time, ticks included, never by a
 * timer, so the same records give the same bytes. What the disk does not take in time is dropped, counted, and marked
 * at its place in the file.
 */
export class Recorder {
  readonly #block = new BlockBuilder();
  readonly #lost = new LossTally();
  readonly #queue: BlockQueue;
  readonly #maxQueuedBytes: number;
  #offered = 0;
  #blockBeganMs = 0;
  #overflowing = false;
  #failure: string | undefined;
  #closed: Promise<RecordingSummary> | undefined;

  private constructor(sink: ByteSink, options: RecorderOptions) {
    this.#maxQueuedBytes = options.maxQueuedBytes ?? DEFAULT_MAX_QUEUED_BYTES;
    this.#queue = new BlockQueue(sink, {
      lost: (block) => this.#lost.addBlock(block),
      failed: (error) => {
        this.#failure = error.message;
        options.onFailure?.(error);
      },
    });
  }

  /** Begins a file. Rejects with `EEXIST` where there is one already, unless it may be replaced. */
  static async create(
    path: string,
    options: RecorderOptions & { readonly replace?: boolean },
  ): Promise<Recorder> {
    return Recorder.over(await FileSink.create(path, options.replace ?? false), options);
  }

  /** Begins a recording in any place that takes bytes. */
  static async over(sink: ByteSink, options: RecorderOptions): Promise<Recorder> {
    const recorder = new Recorder(sink, options);
    await recorder.#queue.start({
      layout: String(LAYOUT_VERSION),
      clockStartMs: String(options.clockStartMs),
      ...options.provenance,
    });
    return recorder;
  }

  /** Records kept so far, on disk or waiting for it. */
  get records(): number {
    return this.#offered - this.#lost.total;
  }

  get lostRecords(): number {
    return this.#lost.total;
  }

  /** Bytes that wait for the disk. */
  get queuedBytes(): number {
    return this.#queue.queuedBytes + this.#block.byteLength;
  }

  /** Takes one record; its bytes are copied. Ticks and outages are not kept, they only let time pass. */
  record(record: StreamRecord): void {
    this.#sealWhereAged(record.receivedAtMs);
    if (record.kind === "tick" || record.kind === "outage") return;
    const sequence = this.#offered++ >>> 0;
    if (this.#closed !== undefined || this.#isRefused(record)) {
      this.#lost.add("queue-full", 1, record.receivedAtMs, record.receivedAtMs);
      return;
    }
    if (this.#lost.isPending) this.#seal();
    if (this.#block.isEmpty) this.#blockBeganMs = record.receivedAtMs;
    this.#add(record, sequence);
    if (this.#block.byteLength >= CHUNK_BYTES) this.#seal();
  }

  /** Settles when all full chunks are on disk. A source that can wait does so, and loses nothing. */
  async drained(): Promise<void> {
    await this.#queue.drained();
  }

  /** Writes what waits, then index and footer. Records that come later are lost. Never rejects: see `failure`. */
  close(): Promise<RecordingSummary> {
    this.#closed ??= this.#finish();
    return this.#closed;
  }

  #add(record: MessageRecord | SessionRecord, sequence: number): void {
    const logTime = toNanoseconds(record.receivedAtMs);
    if (record.kind === "message") {
      const { slot: channelId, bytes } = record;
      this.#block.add({
        channelId,
        sequence,
        logTime,
        publishTime: publishTime(bytes) ?? logTime,
        data: bytes,
      });
      return;
    }
    const data = sessionEventBytes(record);
    this.#block.add({ channelId: SESSION_CHANNEL_ID, sequence, logTime, publishTime: logTime, data });
  }

  /** Once full, the queue must drain to its half: else every second record would be kept, each in a chunk of its own. */
  #isRefused(record: MessageRecord | SessionRecord): boolean {
    const queued = this.queuedBytes;
    const bytes = record.kind === "message" ? record.bytes.length : 0;
    const limit = this.#overflowing ? this.#maxQueuedBytes / 2 : this.#maxQueuedBytes;
    const isFull = queued + bytes > limit;
    if (isFull && !this.#overflowing) this.#seal();
    this.#overflowing = isFull;
    return isFull && !(isVital(record) && queued + bytes <= this.#maxQueuedBytes + RESERVE_BYTES);
  }

  #sealWhereAged(nowMs: number): void {
    if (!this.#block.isEmpty && nowMs - this.#blockBeganMs >= CHUNK_AGE_MS) this.#seal();
  }

  #seal(): void {
    if (this.#block.isEmpty && !this.#lost.isPending) return;
    // The marks tell what is missing after the records of the open chunk, so those are closed first.
    if (!this.#block.isEmpty)
      this.#queue.push(this.#block.seal(this.#queue.head(this.#block.channelIds, [])));
    if (this.#lost.isPending)
      this.#queue.push(this.#block.seal(this.#queue.head([], this.#lost.takeMarks())));
  }

  async #finish(): Promise<RecordingSummary> {
    this.#seal();
    await this.#queue.drained();
    // What the last blocks lost gets its mark where the disk takes one again.
    this.#seal();
    try {
      await this.#queue.finish();
    } catch (error) {
      this.#failure = (error as Error).message;
    }
    const { bytes, chunkCount: chunks } = this.#queue;
    return { records: this.records, lostRecords: this.lostRecords, bytes, chunks, failure: this.#failure };
  }
}

function publishTime(bytes: Uint8Array): bigint | undefined {
  const baseTimeMs = baseTimeOf(bytes);
  if (baseTimeMs === undefined || baseTimeMs === 0 || baseTimeMs > MAX_PUBLISH_TIME_MS) return undefined;
  return BigInt(baseTimeMs) * 1_000_000n;
}

function isVital(record: MessageRecord | SessionRecord): boolean {
  return record.kind !== "message" || hasHello(record.bytes);
}
