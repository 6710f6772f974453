import type { AlertView } from "../../api/contract/alarms.ts";
import type { IncidentPlace } from "../../api/contract/incidents.ts";
import type { AlertKind } from "../../domain/alert.ts";
import { tellFailure } from "../alarms/act.ts";
import { alerts } from "../live/picture.ts";
import { Dialog } from "../parts/dialog.tsx";
import { sendJson } from "../rest/rest.ts";
import { setParams } from "../state/address.ts";
import { alertWords } from "../words/alert-words.ts";
import { alertPlace } from "../words/place.ts";
import { words } from "../words/words.ts";
import { draft, draftOf, dropDraft } from "./drafts.ts";
import { Choice, Form, Text } from "./fields.tsx";
import { EXERCISE_PLACE } from "./picked-place.ts";
import { PlaceStep } from "./place-step.tsx";
import { incidentWords } from "./words.ts";

const KIND = "exercise.kind";
const SEVERITY = "exercise.severity";
const TEXT = "exercise.text";
const MINUTES = "exercise.minutes";
const USUAL_KIND: AlertKind = "stationary-vehicle";
const USUAL_SEVERITY = "4";
const LENGTHS_MIN = ["15", "30", "60", "120"];
const USUAL_MIN = "30";
const S_PER_MIN = 60;

/** Alerts to train with: consoles alone see them, marked, and what is made of them is an exercise, too. */
export function ExerciseDialog({ onClose }: { readonly onClose: () => void }) {
  const w = words(incidentWords);
  const { kinds, severities } = words(alertWords);
  const place = draftOf<IncidentPlace>(EXERCISE_PLACE.place);
  const begin = async (): Promise<void> => {
    if (place === undefined) return;
    const { latitudeDeg, longitudeDeg } = place;
    try {
      const alert = await sendJson<AlertView>("POST", "/v1/exercises/alerts", {
        kind: draft(KIND).value || USUAL_KIND,
        latitudeDeg,
        longitudeDeg,
        severity: Number(draft(SEVERITY).value || USUAL_SEVERITY),
        text: draft(TEXT).value.trim(),
        forS: Number(draft(MINUTES).value || USUAL_MIN) * S_PER_MIN,
      });
      dropDraft(TEXT, ...Object.values(EXERCISE_PLACE));
      onClose();
      setParams({ alert: alert.alertId });
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <Dialog title={w.exerciseTitle} onClose={onClose} wide>
      <p class="exercise-note">
        <b class="exercise">{w.exercise}</b> {w.exerciseWhy}
      </p>
      <Form
        submit={w.exerciseBegin}
        onSubmit={() => void begin()}
        onCancel={onClose}
        disabled={place === undefined}
      >
        <Choice
          label={w.stepType}
          draftKey={KIND}
          initial={USUAL_KIND}
          options={Object.entries(kinds).sort(([, a], [, b]) => a.localeCompare(b))}
        />
        <PlaceStep keys={EXERCISE_PLACE} wanted="exercise" legend={w.stepPlace} />
        <Choice
          label={w.severity}
          draftKey={SEVERITY}
          initial={USUAL_SEVERITY}
          options={Object.entries(severities)}
        />
        <Choice
          label={w.exerciseFor}
          draftKey={MINUTES}
          initial={USUAL_MIN}
          options={LENGTHS_MIN.map((n) => [n, `${n} min`])}
        />
        <Text label={w.stepText} draftKey={TEXT} maxLength={200} />
      </Form>
      <Running />
    </Dialog>
  );
}

function Running() {
  const w = words(incidentWords);
  const { kinds } = words(alertWords);
  const running = [...alerts.value.values()].filter(({ exercise }) => exercise === true);
  if (running.length === 0) return undefined;
  return (
    <section aria-label={w.exerciseRunning}>
      <h3>{w.exerciseRunning}</h3>
      <ul class="recordings">
        {running.map((alert) => (
          <li key={alert.alertId}>
            <span>
              {kinds[alert.kind]} {alertPlace(alert)}
            </span>
            <button
              type="button"
              class="button"
              aria-label={`${w.exerciseEnd}: ${kinds[alert.kind]}`}
              onClick={() => void end(alert.alertId)}
            >
              {w.exerciseEnd}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function end(alertId: string): Promise<void> {
  try {
    await sendJson("DELETE", `/v1/exercises/alerts/${encodeURIComponent(alertId)}`, undefined);
  } catch (error) {
    tellFailure(error);
  }
}
