import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { AGENCIES, type Agency } from "../../api/contract/incidents.ts";
import { words } from "../words/words.ts";
import { draft, keepDraft } from "./drafts.ts";
import { incidentWords } from "./words.ts";

interface TextProps {
  readonly label: string;
  /** Where what is typed is kept until it is sent. */
  readonly draftKey: string;
  readonly maxLength: number;
  readonly rows?: number;
  readonly required?: boolean;
  readonly autofocus?: boolean;
}

/** A field whose text is kept at every key. */
export function Text({ label, draftKey, maxLength, rows, required = false, autofocus = false }: TextProps) {
  const id = useId();
  const common = {
    id,
    maxLength,
    required,
    autofocus,
    value: draft(draftKey).value,
    onInput: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      keepDraft(draftKey, currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {rows === undefined ? <input type="text" {...common} /> : <textarea rows={rows} {...common} />}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly draftKey: string;
  readonly initial: string;
  readonly options: readonly (readonly [string, string])[];
}

/** One of several; what was chosen is kept until it is sent. */
export function Choice({ label, draftKey, initial, options }: ChoiceProps) {
  return (
    <label class="field">
      <b>{label}</b>
      <select
        value={draft(draftKey).value || initial}
        onChange={({ currentTarget }) => keepDraft(draftKey, currentTarget.value)}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

interface AgenciesProps {
  readonly label: string;
  readonly chosen: readonly Agency[];
  readonly among?: readonly Agency[];
  readonly onChange: (chosen: readonly Agency[]) => void;
}

/** Agencies besides the centre, any number of them. */
export function Agencies({ label, chosen, among = AGENCIES, onChange }: AgenciesProps) {
  const w = words(incidentWords);
  const toggle = (agency: Agency): void =>
    onChange(chosen.includes(agency) ? chosen.filter((one) => one !== agency) : [...chosen, agency]);
  return (
    <fieldset class="choices">
      <legend>{label}</legend>
      {among
        .filter((agency) => agency !== "centre")
        .map((agency) => (
          <label key={agency}>
            <input type="checkbox" checked={chosen.includes(agency)} onChange={() => toggle(agency)} />
            {w.agencies[agency]}
          </label>
        ))}
    </fieldset>
  );
}

interface FormProps {
  readonly submit: string;
  readonly onSubmit: () => void;
  readonly onCancel?: () => void;
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
}

export function Form({ submit, onSubmit, onCancel, disabled = false, children }: FormProps) {
  const w = words(incidentWords);
  return (
    <form
      class="incident-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!disabled) onSubmit();
      }}
    >
      {children}
      <p class="form-actions">
        <button type="submit" class="button button-main" disabled={disabled}>
          {submit}
        </button>
        {onCancel !== undefined && (
          <button type="button" class="button" onClick={onCancel}>
            {w.cancel}
          </button>
        )}
      </p>
    </form>
  );
}
