import type { OracleResult } from "./oracle.ts";
import { CYCLE_S, type LoopTraffic } from "./traffic.ts";
import { RESULT_FIELDS } from "./windows.ts";

/** How far results agree with the oracle. */
export interface CheckCounts {
  right: number;
  wrong: number;
  /** Of a point or second that nothing was sent for, or told a second time. */
  unexpected: number;
  /** The first that was wrong, in words. */
  example: string | undefined;
}

/** Compares every result with the oracle's as it comes in: values exactly, each once. */
export class ResultCheck {
  readonly counts: CheckCounts = { right: 0, wrong: 0, unexpected: 0, example: undefined };
  readonly #first: Map<number, OracleResult>[];
  readonly #later: Map<number, OracleResult>[];
  /** Second (Unix) in which the traffic began. */
  startSecond = 0;
  readonly #told = new Map<number, number>();
  /** Of bursts: every one begins anew, with nothing to compare with. */
  readonly #beginsAnew: boolean;

  constructor(traffic: LoopTraffic, beginsAnew: boolean) {
    const { first, later } = traffic.expected();
    this.#first = first;
    this.#later = later;
    this.#beginsAnew = beginsAnew;
  }

  /** Whether the result is of a point of this traffic. */
  knows(name: number): boolean {
    return this.#later[0]?.has(name) ?? false;
  }

  take(rows: Float64Array, at: number): void {
    const name = rows[at] as number;
    const second = rows[at + 1] as number;
    const told = this.#told.get(name) ?? Number.NEGATIVE_INFINITY;
    const since = second - this.startSecond;
    const seconds = this.#beginsAnew || since < 2 ? this.#first : this.#later;
    const expected = seconds[this.#beginsAnew ? 0 : since % CYCLE_S]?.get(name);
    if (expected === undefined || since < 0 || told >= second) {
      this.counts.unexpected++;
      return;
    }
    this.#told.set(name, second);
    if (isEqual(rows, at, expected)) this.counts.right++;
    else {
      this.counts.wrong++;
      this.counts.example ??= `${JSON.stringify(expected)} as ${Array.from(rows.subarray(at, at + RESULT_FIELDS))}`;
    }
  }
}

function isEqual(rows: Float64Array, at: number, expected: OracleResult): boolean {
  return (
    rows[at + 2] === expected.lanes &&
    rows[at + 3] === expected.flow &&
    rows[at + 4] === expected.speed &&
    Object.is(rows[at + 5], expected.flowChange) &&
    Object.is(rows[at + 6], expected.flowChangeOverTwo) &&
    Object.is(rows[at + 7], expected.speedChange) &&
    Object.is(rows[at + 8], expected.speedChangeOverTwo)
  );
}
