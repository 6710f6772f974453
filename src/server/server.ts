import { originsOf } from "../config/rules.ts";
import type { Config } from "../config/schema.ts";
import { DeliveryHub } from "../deliver/delivery-hub.ts";
import { StationLabels } from "../deliver/station-label.ts";
import { defaultDetectors } from "../detect/registry.ts";
import { Counters } from "../domain/counters.ts";
import type { Detector } from "../domain/detector.ts";
import type { RoadNetwork } from "../domain/road.ts";
import { subprotocol } from "../domain/subprotocol.ts";
import { ProducerSessions } from "../ingest/producer-sessions.ts";
import { httpHandler } from "../ops/http.ts";
import { type Logger, ThrottledWarnings } from "../ops/logging.ts";
import { createMetrics, type Metrics } from "../ops/metrics.ts";
import { opsRoutes } from "../ops/ops-routes.ts";
import { type ProcessMeter, startProcessMeter } from "../ops/process-metrics.ts";
import { qualityRoutes } from "../ops/quality.ts";
import { Pipeline } from "../pipeline.ts";
import { advanceUntilQuiet } from "../replay.ts";
import { type Clock, liveClock } from "../stream/clock.ts";
import type { AlertedRecord } from "../stream/operators.ts";
import type { Connection } from "../transport/transport.ts";
import { version } from "../version.ts";
import { MAX_FRAME_ITEMS, SCHEMA_MINOR } from "../wire/ingest-frame.ts";
import { encodeWelcome } from "../wire/server-message.ts";
import { type Access, openAccess } from "./access.ts";
import { type AlertStore, openAlertStore } from "./alert-store.ts";
import { readDetectionFile } from "./detection-file.ts";
import { healthChecks } from "./health-checks.ts";
import { type Lanes, openLanes } from "./lanes.ts";
import { MAP_LOOK_MS, MapWatch } from "./map-watch.ts";
import { producerGate } from "./producer-gate.ts";
import { openRecorder, type ServerRecorder } from "./recorder.ts";
import { readRoadFile } from "./road-file.ts";
import { producerRole, replayRole, subscriberRole } from "./roles.ts";
import { Streams } from "./streams.ts";

export interface RunningServer {
  readonly httpUrl: string;
  readonly streamUrl: string;
  readonly fastLaneUrl: string | undefined;
  readonly fastLaneEngine: Lanes["fastLaneEngine"];
  readonly pipeline: Pipeline;
  readonly hub: DeliveryHub;
  /** Path of the recording that is being written. */
  readonly recordingPath: string | undefined;
  /** Refuses new connections, closes the others with 1001, finishes the recording. Later calls wait for the first. */
  stop(): Promise<void>;
}

/** Ticks are 50 ms apart; looking every 10 ms keeps tick-driven alerts within a fifth of that. */
const CLOCK_INTERVAL_MS = 10;
const SWEEP_INTERVAL_MS = 250;

/** A replay goes on while less than this waits for subscribers. */
const REPLAY_ROOM_BYTES = 256 * 1024;

/** Clients that hear nothing for 2.5 times as long reconnect. Pings go out at half the idle timeout at the latest. */
const HEARTBEAT_SHARE = 0.5;

/**
 * Composes and starts a server.
 * @throws Error in one sentence where a port is taken, the recording's file exists, a demanded engine is missing, or the
 * map or the settings of the detectors cannot be used.
 */
export async function startServer(config: Config, deps: { readonly logger: Logger }): Promise<RunningServer> {
  const wallClock = liveClock();
  const roads = openRoads(config, deps.logger);
  const { settings } = config.detection;
  const detectors = defaultDetectors(settings === undefined ? {} : readDetectionFile(settings));
  const counters = new Counters();
  const access = await openAccess(config, counters, deps.logger);
  const recorder = await openRecorder(config, wallClock(), deps.logger);
  const store = openAlertStore(config, wallClock, deps.logger);
  const program = compose(
    config,
    deps.logger,
    wallClock,
    recorder,
    roads,
    detectors,
    counters,
    access,
    store,
  );
  const { pipeline, hub, producers, handlers, subscription } = program;
  const meter = startProcessMeter();
  const mapWatch = roads === undefined ? undefined : watchMap(roads, deps.logger);
  let stopping: Promise<void> | undefined;
  const about: Record<string, string> = { version, clock: config.clock };
  const routes = opsRoutes({
    checks: [
      ...healthChecks({
        pipeline,
        wallClock,
        live: config.clock === "live",
        recorder,
        mapWatch,
        store,
        isStopping: () => stopping !== undefined,
      }),
      ...access.checks,
    ],
    metrics: serverMetrics(program, meter, recorder, mapWatch, store, config.deliver.outboxBytes),
    version: () => about,
  });
  const release = async () => {
    subscription.unsubscribe();
    store?.close();
    await recorder?.close();
    await access.close();
    meter.close();
  };
  // The clock has begun when the first client asks whether the server is ready.
  if (config.clock === "live") pipeline.advanceTo(pipeline.stamp(wallClock()));
  const reachedMs = () => pipeline.stamp(Number.NEGATIVE_INFINITY);
  const requests = httpHandler(
    [...routes, ...qualityRoutes(pipeline.counters, reachedMs)],
    deps.logger,
    access.guard,
  );
  const lanes = await openLanes(config.listen, config.limits, handlers, requests, deps.logger).catch(
    (error: unknown) => release().then(() => Promise.reject(error)),
  );
  about["fastLaneEngine"] = lanes.fastLaneEngine;
  if (lanes.fastLaneUrl !== undefined) about["fastLaneUrl"] = lanes.fastLaneUrl;
  const timers = config.clock === "live" ? startTimers(pipeline, producers, wallClock) : [];
  timers.push(setInterval(() => handlers.sweep(), SWEEP_INTERVAL_MS));
  if (mapWatch !== undefined) timers.push(setInterval(() => mapWatch.look(), MAP_LOOK_MS));
  const stop = async () => {
    await lanes.drain(config.listen.drainTimeoutMs);
    for (const timer of timers) clearInterval(timer);
    await release();
  };
  return {
    httpUrl: lanes.httpUrl,
    streamUrl: lanes.streamUrl,
    fastLaneUrl: lanes.fastLaneUrl,
    fastLaneEngine: lanes.fastLaneEngine,
    pipeline,
    hub,
    recordingPath: recorder?.path,
    stop: () => (stopping ??= stop()),
  };
}

