import type { Clock } from "../../api/contract/incidents.ts";
import { now } from "../state/clock.ts";
import { duration, utc } from "../words/format.ts";
import { words } from "../words/words.ts";
import { incidentWords } from "./words.ts";

/** The clock that runs out next; undefined where none runs. */
export function dueClock(clocks: readonly Clock[]): Clock | undefined {
  return clocks
    .filter(({ doneAtMs }) => doneAtMs === undefined)
    .reduce<Clock | undefined>(
      (next, clock) => (next === undefined || clock.dueAtMs < next.dueAtMs ? clock : next),
      undefined,
    );
}

/** By when what has to be done, and what is done. */
export function ClockList({ clocks }: { readonly clocks: readonly Clock[] }) {
  const w = words(incidentWords);
  return (
    <ul class="incident-clocks">
      {clocks.map(({ name, dueAtMs, doneAtMs, breached }) => {
        const leftMs = dueAtMs - now.value;
        const isLate = breached || (doneAtMs === undefined && leftMs < 0);
        const span = duration(Math.abs(leftMs));
        const running = leftMs < 0 ? w.late(span) : w.left(span);
        const text = doneAtMs === undefined ? running : breached ? w.doneLate : w.done;
        return (
          <li
            key={name}
            class={isLate ? "late" : doneAtMs === undefined ? undefined : "done"}
            title={utc(dueAtMs)}
          >
            {w.clocks[name] ?? name}: <b>{text}</b>
          </li>
        );
      })}
    </ul>
  );
}
