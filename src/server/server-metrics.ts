import type { AlarmGauges } from "../ops/alarm-series.ts";
import { createMetrics, type Metrics } from "../ops/metrics.ts";
import type { ProcessMeter } from "../ops/process-metrics.ts";
import { version } from "../version.ts";
import type { MapWatch } from "./map-watch.ts";
import type { Program, ServerParts } from "./program.ts";
import type { ServerWebhooks } from "./webhooks.ts";

/** What `/metrics` tells of a running server. */
export function serverMetrics(
  program: Program,
  meter: ProcessMeter,
  mapWatch: MapWatch | undefined,
  { config, recorder, store }: ServerParts,
  webhooks: ServerWebhooks | undefined,
  alarms: () => AlarmGauges,
): Metrics {
  const { pipeline, hub, producers } = program;
  return createMetrics({
    version,
    counters: pipeline.counters,
    process: meter,
    gauges: {
      sessions: () => ({
        console: program.console.hub.sessions,
        producer: producers.size,
        subscriber: hub.stats.sessions,
      }),
      stationsTracked: () => pipeline.tracker.size,
      alertsLive: () => pipeline.alertBook.size,
      queues: () => [
        {
          name: "outboxes",
          depth: hub.queuedBytes,
          limit: config.deliver.outboxBytes * Math.max(1, hub.stats.sessions),
          dropped: hub.counters.alertDeliveries.dropped,
        },
        {
          name: "backlog",
          depth: producers.backlog.bytes,
          limit: producers.backlog.limitBytes,
          dropped: producers.messagesCrowded,
        },
      ],
      recorder: () => recorder?.state(),
      store: () => store?.gauges(),
      restart: () => program.memory?.gauges(),
      webhooks: () => webhooks?.gauges(),
      alarms,
      mapFit: () => mapWatch?.shares() ?? [],
      events: () => boundEvents(program),
    },
  });
}

/** What was given up at a bound, and how subscribers fared. The names are labels of a metric. */
function boundEvents({ pipeline, hub, producers, overload, console }: Program): Record<string, number> {
  const { evicted } = pipeline;
  return {
    console_frame_dropped: console.hub.frames.dropped,
    console_slow: console.hub.slow,
    alert_refused: Object.values(pipeline.alertBook.refused).reduce((sum, count) => sum + count, 0),
    detector_refused: pipeline.refusedByDetectors,
    duplicate_memory_evicted: evicted.messages,
    hazard_event_evicted: evicted.events,
    overload: overload.episodes,
    receipt_dropped: producers.answersDropped,
    subscriber_gap: hub.stats.gaps,
    subscriber_problem: hub.stats.problems.total,
    subscriber_resumed: hub.stats.resumes,
    subscriber_slow: hub.stats.slowConsumers,
  };
}