/** Tells once, per area, when the traffic does not drive where the map has roads, and once when it does again. */
function watchMap(roads: RoadNetwork, logger: Logger): MapWatch {
  return new MapWatch(roads, (change) => {
    if (change.fits) logger.info(change, "the map fits the traffic here again");
    else logger.warn(change, "the map does not fit the traffic here");
  });
}

/** Says where the roads lie: swapped coordinates then show. */
function openRoads({ roads }: Config, logger: Logger): RoadNetwork | undefined {
  if (roads.map === undefined) return undefined;
  const network = readRoadFile(roads.map);
  const { links, routes, name } = network;
  const first = links[0]?.points[0];
  logger.info(
    { map: name, routes: routes.length, links: links.length, ...first },
    "the map is read; it begins at this place",
  );
  return network;
}

/** The parts that messages and alerts pass, wired but not yet listening. */
function compose(
  config: Config,
  logger: Logger,
  wallClock: Clock,
  recorder: ServerRecorder | undefined,
  roads: RoadNetwork | undefined,
  detectors: readonly Detector<unknown>[],
  counters: Counters,
  { gatekeeper }: Access,
  store: AlertStore | undefined,
) {
  const warnings = new ThrottledWarnings(logger);
  const live = config.clock === "live";
  const pipeline = new Pipeline({
    maxStations: config.track.maxStations,
    roads,
    detectors,
    counters,
    ...(live ? { clock: wallClock } : {}),
    ...(recorder === undefined ? {} : { tap: (record) => recorder.record(record) }),
    onFault: (part, error) =>
      warnings.warn(part, { part, error: String(error) }, "a part failed and was restarted"),
  });
  const hub = composeDelivery(config, pipeline, wallClock, store);
  const subscription = pipeline.alerts$.subscribe((alerted) =>
    deliver(alerted, pipeline, hub, live ? wallClock : undefined),
  );
  const clock: Clock = live ? wallClock : () => Math.max(0, pipeline.lastTickMs);
  const producers = new ProducerSessions(
    pipeline,
    producerGate(hub, pipeline.tracker, clock, gatekeeper),
    producerOptions(config),
    clock,
  );
  const greet = greeter(config, hub, wallClock);
  const sink = {
    push: (record: Parameters<Pipeline["push"]>[0]) => pipeline.push(record),
    finish: () => advanceUntilQuiet(pipeline),
    hasRoom: () => hub.queuedBytes < REPLAY_ROOM_BYTES,
    reachedMs: () => pipeline.stamp(Number.NEGATIVE_INFINITY),
  };
  const roles = {
    [subprotocol.ingest]: producerRole(producers, greet, live, gatekeeper),
    [subprotocol.alerts]: subscriberRole(hub, greet, clock, gatekeeper),
    [subprotocol.replay]: replayRole(sink, live),
  };
  const handlers = new Streams(roles, pipeline.counters, gatekeeper, {
    allowedOrigins: originsOf(config.access.allowedOrigins),
    authenticationTimeoutMs: config.limits.helloTimeoutMs,
    onFault: (part, error) =>
      warnings.warn(part, { part, error: String(error) }, "a message met a fault and ended its session"),
  });
  return { pipeline, hub, producers, subscription, handlers };
}

type Program = ReturnType<typeof compose>;

