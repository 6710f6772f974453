import type { Sample, Series } from "./series.ts";

/** Alarms at a scrape. */
export interface AlarmGauges {
  /** Announced since the start, by priority. */
  readonly announced: { readonly p1: number; readonly p2: number; readonly p3: number };
  /** Kept silent since the start, by reason. */
  readonly suppressed: { readonly flood: number; readonly chatter: number };
  readonly heldBack: number;
  readonly forgotten: number;
  readonly commands: number;
  /** Announced or kept silent by a flood within ten minutes. */
  readonly lastTenMinutes: number;
  /** Alarms now, by state. */
  readonly states: Readonly<Record<string, number>>;
  readonly shelved: number;
  readonly stale: number;
  readonly chattering: number;
  readonly isFlood: boolean;
  /** Median time to acknowledge over a day, s; absent where nothing was acknowledged. */
  readonly acknowledgeS: number | undefined;
}

/** How the alarms treat the operators, for Prometheus; nothing where there are none. */
export function alarmSeries(read: () => AlarmGauges | undefined): Series[] {
  const series = (
    name: string,
    type: Series["type"],
    help: string,
    samples: (gauges: AlarmGauges) => Sample[],
  ): Series => ({
    name: `roadpulse_alarm_${name}`,
    help,
    type,
    read() {
      const gauges = read();
      return gauges === undefined ? [] : samples(gauges);
    },
  });
  const by = (label: string, counts: Readonly<Record<string, number>>): Sample[] =>
    Object.entries(counts).map(([key, value]) => ({ labels: { [label]: key }, value }));
  const one = (value: number | undefined): Sample[] => (value === undefined ? [] : [{ labels: {}, value }]);
  return [
    series("announced_total", "counter", "Alarms announced to operators, by priority.", (g) =>
      by("priority", g.announced),
    ),
    series("suppressed_total", "counter", "Alarms kept silent, by reason.", (g) =>
      by("reason", g.suppressed),
    ),
    series("held_back_total", "counter", "Would-be alarms that were over before they had lasted.", (g) =>
      one(g.heldBack),
    ),
    series(
      "forgotten_total",
      "counter",
      "Alarms over and not acknowledged that were too many to keep.",
      (g) => one(g.forgotten),
    ),
    series("commands_total", "counter", "What operators did with alarms.", (g) => one(g.commands)),
    series("last_ten_minutes", "gauge", "Alarms within ten minutes; 10 are a flood for one operator.", (g) =>
      one(g.lastTenMinutes),
    ),
    series("alarms", "gauge", "Alarms that are listed, by state.", (g) => by("state", g.states)),
    series("shelved", "gauge", "Alarms on the shelf.", (g) => one(g.shelved)),
    series("stale", "gauge", "Alarms present for more than a day.", (g) => one(g.stale)),
    series("chattering", "gauge", "Alarms that begin again and again.", (g) => one(g.chattering)),
    series("flood", "gauge", "1 while only priority 1 is announced.", (g) => one(g.isFlood ? 1 : 0)),
    series("acknowledge_seconds", "gauge", "Median time to acknowledge over a day.", (g) =>
      one(g.acknowledgeS),
    ),
  ];
}
