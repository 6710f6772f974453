import type { JournalFiles } from "./journal-files.ts";

/**
 * `every`: an append returns when the disk has it. `interval`: the operating system has it at once, the disk within the
 * interval: nothing is lost when the process is killed, at most the interval when power fails. `none`: the system writes
 * when it likes.
 */
export type SyncPolicy = "every" | "interval" | "none";

export interface SyncScheduleOptions {
  readonly policy: SyncPolicy;
  /** Longest wait before data written go to the disk, ms. */
  readonly intervalMs: number;
  readonly files: JournalFiles;
  /** Newest number when the journal was opened. */
  readonly newest: number;
  readonly onFailure: (message: string) => void;
  readonly onSync: () => void;
}

interface Waiting {
  readonly number: number;
  readonly done: (isSynced: boolean) => void;
}

/** A sync begins this part of the interval after the one before at the earliest, so that wait and sync fit into it. */
const PAUSE_PART = 0.4;

/** After a sync that failed, the next one is tried in another segment after this. */
const RETRY_AFTER_MS = 1_000;

/** Beyond this many, whoever waits for the disk is told at once that it is not known. */
const MAX_WAITING = 65_536;

/**
 * When a journal's data go to the disk, and who waits for it. After a sync that failed nobody knows what the disk has:
 * the kernel may have dropped the pages and says so only once. Such a segment is suspect: the journal goes on in another.
 */
export class SyncSchedule {
  readonly #options: SyncScheduleOptions;
  #synced: number;
  #file = -1;
  #written = 0;
  #isBusy = false;
  #startedAtMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #waiting: Waiting[] = [];
  #failure: string | undefined;
  /** Numbers of which nobody knows whether the disk has them, from the last sync that failed. */
  #doubtful = { from: 0, to: 0 };
  #failedAtMs = Number.NEGATIVE_INFINITY;
  #isSuspect = false;
  /** Files that are closed when the sync under way has ended. */
  #toClose: number[] = [];
  #closed = false;

  constructor(options: SyncScheduleOptions) {
    this.#options = options;
    this.#synced = options.policy === "none" ? 0 : options.newest;
    this.#written = options.newest;
  }

  get synced(): number {
    return this.#synced;
  }

  get failure(): string | undefined {
    return this.#failure;
  }

  /** The segment that is being written should hold no more. A disk that fails all the time gets few new ones. */
  get wantsNewSegment(): boolean {
    return this.#isSuspect && performance.now() - this.#failedAtMs >= RETRY_AFTER_MS;
  }

  /** The operating system has everything up to `number`. */
  written(file: number, number: number): void {
    if (file !== this.#file) this.#isSuspect = false;
    this.#file = file;
    this.#written = number;
    if (this.#isSuspect) {
      this.#doubtful.to = number;
      return;
    }
    if (this.#options.policy === "every") this.#syncNow();
    else if (this.#options.policy === "interval") this.#schedule();
  }

  whenSynced(number: number, done: (isSynced: boolean) => void): void {
    const { from, to } = this.#doubtful;
    if (number >= from && number <= to) return done(false);
    if (number <= this.#synced) return done(true);
    const { policy } = this.#options;
    if (policy !== "interval" || this.#closed || this.#waiting.length >= MAX_WAITING) return done(false);
    this.#waiting.push({ number, done });
  }

  /** The segment is full: its data go to the disk before the next one gets any. */
  retire(file: number): void {
    if (this.#options.policy !== "none" && !this.#isSuspect) {
      try {
        this.#options.files.syncNow(file);
        this.#succeeded(this.#written);
      } catch (error) {
        this.#failed(error as Error);
      }
    }
    this.#isSuspect = false;
    this.#file = -1;
    this.#close(file);
  }

  /** Everything is on the disk, or will never be. */
  close(file: number): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.#failure === undefined && this.#options.policy !== "none") this.#succeeded(this.#written);
    this.#tell(Number.MAX_SAFE_INTEGER, false);
    this.#close(file);
  }

  #syncNow(): void {
    try {
      this.#options.files.syncNow(this.#file);
      this.#succeeded(this.#written);
    } catch (error) {
      this.#failed(error as Error);
    }
  }

  #schedule(): void {
    if (this.#isBusy || this.#timer !== undefined || this.#closed) return;
    const waitMs = this.#startedAtMs + this.#options.intervalMs * PAUSE_PART - performance.now();
    if (waitMs <= 0) return this.#start();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#start();
    }, waitMs);
  }

  #start(): void {
    if (this.#closed || this.#file < 0 || this.#written <= this.#synced) return;
    this.#isBusy = true;
    this.#startedAtMs = performance.now();
    const file = this.#file;
    const number = this.#written;
    this.#options.files.sync(file, (error) => {
      this.#isBusy = false;
      const left = this.#toClose;
      this.#toClose = [];
      for (const old of left) this.#options.files.close(old);
      // What stood in a segment that was retired meanwhile has been synced there.
      if (file === this.#file) {
        if (error === undefined) this.#succeeded(number);
        else this.#failed(error);
      } else if (error !== undefined) this.#options.onFailure(error.message);
      if (this.#written > this.#synced && this.#failure === undefined) this.#schedule();
    });
  }

  #succeeded(number: number): void {
    this.#options.onSync();
    this.#failure = undefined;
    this.#synced = Math.max(this.#synced, number);
    this.#tell(this.#synced, true);
  }

  #failed(error: Error): void {
    this.#failure = error.message;
    this.#failedAtMs = performance.now();
    if (!this.#isSuspect) this.#doubtful = { from: this.#synced + 1, to: this.#written };
    this.#isSuspect = true;
    this.#tell(Number.MAX_SAFE_INTEGER, false);
    this.#options.onFailure(error.message);
  }

  #tell(upTo: number, isSynced: boolean): void {
    const ready = this.#waiting.filter(({ number }) => number <= upTo);
    if (ready.length === 0) return;
    this.#waiting = this.#waiting.filter(({ number }) => number > upTo);
    for (const { done } of ready) done(isSynced);
  }

  #close(file: number): void {
    if (this.#isBusy) this.#toClose.push(file);
    else this.#options.files.close(file);
  }
}
