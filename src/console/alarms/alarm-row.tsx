import type { AlarmView } from "../../api/contract/alarms.ts";
import { alerts } from "../live/picture.ts";
import { now } from "../state/clock.ts";
import { alertWords } from "../words/alert-words.ts";
import { duration, utc } from "../words/format.ts";
import { kmRange, roadName, stretchText } from "../words/place.ts";
import { words } from "../words/words.ts";
import { alarmWords } from "./words.ts";

/** What an operator reads at a glance: how urgent, what, where, for how long, and what of it is done. */
export function AlarmRow({ alarm }: { readonly alarm: AlarmView }) {
  const w = words(alarmWords);
  const kinds = words(alertWords).kinds;
  const { annunciation, priority, kind, beganAtMs, alerts: count } = alarm;
  const isAlarm = annunciation === "alarm";
  return (
    <>
      <span class="alarm-mark" role="img" aria-label={isAlarm ? w.priority(priority) : w.silent}>
        {isAlarm ? `P${priority}` : "·"}
      </span>
      <span class="alarm-what">
        {alarm.exercise && <b class="exercise">{w.exercise}</b>}
        <b>{kinds[kind]}</b>
        {count > 1 && (
          <span class="alarm-more" title={w.moreText(count - 1)}>
            {w.more(count - 1)}
            <span class="unseen"> {w.moreText(count - 1)}</span>
          </span>
        )}
      </span>
      <time class="alarm-age" dateTime={utc(beganAtMs)} title={utc(beganAtMs)}>
        {duration(now.value - beganAtMs)}
      </time>
      <Where alarm={alarm} />
      <span class="alarm-state">{stateText(alarm)}</span>
    </>
  );
}

function Where({ alarm: { alertId, stretch } }: { readonly alarm: AlarmView }) {
  const road = alerts.value.get(alertId)?.road;
  if (road === undefined) return <span class="alarm-place">{stretch}</span>;
  return (
    <span class="alarm-place">
      <b>{roadName(road)}</b> {kmRange(road)} · {stretchText(road)}
    </span>
  );
}

function stateText(alarm: AlarmView): string {
  const w = words(alarmWords);
  const { shelved, outOfService, suppressed, acknowledged, state, stale } = alarm;
  if (outOfService !== undefined) return `${w.outOfService}: ${outOfService.reason}`;
  if (shelved !== undefined)
    return `${w.shelvedFor(duration(shelved.untilMs - now.value))}: ${shelved.reason}`;
  if (suppressed !== undefined) return suppressed === "flood" ? w.suppressedFlood : w.suppressedChatter;
  const parts = [
    alarm.annunciation === "alarm" ? w.states[state] : state === "held" ? w.silent : w.states[state],
  ];
  if (acknowledged !== undefined && state === "acknowledged") parts[0] = w.acknowledged(acknowledged.by);
  if (stale) parts.push(w.stale);
  return parts.join(", ");
}
