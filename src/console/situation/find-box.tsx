import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { alerts } from "../live/picture.ts";
import { CLOSE_ZOOM } from "../map/fly.ts";
import type { SituationMap } from "../map/situation-map.ts";
import { Icon } from "../parts/icon.tsx";
import { useShortcut } from "../parts/shortcuts.ts";
import { setParams } from "../state/address.ts";
import { words } from "../words/words.ts";
import { type Finding, find } from "./find.ts";
import { situationWords } from "./words.ts";

/** Quick find: a combobox (WAI-ARIA APG) whose list says what Enter will do. */
export function FindBox({ map }: { readonly map: SituationMap }) {
  const w = words(situationWords);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const text = useSignal("");
  const at = useSignal(0);
  const findings = find(text.value, map.shapes, alerts.value.values());
  const isOpen = text.value.trim() !== "";
  useShortcut("/", w.find, () => input.current?.focus());

  const go = (finding: Finding | undefined): void => {
    if (finding === undefined) return;
    map.show({ ...finding, zoom: CLOSE_ZOOM });
    if (finding.alertId !== undefined) setParams({ alert: finding.alertId });
    text.value = "";
    input.current?.blur();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") at.value = Math.min(findings.length - 1, at.value + 1);
    else if (event.key === "ArrowUp") at.value = Math.max(0, at.value - 1);
    else if (event.key === "Enter") go(findings[at.value]);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  };
  const leave = (): void => {
    text.value = "";
    input.current?.blur();
  };
  return (
    <search class="find">
      <Icon name="search" size={18} />
      <input
        ref={input}
        type="search"
        role="combobox"
        list={undefined}
        aria-label={`${w.find}: ${w.findHint}`}
        aria-expanded={isOpen}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && findings.length > 0 ? `${id}-${at.value}` : undefined}
        placeholder={w.findExample}
        autocomplete="off"
        spellcheck={false}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      <span class="key" aria-hidden="true">
        /
      </span>
      <div id={id} class="findings" role="listbox" aria-label={w.find} hidden={!isOpen}>
        {findings.map((finding, i) => (
          <div
            key={finding.key}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at.value}
            onPointerDown={(event) => {
              event.preventDefault();
              go(finding);
            }}
          >
            <b>{finding.text}</b> <span>{finding.detail}</span>
          </div>
        ))}
        {isOpen && findings.length === 0 && (
          <div role="option" aria-selected="false" aria-disabled="true" tabIndex={-1}>
            {w.foundNone}
          </div>
        )}
      </div>
    </search>
  );
}
