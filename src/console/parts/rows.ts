import { useEffect, useRef } from "preact/hooks";
import { words } from "../words/words.ts";
import { useShortcut } from "./shortcuts.ts";
import { partWords } from "./words.ts";

export interface RowsOptions {
  readonly keys: readonly string[];
  readonly selected: string | undefined;
  /** A row becomes the selected one, by a click or by moving to it. */
  readonly onSelect: (key: string) => void;
  /** Enter or a double click: fly there, open it. */
  readonly onOpen?: (key: string) => void;
  /** `j` and `k` move in this list from anywhere in the view. One list of a view only. */
  readonly isMain?: boolean;
}

/** What a row's element needs: one row is in the order of tabs, arrows move between them. */
export interface RowProps {
  readonly "data-row": string;
  readonly tabIndex: 0 | -1;
  readonly "aria-selected": boolean;
  readonly onClick: () => void;
  readonly onDblClick: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Keyboard of a list or table: arrows, Home, End, `j`, `k`, Enter. Give `container` to the element around the rows. */
export function useRows({ keys, selected, onSelect, onOpen, isMain = false }: RowsOptions) {
  const w = words(partWords);
  const container = useRef<HTMLElement | null>(null);
  const current = selected !== undefined && keys.includes(selected) ? selected : keys[0];

  const goTo = (key: string | undefined): void => {
    if (key === undefined) return;
    onSelect(key);
    rowOf(container.current, key)?.focus();
  };
  const move = (by: number): void => {
    const at = selected === undefined ? -1 : keys.indexOf(selected);
    goTo(keys[at < 0 ? (by > 0 ? 0 : keys.length - 1) : Math.min(keys.length - 1, Math.max(0, at + by))]);
  };

  useShortcut("j", w.nextRow, () => move(1), isMain);
  useShortcut("k", w.previousRow, () => move(-1), isMain);

  // What is selected elsewhere, on the map or by the URL, is brought into sight here.
  useEffect(() => {
    if (selected !== undefined) rowOf(container.current, selected)?.scrollIntoView({ block: "nearest" });
  }, [selected]);

  const onKeyDown = (event: KeyboardEvent, key: string): void => {
    if (event.target !== event.currentTarget) return;
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Home: () => goTo(keys[0]),
      End: () => goTo(keys.at(-1)),
      Enter: () => (onOpen ?? onSelect)(key),
      " ": () => onSelect(key),
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    step();
  };

  const rowProps = (key: string): RowProps => ({
    "data-row": key,
    tabIndex: key === current ? 0 : -1,
    "aria-selected": key === selected,
    onClick: () => onSelect(key),
    onDblClick: () => onOpen?.(key),
    onKeyDown: (event) => onKeyDown(event, key),
  });
  return { container, rowProps };
}

function rowOf(container: HTMLElement | null, key: string): HTMLElement | undefined {
  for (const row of container?.querySelectorAll<HTMLElement>("[data-row]") ?? []) {
    if (row.dataset["row"] === key) return row;
  }
  return undefined;
}
