import { useEffect } from "preact/hooks";
import {
  PLAYBACK_SPEEDS,
  type PlaybackCommand,
  type PlaybackSpeed,
  type PlaybackView,
} from "../../api/contract/playback.ts";
import { live } from "../live/connection.ts";
import { connection, playback } from "../live/picture.ts";
import { Icon } from "../parts/icon.tsx";
import { useShortcut } from "../parts/shortcuts.ts";
import { toast } from "../parts/toast.tsx";
import { getJson, sendJson } from "../rest/rest.ts";
import { param, setParams } from "../state/address.ts";
import { dateTime, duration, utc } from "../words/format.ts";
import { words } from "../words/words.ts";
import { playbackWords } from "./words.ts";

const SECOND_MS = 1_000;

/** Keys step by this. */
const STEP_MS = 10_000;

const send = (command: PlaybackCommand): void => live.send({ type: "playback", ...command });

/** Says across the whole width that this is the past, and lets it be moved in. */
export function PlaybackBar() {
  const id = param("playback");
  useEffect(() => live.playback(id), [id]);
  useEffect(() => {
    document.documentElement.toggleAttribute("data-past", id !== undefined);
  }, [id]);
  const isLost = id !== undefined && connection.value === "lost";
  useEffect(() => {
    if (isLost && id !== undefined) void backIfEnded(id);
  }, [isLost, id]);
  if (id === undefined) return undefined;
  const shown = playback.value;
  return shown === undefined ? <Loading /> : <Controls shown={shown} />;
}

/** A playback ends when nobody has looked for a minute, and with its server. */
async function backIfEnded(id: string): Promise<void> {
  const answer = await getJson<{ readonly playbacks: readonly PlaybackView[] }>("/v1/playbacks").catch(
    () => undefined,
  );
  if (answer === undefined || answer.playbacks.some(({ playbackId }) => playbackId === id)) return;
  setParams({ playback: undefined }, { replace: true });
  toast({ tone: "ok", text: words(playbackWords).ended });
}

function Loading() {
  const w = words(playbackWords);
  return (
    <div class="playback" role="status">
      <b class="past-mark">{w.past}</b> {w.states.loading} <BackToNow />
    </div>
  );
}

function Controls({ shown }: { readonly shown: PlaybackView }) {
  const w = words(playbackWords);
  const { fromMs, toMs, atMs, state, speed } = shown;
  const plays = state === "playing" || state === "seeking";
  const toggle = (): void => send({ command: plays ? "pause" : "play" });
  const seek = (toAtMs: number): void =>
    send({ command: "seek", atMs: Math.min(toMs, Math.max(fromMs, toAtMs)) });
  useShortcut("p", plays ? w.pause : w.play, toggle);
  useShortcut(",", `− ${duration(STEP_MS)}`, () => seek(atMs - STEP_MS));
  useShortcut(".", `+ ${duration(STEP_MS)}`, () => seek(atMs + STEP_MS));
  return (
    <section class="playback" aria-label={w.timeMachine}>
      <b class="past-mark">{w.past}</b>
      <button type="button" class="button" onClick={toggle}>
        <Icon name={plays ? "pause" : "play"} /> {plays ? w.pause : w.play}
      </button>
      <time dateTime={utc(atMs)} title={utc(atMs)}>
        <b>{dateTime(atMs)}</b>
      </time>
      <span class="playback-state">{w.states[state]}</span>
      <input
        type="range"
        aria-label={w.position}
        aria-valuetext={dateTime(atMs)}
        min={fromMs}
        max={toMs}
        step={SECOND_MS}
        value={atMs}
        onChange={(event) => seek(Number(event.currentTarget.value))}
      />
      <label>
        {w.speed}{" "}
        <select
          value={speed}
          onChange={(event) =>
            send({ command: "speed", speed: Number(event.currentTarget.value) as PlaybackSpeed })
          }
        >
          {PLAYBACK_SPEEDS.map((one) => (
            <option key={one} value={one}>
              ×{one}
            </option>
          ))}
        </select>
      </label>
      <Clip shown={shown} />
      <BackToNow />
    </section>
  );
}

/** What has just been seen, to take away. */
const CLIP_MS = 300_000;

function Clip({ shown: { recording, atMs, fromMs } }: { readonly shown: PlaybackView }) {
  const w = words(playbackWords);
  const query = `from=${Math.max(fromMs, atMs - CLIP_MS)}&to=${atMs + 1}`;
  return (
    <a
      class="button"
      href={`/v1/recordings/${encodeURIComponent(recording)}/clip.mcap?${query}`}
      title={w.clipRecording}
      download
    >
      {w.clip}
    </a>
  );
}

function BackToNow() {
  const w = words(playbackWords);
  const end = (): void => {
    const id = param("playback");
    setParams({ playback: undefined, alarm: undefined, alert: undefined });
    if (id !== undefined)
      void sendJson("DELETE", `/v1/playbacks/${encodeURIComponent(id)}`, {}).catch(() => undefined);
  };
  return (
    <button type="button" class="button button-main" onClick={end}>
      {w.backToNow}
    </button>
  );
}
