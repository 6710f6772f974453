import { markdownTable } from "../support/table.ts";
import type { RatingResult } from "./rating.ts";

const HEAD = [
  "expressways",
  "result",
  "tuples/s",
  "answers",
  "missing",
  "wrong",
  "late",
  "slowest answer, ms",
  "notice p50, ms",
  "p99",
  "p99.9",
  "server, µs per tuple",
  "of a core, %",
  "memory, MiB",
  "load late p99, ms",
  "load average",
];

/** The rating as a table. */
export function ratingMarkdown(result: RatingResult, machine: string): string {
  const { rating, rungs, windowS, tuplesPerSecondAndExpressway } = result;
  const rows = rungs.map(({ expressways, passed, verdict, play, ...rung }) => [
    expressways,
    passed ? "passed" : "failed",
    play.tuplesSent / windowS,
    verdict.received,
    verdict.missing,
    verdict.wrong,
    verdict.late,
    verdict.slowestMs,
    play.noticeMs.p50,
    play.noticeMs.p99,
    play.noticeMs.p999,
    rung.serverUsPerTuple,
    rung.serverShare * 100,
    rung.serverRssMib,
    play.sendLagMs.p99,
    rung.loadAverage,
  ]);
  return [
    `L = ${rating} (${tuplesPerSecondAndExpressway} tuples a second and expressway, ${windowS} s in real time). ${machine}.`,
    "",
    markdownTable(HEAD, rows),
  ].join("\n");
}
