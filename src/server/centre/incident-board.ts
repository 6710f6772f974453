import { AGENCIES, type Agency } from "../../api/contract/incidents.ts";
import type { Board } from "../../api/live/board.ts";
import { summaryFor } from "../../incident/agency-view.ts";
import type { IncidentBook } from "../../incident/incident-book.ts";

/** Closed incidents stay on consoles for as long as they can be opened again, and a little more. */
const SHOWN_CLOSED_MS = 600_000;

/** Incidents as consoles see them: those that are open or were closed lately, each agency its own. */
export function incidentBoard(book: IncidentBook, nowMs: () => number): Board {
  return {
    type: "incidents",
    keyOf: ({ viewer }) => viewer.agency,
    *ids() {
      for (const { incidentId, state, closedAtMs = 0 } of book.all())
        if (state !== "closed" || nowMs() - closedAtMs <= SHOWN_CLOSED_MS) yield incidentId;
    },
    view(incidentId, { viewer }) {
      const incident = book.get(incidentId);
      return incident === undefined ? undefined : summaryFor(incident, agencyOf(viewer.agency));
    },
  };
}

/** An agency by its name. One that nobody knows sees nothing that is not shared with it: nothing. */
export function agencyOf(name: string): Agency {
  return AGENCIES.find((agency) => agency === name) ?? ("unknown" as Agency);
}
