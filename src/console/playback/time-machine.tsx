import { useSignal } from "@preact/signals";
import type { PlaybackView, RecordingView } from "../../api/contract/playback.ts";
import { tellFailure } from "../alarms/act.ts";
import { mayOperate } from "../live/picture.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { useShortcut } from "../parts/shortcuts.ts";
import { useResource } from "../rest/resource.ts";
import { sendJson } from "../rest/rest.ts";
import { param, setParams } from "../state/address.ts";
import { dateTime, duration } from "../words/format.ts";
import { words } from "../words/words.ts";
import { playbackWords } from "./words.ts";

/** Opens the past; for those who may look at recordings. */
export function TimeMachineButton() {
  const w = words(playbackWords);
  const isOpen = useSignal(false);
  const may = mayOperate.value;
  const offered = may && param("playback") === undefined;
  useShortcut("t", w.timeMachine, () => (isOpen.value = true), offered);
  if (!offered) return undefined;
  return (
    <>
      <button
        type="button"
        class="button-icon"
        aria-label={w.timeMachine}
        title={w.timeMachine}
        onClick={() => (isOpen.value = true)}
      >
        <Icon name="clock" />
      </button>
      {isOpen.value && <TimeMachine onClose={() => (isOpen.value = false)} />}
    </>
  );
}

function TimeMachine({ onClose }: { readonly onClose: () => void }) {
  const w = words(playbackWords);
  const at = useSignal("");
  const answer = useResource<{ readonly recordings: readonly RecordingView[] }>("/v1/recordings").value;
  const atMs = at.value === "" ? undefined : new Date(at.value).getTime();
  const fits = (answer?.recordings ?? []).filter((one) => holds(one, atMs));
  const look = async (recording: string): Promise<void> => {
    try {
      const body = { recording, ...(atMs === undefined ? {} : { atMs }) };
      const { playbackId } = await sendJson<PlaybackView>("POST", "/v1/playbacks", body);
      setParams({ playback: playbackId, alarm: undefined, alert: undefined });
      onClose();
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <Dialog title={w.timeMachine} onClose={onClose}>
      <div class="time-machine">
        <p>{w.timeMachineWhy}</p>
        <div class="field">
          <label for="past-at">{w.at}</label>
          <input
            id="past-at"
            type="datetime-local"
            step="1"
            value={at.value}
            onInput={(event) => (at.value = event.currentTarget.value)}
          />
          <small>{w.atHint}</small>
        </div>
        <h3>{w.recording}</h3>
        {answer !== undefined && fits.length === 0 && <p class="empty">{w.noRecordings}</p>}
        <ul class="recordings">
          {fits.map((one) => (
            <li key={one.name}>
              <span>
                <b>{one.name}</b>
                <br />
                {spanText(one) ?? w.notPlayable}
              </span>
              <button
                type="button"
                class="button"
                disabled={one.fromMs === undefined}
                onClick={() => void look(one.name)}
              >
                <Icon name="play" /> {w.look}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

const holds = ({ fromMs, toMs }: RecordingView, atMs: number | undefined): boolean =>
  atMs === undefined || (fromMs !== undefined && toMs !== undefined && fromMs <= atMs && atMs <= toMs);

function spanText({ fromMs, toMs }: RecordingView): string | undefined {
  return fromMs === undefined || toMs === undefined
    ? undefined
    : `${dateTime(fromMs)}, ${duration(toMs - fromMs)}`;
}
