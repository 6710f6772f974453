import type { Clock } from "../api/contract/incidents.ts";
import { newlyBreached } from "./clocks.ts";
import { ROADPULSE } from "./decision.ts";
import { changeOf, type Draft, type DraftNote } from "./draft.ts";
import type { IncidentChange, IncidentRecord } from "./incident-record.ts";

/**
 * What time alone does to an incident: an acknowledgement that nobody followed up runs out, a clock is breached. Both
 * escalate. Undefined where nothing is due.
 */
export function changeByTime(incident: IncidentRecord, atMs: number): IncidentChange | undefined {
  const { state, acknowledgedUntilMs, clocks } = incident;
  if (state === "closed") return undefined;
  const late = newlyBreached(clocks, atMs);
  const hasRunOut =
    state === "acknowledged" && acknowledgedUntilMs !== undefined && atMs > acknowledgedUntilMs;
  if (late.length === 0 && !hasRunOut) return undefined;
  const notes: DraftNote[] = late.map(({ name }) => ({ what: "clock-breached", text: name }));
  if (hasRunOut) notes.push({ what: "acknowledgement-expired", text: "Nobody was assigned or began." });
  const draft: Draft = {
    set: {
      escalated: true,
      clocks: clocks.map((clock): Clock => (late.includes(clock) ? { ...clock, breached: true } : clock)),
      ...(hasRunOut ? { state: "new" as const } : {}),
    },
    unset: hasRunOut ? ["acknowledgedUntilMs"] : [],
    notes,
  };
  return changeOf(incident, draft, ROADPULSE, atMs);
}

/** A measure that was sent did not get there. Undefined where it is in force no longer. */
export function changeByFailure(
  incident: IncidentRecord,
  measureId: string,
  reason: string,
  atMs: number,
): IncidentChange | undefined {
  const failed = incident.measures.find((one) => one.measureId === measureId && one.state === "sent");
  if (failed === undefined) return undefined;
  const measures = incident.measures.map((one) =>
    one === failed ? { ...failed, state: "failed" as const } : one,
  );
  const notes = [{ what: "measure-failed", text: `${failed.title}: ${reason}` }];
  return changeOf(incident, { set: { measures }, notes }, ROADPULSE, atMs);
}

/** Earliest time at which `changeByTime` has something to do; Infinity where it never has. */
export function nextDueMs({ state, acknowledgedUntilMs, clocks }: IncidentRecord): number {
  if (state === "closed") return Number.POSITIVE_INFINITY;
  const running = clocks.filter(({ doneAtMs, breached }) => doneAtMs === undefined && !breached);
  const runsOutMs =
    state === "acknowledged" ? (acknowledgedUntilMs ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  return Math.min(runsOutMs, ...running.map(({ dueAtMs }) => dueAtMs));
}

/** An alert of the incident is over; when all are, the log says so, and an operator decides. Undefined where that is known. */
export function changeByAlertEnd(
  incident: IncidentRecord,
  alertId: string,
  atMs: number,
): IncidentChange | undefined {
  const { state, alertIds, endedAlertIds } = incident;
  if (state === "closed" || !alertIds.includes(alertId) || endedAlertIds.includes(alertId)) return undefined;
  const ended = [...endedAlertIds, alertId];
  const isLast = ended.length === alertIds.length;
  const notes: DraftNote[] = [{ what: "alert-ended", text: alertId }];
  if (isLast)
    notes.push({ what: "all-alerts-ended", text: "The incident stays open until an operator ends it." });
  return changeOf(incident, { set: { endedAlertIds: ended }, notes }, ROADPULSE, atMs);
}
