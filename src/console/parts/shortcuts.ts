import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { shortcutsOn } from "../state/preferences.ts";

/** A key, or two in a row (`g s`), and what it does. */
export interface Shortcut {
  readonly keys: string;
  readonly text: string;
  readonly run: () => void;
}

/** Those of the components that are shown, the last one first: what was opened last hears a key first. */
export const shortcuts = signal<readonly Shortcut[]>([]);

/** The first of two keys waits for so long (own). */
const SECOND_KEY_MS = 1_500;
let first: { readonly key: string; readonly atMs: number } | undefined;

/** A shortcut from the moment a component is shown, before it is painted; `when` false switches it off. */
export function useShortcut(keys: string, text: string, run: () => void, when = true): void {
  const latest = useRef(run);
  latest.current = run;
  useLayoutEffect(() => {
    if (!when) return undefined;
    const shortcut: Shortcut = { keys, text, run: () => latest.current() };
    shortcuts.value = [shortcut, ...shortcuts.peek()];
    return () => {
      shortcuts.value = shortcuts.peek().filter((one) => one !== shortcut);
    };
  }, [keys, text, when]);
}

export function listenForShortcuts(): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (isTyping(event.target) || !(shortcutsOn.value || event.key === "Escape")) return;
    const chord = first !== undefined && event.timeStamp - first.atMs < SECOND_KEY_MS ? first.key : undefined;
    const found = find(chord === undefined ? event.key : `${chord} ${event.key}`);
    first = undefined;
    if (found !== undefined) {
      event.preventDefault();
      found.run();
    } else if (chord === undefined && beginsChord(event.key)) {
      first = { key: event.key, atMs: event.timeStamp };
    }
  });
}

const find = (keys: string): Shortcut | undefined => shortcuts.value.find((one) => one.keys === keys);
const beginsChord = (key: string): boolean => shortcuts.value.some(({ keys }) => keys.startsWith(`${key} `));

/** Keys belong to a field that takes them, and to a dialog that is open (its own handlers hear them first). */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (document.querySelector("dialog[open]") !== null) return true;
  return (
    target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select")
  );
}
