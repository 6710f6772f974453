/** Counts and sums over all answers: what is compared with other implementations. */
export interface Totals {
  tollsNotified: number;
  accidentsNotified: number;
  balancesAnswered: number;
  expendituresAnswered: number;
  accidentsFound: number;
  tollsCharged: number;
  tollsNotifiedSum: number;
}

export function noTotals(): Totals {
  return {
    tollsNotified: 0,
    accidentsNotified: 0,
    balancesAnswered: 0,
    expendituresAnswered: 0,
    accidentsFound: 0,
    tollsCharged: 0,
    tollsNotifiedSum: 0,
  };
}

/** Kinds of answer, numbered as the benchmark numbers them. */
export const ANSWER_TYPE = { toll: 0, accident: 1, balance: 2, expenditure: 3 } as const;

/** Integers of one answer, see `Answer`. */
export const ANSWER_FIELDS = 5;

/**
 * One answer as a row of integers.
 * - toll (0): vehicle, second of the report, average speed, toll
 * - accident (1): vehicle, second of the report, segment of the accident, expressway × 2 + direction
 * - balance (2): query, second of the request, balance modulo 2³⁰, balance div 2³⁰
 * - expenditure (3): query, second of the request, amount, 0
 */
export interface Answer {
  readonly type: number;
  readonly who: number;
  readonly timeS: number;
  readonly value: number;
  readonly extra: number;
}

/** Answers in rows of integers, in the order in which they were given. Reused: nothing is allocated per answer. */
export class AnswerRows {
  rows = new Int32Array(1_024 * ANSWER_FIELDS);
  length = 0;

  add(type: number, who: number, timeS: number, value: number, extra: number): void {
    if ((this.length + 1) * ANSWER_FIELDS > this.rows.length) this.#grow();
    const { rows } = this;
    const at = this.length++ * ANSWER_FIELDS;
    rows[at] = type;
    rows[at + 1] = who;
    rows[at + 2] = timeS;
    rows[at + 3] = value;
    rows[at + 4] = extra;
  }

  at(index: number): Answer {
    const { rows } = this;
    const at = index * ANSWER_FIELDS;
    return {
      type: rows[at] ?? -1,
      who: rows[at + 1] ?? -1,
      timeS: rows[at + 2] ?? -1,
      value: rows[at + 3] ?? -1,
      extra: rows[at + 4] ?? -1,
    };
  }

  clear(): void {
    this.length = 0;
  }

  #grow(): void {
    const larger = new Int32Array(this.rows.length * 2);
    larger.set(this.rows);
    this.rows = larger;
  }
}
