import type { Incident, IncidentCommand } from "../../api/contract/incidents.ts";
import { Dialog } from "../parts/dialog.tsx";
import { clockTime } from "../words/format.ts";
import { words } from "../words/words.ts";
import { command, conflict } from "./command.ts";
import { entryText } from "./entry-text.ts";
import { incidentWords } from "./words.ts";

/** Both versions side by side, and what the operator wanted: nothing is overwritten and nothing typed is lost. */
export function ConflictDialog() {
  const w = words(incidentWords);
  const here = conflict.value;
  if (here === undefined) return undefined;
  const { command: mine, seen, present, onDone } = here;
  const close = (): void => {
    conflict.value = undefined;
  };
  const since = present.log.filter(({ sequence }) => sequence > seen.log.length);
  const rows = differences(seen, present, w);
  return (
    <Dialog title={w.conflictTitle} onClose={close} wide>
      <p>{w.conflictText}</p>
      <ul class="conflict-log">
        {since.map((entry) => (
          <li key={entry.sequence}>
            <time>{clockTime(entry.atMs)}</time> {w.conflictBy(entry.by)}:{" "}
            <b>{w.log[entry.what] ?? entry.what}</b> {entryText(entry, w)}
          </li>
        ))}
      </ul>
      <table class="table conflict">
        <thead>
          <tr>
            <th scope="col">{w.what}</th>
            <th scope="col">{w.conflictBefore}</th>
            <th scope="col">{w.conflictNow}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, before, now }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{before}</td>
              <td>{now}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="conflict-mine">
        <b>{w.conflictYours}:</b> {w.commands[mine.command]} {wordsOf(mine, w)}
      </p>
      <p class="form-actions">
        <button
          type="button"
          class="button button-main"
          onClick={() => {
            close();
            void command(present, mine, onDone);
          }}
        >
          {w.conflictApply}
        </button>
        <button type="button" class="button" onClick={close}>
          {w.conflictKeep}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            close();
            onDone();
          }}
        >
          {w.conflictDiscard}
        </button>
      </p>
    </Dialog>
  );
}

type Dictionary = (typeof incidentWords)["en"];

interface Difference {
  readonly name: string;
  readonly before: string;
  readonly now: string;
}

/** What has changed in the operator's words. */
function differences(seen: Incident, present: Incident, w: Dictionary): readonly Difference[] {
  const facts: readonly [string, (incident: Incident) => string][] = [
    [w.state, ({ state }) => w.states[state]],
    [
      w.who,
      ({ assignee }) =>
        assignee === undefined ? "–" : [w.agencies[assignee.agency], assignee.person ?? ""].join(" "),
    ],
    [w.severity, ({ severity }) => w.severities[severity]],
    [w.lanes, ({ lanes }) => lanesText(lanes, w)],
    [w.describeTitle, ({ title }) => title],
    [w.describeType, ({ type }) => w.types[type]],
    [w.describeText, ({ description }) => description],
    [w.where, ({ place }) => place.text],
    [w.share, ({ agencies }) => agencies.map((agency) => w.agencies[agency]).join(", ")],
    [
      w.measures,
      ({ measures }) => measures.map(({ title, state }) => `${title}: ${w.measureStates[state]}`).join("; "),
    ],
    [w.fromAlerts, ({ alertIds }) => String(alertIds.length)],
  ];
  return facts
    .map(([name, of]) => ({ name, before: of(seen), now: of(present) }))
    .filter(({ before, now }) => before !== now);
}

const lanesText = (lanes: Incident["lanes"], w: Dictionary): string =>
  lanes.map(({ kind, impact }) => `${w.laneKinds[kind]} ${w.impacts[impact]}`).join(", ");

function wordsOf(mine: IncidentCommand, w: Dictionary): string {
  switch (mine.command) {
    case "lanes":
      return lanesText(mine.lanes, w);
    case "assign":
      return [w.agencies[mine.agency], mine.person ?? ""].join(" ");
    case "share":
      return mine.agencies.map((agency) => w.agencies[agency]).join(", ");
    case "describe":
      return [mine.title, mine.type === undefined ? undefined : w.types[mine.type], mine.description]
        .filter((part) => part !== undefined)
        .join("; ");
    case "split":
      return mine.title;
    case "merge":
      return mine.into;
    default:
      return "text" in mine ? (mine.text ?? "") : "reason" in mine ? mine.reason : "";
  }
}
