import type { IncidentSummary } from "../../api/contract/incidents.ts";
import { incidents, mayOperate, viewer } from "../live/picture.ts";
import { Icon } from "../parts/icon.tsx";
import { useShortcut } from "../parts/shortcuts.ts";
import { type Column, Table } from "../parts/table.tsx";
import { isWall, param, setParams } from "../state/address.ts";
import { now } from "../state/clock.ts";
import { duration } from "../words/format.ts";
import { words } from "../words/words.ts";
import { dueClock } from "./clock-list.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { IncidentDetail } from "./incident-detail.tsx";
import { NewIncidentDialog } from "./new-incident.tsx";
import { type Dictionary, incidentWords } from "./words.ts";

/** The incidents, and beside them the one that is chosen. The URL says which, and whether one is being opened. */
export function IncidentsView() {
  const w = words(incidentWords);
  const chosen = param("incident");
  const isClosed = param("list") === "closed";
  const from = param("from");
  const isOpening = from !== undefined || param("new") !== undefined;
  const mayOpen = !isWall.value && mayOperate.value && viewer.value?.agency === "centre";
  useShortcut("n", w.newIncident, () => setParams({ new: "1" }), mayOpen);
  const rows = [...incidents.value.values()]
    .filter(({ state }) => (state === "closed") === isClosed)
    .sort(byUrgency);
  return (
    <div class="incidents">
      <section class="incident-list" aria-label={w.title}>
        <div class="incident-bar">
          <fieldset class="incident-tabs" aria-label={w.state}>
            <Tab name={w.open} isOn={!isClosed} onClick={() => setParams({ list: undefined })} />
            <Tab name={w.closed} isOn={isClosed} onClick={() => setParams({ list: "closed" })} />
          </fieldset>
          {mayOpen && (
            <button type="button" class="button button-main" onClick={() => setParams({ new: "1" })}>
              <Icon name="plus" size={16} /> {w.newIncident}
            </button>
          )}
        </div>
        <Table
          label={w.title}
          columns={columnsOf(w)}
          rows={rows}
          keyOf={({ incidentId }) => incidentId}
          selected={chosen}
          onSelect={(incident) => setParams({ incident })}
          rowClass={({ severity, escalated }) =>
            `incident-row severity-${severity}${escalated ? " escalated" : ""}`
          }
          isMain
          empty={isClosed ? w.noneClosed : w.none}
        />
      </section>
      {chosen === undefined ? (
        <p class="empty incident-none">{w.choose}</p>
      ) : (
        <IncidentDetail key={chosen} incidentId={chosen} />
      )}
      {isOpening && mayOpen && (
        <NewIncidentDialog alertId={from} onClose={() => setParams({ new: undefined, from: undefined })} />
      )}
      <ConflictDialog />
    </div>
  );
}

interface TabProps {
  readonly name: string;
  readonly isOn: boolean;
  readonly onClick: () => void;
}

function Tab({ name, isOn, onClick }: TabProps) {
  return (
    <button type="button" class="button" aria-pressed={isOn} onClick={onClick}>
      {name}
    </button>
  );
}

const SEVERITY_RANK = { major: 0, normal: 1, minor: 2 } as const;

/** What escalated, then the worst, then the oldest. */
function byUrgency(a: IncidentSummary, b: IncidentSummary): number {
  return (
    Number(b.escalated) - Number(a.escalated) ||
    SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity] ||
    a.openedAtMs - b.openedAtMs
  );
}

function columnsOf(w: Dictionary): readonly Column<IncidentSummary>[] {
  return [
    {
      key: "severity",
      head: w.severity,
      cell: ({ severity, escalated }) => (
        <>
          <span class={`severity severity-${severity}`}>{w.severities[severity]}</span>
          {escalated && <b class="escalation"> ▲ {w.escalated}</b>}
        </>
      ),
      sort: ({ severity }) => SEVERITY_RANK[severity],
    },
    {
      key: "what",
      head: w.what,
      cell: ({ exercise, type, title }) => (
        <>
          {exercise && <b class="exercise">{w.exercise} </b>}
          <b>{w.types[type]}</b> {title}
        </>
      ),
      sort: ({ title }) => title,
    },
    { key: "where", head: w.where, cell: ({ place }) => place.text, sort: ({ place }) => place.text },
    { key: "state", head: w.state, cell: ({ state }) => w.states[state], sort: ({ state }) => state },
    {
      key: "who",
      head: w.who,
      cell: ({ assignee }) => (assignee === undefined ? "–" : w.agencies[assignee.agency]),
      sort: ({ assignee }) => assignee?.agency ?? "",
    },
    {
      key: "due",
      head: w.due,
      cell: ({ clocks }) => {
        const due = dueClock(clocks);
        if (due === undefined) return "";
        const leftMs = due.dueAtMs - now.value;
        const span = duration(Math.abs(leftMs));
        return (
          <span class={leftMs < 0 ? "late" : undefined}>{leftMs < 0 ? w.late(span) : w.left(span)}</span>
        );
      },
      sort: ({ clocks }) => dueClock(clocks)?.dueAtMs ?? Number.MAX_SAFE_INTEGER,
    },
    {
      key: "number",
      head: w.number,
      cell: ({ incidentId }) => <code>{incidentId}</code>,
      sort: ({ incidentId }) => incidentId,
    },
  ];
}
