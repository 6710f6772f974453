import { ANSWER_TYPE, type Answer, type Totals } from "./answers.ts";
import type { OracleResult } from "./oracle.ts";

/** Differences that are listed; the rest only counts. */
const MOST_LISTED = 20;

/**
 * Compares answers with the oracle's: notices one by one in their order, answers about accounts by query, and totals. Empty
 * where all are equal.
 */
export function compareAnswers(
  expected: OracleResult,
  answers: readonly Answer[],
  totals: Totals | undefined,
): string[] {
  const isNotice = ({ type }: Answer): boolean => type === ANSWER_TYPE.toll || type === ANSWER_TYPE.accident;
  const differences = [
    ...compareLists("notice", expected.notices, answers.filter(isNotice)),
    ...compareLists(
      "account answer",
      sortByQuery(expected.accountAnswers),
      sortByQuery(answers.filter((answer) => !isNotice(answer))),
    ),
    ...(totals === undefined ? [] : compareTotals(expected.totals, totals)),
  ];
  const more = differences.length - MOST_LISTED;
  return more > 0 ? [...differences.slice(0, MOST_LISTED), `and ${more} more`] : differences;
}

function compareLists(what: string, expected: readonly Answer[], got: readonly Answer[]): string[] {
  const differences: string[] = [];
  for (let index = 0; index < Math.max(expected.length, got.length); index++) {
    const wanted = textOf(expected[index]);
    const found = textOf(got[index]);
    if (wanted !== found) differences.push(`${what} ${index}: ${found} instead of ${wanted}`);
  }
  return differences;
}

function textOf(answer: Answer | undefined): string {
  if (answer === undefined) return "none";
  const { type, who, timeS, value, extra } = answer;
  return `(${type}, ${who}, ${timeS}, ${value}, ${extra})`;
}

function sortByQuery(answers: readonly Answer[]): Answer[] {
  return answers.toSorted(
    (a, b) => a.timeS - b.timeS || a.who - b.who || a.type - b.type || a.value - b.value,
  );
}

function compareTotals(expected: Totals, got: Totals): string[] {
  const names = Object.keys(expected) as (keyof Totals)[];
  return names
    .filter((name) => expected[name] !== got[name])
    .map((name) => `${name}: ${got[name]} instead of ${expected[name]}`);
}
