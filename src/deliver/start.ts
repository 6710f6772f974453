import { type Alert, isTerminal } from "../domain/alert.ts";
import type { AlertLog, LoggedAlert } from "../domain/alert-log.ts";
import type { Gap, GapReason } from "../domain/delivery.ts";
import type { Cursor } from "../domain/subscription.ts";
import type { ActiveSubscription } from "./active-subscription.ts";
import type { LiveAlert, LiveAlerts } from "./live-alerts.ts";

/** How a subscription begins: with the present state, or after the cursor that was asked for. */
export interface Start {
  readonly gap: Gap | undefined;
  readonly resumed: boolean;
  /** Sent first. */
  readonly entries: readonly LoggedAlert[];
  /** Where the subscriber was away for long: which transitions concern it is found out while they are read from the log. */
  readonly concerns: ((entry: LoggedAlert) => boolean) | undefined;
}

/** A list of more missed transitions than these is not made: they are read from the log when the connection takes them. */
const MAX_LISTED_TRANSITIONS = 1_024;

/**
 * Decides what a new subscription is sent first and marks the alerts that it follows from then on.
 *
 * A cursor tells which transitions the subscriber has handled, not which alerts it was told of. So after a cursor it is
 * sent, besides what matches, every transition of an alert that matched at an earlier revision, and the end of an alert
 * whose earlier revisions are no longer in the log: better the end of an unknown alert than a hazard that never ends.
 * What lies ahead of a station cannot be known for the past: such a subscription always begins with the present state.
 */
export function startOf(
  active: ActiveSubscription,
  log: AlertLog,
  live: LiveAlerts,
  present: (alert: Alert) => Alert,
): Start {
  const { resume } = active.subscription;
  if (resume === undefined || active.shape === undefined) return snapshot(active, live, undefined, present);
  const reason = gapReason(resume, log);
  if (reason === undefined) {
    followAsBefore(active, log, live);
    const concerns = concernOf(active, log);
    const isLong = log.newest - resume.sequence > MAX_LISTED_TRANSITIONS;
    if (isLong || resume.sequence < log.recent - 1) {
      return { gap: undefined, resumed: true, entries: [], concerns };
    }
    const entries = [...log.after(resume.sequence)].filter(concerns);
    return { gap: undefined, resumed: true, entries, concerns: undefined };
  }
  const oldest = { epoch: log.epoch, sequence: log.oldest };
  return snapshot(active, live, { reason, oldest, asked: resume }, present);
}

function gapReason(cursor: Cursor, log: AlertLog): GapReason | undefined {
  if (cursor.epoch !== log.epoch) return "epoch-changed";
  if (cursor.sequence > log.newest) return "ahead";
  if (cursor.sequence < log.oldest - 1) return "too-old";
  return log.lacksAfter(cursor.sequence) ? "lost" : undefined;
}

function snapshot(
  active: ActiveSubscription,
  live: LiveAlerts,
  gap: Gap | undefined,
  present: (alert: Alert) => Alert,
): Start {
  const candidates =
    active.shape === undefined || active.isUnconditional ? live.all() : live.near(active.shape.boxes);
  const matching = [...candidates].filter(({ entry }) => active.matches(entry.alert));
  for (const alert of matching) follow(active, alert);
  const entries = matching
    .map(({ entry }) => ({ ...entry, alert: present(entry.alert) }))
    .sort((a, b) => a.sequence - b.sequence);
  return { gap, resumed: false, entries, concerns: undefined };
}

function follow(active: ActiveSubscription, alert: LiveAlert): void {
  if (!active.isUnconditional) active.follow(alert);
}

/** Which missed transitions are owed; they must be asked for in their order. */
function concernOf(active: ActiveSubscription, log: AlertLog): (entry: LoggedAlert) => boolean {
  if (active.isUnconditional) return () => true;
  const history = new History(active, log);
  return (entry) => history.concerns(entry);
}

/** Follows the alerts that the subscriber may have been told of before. */
function followAsBefore(active: ActiveSubscription, log: AlertLog, live: LiveAlerts): void {
  if (active.isUnconditional || active.shape === undefined) return;
  const history = new History(active, log);
  for (const alert of live.all()) {
    // Without a revision in the area now or ever there is nothing that could have been told.
    if (alert.hasReached(active.shape.boxes) && history.mayHaveTold(alert.entry)) active.follow(alert);
  }
}

/** What a subscription would have been told, as far as the log reaches back. */
class History {
  readonly #active: ActiveSubscription;
  readonly #log: AlertLog;
  /** Whether an alert matched up to the revision looked at last; `unknown` where the log does not reach back. */
  readonly #told = new Map<string, boolean | "unknown">();

  constructor(active: ActiveSubscription, log: AlertLog) {
    this.#active = active;
    this.#log = log;
  }

  /** Entries must be asked for in their order. */
  concerns(entry: LoggedAlert): boolean {
    const { alertId, state } = entry.alert;
    const before = this.#told.get(alertId) ?? this.#toldBefore(entry);
    const told = before === true || this.#begins(entry.alert) || before;
    if (isTerminal(state)) this.#told.delete(alertId);
    else this.#told.set(alertId, told);
    return told === "unknown" ? isTerminal(state) && this.#active.permits(entry.alert) : told;
  }

  mayHaveTold(entry: LoggedAlert): boolean {
    return this.#begins(entry.alert) || this.#toldBefore(entry) !== false;
  }

  /** Live, too, an alert that is over is no news to a subscriber that never heard of it. */
  #begins(alert: Alert): boolean {
    return !isTerminal(alert.state) && this.#active.matches(alert);
  }

  #toldBefore(entry: LoggedAlert): boolean | "unknown" {
    let { previousSequence } = entry;
    while (previousSequence !== 0) {
      const previous = this.#log.at(previousSequence);
      if (previous === undefined) return "unknown";
      if (this.#active.matches(previous.alert)) return true;
      previousSequence = previous.previousSequence;
    }
    return false;
  }
}
