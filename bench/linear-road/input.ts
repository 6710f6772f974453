import { markdownTable } from "../support/table.ts";
import type { Answer, AnswerRows, Totals } from "./answers.ts";
import { compareAnswers } from "./compare.ts";
import type { ExpenditureTable } from "./expenditures.ts";
import { type InputCounts, OfflineRun, totalsOf } from "./offline.ts";
import { solve } from "./oracle.ts";
import { RULE_NAMES, RULES, type RuleName } from "./rules.ts";
import { isPlaced, readTupleFile, type Tuple } from "./tuples.ts";

/** What a tuple file led to. */
export interface InputResult extends Totals {
  readonly file: string;
  readonly rules: RuleName;
  readonly tuples: number;
  readonly unreadable: number;
  readonly input: InputCounts;
  /** Reports that were ignored because their vehicle had left by the exit lane. */
  readonly ignoredReports: number;
  readonly unanswerableExpenditures: number;
  /** Processor time of reading and answering, all rules together, s. */
  readonly processorS: number;
  /** The same file by all rules, or only by those chosen. */
  readonly variants: Readonly<Partial<Record<RuleName, Totals>>>;
  readonly oracle?: { readonly equal: boolean; readonly differences: readonly string[] };
}

/**
 * Runs a tuple file in one pass, by all rules or only by those chosen, which is several times faster.
 * @throws Error of the file system
 */
export function runInput(
  file: string,
  rules: RuleName,
  expenditures: ExpenditureTable,
  { withOracle = false, isOnly = false }: { withOracle?: boolean; isOnly?: boolean } = {},
): InputResult {
  const before = process.cpuUsage();
  const answers: Answer[] = [];
  const runs = (isOnly ? [rules] : RULE_NAMES).map((name) => {
    const take = withOracle && name === rules ? collectInto(answers) : undefined;
    return { name, run: new OfflineRun(RULES[name], take, { expenditures }) };
  });
  const kept: Tuple[] = [];
  const { tuples, unreadable } = readTupleFile(file, (tuple) => {
    for (const { run } of runs) run.take(tuple);
    if (withOracle) kept.push({ ...tuple });
  });
  const ended = runs.map(({ name, run }) => ({ name, run, state: run.end() }));
  const { user, system } = process.cpuUsage(before);
  const totals = Object.fromEntries(ended.map(({ name, state }) => [name, totalsOf(state)]));
  const chosen = ended.find(({ name }) => name === rules);
  if (chosen === undefined) throw new Error(`no rules called ${rules}`);
  const { state, run } = chosen;
  const chosenTotals = totalsOf(state);
  return {
    file,
    rules,
    ...chosenTotals,
    tuples,
    unreadable,
    input: run.counts,
    ignoredReports: state.traffic.ignored,
    unanswerableExpenditures: state.accounts.unanswerable,
    processorS: (user + system) / 1e6,
    variants: totals,
    ...(withOracle ? { oracle: compareWithOracle(kept, answers, chosenTotals, rules, expenditures) } : {}),
  };
}

function compareWithOracle(
  tuples: readonly Tuple[],
  answers: readonly Answer[],
  totals: Totals,
  rules: RuleName,
  expenditures: ExpenditureTable,
) {
  const usable = tuples.filter((tuple) => tuple.type !== 0 || isPlaced(tuple));
  const expected = solve(usable, RULES[rules], expenditures);
  const differences = compareAnswers(expected, answers, totals);
  return { equal: differences.length === 0, differences };
}

export function collectInto(answers: Answer[]): (notices: AnswerRows, accounts: AnswerRows) => void {
  return (notices, accounts) => {
    for (const rows of [notices, accounts]) {
      for (let index = 0; index < rows.length; index++) answers.push(rows.at(index));
    }
  };
}

export function inputMarkdown(result: InputResult): string {
  const rows = Object.entries(result.variants).map(([name, totals]) => {
    return [
      name,
      totals.tollsNotified,
      totals.accidentsNotified,
      totals.balancesAnswered,
      totals.expendituresAnswered,
      totals.accidentsFound,
      totals.tollsCharged,
    ];
  });
  const table = markdownTable(
    [
      "rules",
      "tolls notified",
      "accidents notified",
      "balances",
      "expenditures",
      "accidents found",
      "tolls charged",
    ],
    rows,
  );
  const { tuples, unreadable, processorS, oracle } = result;
  const speed = Math.round(tuples / processorS).toLocaleString("en-US");
  const lines = [
    `${result.file}: ${tuples.toLocaleString("en-US")} tuples, ${unreadable} unreadable lines, ${speed} tuples per processor second`,
    "",
    table,
  ];
  if (oracle !== undefined) {
    lines.push(
      "",
      oracle.equal ? "Every answer is the oracle's." : `Not the oracle's:\n${oracle.differences.join("\n")}`,
    );
  }
  return lines.join("\n");
}
