import { ANSWER_FIELDS, ANSWER_TYPE } from "./answers.ts";
import type { BaseTraffic } from "./base-traffic.ts";
import { type CopyOffsets, type Expected, isExpected } from "./expected.ts";

/** Answers of every kind are due within so many ms of the second that they are about. */
export const DEADLINE_MS = 5_000;

/** What was found wrong or slow. */
export interface Verdict {
  readonly expected: number;
  readonly received: number;
  readonly missing: number;
  /** Told, but not what or when it was to be told. */
  readonly wrong: number;
  /** Told more than 5 s after the second of the report or request. */
  readonly late: number;
  /** Longest time from the second of a report or request to its answer, ms. */
  readonly slowestMs: number;
  readonly tollsNotified: number;
  readonly accidentsNotified: number;
  readonly balancesAnswered: number;
  readonly expendituresAnswered: number;
  /** First differences in words. */
  readonly examples: readonly string[];
}

const MOST_EXAMPLES = 5;

/**
 * Checks every answer of every copy as it arrives: its values, its place in the order of its session, its time. Each copy is
 * a session; what it is told has to be what the oracle says, with its own ids.
 */
export class Validator {
  readonly #expected: Expected;
  readonly #offsets: readonly CopyOffsets[];
  readonly #nextNotice: Int32Array;
  readonly #nextAccount: Int32Array;
  readonly #counts = new Float64Array(4);
  readonly #secondZeroMs: number;
  #wrong = 0;
  #late = 0;
  #received = 0;
  #slowestMs = 0;
  readonly #examples: string[] = [];

  constructor(expected: Expected, base: BaseTraffic, copies: number, secondZeroMs: number) {
    this.#expected = expected;
    this.#secondZeroMs = secondZeroMs;
    this.#offsets = Array.from({ length: copies }, (_, copy) => ({
      copy,
      vehicles: copy * base.vehicleStride,
      queries: copy * base.queryStride,
    }));
    this.#nextNotice = new Int32Array(copies);
    this.#nextAccount = new Int32Array(copies);
  }

  /** Takes the rows of one message. @param nowMs Unix time of its arrival */
  take(copy: number, rows: Int32Array, count: number, nowMs: number): void {
    const sinceZeroMs = nowMs - this.#secondZeroMs;
    for (let index = 0; index < count; index++) {
      const row = index * ANSWER_FIELDS;
      this.#check(copy, rows, row);
      const delayMs = sinceZeroMs - (rows[row + 2] as number) * 1_000;
      if (delayMs > this.#slowestMs) this.#slowestMs = delayMs;
      if (delayMs > DEADLINE_MS) this.#late++;
    }
    this.#received += count;
  }

  #check(copy: number, rows: Int32Array, row: number): void {
    const type = rows[row] as number;
    const isNotice = type === ANSWER_TYPE.toll || type === ANSWER_TYPE.accident;
    const next = isNotice ? this.#nextNotice : this.#nextAccount;
    const expected = isNotice ? this.#expected.notices : this.#expected.accounts;
    const index = next[copy] as number;
    next[copy] = index + 1;
    const at = index * ANSWER_FIELDS;
    const asked = isNotice ? undefined : this.#expected.asked[index];
    const offsets = this.#offsets[copy];
    const isRight =
      offsets !== undefined && at < expected.length && isExpected(expected, at, rows, row, offsets, asked);
    if (isRight) this.#counts[type] = (this.#counts[type] as number) + 1;
    else this.#note(copy, rows.subarray(row, row + ANSWER_FIELDS), expected.subarray(at, at + ANSWER_FIELDS));
  }

  #note(copy: number, got: Int32Array, wanted: Int32Array): void {
    this.#wrong++;
    if (this.#examples.length < MOST_EXAMPLES) {
      this.#examples.push(`expressway ${copy}: told ${[...got]}; expressway 0 is to be told ${[...wanted]}`);
    }
  }

  /** Whether every session has got as many answers as it is due. */
  get isComplete(): boolean {
    return this.#received >= this.#due;
  }

  get #due(): number {
    const { notices, accounts } = this.#expected;
    return ((notices.length + accounts.length) / ANSWER_FIELDS) * this.#offsets.length;
  }

  verdict(): Verdict {
    const [tollsNotified = 0, accidentsNotified = 0, balancesAnswered = 0, expendituresAnswered = 0] =
      this.#counts;
    return {
      expected: this.#due,
      received: this.#received,
      missing: Math.max(0, this.#due - this.#received),
      wrong: this.#wrong,
      late: this.#late,
      slowestMs: Math.round(this.#slowestMs),
      tollsNotified,
      accidentsNotified,
      balancesAnswered,
      expendituresAnswered,
      examples: this.#examples,
    };
  }
}

/** Everything was told, rightly and in time. */
export function isPassed({ missing, wrong, late, expected }: Verdict): boolean {
  return expected > 0 && missing === 0 && wrong === 0 && late === 0;
}
