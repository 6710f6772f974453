import { useSignal } from "@preact/signals";
import type { AlarmView } from "../../api/contract/alarms.ts";
import { alerts, board } from "../live/picture.ts";
import { CLOSE_ZOOM, flyTo } from "../map/fly.ts";
import { Icon } from "../parts/icon.tsx";
import { useRows } from "../parts/rows.ts";
import { useShortcut } from "../parts/shortcuts.ts";
import { TimeMachineButton } from "../playback/time-machine.tsx";
import { isWall, param, setParams } from "../state/address.ts";
import { now } from "../state/clock.ts";
import { duration, shortTime } from "../words/format.ts";
import { words } from "../words/words.ts";
import { acknowledgePage, act } from "./act.ts";
import { AlarmRow } from "./alarm-row.tsx";
import { LISTS, listName, rowsOf, selectedAlarm, waiting } from "./alarm-state.ts";
import { ExerciseButton } from "./exercise-button.tsx";
import { ShelveDialog } from "./shelve-dialog.tsx";
import { isBlocked, mute, mutedUntilMs, unmute } from "./sound.ts";
import { alarmWords } from "./words.ts";

/** More rows at once nobody reads; the tally tells of them. */
const SHOWN_ROWS = 200;

/** The operators' list beside the map: what waits for somebody stands first. */
export function AlarmPanel() {
  const w = words(alarmWords);
  const name = listName();
  const rows = rowsOf(name).slice(0, SHOWN_ROWS);
  const chosen = selectedAlarm();
  const shelving = useSignal<AlarmView | undefined>(undefined);
  const { container, rowProps } = useRows({
    keys: rows.map(({ alarmId }) => alarmId),
    selected: chosen?.alarmId,
    onSelect: (alarmId) => select(rows.find((row) => row.alarmId === alarmId)),
    onOpen: () => fly(chosen),
    isMain: true,
  });
  // What operators do now is about what is now.
  const isPast = param("playback") !== undefined;
  useAlarmKeys(isPast ? undefined : chosen, () => (shelving.value = chosen));
  const empty = { alarms: w.none, all: w.noneAll, shelf: w.noneShelved }[name];
  return (
    <section class="alarm-panel" aria-label={w.alarms}>
      <Flood />
      {!isWall.value && <Tabs />}
      {rows.length === 0 && <p class="empty">{empty}</p>}
      <ul
        role="listbox"
        aria-label={w[name]}
        class="alarm-rows"
        ref={(element) => {
          container.current = element;
        }}
      >
        {rows.map((alarm) => (
          <li
            key={alarm.alarmId}
            role="option"
            class={`alarm-row ${classOf(alarm)}`}
            {...rowProps(alarm.alarmId)}
          >
            <AlarmRow alarm={alarm} />
          </li>
        ))}
      </ul>
      {!isWall.value && !isPast && (
        <Actions chosen={chosen} rows={rows} onShelve={() => (shelving.value = chosen)} />
      )}
      {shelving.value !== undefined && (
        <ShelveDialog alarm={shelving.value} onClose={() => (shelving.value = undefined)} />
      )}
    </section>
  );
}

function classOf({ annunciation, priority, state }: AlarmView): string {
  return annunciation === "alarm" ? `p${priority} is-${state}` : `is-silent is-${state}`;
}

function select(alarm: AlarmView | undefined): void {
  if (alarm !== undefined) setParams({ alarm: alarm.alarmId, alert: alarm.alertId });
}

function fly(alarm: AlarmView | undefined): void {
  const alert = alarm && alerts.peek().get(alarm.alertId);
  if (alert === undefined) return;
  const { latitudeDeg, longitudeDeg } = alert;
  flyTo.value = { latitudeDeg, longitudeDeg, zoom: CLOSE_ZOOM };
}

