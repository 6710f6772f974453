import { useSignal } from "@preact/signals";
import type { Incident, MeasureView } from "../../api/contract/incidents.ts";
import { Dialog } from "../parts/dialog.tsx";
import { clockTime } from "../words/format.ts";
import { words } from "../words/words.ts";
import { command } from "./command.ts";
import { draft, dropDraft } from "./drafts.ts";
import { Form, Text } from "./fields.tsx";
import { incidentWords } from "./words.ts";

/** What a reason is asked for. */
export interface AskedReason {
  readonly measure: MeasureView;
  readonly name: "refuse" | "withdraw";
}

interface MeasuresProps {
  readonly incident: Incident;
  readonly mayAct: boolean;
}

/** What the rules propose: why, what it does, whom it reaches; sent by a click, refused with a reason. */
export function Measures({ incident, mayAct }: MeasuresProps) {
  const w = words(incidentWords);
  const asked = useSignal<AskedReason | undefined>(undefined);
  const isOpen = incident.state !== "closed" && incident.state !== "resolved";
  const close = (): void => {
    asked.value = undefined;
  };
  const decideOn =
    ({ measure: { measureId }, name }: AskedReason) =>
    (reason: string, key: string): void =>
      void command(incident, { command: `${name}-measure`, measureId, reason }, () => dropDraft(key));
  return (
    <section class="incident-part" aria-label={w.measures}>
      <h3>{w.measures}</h3>
      {incident.measures.length === 0 && (
        <p class="empty">{incident.redacted.includes("measures") ? w.noMeasuresToldYou : w.noMeasures}</p>
      )}
      <ul class="incident-measures">
        {incident.measures.map((measure) => (
          <MeasureItem
            key={measure.measureId}
            measure={measure}
            mayAct={mayAct && isOpen}
            onSend={() => void command(incident, { command: "send-measure", measureId: measure.measureId })}
            onAsk={(name) => {
              asked.value = { measure, name };
            }}
          />
        ))}
      </ul>
      {asked.value !== undefined && (
        <ReasonDialog
          {...asked.value}
          of={incident.incidentId}
          onClose={close}
          onSubmit={decideOn(asked.value)}
        />
      )}
    </section>
  );
}

interface MeasureProps {
  readonly measure: MeasureView;
  readonly mayAct: boolean;
  readonly onSend: () => void;
  readonly onAsk: (name: "refuse" | "withdraw") => void;
}

/** One measure as it stands, with what can be done about it. */
export function MeasureItem({ measure, mayAct, onSend, onAsk }: MeasureProps) {
  const w = words(incidentWords);
  const { title, text, reason, effect, target, state, kind, decided, automatic, rule } = measure;
  const isAgency = kind === "inform" || kind === "dispatch";
  const way = kind === "vehicle-message" ? w.toVehicles : isAgency ? w.toAgency : w.toFeed;
  return (
    <li class={`measure measure-${state}`}>
      <p class="measure-title">
        <b>{title}</b> <span class="measure-state">{w.measureStates[state]}</span>
      </p>
      <p class={`measure-text measure-${kind}`}>{text}</p>
      <dl>
        <dt>{w.reason}</dt>
        <dd>{reason}</dd>
        <dt>{w.effect}</dt>
        <dd>{effect}</dd>
        <dt>{w.target}</dt>
        <dd>{target}</dd>
      </dl>
      <p class="hint">
        {way} {w.rule}: {rule}
        {automatic && `, ${w.automatic}`}
      </p>
      {decided !== undefined && (
        <p class="hint">
          {w.decidedBy(decided.by, clockTime(decided.atMs))}
          {decided.reason !== "" && `: ${decided.reason}`}
        </p>
      )}
      {mayAct && (
        <p class="form-actions">
          {state !== "sent" && (
            <button
              type="button"
              class="button button-main"
              aria-label={`${w.sendMeasure}: ${title}`}
              onClick={onSend}
            >
              {w.sendMeasure}
            </button>
          )}
          {state === "proposed" && (
            <button
              type="button"
              class="button"
              aria-label={`${w.refuse} ${title}`}
              onClick={() => onAsk("refuse")}
            >
              {w.refuse}
            </button>
          )}
          {state === "sent" && !isAgency && (
            <button
              type="button"
              class="button"
              aria-label={`${w.withdraw} ${title}`}
              onClick={() => onAsk("withdraw")}
            >
              {w.withdraw}
            </button>
          )}
        </p>
      )}
    </li>
  );
}

interface ReasonProps extends AskedReason {
  /** Of what the measure is: reasons that were begun are kept apart. */
  readonly of: string;
  readonly onClose: () => void;
  readonly onSubmit: (reason: string, draftKey: string) => void;
}

/** Nothing is refused or taken back without a reason. */
export function ReasonDialog({ measure, name, of, onClose, onSubmit }: ReasonProps) {
  const w = words(incidentWords);
  const key = `${name}.${of}.${measure.measureId}`;
  const reason = draft(key).value.trim();
  return (
    <Dialog
      title={`${name === "refuse" ? w.refuseTitle : w.withdrawTitle}: ${measure.title}`}
      onClose={onClose}
    >
      <Form
        submit={w.commands[`${name}-measure`]}
        disabled={reason === ""}
        onCancel={onClose}
        onSubmit={() => {
          onClose();
          onSubmit(reason, key);
        }}
      >
        <Text label={w.why} draftKey={key} maxLength={500} rows={2} autofocus />
      </Form>
    </Dialog>
  );
}
