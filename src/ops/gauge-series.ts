import { type AlarmGauges, alarmSeries } from "./alarm-series.ts";
import { type RestartGauges, restartSeries } from "./restart-series.ts";
import { type Sample, type Series, single } from "./series.ts";
import { type StoreGauges, storeSeries } from "./store-series.ts";
import { type WebhookGauges, webhookSeries } from "./webhook-series.ts";

/** State of one bounded queue. */
export interface QueueState {
  /** Fixed name; becomes a label. */
  readonly name: string;
  readonly depth: number;
  readonly limit: number;
  readonly dropped: number;
}

export interface RecorderState {
  readonly queuedBytes: number;
  readonly writtenRecords: number;
  readonly droppedRecords: number;
}

/** What the server can be asked at a scrape. None of these may take long: streams wait meanwhile. */
export interface ServerGauges {
  /** Open sessions by role, e.g. `producer`. */
  readonly sessions: () => Readonly<Record<string, number>>;
  readonly stationsTracked: () => number;
  readonly alertsLive: () => number;
  readonly queues?: () => readonly QueueState[];
  readonly recorder?: () => RecorderState | undefined;
  /** The alert log on the disk. */
  readonly store?: () => StoreGauges | undefined;
  /** Absent where nothing is kept for a restart. */
  readonly restart?: () => RestartGauges | undefined;
  /** Absent where nothing is posted to anybody. */
  /** Absent where no operator works. */
  readonly alarms?: () => AlarmGauges | undefined;
  readonly webhooks?: () => readonly WebhookGauges[] | undefined;
  /** Share of the traffic near its roads that drives on them, by area of the map. */
  readonly mapFit?: () => readonly { readonly area: string; readonly share: number }[];
  /** Things that happened at a bound or to a subscriber, counted since the start, by a fixed name. */
  readonly events?: () => Readonly<Record<string, number>>;
}

/** The state of the server at a scrape. */
export function serverSeries(gauges: ServerGauges): Series[] {
  return [
    ...gaugeSeries(gauges),
    ...queueSeries(gauges),
    ...storeSeries(() => gauges.store?.()),
    ...restartSeries(() => gauges.restart?.()),
    ...alarmSeries(() => gauges.alarms?.()),
    ...webhookSeries(() => gauges.webhooks?.() ?? []),
  ];
}

function gaugeSeries(gauges: ServerGauges): Series[] {
  const gauge = (name: string, help: string, read: () => Sample[]): Series => ({
    name: `roadpulse_${name}`,
    help,
    type: "gauge",
    read,
  });
  return [
    gauge("sessions", "Open sessions, by role.", () =>
      Object.entries(gauges.sessions()).map(([role, value]) => ({ labels: { role }, value })),
    ),
    gauge("stations_tracked", "Stations followed.", () => single(gauges.stationsTracked())),
    gauge("alerts_live", "Alerts that have not ended.", () => single(gauges.alertsLive())),
    gauge("map_fit_ratio", "Share of the traffic near roads of the map that drives on them, by area.", () =>
      (gauges.mapFit?.() ?? []).map(({ area, share }) => ({ labels: { area }, value: share })),
    ),
    {
      name: "roadpulse_events_total",
      help: "What happened at a bound or to a subscriber, by name.",
      type: "counter",
      read: () =>
        Object.entries(gauges.events?.() ?? {}).map(([event, value]) => ({ labels: { event }, value })),
    },
  ];
}

function queueSeries(gauges: ServerGauges): Series[] {
  const queue = (
    name: string,
    type: Series["type"],
    help: string,
    value: (state: QueueState) => number,
  ): Series => ({
    name: `roadpulse_queue_${name}`,
    help,
    type,
    read: () =>
      (gauges.queues?.() ?? []).map((state) => ({ labels: { queue: state.name }, value: value(state) })),
  });
  const recorder = (
    name: string,
    type: Series["type"],
    help: string,
    value: (state: RecorderState) => number,
  ): Series => ({
    name: `roadpulse_recorder_${name}`,
    help,
    type,
    read: () => {
      const state = gauges.recorder?.();
      return state === undefined ? [] : single(value(state));
    },
  });
  return [
    queue("depth", "gauge", "Entries waiting in a queue.", (state) => state.depth),
    queue("limit", "gauge", "Entries that a queue holds at most.", (state) => state.limit),
    queue("dropped_total", "counter", "Entries that found a queue full.", (state) => state.dropped),
    recorder("queued_bytes", "gauge", "Bytes waiting for the disk.", (state) => state.queuedBytes),
    recorder("records_total", "counter", "Records written.", (state) => state.writtenRecords),
    recorder(
      "dropped_total",
      "counter",
      "Records missing from the recording.",
      (state) => state.droppedRecords,
    ),
  ];
}
