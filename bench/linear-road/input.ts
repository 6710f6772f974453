import { markdownTable } from "../support/table.ts";
import type { Answer, AnswerRows, Totals } from "./answers.ts";
import { compareAnswers } from "./compare.ts";
import type { ExpenditureTable } from "./expenditures.ts";
import { type InputCounts, OfflineRun, totalsOf } from "./offline.ts";
import { solve } from "./oracle.ts";
import { RULE_NAMES, RULES, type RuleName } from "./rules.ts";
import { isPlaced, type ReadCounts, readTupleFile, type Tuple } from "./tuples.ts";

/** What a tuple file led to. */
export interface InputResult extends Totals {
  readonly file: string;
  readonly rules: RuleName;
  readonly tuples: number;
  readonly unreadable: number;
  /** Tuples of an earlier second than one before them; requests among them may stay unanswered. */
  readonly outOfOrder: number;
  /** What is wrong with the file, in sentences with the number of the first such line. */
  readonly warnings: readonly string[];
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
 * @throws Error of one sentence where the file cannot be read or holds no tuple
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
  const order = { latestS: 0, outOfOrder: 0, firstLine: 0 };
  const read = readTuples(file, (tuple, line) => {
    noteOrder(order, tuple, line);
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
    tuples: read.tuples,
    unreadable: read.unreadable,
    outOfOrder: order.outOfOrder,
    warnings: warningsOf(read, order),
    input: run.counts,
    ignoredReports: state.traffic.ignored,
    unanswerableExpenditures: state.accounts.unanswerable,
    processorS: (user + system) / 1e6,
    variants: totals,
    ...(withOracle ? { oracle: compareWithOracle(kept, answers, chosenTotals, rules, expenditures) } : {}),
  };
}

/** How far tuples stand in the order of their seconds. */
interface TupleOrder {
  latestS: number;
  outOfOrder: number;
  firstLine: number;
}

function noteOrder(order: TupleOrder, { timeS }: Tuple, line: number): void {
  if (timeS >= order.latestS) order.latestS = timeS;
  else if (order.outOfOrder++ === 0) order.firstLine = line;
}

function readTuples(file: string, take: (tuple: Tuple, line: number) => void): ReadCounts {
  let read: ReadCounts;
  try {
    read = readTupleFile(file, take);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") throw new Error(`${file}: there is no such file`);
    if (code === "EISDIR") throw new Error(`${file} is a folder, not a file of tuples`);
    throw error;
  }
  if (read.tuples > 0) return read;
  if (read.unreadable === 0) throw new Error(`${file} is empty: a tuple is a line of fifteen integers`);
  throw new Error(`${file}, line ${read.firstUnreadableLine}: no tuple, nor is any other line: ${FORM}`);
}

const FORM = "fifteen integers with commas between them are expected";

function warningsOf(read: ReadCounts, { outOfOrder, firstLine }: TupleOrder): string[] {
  const warnings: string[] = [];
  if (read.unreadable > 0)
    warnings.push(
      `line ${read.firstUnreadableLine} is no tuple, ${read.unreadable} in all are left out: ${FORM}`,
    );
  if (outOfOrder > 0)
    warnings.push(
      `line ${firstLine} is of an earlier second than one before it, ${outOfOrder} in all: requests among them may stay ` +
        "unanswered; sort the file by its second column (sort -s -t, -k2,2n)",
    );
  return warnings;
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
  const { tuples, unreadable, warnings, processorS, oracle } = result;
  const speed = Math.round(tuples / processorS).toLocaleString("en-US");
  const lines = [
    `${result.file}: ${tuples.toLocaleString("en-US")} tuples, ${unreadable} unreadable lines, ${speed} tuples per processor second`,
    ...warnings.map((warning) => `* ${warning}.`),
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
