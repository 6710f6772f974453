import { join } from "node:path";
import { type JournalFiles, realFiles, writeWhole } from "./journal-files.ts";
import { FRAME_HEADER_BYTES, type Frame, frameKind, writeFrame } from "./journal-frame.ts";
import {
  JournalError,
  type JournalRepair,
  type OpenOptions,
  type OpenSegment,
  openSegments,
} from "./journal-open.ts";
import { JOURNAL_FORMAT, type SegmentHeader, segmentName } from "./journal-segments.ts";
import { SegmentReader } from "./segment-reader.ts";
import { type SyncPolicy, SyncSchedule } from "./sync-schedule.ts";

export { readJournal } from "./journal-segments.ts";
export { JournalError, type JournalRepair, type SyncPolicy };

export interface JournalOptions extends OpenOptions {
  readonly sync: SyncPolicy;
  /** Longest wait before data written go to the disk, ms; policy `interval` only. */
  readonly syncIntervalMs?: number;
  /** A segment is closed when it has grown to this. */
  readonly segmentBytes?: number;
  /** Written into the head of new segments. */
  readonly epoch?: number;
  /** Unix time for the heads of new segments, ms. */
  readonly nowMs: () => number;
  /** Records that a new segment repeats, so that they outlive the segment that they stand in. */
  readonly asides?: () => Iterable<Pick<Frame, "number" | "bytes">>;
  readonly onFault?: (fault: JournalFault) => void;
  readonly files?: JournalFiles;
}

/** Something that went wrong while the journal is in use. It goes on all the same. */
export interface JournalFault {
  readonly during: "write" | "sync" | "remove";
  readonly message: string;
}

/** What the journal did. Plain numbers, read by metrics. */
export class JournalStats {
  records = 0;
  writes = 0;
  syncs = 0;
  /** Writes and syncs that failed. */
  failedWrites = 0;
  failedSyncs = 0;
  /** Records that are not in the journal, because it could not be written for long. */
  lostRecords = 0;
  removedSegments = 0;
  removedBytes = 0;
}

const DEFAULT_SEGMENT_BYTES = 16 * 1024 * 1024;
const DEFAULT_SYNC_INTERVAL_MS = 5;

/** Records that wait for a disk that does not take them; later ones are lost, counted. */
const MAX_STAGED_BYTES = 4 * 1024 * 1024;
const FIRST_STAGE_BYTES = 64 * 1024;

/**
 * An append-only file in segments. Records have rising numbers; `append` hands them to the operating system before it
 * returns. A write that fails leaves whole frames only, and what it held is tried again with the next one.
 */
export class Journal {
  readonly folder: string;
  readonly repairs: readonly JournalRepair[];
  readonly stats = new JournalStats();
  readonly #options: JournalOptions;
  readonly #files: JournalFiles;
  readonly #sync: SyncSchedule;
  readonly #reader: SegmentReader;
  #segments: OpenSegment[];
  /** Of the segment that is being written. */
  #file = -1;
  #size = 0;
  /** What the head of that segment takes, with the records that it repeats. */
  #headBytes = 0;
  #wantsSegment = false;
  #newest: number;
  /** Newest number that the operating system has. */
  #written: number;
  #stage = Buffer.allocUnsafe(FIRST_STAGE_BYTES);
  #stagedBytes = 0;
  #stagedRecords = 0;
  #writeFailure: string | undefined;
  #closed = false;

  /**
   * Opens the journal in a folder, or begins one. A torn end is cut off, damage is passed by; `repairs` says so.
   * @throws JournalError where the folder holds another content or a later version, or cannot be written
   */
  static open(folder: string, options: JournalOptions): Journal {
    const files = options.files ?? realFiles;
    try {
      files.makeFolder(folder);
      return new Journal(folder, options, files);
    } catch (error) {
      if (error instanceof JournalError) throw error;
      throw new JournalError(`${folder} cannot be used: ${(error as Error).message}.`);
    }
  }

