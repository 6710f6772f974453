import { type Signal, signal } from "@preact/signals";

/** What operators type before it is sent. It outlives a reload, a sign-in and a server that is away; not the browser. */
const PREFIX = "roadpulse.draft.";
const made = new Map<string, Signal<string>>();

/** Text of one field, the same wherever it is asked for. */
export function draft(key: string): Signal<string> {
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = signal(read(key));
  made.set(key, fresh);
  return fresh;
}

export function keepDraft(key: string, text: string): void {
  draft(key).value = text;
  try {
    if (text === "") sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, text);
  } catch {
    // A browser may forbid storage: then it lasts as long as the page.
  }
}

/** It was sent, or is not wanted any more. */
export function dropDraft(...keys: readonly string[]): void {
  for (const key of keys) keepDraft(key, "");
}

/** A draft of something else than text. */
export function draftOf<T>(key: string): T | undefined {
  const text = draft(key).value;
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

function read(key: string): string {
  try {
    return sessionStorage.getItem(PREFIX + key) ?? "";
  } catch {
    return "";
  }
}
