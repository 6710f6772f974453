import { signal } from "@preact/signals";
import type { AlertView } from "../../api/contract/alarms.ts";
import { language } from "../state/preferences.ts";

type GermanWhy = typeof import("./why-german.ts")["germanWhy"];

/** The German sentences come in a file of their own: the first picture does not wait for them. */
const german = signal<GermanWhy | undefined>(undefined);
let asked: Promise<void> | undefined;

/** Fetches the sentences before anybody asks, so that they are there when the server is not. */
export function fetchWhy(): Promise<void> {
  asked ??= import("./why-german.ts").then(
    ({ germanWhy }) => {
      german.value = germanWhy;
    },
    () => {
      asked = undefined;
    },
  );
  return asked;
}

/** Why an alert was given, in the operator's language; in English where nothing better is known yet or at all. */
export function whyText(alert: AlertView): string {
  if (language.value === "en") return alert.why.text;
  const told = german.value;
  if (told === undefined) void fetchWhy();
  return told?.(alert) ?? alert.why.text;
}
