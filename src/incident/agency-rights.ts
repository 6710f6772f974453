import type { Agency, IncidentCommand } from "../api/contract/incidents.ts";
import type { IncidentRecord } from "./incident-record.ts";

/** The centre sees all incidents, an agency those that were shared with it. */
export function canSee({ agencies }: Pick<IncidentRecord, "agencies">, agency: Agency): boolean {
  return agency === "centre" || agencies.includes(agency);
}

/** What an agency may do with an incident that it sees. */
const SHARED: readonly IncidentCommand["command"][] = ["note"];

/** And with one that is assigned to it. */
const ASSIGNED: readonly IncidentCommand["command"][] = ["note", "acknowledge", "start", "lanes", "resolve"];

export function mayCommand(
  { assignee }: Pick<IncidentRecord, "assignee">,
  agency: Agency,
  command: IncidentCommand["command"],
): boolean {
  if (agency === "centre") return true;
  return (assignee?.agency === agency ? ASSIGNED : SHARED).includes(command);
}
