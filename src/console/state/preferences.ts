import { computed, effect, type Signal, signal } from "@preact/signals";

/** Stands before everything that reads a setting: it is read as this module begins. */
const PREFIX = "roadpulse.";

/** What an operator has set on this machine. Kept in the browser, never sent. */
export type Language = "de" | "en";
export type ThemeChoice = "auto" | "light" | "dark";

export const language = kept<Language>("language", ["de", "en"], ownLanguage());
export const themeChoice = kept<ThemeChoice>("theme", ["auto", "light", "dark"], "auto");
/** Single-key shortcuts can be switched off (WCAG 2.1.4). */
export const shortcutsOn = keptFlag("shortcuts", true);
export const soundOn = keptFlag("sound", true);
/** Name for the log where nobody is asked who they are, at most 64 characters. */
export const operatorName = keptText("operator-name");

const darkMachine = signal(matchMedia("(prefers-color-scheme: dark)").matches);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => {
  darkMachine.value = matches;
});

/** The theme that is shown; the URL may set it for a wall. */
export const theme = computed<"light" | "dark">(() => {
  if (themeChoice.value !== "auto") return themeChoice.value;
  return darkMachine.value ? "dark" : "light";
});

effect(() => {
  document.documentElement.dataset["theme"] = theme.value;
});
effect(() => {
  document.documentElement.lang = language.value;
});

function ownLanguage(): Language {
  return navigator.languages.some((tag) => tag.startsWith("de")) ? "de" : "en";
}

/** A browser may forbid storage: then a setting lasts as long as the page. */
function read(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return undefined;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // As above: the setting lasts as long as the page.
  }
}

function kept<V extends string>(name: string, allowed: readonly V[], otherwise: V): Signal<V> {
  const stored = read(name);
  const value = signal<V>(allowed.find((one) => one === stored) ?? otherwise);
  effect(() => keep(name, value.value));
  return value;
}

function keptFlag(name: string, otherwise: boolean): Signal<boolean> {
  const stored = read(name);
  const value = signal(stored === undefined ? otherwise : stored === "1");
  effect(() => keep(name, value.value ? "1" : "0"));
  return value;
}

function keptText(name: string): Signal<string> {
  const value = signal(read(name) ?? "");
  effect(() => keep(name, value.value));
  return value;
}

/** A setting of another room, as text: named extents, hidden columns. */
export const keptSetting = keptText;
