import type {
  Agency,
  Incident,
  IncidentLogEntry,
  IncidentSummary,
  MeasureView,
} from "../api/contract/incidents.ts";
import { canSee } from "./agency-rights.ts";
import { unique } from "./draft.ts";
import type { IncidentMeasure, IncidentRecord } from "./incident-record.ts";

type Member =
  | "description"
  | "alerts"
  | "clocks"
  | "agencies"
  | "assignee"
  | "lanes"
  | "measures"
  | "escalated";

/**
 * Members of an incident that each agency sees besides state, type, severity, title, place and times. Own: by the duties
 * of the agencies, to be agreed with them; nobody is told more than the task needs (GDPR Art. 5(1)(c)).
 *
 * Whoever sees `assignee` sees the agency; the person's name is seen by the centre and by the person's own agency.
 * `measures`: police and road operator see those in force, the others those that are meant for them.
 */
export const VISIBLE_MEMBERS: Readonly<Record<Agency, readonly Member[]>> = {
  centre: ["description", "alerts", "clocks", "agencies", "assignee", "lanes", "measures", "escalated"],
  police: ["description", "alerts", "agencies", "assignee", "lanes", "measures"],
  "fire-brigade": ["description", "alerts", "agencies", "assignee", "lanes"],
  rescue: ["description", "alerts", "agencies", "assignee", "lanes"],
  "road-operator": ["description", "alerts", "clocks", "agencies", "assignee", "lanes", "measures"],
  port: ["alerts", "lanes"],
  "neighbouring-city": ["alerts", "lanes"],
};

/** What happened to the incident as a whole is seen by everybody who sees the incident; the rest where it was shared. */
const OPEN_ENTRIES: ReadonlySet<string> = new Set([
  "opened",
  "acknowledged",
  "started",
  "resolved",
  "closed",
  "reopened",
  "lanes",
  "place",
  "merged",
]);

/** An incident as an agency sees it; undefined where it does not. */
export function viewFor(incident: IncidentRecord, agency: Agency): Incident | undefined {
  if (!canSee(incident, agency)) return undefined;
  const summary = summarize(incident, agency);
  const sees = seenBy(agency);
  const log = logFor(incident.log, agency);
  const measures = measuresFor(incident, agency);
  return {
    ...summary,
    description: sees("description") ? incident.description : "",
    lanes: sees("lanes") ? incident.lanes : [],
    log,
    measures,
    splitFrom: incident.splitFrom,
    redacted: redactedFor(incident, agency, log.length, measures.length),
  };
}

export function summaryFor(incident: IncidentRecord, agency: Agency): IncidentSummary | undefined {
  return canSee(incident, agency) ? summarize(incident, agency) : undefined;
}

/** The lines of a log that an agency sees; names of people only of its own. */
export function logFor(log: readonly IncidentLogEntry[], agency: Agency): readonly IncidentLogEntry[] {
  if (agency === "centre") return log;
  return log
    .filter(({ what, visibleTo }) => OPEN_ENTRIES.has(what) || visibleTo.includes(agency))
    .map((entry) => ({
      ...entry,
      by: entry.agency === agency ? entry.by : entry.agency,
      text: entry.what === "assigned" ? (entry.text.split(":")[0] ?? "") : entry.text,
      visibleTo: entry.visibleTo.filter((reader) => reader === agency),
    }));
}

function summarize(incident: IncidentRecord, agency: Agency): IncidentSummary {
  const sees = seenBy(agency);
  return {
    incidentId: incident.incidentId,
    revision: incident.revision,
    state: incident.state,
    type: incident.type,
    severity: incident.severity,
    title: incident.title,
    place: incident.place,
    openedAtMs: incident.openedAtMs,
    changedAtMs: incident.changedAtMs,
    alertIds: sees("alerts") ? incident.alertIds : [],
    alertKinds: sees("alerts") ? unique(incident.alertKinds) : [],
    assignee: assigneeFor(incident, agency),
    agencies: sees("agencies") ? incident.agencies : [agency],
    clocks: sees("clocks") ? incident.clocks : [],
    escalated: sees("escalated") && incident.escalated,
    exercise: incident.exercise,
    mergedInto: incident.mergedInto,
  };
}

function assigneeFor({ assignee }: IncidentRecord, agency: Agency): IncidentSummary["assignee"] {
  if (assignee === undefined || !seenBy(agency)("assignee")) return undefined;
  return agency === "centre" || assignee.agency === agency ? assignee : { agency: assignee.agency };
}

function measuresFor({ measures }: IncidentRecord, agency: Agency): readonly MeasureView[] {
  return measures
    .filter((measure) => agency === "centre" || (measure.state === "sent" && concerns(measure, agency)))
    .map((measure) => shown(measure, agency));
}

/** Whether an agency is told of a measure once it is in force. */
export function concerns({ action }: IncidentMeasure, agency: Agency): boolean {
  if (agency === "centre") return true;
  return "agency" in action ? action.agency === agency : seenBy(agency)("measures");
}

/** Without what only the server needs, and without names for agencies. */
export function shown({ noticeNumber: _, decided, ...view }: IncidentMeasure, agency: Agency): MeasureView {
  if (decided === undefined || agency === "centre") return { ...view, decided };
  return { ...view, decided: { ...decided, by: "centre" } };
}

function redactedFor(
  incident: IncidentRecord,
  agency: Agency,
  lines: number,
  measures: number,
): readonly string[] {
  if (agency === "centre") return [];
  const hidden: string[] = VISIBLE_MEMBERS.centre.filter((member) => !seenBy(agency)(member));
  if (lines < incident.log.length) hidden.push("log");
  if (measures < incident.measures.length && !hidden.includes("measures")) hidden.push("measures");
  const { assignee } = incident;
  if (assignee?.person !== undefined && assignee.agency !== agency) hidden.push("assignee.person");
  return hidden.sort();
}

const seenBy = (agency: Agency) => (member: Member) => VISIBLE_MEMBERS[agency].includes(member);