function useAlarmKeys(chosen: AlarmView | undefined, onShelve: () => void): void {
  const w = words(alarmWords);
  const needs = chosen?.state === "unacknowledged" || chosen?.state === "cleared-unacknowledged";
  useShortcut("a", w.acknowledge, () => chosen && void act(chosen, { command: "acknowledge" }), needs);
  useShortcut("s", w.shelve, onShelve, isShelvable(chosen));
  useShortcut(
    "u",
    w.unshelve,
    () => chosen && void act(chosen, { command: "unshelve" }),
    chosen?.shelved !== undefined,
  );
  useShortcut("n", w.nextAlarm, () =>
    select(waiting.peek().find(({ alarmId }) => alarmId !== chosen?.alarmId)),
  );
  useShortcut("x", w.mute, mute);
}

const isShelvable = (alarm: AlarmView | undefined): boolean =>
  alarm?.annunciation === "alarm" && alarm.shelved === undefined && !alarm.state.startsWith("cleared");

/** Says that there is more than people can take in, and that nothing is lost. */
function Flood() {
  const w = words(alarmWords);
  const flood = board.value?.flood;
  const only = param("only") === "suppressed";
  if (flood === undefined && !only) return undefined;
  return (
    <div class="flood" role="status">
      {flood !== undefined && <b>{w.flood(shortTime(flood.sinceMs), flood.suppressed)}</b>}
      <button
        type="button"
        class="button"
        onClick={() => setParams(only ? { only: undefined } : { only: "suppressed", list: "all" })}
      >
        {only ? w.showEverything : w.showSuppressed}
      </button>
    </div>
  );
}

function Tabs() {
  const w = words(alarmWords);
  const shown = listName();
  const left = mutedUntilMs.value - Date.now();
  const isMuted = left > 0 && now.value > 0;
  return (
    <div class="alarm-head">
      <fieldset class="alarm-tabs" aria-label={w.alarms}>
        {LISTS.map((name) => (
          <button
            key={name}
            type="button"
            class="button"
            aria-pressed={shown === name}
            onClick={() => setParams({ list: name === "alarms" ? undefined : name, only: undefined })}
          >
            {w[name]} <span class="tally">{rowsOf(name).length}</span>
          </button>
        ))}
      </fieldset>
      <ExerciseButton />
      <TimeMachineButton />
      <button
        type="button"
        class="button-icon"
        aria-pressed={isMuted}
        aria-label={isMuted ? w.muted(duration(left)) : w.mute}
        title={isBlocked.value ? w.soundBlocked : isMuted ? w.muted(duration(left)) : w.mute}
        onClick={isMuted ? unmute : mute}
      >
        <Icon name={isMuted || isBlocked.value ? "mute" : "bell"} />
      </button>
    </div>
  );
}

interface ActionsProps {
  readonly chosen: AlarmView | undefined;
  readonly rows: readonly AlarmView[];
  readonly onShelve: () => void;
}

/** At most what fits on a screen is acknowledged at once. */
const MOST_AT_ONCE = 50;

function Actions({ chosen, rows, onShelve }: ActionsProps) {
  const w = words(alarmWords);
  const needs = chosen?.state === "unacknowledged" || chosen?.state === "cleared-unacknowledged";
  const page = rows
    .filter(
      ({ priority, annunciation, state }) =>
        annunciation === "alarm" && priority === 3 && state.endsWith("unacknowledged"),
    )
    .slice(0, MOST_AT_ONCE);
  return (
    <div class="alarm-actions">
      <button
        type="button"
        class="button button-main"
        disabled={!needs}
        onClick={() => chosen && void act(chosen, { command: "acknowledge" })}
      >
        <Icon name="check" /> {w.acknowledge} <kbd>a</kbd>
      </button>
      {chosen?.shelved === undefined ? (
        <button type="button" class="button" disabled={!isShelvable(chosen)} onClick={onShelve}>
          <Icon name="clock" /> {w.shelve} <kbd>s</kbd>
        </button>
      ) : (
        <button type="button" class="button" onClick={() => void act(chosen, { command: "unshelve" })}>
          <Icon name="bell" /> {w.unshelve} <kbd>u</kbd>
        </button>
      )}
      {page.length > 1 && (
        <button type="button" class="button" onClick={() => void acknowledgePage(page)}>
          {w.acknowledgePage} <span class="tally">{page.length}</span>
        </button>
      )}
    </div>
  );
}
