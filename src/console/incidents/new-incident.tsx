import type {
  Incident,
  IncidentPlace,
  IncidentType,
  Lane,
  NewIncident,
} from "../../api/contract/incidents.ts";
import { alerts } from "../live/picture.ts";
import { Dialog } from "../parts/dialog.tsx";
import { toast } from "../parts/toast.tsx";
import { RestError, sendJson } from "../rest/rest.ts";
import { navigate, setParams } from "../state/address.ts";
import { alertWords } from "../words/alert-words.ts";
import { alertPlace } from "../words/place.ts";
import { words } from "../words/words.ts";
import { learn } from "./command.ts";
import { draft, draftOf, dropDraft, keepDraft } from "./drafts.ts";
import { Form, Text } from "./fields.tsx";
import { LanesEditor } from "./lanes-editor.tsx";
import { nearestAlerts } from "./nearest-alerts.ts";
import { NEW_PLACE } from "./picked-place.ts";
import { PlaceStep } from "./place-step.tsx";
import { incidentWords } from "./words.ts";

const FIELDS = [
  "type",
  "find",
  "place",
  "choices",
  "lanes",
  "title",
  "description",
  "alerts",
  "exercise",
] as const;
const key = (field: (typeof FIELDS)[number]): string => `new.${field}`;

const LANES: readonly Lane[] = [
  { kind: "left-shoulder", impact: "clear" },
  { kind: "lane", impact: "clear" },
  { kind: "lane", impact: "clear" },
  { kind: "hard-shoulder", impact: "clear" },
];

/** Seven quick steps: what, where, which alerts, lanes, title, details, log. From an alert most of them are taken already. */
export function NewIncidentDialog({
  alertId,
  onClose,
}: {
  readonly alertId: string | undefined;
  readonly onClose: () => void;
}) {
  const w = words(incidentWords);
  const alert = alertId === undefined ? undefined : alerts.value.get(alertId);
  const type = draft(key("type")).value as IncidentType | "";
  const place = draftOf<IncidentPlace>(key("place"));
  const lanes = draftOf<readonly Lane[]>(key("lanes"));
  const linked = draftOf<readonly string[]>(key("alerts")) ?? [];
  const exercise = draft(key("exercise")).value === "1";
  const isReady = alertId !== undefined || place !== undefined;
  const submit = async (): Promise<void> => {
    const title = draft(key("title")).value.trim();
    const description = draft(key("description")).value.trim();
    const alertIds = alertId === undefined ? linked : [alertId, ...linked];
    const asked: NewIncident = {
      ...(alertIds.length === 0 ? {} : { alertIds }),
      ...(type === "" ? (alertId === undefined ? { type: "other" as const } : {}) : { type }),
      ...(place === undefined ? {} : { place }),
      ...(lanes === undefined ? {} : { lanes }),
      ...(title === "" ? {} : { title }),
      ...(description === "" ? {} : { description }),
      ...(exercise ? { exercise } : {}),
    };
    await open(asked, onClose);
  };
  return (
    <Dialog title={w.newIncident} onClose={onClose} wide>
      <Form submit={`7. ${w.logIt}`} onSubmit={() => void submit()} onCancel={onClose} disabled={!isReady}>
        <TypeStep chosen={type} />
        {alertId === undefined ? (
          <PlaceStep keys={NEW_PLACE} wanted="form" legend={w.step(2, w.stepPlace)} />
        ) : (
          <p class="new-step">
            <b>{w.step(2, w.fromAlert)}</b> {alert === undefined ? alertId : alertPlace(alert)}
          </p>
        )}
        <VerifyStep
          place={place ?? alert}
          without={alertId}
          linked={linked}
          onChange={(chosen) => keepDraft(key("alerts"), JSON.stringify(chosen))}
        />
        <fieldset class="new-step">
          <legend>{w.step(4, w.stepLanes)}</legend>
          <p class="hint">{w.lanesHint}</p>
          <LanesEditor
            lanes={lanes ?? LANES}
            onChange={(next) => keepDraft(key("lanes"), JSON.stringify(next))}
          />
        </fieldset>
        <Text label={w.step(5, w.stepTitle)} draftKey={key("title")} maxLength={120} />
        <Text label={w.step(6, w.stepText)} draftKey={key("description")} maxLength={4_000} rows={2} />
        <label class="check">
          <input
            type="checkbox"
            checked={exercise}
            onChange={() => keepDraft(key("exercise"), exercise ? "" : "1")}
          />
          {w.stepExercise}
        </label>
        <p class="hint">{w.kept}</p>
      </Form>
    </Dialog>
  );
}

async function open(asked: NewIncident, onClose: () => void): Promise<void> {
  const w = words(incidentWords);
  try {
    const incident = await sendJson<Incident>("POST", "/v1/incidents", asked);
    learn(incident);
    dropDraft(...FIELDS.map(key));
    onClose();
    setParams({ incident: incident.incidentId, list: undefined });
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    const other = (error.body as { readonly incidentId?: string } | undefined)?.incidentId;
    toast({
      tone: "error",
      text: error.status === 0 ? w.unreachable : w.failed(error.message),
      ...(other === undefined
        ? {}
        : { action: { text: other, run: () => navigate("/incidents", { incident: other }) } }),
    });
  }
}

function TypeStep({ chosen }: { readonly chosen: IncidentType | "" }) {
  const w = words(incidentWords);
  return (
    <fieldset class="new-step type-buttons">
      <legend>{w.step(1, w.stepType)}</legend>
      {(Object.keys(w.types) as readonly IncidentType[]).map((type) => (
        <button
          key={type}
          type="button"
          class="button"
          aria-pressed={chosen === type}
          onClick={() => keepDraft(key("type"), type)}
        >
          {w.types[type]}
        </button>
      ))}
    </fieldset>
  );
}

interface VerifyProps {
  readonly place: { readonly latitudeDeg: number; readonly longitudeDeg: number } | undefined;
  readonly without: string | undefined;
  readonly linked: readonly string[];
  readonly onChange: (linked: readonly string[]) => void;
}

/** What is known near there already belongs to the incident, or shows that the place is wrong. */
function VerifyStep({ place, without, linked, onChange }: VerifyProps) {
  const w = words(incidentWords);
  const { kinds } = words(alertWords);
  const near =
    place === undefined
      ? []
      : nearestAlerts(place, alerts.value.values()).filter(({ alertId }) => alertId !== without);
  return (
    <fieldset class="new-step choices">
      <legend>{w.step(3, w.stepVerifyHint)}</legend>
      {near.map((alert) => (
        <label key={alert.alertId}>
          <input
            type="checkbox"
            checked={linked.includes(alert.alertId)}
            onChange={() =>
              onChange(
                linked.includes(alert.alertId)
                  ? linked.filter((one) => one !== alert.alertId)
                  : [...linked, alert.alertId],
              )
            }
          />
          {kinds[alert.kind]} {alertPlace(alert)}
        </label>
      ))}
      {near.length === 0 && <p class="hint">{w.stepVerifyNone}</p>}
    </fieldset>
  );
}
