import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import { welcome } from "../live/picture.ts";
import { Dialog } from "../parts/dialog.tsx";
import { WhoAmI } from "../session/who-am-i.tsx";
import {
  type Language,
  language,
  operatorName,
  shortcutsOn,
  soundOn,
  type ThemeChoice,
  themeChoice,
} from "../state/preferences.ts";
import { session } from "../state/session.ts";
import { words } from "../words/words.ts";
import { frameWords } from "./words.ts";

/** As many characters as the server takes. */
const NAME_LENGTH = 64;

export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const w = words(frameWords);
  const { viewer } = session.value;
  const themes: readonly Choice<ThemeChoice>[] = [
    { value: "auto", text: w.themeAuto },
    { value: "light", text: w.themeLight },
    { value: "dark", text: w.themeDark },
  ];
  const languages: readonly Choice<Language>[] = [
    { value: "de", text: "Deutsch" },
    { value: "en", text: "English" },
  ];
  return (
    <Dialog title={w.settings} onClose={onClose}>
      <div class="settings">
        {viewer?.open === true && <NameField />}
        <WhoAmI />
        <Choices legend={w.theme} setting={themeChoice} choices={themes} />
        <Choices legend={w.language} setting={language} choices={languages} />
        <Check text={w.shortcuts} setting={shortcutsOn} />
        <Check text={w.sound} setting={soundOn} />
        <p class="quiet">
          <a href="/?wall=1">{w.wall}</a>
          {welcome.value !== undefined && ` · ${w.version} ${welcome.value.version}`}
        </p>
      </div>
    </Dialog>
  );
}

function NameField() {
  const w = words(frameWords);
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{w.operatorName}</label>
      <input
        id={id}
        type="text"
        autocomplete="name"
        maxLength={NAME_LENGTH}
        value={operatorName.value}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => {
          operatorName.value = currentTarget.value;
        }}
      />
      <p id={`${id}-hint`} class="quiet">
        {w.operatorHint}
      </p>
    </div>
  );
}

interface Choice<V extends string> {
  readonly value: V;
  readonly text: string;
}

interface ChoicesProps<V extends string> {
  readonly legend: string;
  readonly setting: Signal<V>;
  readonly choices: readonly Choice<V>[];
}

function Choices<V extends string>({ legend, setting, choices }: ChoicesProps<V>) {
  const name = useId();
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {choices.map(({ value, text }) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={setting.value === value}
            onChange={() => (setting.value = value)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Check({ text, setting }: { readonly text: string; readonly setting: Signal<boolean> }) {
  return (
    <label class="check">
      <input type="checkbox" checked={setting.value} onChange={() => (setting.value = !setting.value)} />
      <span>{text}</span>
    </label>
  );
}
