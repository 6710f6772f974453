import type { Incident, IncidentLogEntry } from "../../api/contract/incidents.ts";
import { mayOperate } from "../live/picture.ts";
import { CLOSE_ZOOM, flyTo } from "../map/fly.ts";
import { Icon } from "../parts/icon.tsx";
import { hrefOf, navigate, setParams } from "../state/address.ts";
import { clockTime, dateTime, utc } from "../words/format.ts";
import { words } from "../words/words.ts";
import { Actions } from "./actions.tsx";
import { ClockList } from "./clock-list.tsx";
import { command } from "./command.ts";
import { draft, draftOf, dropDraft, keepDraft } from "./drafts.ts";
import { entryText } from "./entry-text.ts";
import { Agencies, Form, Text } from "./fields.tsx";
import { LanesEditor } from "./lanes-editor.tsx";
import { Measures } from "./measures.tsx";
import { useIncident } from "./use-incident.ts";
import { incidentWords } from "./words.ts";

/** One incident with all that can be done about it. */
export function IncidentDetail({ incidentId }: { readonly incidentId: string }) {
  const w = words(incidentWords);
  const { incident, error } = useIncident(incidentId);
  return (
    <article class="incident-detail" aria-label={incidentId}>
      <button
        type="button"
        class="button-icon detail-close"
        aria-label={w.close}
        onClick={() => setParams({ incident: undefined })}
      >
        <Icon name="close" />
      </button>
      {error !== undefined && <p class="panel-error">{error}</p>}
      {incident !== undefined && (
        <>
          <Head incident={incident} />
          {mayOperate.value && <Actions incident={incident} />}
          <div class="incident-columns">
            <div>
              <Lanes key={incident.incidentId} incident={incident} />
              <Measures incident={incident} mayAct={mayOperate.value} />
            </div>
            <Log incident={incident} />
          </div>
        </>
      )}
    </article>
  );
}

/** Whoever may only look is shown no buttons that would be refused. */

function Head({ incident }: { readonly incident: Incident }) {
  const w = words(incidentWords);
  const { place, severity, state, type, title, exercise, escalated, openedAtMs, assignee } = incident;
  const { latitudeDeg, longitudeDeg } = place;
  return (
    <header class="incident-head">
      <h2>
        {exercise && <b class="exercise">{w.exercise} </b>}
        {w.types[type]}: {title}
      </h2>
      <p>
        <span class={`severity severity-${severity}`}>{w.severities[severity]}</span> <b>{w.states[state]}</b>
        {escalated && <b class="escalation"> ▲ {w.escalated}</b>}
        {assignee !== undefined && (
          <>
            {" "}
            · {w.agencies[assignee.agency]} {assignee.person}
          </>
        )}{" "}
        · <code>{incident.incidentId}</code> · {w.openedAt}{" "}
        <time dateTime={utc(openedAtMs)} title={utc(openedAtMs)}>
          {dateTime(openedAtMs)}
        </time>
      </p>
      <p>
        {place.text}{" "}
        <button
          type="button"
          class="button"
          onClick={() => {
            flyTo.value = { latitudeDeg, longitudeDeg, zoom: CLOSE_ZOOM };
            navigate("/", { alert: incident.alertIds[0] });
          }}
        >
          <Icon name="situation" size={16} /> {w.toMap}
        </button>
      </p>
      {incident.description !== "" && <p class="incident-text">{incident.description}</p>}
      <References incident={incident} />
      <ClockList clocks={incident.clocks} />
    </header>
  );
}

