import { useSignal } from "@preact/signals";
import type {
  Agency,
  Incident,
  IncidentCommand,
  IncidentPlace,
  IncidentState,
  IncidentType,
} from "../../api/contract/incidents.ts";
import { AGENCIES } from "../../api/contract/incidents.ts";
import { incidents, viewer } from "../live/picture.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useShortcut } from "../parts/shortcuts.ts";
import { param, setParams } from "../state/address.ts";
import { words } from "../words/words.ts";
import { command } from "./command.ts";
import { draft, draftOf, dropDraft, keepDraft } from "./drafts.ts";
import { Agencies, Choice, Form, Text } from "./fields.tsx";
import { placeKeysOf } from "./picked-place.ts";
import { PlaceStep } from "./place-step.tsx";
import { incidentWords } from "./words.ts";

type Name = IncidentCommand["command"];

/** Buttons in each state, the likely next step first; the server decides what is allowed (docs/incidents.md). */
const STEPS: Readonly<Record<IncidentState, readonly Name[]>> = {
  new: ["acknowledge", "assign", "start", "resolve"],
  acknowledged: ["assign", "start", "resolve"],
  assigned: ["start", "assign", "resolve"],
  "in-progress": ["resolve", "assign"],
  resolved: ["close", "reopen"],
  closed: ["reopen"],
};
const ALWAYS: readonly Name[] = ["share", "describe", "place", "hand-over", "merge", "split"];
const AT_ONCE: readonly Name[] = ["acknowledge", "start"];
const KEYS: Readonly<Partial<Record<Name, string>>> = {
  acknowledge: "a",
  assign: "z",
  start: "b",
  resolve: "r",
  "hand-over": "h",
};

/** What an agency other than the centre may do with what is assigned to it. */
const OF_AGENCIES: readonly Name[] = ["acknowledge", "start", "resolve"];

/** What can be done next. What needs words asks for them in a dialog, whose text is kept until it is sent. */
export function Actions({ incident }: { readonly incident: Incident }) {
  const w = words(incidentWords);
  // Whoever chose the place on the map comes back to it.
  const asked = useSignal<Name | undefined>(param("act") === "place" ? "place" : undefined);
  const all = incident.state === "closed" ? STEPS.closed : [...STEPS[incident.state], ...ALWAYS];
  const isCentre = viewer.value?.agency === "centre";
  const isAssigned = incident.assignee?.agency === viewer.value?.agency;
  const names = all.filter((name) => isCentre || (isAssigned && OF_AGENCIES.includes(name)));
  const offered = names.filter((name) => name !== "split" || incident.alertIds.length > 1);
  const withEscalation: readonly Name[] =
    incident.escalated && !offered.includes("acknowledge") && incident.state !== "resolved"
      ? ["acknowledge", ...offered]
      : offered;
  const run = (name: Name): void => {
    if (AT_ONCE.includes(name)) void command(incident, { command: name } as IncidentCommand);
    else asked.value = name;
  };
  return (
    <>
      <fieldset class="incident-actions" aria-label={w.what}>
        {withEscalation.map((name, i) => (
          <Action key={name} name={name} isFirst={i === 0} onRun={() => run(name)} />
        ))}
      </fieldset>
      {asked.value !== undefined && (
        <ActionDialog
          name={asked.value}
          incident={incident}
          onClose={() => {
            asked.value = undefined;
            setParams({ act: undefined }, { replace: true });
          }}
        />
      )}
    </>
  );
}

interface ActionProps {
  readonly name: Name;
  readonly isFirst: boolean;
  readonly onRun: () => void;
}

function Action({ name, isFirst, onRun }: ActionProps) {
  const w = words(incidentWords);
  const key = KEYS[name];
  useShortcut(key ?? "", w.commands[name], onRun, key !== undefined);
  return (
    <button
      type="button"
      class={isFirst ? "button button-main" : "button"}
      onClick={onRun}
      aria-keyshortcuts={key}
    >
      {w.commands[name]}
    </button>
  );
}

interface DialogProps {
  readonly name: Name;
  readonly incident: Incident;
  readonly onClose: () => void;
}

function ActionDialog({ name, incident, onClose }: DialogProps) {
  const w = words(incidentWords);
  const key = (field: string): string => `${name}.${incident.incidentId}.${field}`;
  const text = (field: string): string => draft(key(field)).value.trim();
  const ready = commandOf(name, incident, text, (field) => draftOf(key(field)));
  const submit = (): void => {
    if (ready === undefined) return;
    onClose();
    void command(incident, ready, () => dropDraft(...FIELDS.map(key)));
  };
  return (
    <Dialog title={`${w.commands[name]}: ${incident.title}`} onClose={onClose}>
      <Form submit={w.commands[name]} onSubmit={submit} onCancel={onClose} disabled={ready === undefined}>
        <Fields name={name} incident={incident} keyOf={key} />
        <p class="hint">{w.kept}</p>
      </Form>
    </Dialog>
  );
}

const FIELDS = [
  "text",
  "place",
  "choices",
  "find",
  "agency",
  "person",
  "agencies",
  "title",
  "type",
  "description",
  "into",
  "alerts",
];

