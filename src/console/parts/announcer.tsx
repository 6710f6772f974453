import { signal } from "@preact/signals";

/** What a screen reader is told. Two regions, since a reader forgets politeness when it changes (WAI-ARIA 1.2 §6.6). */
const assertive = signal("");
const polite = signal("");

/** At most one polite announcement in so long: a flood must not keep a reader from reading (own). */
const POLITE_EVERY_MS = 5_000;
let waiting: string[] = [];
let isPaused = false;
/** Invisible; makes the same words new, so that they are read again. */
let turn = false;

/** `assertive` interrupts: for alarms of priority 1 only. */
export function announce(text: string, how: "assertive" | "polite"): void {
  if (how === "assertive") {
    turn = !turn;
    assertive.value = turn ? text : `${text}\u00a0`;
    return;
  }
  waiting = [...waiting.slice(-2), text];
  if (!isPaused) speak();
}

function speak(): void {
  isPaused = waiting.length > 0;
  if (!isPaused) return;
  polite.value = waiting.join(". ");
  waiting = [];
  setTimeout(speak, POLITE_EVERY_MS);
}

export function Announcer() {
  return (
    <div class="unseen">
      <div role="alert" aria-live="assertive" aria-atomic="true">
        {assertive.value}
      </div>
      <div role="status" aria-live="polite" aria-atomic="true">
        {polite.value}
      </div>
    </div>
  );
}
