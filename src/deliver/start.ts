import type { Alert } from "../domain/alert.ts";
import { type AlertLog, type LoggedAlert, transitionsAfter } from "../domain/alert-log.ts";
import type { Gap } from "../domain/delivery.ts";
import type { ActiveSubscription } from "./active-subscription.ts";
import type { LiveAlert, LiveAlerts } from "./live-alerts.ts";
import { concernOf, gapReason, ToldHistory } from "./missed-alerts.ts";

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
    const entries = [...transitionsAfter(log, resume.sequence)].filter(concerns);
    return { gap: undefined, resumed: true, entries, concerns: undefined };
  }
  const oldest = { epoch: log.epoch, sequence: log.oldest };
  return snapshot(active, live, { reason, oldest, asked: resume }, present);
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

/** Follows the alerts that the subscriber may have been told of before. */
function followAsBefore(active: ActiveSubscription, log: AlertLog, live: LiveAlerts): void {
  if (active.isUnconditional || active.shape === undefined) return;
  const history = new ToldHistory(active, log);
  for (const alert of live.all()) {
    // Without a revision in the area now or ever there is nothing that could have been told.
    if (alert.hasReached(active.shape.boxes) && history.mayHaveTold(alert.entry)) active.follow(alert);
  }
}
