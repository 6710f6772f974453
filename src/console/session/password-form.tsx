import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Viewer } from "../../api/contract/live.ts";
import { words } from "../words/words.ts";
import { logIn } from "./ask.ts";
import { refusalText } from "./refusal-text.ts";
import { sessionWords } from "./words.ts";

interface FormProps {
  /** Who was signed in here before. */
  readonly name: string;
  readonly onDone: (viewer: Viewer) => void;
}

/** Name and password. The password stands in its field only, and the field is emptied after each attempt. */
export function PasswordForm({ name, onDone }: FormProps) {
  const w = words(sessionWords);
  const id = useId();
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const isBusy = useSignal(false);
  const error = useSignal<string | undefined>(undefined);
  useEffect(() => {
    (name === "" ? nameField : passwordField).current?.focus();
  }, [name]);
  const submit = async () => {
    const password = passwordField.current;
    const who = nameField.current?.value ?? "";
    if (password === null || isBusy.value) return;
    isBusy.value = true;
    const outcome = await logIn(who, password.value);
    password.value = "";
    isBusy.value = false;
    if ("viewer" in outcome) return onDone(outcome.viewer);
    error.value = refusalText(w, outcome.code, outcome.retryAfterS, false);
    password.focus();
  };
  return (
    <form
      class="login-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div class="field">
        <label for={`${id}-name`}>{w.name}</label>
        <input
          id={`${id}-name`}
          ref={nameField}
          type="text"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          defaultValue={name}
          maxLength={128}
        />
      </div>
      <div class="field">
        <label for={`${id}-password`}>{w.password}</label>
        <input
          id={`${id}-password`}
          ref={passwordField}
          type="password"
          name="password"
          autocomplete="current-password"
          required
          aria-invalid={error.value !== undefined}
          aria-describedby={`${id}-error`}
        />
      </div>
      <p id={`${id}-error`} class="login-error" role="alert">
        {error.value}
      </p>
      <button type="submit" class="button button-main" aria-disabled={isBusy.value}>
        {isBusy.value ? w.signingIn : w.signIn}
      </button>
    </form>
  );
}