  private constructor(folder: string, options: JournalOptions, files: JournalFiles) {
    this.folder = folder;
    this.#options = options;
    this.#files = files;
    this.#reader = new SegmentReader(files);
    const repairs: JournalRepair[] = [];
    const found = openSegments(folder, options, files, repairs);
    this.repairs = repairs;
    this.#segments = found.segments;
    this.#newest = found.newest;
    this.#written = found.newest;
    this.#sync = new SyncSchedule({
      policy: options.sync,
      intervalMs: options.syncIntervalMs ?? DEFAULT_SYNC_INTERVAL_MS,
      files,
      newest: found.newest,
      onFailure: (message) => this.#syncFailed(message),
      onSync: () => this.stats.syncs++,
    });
    const last = this.#segments.at(-1);
    if (last === undefined) return;
    this.#file = files.open(last.path, "write");
    this.#size = last.bytes;
  }

  /** Number of the last record; 0 before the first. */
  get newest(): number {
    return this.#newest;
  }

  /** Number at which the oldest segment begins; `newest + 1` where there is none. */
  get oldest(): number {
    return this.#segments[0]?.firstNumber ?? this.#newest + 1;
  }

  /** Newest record that the operating system has: it survives the process. */
  get written(): number {
    return this.#written;
  }

  /** Newest record that the disk has: it survives a loss of power. 0 under policy `none`. */
  get synced(): number {
    return this.#sync.synced;
  }

  /** Bytes of all segments. */
  get bytes(): number {
    return this.#segments.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get segments(): readonly OpenSegment[] {
    return this.#segments;
  }

  /** Why records are not safe at the moment, or undefined. */
  get failure(): string | undefined {
    return this.#writeFailure ?? this.#sync.failure;
  }

  /** Puts a record into memory; `flush` writes it. Answers its number. */
  add(payload: Uint8Array): number {
    const number = ++this.#newest;
    const needed = FRAME_HEADER_BYTES + payload.length;
    if (this.#stagedBytes + needed > MAX_STAGED_BYTES) {
      this.stats.lostRecords++;
      return number;
    }
    this.#reserve(needed);
    this.#stagedBytes = writeFrame(this.#stage, this.#stagedBytes, frameKind.record, number, payload);
    this.#stagedRecords++;
    return number;
  }

  /** Writes a record and answers its number. The operating system has it, unless `failure` says why not. */
  append(payload: Uint8Array): number {
    const number = this.add(payload);
    this.flush();
    return number;
  }

  /** Leaves numbers out: the next record gets `number` at least. */
  skipTo(number: number): void {
    this.flush();
    this.#newest = Math.max(this.#newest, number - 1);
  }

  /** Hands what was added to the operating system, and, by policy, to the disk. False where that failed. */
  flush(): boolean {
    if (this.#stagedBytes === 0) return true;
    try {
      if (this.#needsSegment()) this.#beginSegment();
      this.#write();
    } catch (error) {
      return this.#writeFailed(error);
    }
    this.#writeFailure = undefined;
    this.#sync.written(this.#file, this.#written);
    return this.#sync.failure === undefined;
  }

  /**
   * Calls back when the disk has a record, with false where that can no longer be said of it. At once where it is known;
   * under policy `none` always false.
   */
  whenSynced(number: number, done: (isSynced: boolean) => void): void {
    if (number > this.#written) return done(false);
    this.#sync.whenSynced(number, done);
  }

  /** The next record begins a segment. */
  endSegment(): void {
    this.#wantsSegment = true;
  }

  /** Records that the operating system has, from number `from` to `to`, in order. */
  read(from: number, to: number): Frame[] {
    return this.#reader.read(this.#segments, from, to);
  }

  /** Removes segments of which every record has a lower number; the one that is being written stays. */
  dropBefore(number: number): void {
    while (this.#segments.length > 1 && (this.#segments[1]?.firstNumber ?? 0) <= number) {
      if (!this.#dropOldest()) return;
    }
  }

  /** Removes the oldest segments beyond a size, down to `keep` of them. Answers how many it removed. */
  dropToSize(maxBytes: number, keep = 1): number {
    let removed = 0;
    while (this.#segments.length > keep && this.bytes > maxBytes && this.#dropOldest()) removed++;
    return removed;
  }

  /** Writes and syncs everything. Throws where that fails. Later calls do nothing. */
  close(): void {
    if (this.#closed) return;
    this.flush();
    this.#closed = true;
    if (this.#file < 0) return;
    try {
      this.#files.syncNow(this.#file);
    } finally {
      this.#sync.close(this.#file);
    }
  }

  #reserve(needed: number): void {
    if (this.#stagedBytes + needed <= this.#stage.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#stage.length * 2, this.#stagedBytes + needed));
    this.#stage.copy(larger, 0, 0, this.#stagedBytes);
    this.#stage = larger;
  }

  #needsSegment(): boolean {
    const most = this.#options.segmentBytes ?? DEFAULT_SEGMENT_BYTES;
    if (this.#file < 0 || this.#wantsSegment || this.#sync.wantsNewSegment) return true;
    const filled = this.#size - this.#headBytes;
    return filled > 0 && filled + this.#stagedBytes > most;
  }

  #write(): void {
    writeWhole(this.#files, this.#file, this.#stage.subarray(0, this.#stagedBytes), this.#size);
    this.#size += this.#stagedBytes;
    const last = this.#segments.at(-1);
    if (last !== undefined) last.bytes = this.#size;
    this.stats.writes++;
    this.stats.records += this.#stagedRecords;
    this.#stagedBytes = 0;
    this.#stagedRecords = 0;
    this.#written = this.#newest;
    if (this.#stage.length > MAX_STAGED_BYTES / 2) this.#stage = Buffer.allocUnsafe(FIRST_STAGE_BYTES);
  }

  /** A file that holds part of a frame is cut back to its last whole one; what did not fit stays in memory. */
  #writeFailed(error: unknown): false {
    this.stats.failedWrites++;
    const message = (error as Error).message;
    this.#writeFailure = message;
    try {
      if (this.#file >= 0) this.#files.truncate(this.#file, this.#size);
    } catch {
      // A reader finds the next whole frame behind a torn one.
    }
    this.#options.onFault?.({ during: "write", message });
    return false;
  }

  #syncFailed(message: string): void {
    this.stats.failedSyncs++;
    this.#options.onFault?.({ during: "sync", message });
  }

  /** The segment before is on the disk before the next one begins: a hole can only be at the end. */
  #beginSegment(): void {
    const { content, contentVersion, epoch = 0, nowMs } = this.#options;
    const index = (this.#segments.at(-1)?.index ?? 0) + 1;
    const firstNumber = this.#written + 1;
    const path = join(this.folder, segmentName(index, firstNumber));
    const header: SegmentHeader = {
      format: JOURNAL_FORMAT,
      content,
      contentVersion,
      index,
      firstNumber,
      epoch,
      createdAtMs: Math.floor(nowMs()),
    };
    const frames: Head[] = [
      { kind: frameKind.header, number: 0, bytes: Buffer.from(JSON.stringify(header)) },
    ];
    for (const { number, bytes } of this.#options.asides?.() ?? []) {
      frames.push({ kind: frameKind.aside, number, bytes });
    }
    const file = this.#files.open(path, "create");
    const size = writeHead(this.#files, file, path, frames);
    if (this.#file >= 0) this.#sync.retire(this.#file);
    this.#file = file;
    this.#size = size;
    this.#headBytes = size;
    this.#wantsSegment = false;
    this.#segments.push({ path, index, firstNumber, bytes: size, createdAtMs: header.createdAtMs });
    if (this.#options.sync !== "none") this.#files.syncFolder(this.folder);
  }

  #dropOldest(): boolean {
    const [oldest] = this.#segments;
    if (oldest === undefined) return false;
    try {
      this.#files.remove(oldest.path);
    } catch (error) {
      this.#options.onFault?.({ during: "remove", message: (error as Error).message });
      return false;
    }
    this.#segments.shift();
    this.#reader.forget(oldest.path);
    this.stats.removedSegments++;
    this.stats.removedBytes += oldest.bytes;
    return true;
  }
}

type Head = Pick<Frame, "kind" | "number" | "bytes">;

/** @throws what the file system throws; the file is removed then */
function writeHead(files: JournalFiles, file: number, path: string, frames: readonly Head[]): number {
  const size = frames.reduce((sum, { bytes }) => sum + FRAME_HEADER_BYTES + bytes.length, 0);
  const head = Buffer.allocUnsafe(size);
  let at = 0;
  for (const { kind, number, bytes } of frames) at = writeFrame(head, at, kind, number, bytes);
  try {
    writeWhole(files, file, head, 0);
    return size;
  } catch (error) {
    files.close(file);
    files.remove(path);
    throw error;
  }
}