function References({ incident }: { readonly incident: Incident }) {
  const w = words(incidentWords);
  const { alertIds, mergedInto, splitFrom, redacted, agencies } = incident;
  const link = (id: string) => (
    <a
      href={hrefOf("/incidents", { incident: id })}
      onClick={(event) => {
        event.preventDefault();
        setParams({ incident: id });
      }}
    >
      {id}
    </a>
  );
  return (
    <p class="incident-references">
      {alertIds.length > 0 && (
        <span>
          {w.fromAlerts}:{" "}
          {alertIds.map((id) => (
            <a
              key={id}
              href={hrefOf("/", { alert: id })}
              onClick={(event) => {
                event.preventDefault();
                navigate("/", { alert: id });
              }}
            >
              {id.slice(0, 8)}{" "}
            </a>
          ))}
        </span>
      )}
      {agencies.length > 0 && (
        <span>
          {w.share}: {agencies.map((agency) => w.agencies[agency]).join(", ")}
        </span>
      )}
      {mergedInto !== undefined && (
        <span>
          {link(mergedInto)} ← {w.merged("")}
        </span>
      )}
      {splitFrom !== undefined && (
        <span>
          {w.splitFrom("")}
          {link(splitFrom)}
        </span>
      )}
      {redacted.length > 0 && (
        <span>{w.redacted(redacted.map((member) => w.members[member] ?? member).join(", "))}</span>
      )}
    </p>
  );
}

/** Changed by clicks, sent by a button: a slip of the mouse changes nothing. */
function Lanes({ incident }: { readonly incident: Incident }) {
  const w = words(incidentWords);
  const key = `lanes.${incident.incidentId}`;
  const edited = draftOf<Incident["lanes"]>(key);
  if (incident.lanes.length === 0 && incident.redacted.includes("lanes")) return undefined;
  const isEditable = mayOperate.value && !["resolved", "closed"].includes(incident.state);
  return (
    <section class="incident-part" aria-label={w.lanes}>
      <h3>{w.lanes}</h3>
      {isEditable && <p class="hint">{w.lanesHint}</p>}
      <LanesEditor
        lanes={edited ?? incident.lanes}
        {...(isEditable
          ? { onChange: (lanes: Incident["lanes"]) => keepDraft(key, JSON.stringify(lanes)) }
          : {})}
      />
      {edited !== undefined && isEditable && (
        <p class="form-actions">
          <button
            type="button"
            class="button button-main"
            onClick={() => void command(incident, { command: "lanes", lanes: edited }, () => dropDraft(key))}
          >
            {w.lanesSave}
          </button>
          <button type="button" class="button" onClick={() => dropDraft(key)}>
            {w.lanesReset}
          </button>
        </p>
      )}
    </section>
  );
}

function Log({ incident }: { readonly incident: Incident }) {
  const w = words(incidentWords);
  const key = `note.${incident.incidentId}`;
  const readers = `${key}.for`;
  const text = draft(key).value.trim();
  const visibleTo = draftOf<Incident["agencies"]>(readers) ?? [];
  return (
    <section class="incident-part incident-log" aria-label={w.logTitle}>
      <h3>{w.logTitle}</h3>
      {mayOperate.value && (
        <Form
          submit={w.noteSend}
          disabled={text === ""}
          onSubmit={() =>
            void command(incident, { command: "note", text, visibleTo }, () => dropDraft(key, readers))
          }
        >
          <Text label={w.noteLabel} draftKey={key} maxLength={2_000} rows={2} />
          {incident.agencies.length > 0 && (
            <Agencies
              label={w.noteFor}
              chosen={visibleTo}
              among={incident.agencies}
              onChange={(chosen) => keepDraft(readers, JSON.stringify(chosen))}
            />
          )}
        </Form>
      )}
      <ol class="log-entries" reversed>
        {incident.log.toReversed().map((entry) => (
          <Entry key={entry.sequence} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { readonly entry: IncidentLogEntry }) {
  const w = words(incidentWords);
  const { atMs, by, what, visibleTo, agency } = entry;
  const text = entryText(entry, w);
  return (
    <li class={`entry entry-${what}`}>
      <time dateTime={utc(atMs)} title={utc(atMs)}>
        {clockTime(atMs)}
      </time>{" "}
      <b>{w.log[what] ?? what}</b> <span class="entry-by">{by === agency ? w.agencies[agency] : by}</span>
      {text !== "" && <p>{text}</p>}
      {visibleTo.length > 0 && <p class="hint">→ {visibleTo.map((one) => w.agencies[one]).join(", ")}</p>}
    </li>
  );
}
