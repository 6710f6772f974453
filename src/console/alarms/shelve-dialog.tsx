import { useSignal } from "@preact/signals";
import type { AlarmView } from "../../api/contract/alarms.ts";
import { Dialog } from "../parts/dialog.tsx";
import { serverNow } from "../state/clock.ts";
import { words } from "../words/words.ts";
import { act } from "./act.ts";
import { alarmWords } from "./words.ts";

const MINUTE_MS = 60_000;
const SPANS = { quarter: 15 * MINUTE_MS, hour: 60 * MINUTE_MS, shift: 480 * MINUTE_MS } as const;
type Span = keyof typeof SPANS;

/** The server's eight hours begin when it hears of them. */
const MARGIN_MS = 5_000;

/** Asks for how long and why. */
export function ShelveDialog({
  alarm,
  onClose,
}: {
  readonly alarm: AlarmView;
  readonly onClose: () => void;
}) {
  const w = words(alarmWords);
  const span = useSignal<Span>("quarter");
  const reason = useSignal("");
  const oneShot = useSignal(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const untilMs = Math.floor(serverNow() + SPANS[span.value] - MARGIN_MS);
    const done = await act(alarm, {
      command: "shelve",
      untilMs,
      reason: reason.value,
      oneShot: oneShot.value,
    });
    if (done) onClose();
  };
  return (
    <Dialog title={w.shelveTitle} onClose={onClose}>
      <form class="shelve" onSubmit={(event) => void submit(event)}>
        <p>{w.shelveWhy}</p>
        <fieldset class="choices">
          <legend>{w.until}</legend>
          {(Object.keys(SPANS) as Span[]).map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="span"
                checked={span.value === one}
                onChange={() => (span.value = one)}
              />
              {w[one]}
            </label>
          ))}
        </fieldset>
        <label class="check">
          <input
            type="checkbox"
            checked={oneShot.value}
            onChange={(event) => (oneShot.value = event.currentTarget.checked)}
          />
          {w.oneShot}
        </label>
        <div class="field">
          <label for="shelve-reason">{w.reason}</label>
          <input
            id="shelve-reason"
            type="text"
            required
            maxLength={500}
            placeholder={w.reasonNeeded}
            value={reason.value}
            onInput={(event) => (reason.value = event.currentTarget.value)}
          />
        </div>
        <button type="submit" class="button button-main" disabled={reason.value.trim() === ""}>
          {w.shelve.replace(" …", "")}
        </button>
      </form>
    </Dialog>
  );
}
