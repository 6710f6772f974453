import { signal } from "@preact/signals";
import { words } from "../words/words.ts";
import { Icon } from "./icon.tsx";
import { partWords } from "./words.ts";

export interface Toast {
  readonly text: string;
  readonly tone: "ok" | "error";
  /** One thing that can be done about it, e.g. undo. */
  readonly action?: { readonly text: string; readonly run: () => void };
}

/** More at once hide the map; the oldest goes. */
const MOST_SHOWN = 4;
/** Long enough to read two lines twice (own); errors stay until they are dismissed. */
const SHOWN_MS = 8_000;

const shown = signal<readonly Toast[]>([]);

export function toast(what: Toast): void {
  shown.value = [...shown.value.slice(1 - MOST_SHOWN), what];
  if (what.tone === "ok") setTimeout(() => dismiss(what), SHOWN_MS);
}

function dismiss(what: Toast): void {
  shown.value = shown.value.filter((one) => one !== what);
}

export function Toasts() {
  const w = words(partWords);
  return (
    <section class="toasts" aria-label={w.notifications} aria-live="polite">
      {shown.value.map((one) => (
        <div key={one} class={`toast toast-${one.tone}`}>
          <p>{one.text}</p>
          {one.action !== undefined && (
            <button
              type="button"
              class="button"
              onClick={() => {
                dismiss(one);
                one.action?.run();
              }}
            >
              {one.action.text}
            </button>
          )}
          <button type="button" class="button-icon" aria-label={w.dismiss} onClick={() => dismiss(one)}>
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </section>
  );
}
