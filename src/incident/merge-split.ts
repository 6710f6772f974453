import { canSee } from "./agency-rights.ts";
import { stopClocks } from "./clocks.ts";
import { MAX_ALERTS } from "./command-schema.ts";
import { type AlertFacts, type Case, type Decision, refuse } from "./decision.ts";
import { changeOf, type Draft, unique } from "./draft.ts";
import type { IncidentRecord } from "./incident-record.ts";
import { firstChange, MAX_OPEN_INCIDENTS } from "./open-incident.ts";
import { takenBack, withProposals } from "./proposals.ts";
import { severityOf } from "./severity.ts";

/** Two incidents are one: this one ends and points to the other, which takes over its alerts and readers. */
export function decideMerge(given: Case, into: string): Decision {
  const { world, incident, next, by, atMs } = given;
  const target = world.get(into);
  if (target === undefined || !canSee(target, by.agency))
    return refuse("unknown-incident", `There is no incident ${into}.`);
  if (target.incidentId === incident.incidentId)
    return refuse("not-allowed", "An incident cannot be merged into itself.");
  if (target.state === "closed") return refuse("not-allowed", `Incident ${into} is closed.`);
  if (target.exercise !== incident.exercise)
    return refuse("not-allowed", "An exercise and a real incident stay apart.");
  if (target.alertIds.length + incident.alertIds.length > MAX_ALERTS)
    return refuse("too-many", `An incident has at most ${MAX_ALERTS} alerts.`);
  const ending: Draft = {
    set: {
      state: next,
      mergedInto: into,
      closedAtMs: atMs,
      escalated: false,
      clocks: stopClocks(incident.clocks, ["acknowledge", "first-response", "resolve"], atMs),
      measures: takenBack(incident.measures, `merged into ${into}`, by, atMs),
    },
    unset: ["acknowledgedUntilMs"],
    notes: [{ what: "merged", text: `into ${into}` }],
  };
  const joined = withProposals(world, target, joinedDraft(target, incident), by, atMs);
  return { changes: [changeOf(incident, ending, by, atMs), changeOf(target, joined, by, atMs)] };
}

/** Lanes are those of the incident that stays, unless nobody has looked at them yet. */
function joinedDraft(target: IncidentRecord, source: IncidentRecord): Draft {
  const isUntouched = target.lanes.every(({ impact }) => impact === "clear");
  const lanes = isUntouched ? source.lanes : target.lanes;
  return {
    set: {
      alertIds: [...target.alertIds, ...source.alertIds],
      alertKinds: [...target.alertKinds, ...source.alertKinds],
      endedAlertIds: [...target.endedAlertIds, ...source.endedAlertIds],
      agencies: unique([...target.agencies, ...source.agencies]),
      lanes,
      severity: severityOf(lanes),
    },
    notes: [{ what: "merged-in", text: `${source.incidentId}: ${source.title}` }],
  };
}

/** Some alerts are another matter: they go into a new incident. */
export function decideSplit(given: Case, alertIds: readonly string[], title: string): Decision {
  const { world, incident, by, atMs } = given;
  const leaving = new Set(alertIds);
  const unknown = alertIds.find((alertId) => !incident.alertIds.includes(alertId));
  if (unknown !== undefined) return refuse("unknown-alert", `The incident has no alert ${unknown}.`);
  if (leaving.size === incident.alertIds.length)
    return refuse("not-allowed", "An incident keeps at least one of its alerts.");
  if (world.openCount >= MAX_OPEN_INCIDENTS)
    return refuse("too-many", `${MAX_OPEN_INCIDENTS} incidents are open; close some.`);
  const { exercise, place, type, incidentId: splitFrom } = incident;
  const facts = alertIds.map((alertId) => world.alert(alertId) ?? remembered(incident, alertId));
  const known = facts[0]?.road === undefined ? { place } : {};
  const begun = firstChange(world, { title, type, exercise, ...known }, facts, by, atMs, { splitFrom });
  return { changes: [changeOf(incident, rest(given, leaving, begun.incidentId), by, atMs), begun] };
}

function rest({ world, incident, by, atMs }: Case, leaving: ReadonlySet<string>, to: string): Draft {
  const stays = (_: unknown, index: number) => !leaving.has(incident.alertIds[index] ?? "");
  const draft: Draft = {
    set: {
      alertIds: incident.alertIds.filter(stays),
      alertKinds: incident.alertKinds.filter(stays),
      endedAlertIds: incident.endedAlertIds.filter((alertId) => !leaving.has(alertId)),
    },
    notes: [{ what: "split", text: `${[...leaving].join(", ")} to ${to}` }],
  };
  return withProposals(world, incident, draft, by, atMs);
}

/** What the incident still knows of an alert that nobody else remembers. */
function remembered(incident: IncidentRecord, alertId: string): AlertFacts {
  const { alertIds, alertKinds, place, endedAlertIds } = incident;
  const kind = alertKinds[alertIds.indexOf(alertId)] ?? "notice";
  const { latitudeDeg, longitudeDeg } = place;
  return { alertId, kind, latitudeDeg, longitudeDeg, hasEnded: endedAlertIds.includes(alertId) };
}
