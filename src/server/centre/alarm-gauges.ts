import type { Alarms } from "../../alarm/alarms.ts";
import { alarmKpis } from "../../alarm/kpis.ts";
import { stateOf } from "../../alarm/line.ts";
import type { AlarmGauges } from "../../ops/alarm-series.ts";

const DAY_MS = 86_400_000;
const MS_PER_S = 1_000;

/** A scrape asks for each series; the figures of one second are the same for all of them. */
const KEPT_MS = 1_000;

/** What metrics tell of alarms: the same figures as the view of key figures. Exercises are not counted. */
export class AlarmMeter {
  readonly #alarms: Alarms;
  #kept: { readonly atMs: number; readonly gauges: AlarmGauges } | undefined;

  constructor(alarms: Alarms) {
    this.#alarms = alarms;
  }

  gauges(): AlarmGauges {
    const atMs = performance.now();
    if (this.#kept === undefined || atMs - this.#kept.atMs > KEPT_MS)
      this.#kept = { atMs, gauges: gaugesOf(this.#alarms) };
    return this.#kept.gauges;
  }
}

function gaugesOf(alarms: Alarms): AlarmGauges {
  const { counts, nowMs } = alarms;
  const { stale, chattering, medianAcknowledgeMs, shelved } = alarmKpis(alarms, nowMs - DAY_MS, nowMs + 1);
  const { flood, lastTenMinutes } = alarms.board();
  const states: Record<string, number> = {};
  for (const line of alarms.lines()) {
    if (line.exercise) continue;
    const state = stateOf(line);
    states[state] = (states[state] ?? 0) + 1;
  }
  return {
    announced: { p1: counts.p1, p2: counts.p2, p3: counts.p3 },
    suppressed: { flood: counts.suppressedByFlood, chatter: counts.suppressedByChatter },
    heldBack: counts.heldBack,
    forgotten: counts.forgotten,
    commands: counts.commands,
    lastTenMinutes,
    states,
    shelved,
    stale: stale.length,
    chattering: chattering.length,
    isFlood: flood !== undefined,
    acknowledgeS: medianAcknowledgeMs === undefined ? undefined : medianAcknowledgeMs / MS_PER_S,
  };
}
