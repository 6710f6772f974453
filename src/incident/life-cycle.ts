import type { IncidentCommand, IncidentState } from "../api/contract/incidents.ts";

type Name = IncidentCommand["command"];

/**
 * What each command makes of each state; absent: not allowed there. `same` keeps the state. Acknowledging what somebody
 * works on says only that its escalation was seen. A note may be added for ever.
 */
export const LIFE_CYCLE: Readonly<
  Record<Name, Readonly<Partial<Record<IncidentState, IncidentState | "same">>>>
> = {
  acknowledge: { new: "acknowledged", acknowledged: "same", assigned: "same", "in-progress": "same" },
  assign: { new: "assigned", acknowledged: "assigned", assigned: "same", "in-progress": "assigned" },
  start: { new: "in-progress", acknowledged: "in-progress", assigned: "in-progress" },
  resolve: { new: "resolved", acknowledged: "resolved", assigned: "resolved", "in-progress": "resolved" },
  close: { resolved: "closed" },
  reopen: { resolved: "in-progress", closed: "in-progress" },
  note: {
    new: "same",
    acknowledged: "same",
    assigned: "same",
    "in-progress": "same",
    resolved: "same",
    closed: "same",
  },
  lanes: open("same"),
  describe: { ...open("same"), resolved: "same" },
  place: open("same"),
  share: { ...open("same"), resolved: "same" },
  link: open("same"),
  merge: { ...open("closed"), resolved: "closed" },
  split: open("same"),
  "hand-over": { ...open("same"), resolved: "same" },
  "send-measure": open("same"),
  "refuse-measure": open("same"),
  "withdraw-measure": open("same"),
};

/** How long after closing an incident may be opened again under its number (IRIS, `incident_clear_secs`: 300 s). */
export const REOPEN_WITHIN_MS = 300_000;

/** The state after a command, or undefined where the command is not allowed. */
export function stateAfter(state: IncidentState, command: Name): IncidentState | undefined {
  const next = LIFE_CYCLE[command][state];
  return next === "same" ? state : next;
}

function open(next: IncidentState | "same") {
  return { new: next, acknowledged: next, assigned: next, "in-progress": next } as const;
}