/** What is ready to be sent; undefined while something is missing. */
function commandOf(
  name: Name,
  incident: Incident,
  text: (field: string) => string,
  value: <T>(field: string) => T | undefined,
): IncidentCommand | undefined {
  const said = text("text");
  const person = text("person");
  switch (name) {
    case "assign":
      return {
        command: name,
        agency: (text("agency") || "police") as Agency,
        ...(person === "" ? {} : { person }),
      };
    case "resolve":
    case "reopen":
      return said === "" ? undefined : { command: name, text: said };
    case "close":
      return { command: name, ...(said === "" ? {} : { text: said }) };
    case "hand-over":
      return said === ""
        ? undefined
        : { command: name, text: said, ...(person === "" ? {} : { to: person }) };
    case "share":
      return { command: name, agencies: value<readonly Agency[]>("agencies") ?? incident.agencies };
    case "describe":
      return describe(incident, text);
    case "place": {
      const place = value<IncidentPlace>("place");
      return place === undefined ? undefined : { command: name, place };
    }
    case "merge":
      return text("into") === "" ? undefined : { command: name, into: text("into") };
    case "split": {
      const alertIds = value<readonly string[]>("alerts") ?? [];
      const isReady =
        alertIds.length > 0 && alertIds.length < incident.alertIds.length && text("title") !== "";
      return isReady ? { command: name, alertIds, title: text("title") } : undefined;
    }
    default:
      return undefined;
  }
}

function describe(incident: Incident, text: (field: string) => string): IncidentCommand | undefined {
  const title = text("title") || incident.title;
  const type = (text("type") || incident.type) as IncidentType;
  const description = text("description") || incident.description;
  return {
    command: "describe",
    ...(title === incident.title ? {} : { title }),
    ...(type === incident.type ? {} : { type }),
    ...(description === incident.description ? {} : { description }),
  };
}

interface FieldsProps {
  readonly name: Name;
  readonly incident: Incident;
  readonly keyOf: (field: string) => string;
}

function Fields({ name, incident, keyOf }: FieldsProps) {
  const w = words(incidentWords);
  const saidLabel = {
    resolve: w.resolveText,
    close: w.closeText,
    reopen: w.reopenText,
    "hand-over": w.handOverText,
  };
  switch (name) {
    case "assign":
      return (
        <>
          <Choice
            label={w.assignTo}
            draftKey={keyOf("agency")}
            initial="police"
            options={AGENCIES.map((one) => [one, w.agencies[one]])}
          />
          <Text label={w.person} draftKey={keyOf("person")} maxLength={80} />
        </>
      );
    case "resolve":
    case "close":
    case "reopen":
    case "hand-over":
      return (
        <>
          <Text label={saidLabel[name]} draftKey={keyOf("text")} maxLength={2_000} rows={4} autofocus />
          {name === "hand-over" && <Text label={w.handOverTo} draftKey={keyOf("person")} maxLength={80} />}
        </>
      );
    case "share":
      return (
        <Agencies
          label={w.share}
          chosen={draftOf<readonly Agency[]>(keyOf("agencies")) ?? incident.agencies}
          onChange={(chosen) => keepDraft(keyOf("agencies"), JSON.stringify(chosen))}
        />
      );
    case "describe":
      return <DescribeFields incident={incident} keyOf={keyOf} />;
    case "place":
      return (
        <PlaceStep
          keys={placeKeysOf(incident.incidentId)}
          wanted={incident.incidentId}
          legend={incident.place.text}
        />
      );
    case "merge":
      return <MergeField incident={incident} keyOf={keyOf} />;
    case "split":
      return <SplitFields incident={incident} keyOf={keyOf} />;
    default:
      return undefined;
  }
}

type PartProps = Omit<FieldsProps, "name">;

function DescribeFields({ incident, keyOf }: PartProps) {
  const w = words(incidentWords);
  const types = Object.keys(w.types) as readonly IncidentType[];
  return (
    <>
      <p class="hint">{incident.title}</p>
      <Text label={w.describeTitle} draftKey={keyOf("title")} maxLength={120} autofocus />
      <Choice
        label={w.describeType}
        draftKey={keyOf("type")}
        initial={incident.type}
        options={types.map((one) => [one, w.types[one]])}
      />
      <Text label={w.describeText} draftKey={keyOf("description")} maxLength={4_000} rows={4} />
    </>
  );
}

function MergeField({ incident, keyOf }: PartProps) {
  const w = words(incidentWords);
  const others = [...incidents.value.values()].filter(
    ({ incidentId, state, exercise }) =>
      incidentId !== incident.incidentId && state !== "closed" && exercise === incident.exercise,
  );
  if (others.length === 0) return <p class="empty">{w.mergeNone}</p>;
  const options = others.map(({ incidentId, title }): readonly [string, string] => [
    incidentId,
    `${incidentId} ${title}`,
  ]);
  return <Choice label={w.mergeInto} draftKey={keyOf("into")} initial="" options={[["", "–"], ...options]} />;
}

function SplitFields({ incident, keyOf }: PartProps) {
  const w = words(incidentWords);
  const key = keyOf("alerts");
  const chosen = draftOf<readonly string[]>(key) ?? [];
  const toggle = (id: string): void =>
    keepDraft(
      key,
      JSON.stringify(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]),
    );
  return (
    <>
      <fieldset class="choices">
        <legend>{w.splitAlerts}</legend>
        {incident.alertIds.map((id) => (
          <label key={id}>
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} /> {id}
          </label>
        ))}
      </fieldset>
      <Text label={w.splitTitle} draftKey={keyOf("title")} maxLength={120} />
    </>
  );
}
