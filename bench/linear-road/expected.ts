import { ANSWER_FIELDS, ANSWER_TYPE, type Answer } from "./answers.ts";
import type { BaseTraffic } from "./base-traffic.ts";
import { hashedExpenditures } from "./expenditures.ts";
import type { OracleResult } from "./oracle.ts";
import { TUPLE_TYPE, type Tuple } from "./tuples.ts";

/** What every copy has to be told during the window, as the base would be; see `checkRow` for the differences. */
export interface Expected {
  /** Rows of notices in the order of the reports. */
  readonly notices: Int32Array;
  /** Rows of answers about accounts, by second and within it in the order of the requests. */
  readonly accounts: Int32Array;
  /** Vehicle and day of each of those, for what was spent on past days. */
  readonly asked: readonly Tuple[];
}

/** The part of the oracle's answers that belongs to the window. */
export function expectedOf(solved: OracleResult, base: BaseTraffic, fromS: number): Expected {
  const notices = solved.notices.filter(({ timeS }) => timeS >= fromS);
  const asked = base.window.filter(({ type }) => type !== TUPLE_TYPE.position);
  return { notices: rowsOf(notices), accounts: rowsOf(solved.accountAnswers), asked };
}

function rowsOf(answers: readonly Answer[]): Int32Array {
  const rows = new Int32Array(answers.length * ANSWER_FIELDS);
  answers.forEach(({ type, who, timeS, value, extra }, index) => {
    rows.set([type, who, timeS, value, extra], index * ANSWER_FIELDS);
  });
  return rows;
}

/** How one copy's answers follow from the base's. */
export interface CopyOffsets {
  readonly copy: number;
  readonly vehicles: number;
  readonly queries: number;
}

/** Whether a row told to a copy is the one expected there. */
export function isExpected(
  expected: Int32Array,
  at: number,
  rows: Int32Array,
  row: number,
  { copy, vehicles, queries }: CopyOffsets,
  asked: Tuple | undefined,
): boolean {
  const type = expected[at] as number;
  if (rows[row] !== type || rows[row + 2] !== expected[at + 2]) return false;
  const isNotice = type === ANSWER_TYPE.toll || type === ANSWER_TYPE.accident;
  if (rows[row + 1] !== (expected[at + 1] as number) + (isNotice ? vehicles : queries)) return false;
  const extra = (expected[at + 4] as number) + (type === ANSWER_TYPE.accident ? 2 * copy : 0);
  if (rows[row + 4] !== extra) return false;
  if (type !== ANSWER_TYPE.expenditure) return rows[row + 3] === expected[at + 3];
  // What was spent is a hash of vehicle, day and expressway, so it is another on every copy.
  return (
    asked !== undefined &&
    rows[row + 3] === hashedExpenditures.tollOf(asked.vehicle + vehicles, asked.day, copy)
  );
}
