import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { AlarmView, Priority } from "../../api/contract/alarms.ts";
import { alarms, isOld, welcome } from "../live/picture.ts";
import { announce } from "../parts/announcer.tsx";
import { alertWords } from "../words/alert-words.ts";
import { words } from "../words/words.ts";
import { listenForGesture, sound } from "./sound.ts";
import { alarmWords } from "./words.ts";

/** Only priority 1 repeats, until somebody has acknowledged it (console-and-ecosystem §2). */
const REPEAT_MS = 30_000;

/** More in one moment are read as a number: nobody listens to ten sentences. */
const MOST_READ = 3;

/** Lets new alarms be heard and read; shows nothing. Once in the page. */
export function AlarmWatch() {
  useEffect(() => {
    const stopListening = listenForGesture();
    const heard = new Map<string, number>();
    const stop = effect(() => hear(alarms.value, heard));
    const timer = setInterval(repeat, REPEAT_MS);
    return () => {
      stop();
      stopListening();
      clearInterval(timer);
    };
  }, []);
  return undefined;
}

const isPast = (): boolean => welcome.peek()?.clock === "playback" && welcome.peek()?.playback !== undefined;

const calls = ({ state, suppressed, annunciatedAtMs }: AlarmView): boolean =>
  state === "unacknowledged" && suppressed === undefined && annunciatedAtMs !== undefined;

/** Sounds once for the most urgent of what is new; the past is silent. */
function hear(present: ReadonlyMap<string, AlarmView>, heard: Map<string, number>): void {
  for (const alarmId of heard.keys()) if (!present.has(alarmId)) heard.delete(alarmId);
  const fresh = [...present.values()].filter(
    (alarm) => calls(alarm) && (heard.get(alarm.alarmId) ?? 0) < (alarm.annunciatedAtMs ?? 0),
  );
  for (const { alarmId, annunciatedAtMs = 0 } of fresh) heard.set(alarmId, annunciatedAtMs);
  if (fresh.length === 0 || isPast()) return;
  sound(Math.min(...fresh.map(({ priority }) => priority)) as Priority);
  read(fresh);
}

/** Priority 1 interrupts a screen reader; everything else waits its turn. */
function read(fresh: readonly AlarmView[]): void {
  const w = words(alarmWords);
  const kinds = words(alertWords).kinds;
  const textOf = ({ priority, kind, stretch }: AlarmView): string =>
    w.announced(priority, kinds[kind], stretch);
  const urgent = fresh.filter(({ priority }) => priority === 1);
  const others = fresh.filter(({ priority }) => priority !== 1);
  if (urgent.length > 0) announce(urgent.slice(0, MOST_READ).map(textOf).join(". "), "assertive");
  if (others.length > MOST_READ) announce(w.announcedMany(others.length), "polite");
  else for (const alarm of others) announce(textOf(alarm), "polite");
}

function repeat(): void {
  if (isOld.peek() || isPast()) return;
  for (const alarm of alarms.peek().values()) if (alarm.priority === 1 && calls(alarm)) return sound(1);
}
