import type { ExpectedResults } from "./expected-results.ts";
import type { LoopTraffic } from "./traffic.ts";
import { RESULT_FIELDS } from "./windows.ts";

/** How far results agree with the oracle. */
export interface CheckCounts {
  right: number;
  wrong: number;
  /** Of a second in which nothing was sent yet, or told a second time. */
  unexpected: number;
  /** The first that was wrong, in words. */
  example: string | undefined;
}

/** Compares every result with the oracle's as it comes in: values exactly, each once. */
export class ResultCheck {
  readonly counts: CheckCounts = { right: 0, wrong: 0, unexpected: 0, example: undefined };
  /** Second (Unix) in which the traffic began. */
  startSecond = 0;
  readonly #expected: ExpectedResults;
  readonly #told: Float64Array;
  /** Of bursts: every one begins anew, with nothing to compare with. */
  readonly #beginsAnew: boolean;

  constructor(traffic: LoopTraffic, beginsAnew: boolean) {
    this.#expected = traffic.expected();
    this.#told = new Float64Array(this.#expected.size);
    this.#beginsAnew = beginsAnew;
  }

  /** False where the result is of no point of this traffic. */
  take(rows: Float64Array, at: number): boolean {
    const point = this.#expected.pointOf(rows[at] as number);
    if (point === undefined) return false;
    const second = rows[at + 1] as number;
    const since = second - this.startSecond;
    if (since < 0 || (this.#told[point] as number) >= second) {
      this.counts.unexpected++;
      return true;
    }
    this.#told[point] = second;
    if (this.#expected.isRight(point, this.#beginsAnew ? 0 : since, rows, at)) this.counts.right++;
    else this.#noteWrong(point, rows, at);
    return true;
  }

  #noteWrong(point: number, rows: Float64Array, at: number): void {
    this.counts.wrong++;
    const told = Array.from(rows.subarray(at, at + RESULT_FIELDS)).join(", ");
    this.counts.example ??= `told ${told}; expected in its seconds ${this.#expected.textOf(point)}`;
  }
}
