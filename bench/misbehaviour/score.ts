import type { SenderOutcome } from "./listen.ts";

export interface Score {
  readonly senders: number;
  readonly attackers: number;
  readonly found: number;
  readonly falselyAccused: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Senders heard less often were hardly there. */
const LEAST_REPORTS = 5;

/** Per sender: an attacker is one that has told at least one lie, found is one that was ever flagged. */
export function scoreOf(outcomes: Iterable<SenderOutcome>): Score {
  let [senders, attackers, found, falselyAccused] = [0, 0, 0, 0];
  for (const { reports, lies, flagged } of outcomes) {
    if (reports < LEAST_REPORTS) continue;
    senders++;
    if (lies > 0) attackers++;
    if (lies > 0 && flagged) found++;
    if (lies === 0 && flagged) falselyAccused++;
  }
  const precision = found === 0 ? 0 : found / (found + falselyAccused);
  const recall = attackers === 0 ? 0 : found / attackers;
  const f1 = found === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { senders, attackers, found, falselyAccused, precision, recall, f1 };
}
