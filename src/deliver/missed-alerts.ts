import { type Alert, isTerminal } from "../domain/alert.ts";
import type { AlertLog, LoggedAlert } from "../domain/alert-log.ts";
import type { GapReason } from "../domain/delivery.ts";
import type { Cursor } from "../domain/subscription.ts";
import type { AlertMatch } from "./alert-match.ts";

/** Why nobody can go on after a cursor; undefined where all that came after it is in the log. */
export function gapReason(cursor: Cursor, log: AlertLog): GapReason | undefined {
  if (cursor.epoch !== log.epoch) return "epoch-changed";
  if (cursor.sequence > log.newest) return "ahead";
  if (cursor.sequence < log.oldest - 1) return "too-old";
  return log.lacksAfter(cursor.sequence) ? "lost" : undefined;
}

/**
 * Which missed transitions are owed; they must be asked for in their order.
 *
 * @param told alerts that were told at the cursor, where that is known
 */
export function concernOf(
  match: AlertMatch,
  log: AlertLog,
  told: Iterable<string> = [],
): (entry: LoggedAlert) => boolean {
  if (match.isUnconditional) return () => true;
  const history = new ToldHistory(match, log, told);
  return (entry) => history.concerns(entry);
}

/**
 * What somebody would have been told, as far as the log reaches back: what matches, every transition of an alert that
 * matched at an earlier revision, and the end of an alert whose earlier revisions are no longer in the log.
 */
export class ToldHistory {
  readonly #match: AlertMatch;
  readonly #log: AlertLog;
  /** Whether an alert matched up to the revision looked at last; `unknown` where the log does not reach back. */
  readonly #told = new Map<string, boolean | "unknown">();

  constructor(match: AlertMatch, log: AlertLog, told: Iterable<string> = []) {
    this.#match = match;
    this.#log = log;
    for (const alertId of told) this.#told.set(alertId, true);
  }

  /** Entries must be asked for in their order. */
  concerns(entry: LoggedAlert): boolean {
    const { alertId, state } = entry.alert;
    const before = this.#told.get(alertId) ?? this.#toldBefore(entry);
    const told = before === true || this.#begins(entry.alert) || before;
    if (isTerminal(state)) this.#told.delete(alertId);
    else this.#told.set(alertId, told);
    return told === "unknown" ? isTerminal(state) && this.#match.permits(entry.alert) : told;
  }

  mayHaveTold(entry: LoggedAlert): boolean {
    return this.#begins(entry.alert) || this.#toldBefore(entry) !== false;
  }

  /** Live, too, an alert that is over is no news to a subscriber that never heard of it. */
  #begins(alert: Alert): boolean {
    return !isTerminal(alert.state) && this.#match.matches(alert);
  }

  #toldBefore(entry: LoggedAlert): boolean | "unknown" {
    let { previousSequence } = entry;
    while (previousSequence !== 0) {
      const previous = this.#log.at(previousSequence);
      if (previous === undefined) return "unknown";
      if (this.#match.matches(previous.alert)) return true;
      previousSequence = previous.previousSequence;
    }
    return false;
  }
}
