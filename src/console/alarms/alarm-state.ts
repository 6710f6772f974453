import { computed } from "@preact/signals";
import type { AlarmState, AlarmView } from "../../api/contract/alarms.ts";
import { alarms } from "../live/picture.ts";
import { param } from "../state/address.ts";

export const LISTS = ["alarms", "all", "shelf"] as const;
export type ListName = (typeof LISTS)[number];

/** Which list is shown; part of the URL. */
export const listName = (): ListName => LISTS.find((name) => name === param("list")) ?? "alarms";

const URGENCY: Readonly<Record<AlarmState, number>> = {
  unacknowledged: 0,
  "cleared-unacknowledged": 1,
  acknowledged: 2,
  held: 3,
  cleared: 4,
};

const isSilent = ({ annunciation }: AlarmView): number => (annunciation === "alarm" ? 0 : 1);

/** What waits for somebody first, then by priority, then the newest. */
const inOrder = computed(() =>
  [...alarms.value.values()].sort(
    (a, b) =>
      isSilent(a) - isSilent(b) ||
      URGENCY[a.state] - URGENCY[b.state] ||
      a.priority - b.priority ||
      (b.annunciatedAtMs ?? b.beganAtMs) - (a.annunciatedAtMs ?? a.beganAtMs) ||
      (a.alarmId < b.alarmId ? -1 : 1),
  ),
);

const isOnShelf = (alarm: AlarmView): boolean =>
  alarm.shelved !== undefined || alarm.outOfService !== undefined;

/** Alarms that are announced, or will be if they last. */
const isAnnounced = (alarm: AlarmView): boolean =>
  alarm.annunciation === "alarm" &&
  !isOnShelf(alarm) &&
  (alarm.state !== "cleared" || alarm.acknowledged !== undefined);

const lists = {
  alarms: computed(() => inOrder.value.filter(isAnnounced)),
  all: inOrder,
  shelf: computed(() =>
    inOrder.value
      .filter(isOnShelf)
      .sort(
        (a, b) =>
          (a.shelved?.untilMs ?? Number.POSITIVE_INFINITY) - (b.shelved?.untilMs ?? Number.POSITIVE_INFINITY),
      ),
  ),
};

/** The rows of a list; where only what a flood silenced is asked for, those. */
export function rowsOf(name: ListName): readonly AlarmView[] {
  const rows = lists[name].value;
  return param("only") === "suppressed" ? rows.filter(({ suppressed }) => suppressed !== undefined) : rows;
}

export const waiting = computed(() =>
  inOrder.value.filter(({ state }) => state === "unacknowledged" || state === "cleared-unacknowledged"),
);

/** The alarm of the URL, or the one that the alert of the URL belongs to. */
export function selectedAlarm(): AlarmView | undefined {
  const alarmId = param("alarm");
  const known = alarmId === undefined ? undefined : alarms.value.get(alarmId);
  return known ?? alarmOfAlert(param("alert"));
}

export function alarmOfAlert(alertId: string | undefined): AlarmView | undefined {
  if (alertId === undefined) return undefined;
  for (const alarm of alarms.value.values()) if (alarm.children.includes(alertId)) return alarm;
  return undefined;
}
