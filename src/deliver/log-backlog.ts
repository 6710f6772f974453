import type { AlertLog, LoggedAlert } from "../domain/alert-log.ts";
import { type Backlog, type BacklogBatch, BatchBuilder } from "./alert-batches.ts";

/**
 * Transitions read in one go, 2 ms where none of them matches: a subscriber that comes back after days must not hold up
 * the others. Reading goes on when the connection has drained, at the next tick at the latest.
 */
const READ_AT_ONCE = 1_024;

export interface LogBacklogOptions {
  readonly log: AlertLog;
  /** Transitions after this number … */
  readonly after: number;
  /** … up to this one. */
  readonly upTo: number;
  readonly concerns: (entry: LoggedAlert) => boolean;
  readonly encode: (entry: LoggedAlert) => Uint8Array;
  /** So many alerts were found to match. */
  readonly onMatched: (alerts: number) => void;
  /** Numbers are missing that are neither left out on purpose nor to come: no more of this backlog can be sent. */
  readonly onHole: () => void;
}

/** What a subscriber has missed, read from the log while its connection takes it: a backlog of any length costs nothing. */
export class LogBacklog implements Backlog {
  readonly owner: object;
  /** Matches are not known before they are read; they are counted then. */
  readonly remaining = 0;
  readonly #options: LogBacklogOptions;
  #reached: number;
  #isOver = false;
  #atHole = false;

  constructor(owner: object, options: LogBacklogOptions) {
    this.owner = owner;
    this.#options = options;
    this.#reached = options.after;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  take(): BacklogBatch | undefined {
    const { log, concerns, encode, onMatched } = this.#options;
    const batch = new BatchBuilder(log.epoch, false);
    for (let read = 0; read < READ_AT_ONCE; read++) {
      const entry = this.#next();
      if (entry === undefined) break;
      if (!concerns(entry)) continue;
      batch.add(encode(entry));
      if (batch.isFull) break;
    }
    const built = batch.build();
    if (this.#atHole && built === undefined) {
      this.#isOver = true;
      this.#options.onHole();
    }
    if (built !== undefined) onMatched(built.alerts);
    return built;
  }

  #next(): LoggedAlert | undefined {
    const { log, upTo } = this.#options;
    if (this.#isOver || this.#atHole) return undefined;
    if (this.#reached >= upTo) {
      this.#isOver = true;
      return undefined;
    }
    const entry = log.at(++this.#reached);
    this.#atHole = entry === undefined;
    return entry;
  }
}

/** Longest list of numbers that a session keeps, half a megabyte. */
const MAX_NUMBERS = 65_536;

/**
 * Live transitions of a session that is still sent what it has missed, kept as numbers: they are read from the log when
 * their turn comes.
 */
export class NumberBacklog implements Backlog {
  readonly owner: object;
  readonly #options: Pick<LogBacklogOptions, "log" | "encode" | "onHole">;
  #numbers: number[] = [];
  #next = 0;
  #isLost = false;

  constructor(owner: object, options: Pick<LogBacklogOptions, "log" | "encode" | "onHole">) {
    this.owner = owner;
    this.#options = options;
  }

  get remaining(): number {
    return this.#numbers.length - this.#next;
  }

  get isOver(): boolean {
    return this.#isLost || this.remaining === 0;
  }

  hasRoom(alerts: number): boolean {
    return this.remaining + alerts <= MAX_NUMBERS;
  }

  add(sequence: number): void {
    this.#numbers.push(sequence);
  }

  take(): BacklogBatch | undefined {
    const { log, encode, onHole } = this.#options;
    const batch = new BatchBuilder(log.epoch, false);
    while (!batch.isFull && !this.isOver) {
      const entry = log.at(this.#numbers[this.#next] ?? 0);
      if (entry === undefined) break;
      this.#next++;
      batch.add(encode(entry));
    }
    this.#forgetSent();
    const built = batch.build();
    if (built === undefined && !this.isOver) {
      this.#isLost = true;
      onHole();
    }
    return built;
  }

  #forgetSent(): void {
    if (this.#next < MAX_NUMBERS / 4) return;
    this.#numbers = this.#numbers.slice(this.#next);
    this.#next = 0;
  }
}