function serverMetrics(
  program: Program,
  meter: ProcessMeter,
  recorder: ServerRecorder | undefined,
  mapWatch: MapWatch | undefined,
  store: AlertStore | undefined,
  maxOutboxBytes: number,
): Metrics {
  const { pipeline, hub, producers } = program;
  return createMetrics({
    version,
    counters: pipeline.counters,
    process: meter,
    gauges: {
      sessions: () => ({ producer: producers.size, subscriber: hub.stats.sessions }),
      stationsTracked: () => pipeline.tracker.size,
      alertsLive: () => pipeline.alertBook.size,
      queues: () => [
        {
          name: "outboxes",
          depth: hub.queuedBytes,
          limit: maxOutboxBytes * Math.max(1, hub.stats.sessions),
          dropped: hub.counters.alertDeliveries.dropped,
        },
      ],
      recorder: () => recorder?.state(),
      store: () => store?.gauges(),
      mapFit: () => mapWatch?.shares() ?? [],
      events: () => boundEvents(program),
    },
  });
}

/** What was given up at a bound, and how subscribers fared. The names are labels of a metric. */
function boundEvents({ pipeline, hub, producers }: Program): Record<string, number> {
  const { evicted } = pipeline;
  return {
    alert_refused: Object.values(pipeline.alertBook.refused).reduce((sum, count) => sum + count, 0),
    duplicate_memory_evicted: evicted.messages,
    hazard_event_evicted: evicted.events,
    receipt_dropped: producers.answersDropped,
    subscriber_gap: hub.stats.gaps,
    subscriber_problem: hub.stats.problems.total,
    subscriber_resumed: hub.stats.resumes,
    subscriber_slow: hub.stats.slowConsumers,
  };
}

function composeDelivery(
  config: Config,
  pipeline: Pipeline,
  wallClock: Clock,
  store: AlertStore | undefined,
): DeliveryHub {
  const { ringTransitions, outboxBytes, slowConsumerAgeMs, maxSubscriptionsPerSession, stationLabelKey } =
    config.deliver;
  return new DeliveryHub({
    epoch: Math.floor(wallClock()),
    ...(store === undefined ? {} : { log: store.log }),
    counters: pipeline.counters,
    stations: pipeline.tracker,
    presentAlert: (alertId) => pipeline.alertBook.get(alertId),
    labelOf: new StationLabels(stationLabelKey).labelOf,
    limits: {
      ringTransitions,
      outboxBytes,
      maxSubscriptionsPerSession,
      // On a recording's clock an hour may pass in a second; the replay waits for its readers instead.
      slowConsumerAgeMs: config.clock === "live" ? slowConsumerAgeMs : Number.POSITIVE_INFINITY,
    },
    ...(config.clock === "live" ? { monotonicNowMs: wallClock } : {}),
  });
}

function producerOptions(config: Config) {
  return {
    admission: {
      itemsPerSecond: config.limits.maxItemsPerSecondPerSource,
      burstItems: config.limits.burstItemsPerSource,
    },
    helloTimeoutMs: config.limits.helloTimeoutMs,
    maxSessions: config.limits.maxSessions,
  };
}

function greeter(config: Config, hub: DeliveryHub, clock: Clock) {
  return (connection: Connection): void => {
    connection.send(
      encodeWelcome({
        epoch: hub.cursor.epoch,
        serverTimeMs: Math.floor(clock()),
        version,
        schemaMinor: SCHEMA_MINOR,
        maxMessageBytes: config.limits.maxMessageBytes,
        maxItems: MAX_FRAME_ITEMS,
        heartbeatMs: Math.floor(config.limits.idleTimeoutMs * HEARTBEAT_SHARE),
      }),
    );
  };
}

function startTimers(pipeline: Pipeline, producers: ProducerSessions, clock: Clock): NodeJS.Timeout[] {
  return [
    setInterval(() => pipeline.advanceTo(pipeline.stamp(clock())), CLOCK_INTERVAL_MS),
    setInterval(() => producers.sweep(), SWEEP_INTERVAL_MS),
  ];
}

/** Hands transitions to delivery and lets its own work (positions, slow subscribers) run on ticks. */
function deliver(
  alerted: AlertedRecord,
  pipeline: Pipeline,
  hub: DeliveryHub,
  clock: Clock | undefined,
): void {
  const { record, transitions } = alerted;
  for (const alert of transitions) pipeline.counters.countTransition(alert.kind, alert.state);
  if (clock !== undefined && record.kind === "message") {
    pipeline.counters.detectLatency.record(clock() - record.receivedAtMs);
  }
  if (transitions.length > 0)
    hub.publish(
      transitions,
      stampsOf(record.kind, record.receivedAtMs, pipeline, clock),
      record.receivedAtMs,
    );
  if (record.kind === "tick") hub.onTick(record.receivedAtMs);
}

function stampsOf(kind: string, receivedAtMs: number, pipeline: Pipeline, clock: Clock | undefined) {
  if (clock === undefined) return undefined;
  return {
    receivedMonotonicMs: receivedAtMs,
    decodedMonotonicMs: kind === "message" ? pipeline.decodedAtMs : receivedAtMs,
    detectedMonotonicMs: clock(),
  };
}
