import { rmSync } from "node:fs";
import { performance } from "node:perf_hooks";
import type { Config } from "../config/schema.ts";
import type { DeliveryHub } from "../deliver/delivery-hub.ts";
import { Counters } from "../domain/counters.ts";
import type { RoadNetwork } from "../domain/road.ts";
import { type HttpRoute, httpHandler } from "../ops/http.ts";
import type { Logger } from "../ops/logging.ts";
import { opsRoutes } from "../ops/ops-routes.ts";
import { startProcessMeter } from "../ops/process-metrics.ts";
import { qualityRoutes } from "../ops/quality.ts";
import type { Pipeline } from "../pipeline.ts";
import { type Clock, liveClock } from "../stream/clock.ts";
import { version } from "../version.ts";
import { openAccess } from "./access/open-access.ts";
import { type AlertStore, openAlertStore } from "./alert-store.ts";
import type { BaseMap } from "./base-map/base-map.ts";
import { openBaseMap } from "./base-map/open-base-map.ts";
import { openCentre } from "./centre/centre.ts";
import { consoleRoutes } from "./console/console-routes.ts";
import { withOpenApi } from "./console/openapi-routes.ts";
import { pageRoutes } from "./console/page-routes.ts";
import { healthChecks } from "./health-checks.ts";
import { type Lanes, openLanes } from "./lanes.ts";
import { MAP_LOOK_MS, MapWatch } from "./map-watch.ts";
import { pipelineParts } from "./pipeline-parts.ts";
import { openPlaybacks } from "./playback/playback-service.ts";
import { CLOCK_INTERVAL_MS, compose, type Program, type ServerParts } from "./program.ts";
import { openRecorder } from "./recorder.ts";
import { serverMetrics } from "./server-metrics.ts";
import { webhookRoutes } from "./webhook-routes.ts";
import { openWebhooks, type ServerWebhooks, webhookChecks } from "./webhooks.ts";
import { readZoneFile } from "./zone-file.ts";

export interface RunningServer {
  readonly httpUrl: string;
  readonly streamUrl: string;
  readonly fastLaneUrl: string | undefined;
  readonly fastLaneEngine: Lanes["fastLaneEngine"];
  readonly pipeline: Pipeline;
  readonly hub: DeliveryHub;
  /** Every resource of HTTP. */
  readonly routes: readonly HttpRoute[];
  /** Path of the recording that is being written. */
  readonly recordingPath: string | undefined;
  /** Refuses new connections, closes the others with 1001, finishes the recording. Later calls wait for the first. */
  stop(): Promise<void>;
}

const SWEEP_INTERVAL_MS = 250;

/**
 * Composes and starts a server.
 * @throws Error in one sentence where a port is taken, the recording's file exists, a demanded engine is missing, or the
 * map, the settings of the detectors, the credentials or the store cannot be used.
 */
export async function startServer(config: Config, deps: { readonly logger: Logger }): Promise<RunningServer> {
  const parts = await openParts(config, deps.logger);
  const { logger, access, recorder, wallClock } = parts;
  const { roads } = parts.detection;
  const program = await composeOrClose(parts);
  const { pipeline, hub, handlers } = program;
  const meter = startProcessMeter();
  const mapWatch = roads === undefined ? undefined : watchMap(roads, logger);
  let stopping: Promise<void> | undefined;
  const about: Record<string, string> = { version, clock: config.clock };
  const isStopping = () => stopping !== undefined;
  const release = async () => {
    await opened.webhooks?.close();
    await program.memory?.close();
    opened.centre?.close();
    await opened.past?.close();
    program.console.close();
    program.subscription.unsubscribe();
    await closeParts(parts);
    meter.close();
  };
  const opened: Partial<Rooms> = {};
  // What is open keeps the process alive and its folders locked.
  const orRelease = async (error: unknown): Promise<never> => {
    await release();
    forgetRecording(parts);
    throw error;
  };
  const { centre, past, webhooks } = await openRooms(parts, program, opened).catch(orRelease);
  const checks = [
    ...healthChecks(parts, program, mapWatch, isStopping),
    ...access.checks,
    ...centre.checks,
    ...webhookChecks(webhooks),
  ];
  program.console.checks = checks;
  const operations = opsRoutes({
    checks,
    metrics: serverMetrics(program, meter, mapWatch, parts, webhooks, () => centre.alarms.gauges()),
    version: () => about,
  });
  // The clock has begun when the first client asks whether the server is ready.
  if (config.clock === "live") pipeline.advanceTo(pipeline.stamp(wallClock()));
  const reachedMs = () => pipeline.reachedMs;
  const routes = withOpenApi([
    ...operations,
    ...qualityRoutes(pipeline.counters, reachedMs),
    ...access.routes,
    ...consoleRoutes(parts, program),
    ...centre.routes,
    ...past.routes,
    ...webhookRoutes(webhooks),
    ...pageRoutes(),
  ]);
  const requests = httpHandler(routes, logger, access.door);
  const lanes = await openLanes(config.listen, config.limits, handlers, requests, logger).catch(orRelease);
  about["fastLaneEngine"] = lanes.fastLaneEngine;
  if (lanes.fastLaneUrl !== undefined) about["fastLaneUrl"] = lanes.fastLaneUrl;
  const timers =
    config.clock === "live" ? startTimers(program, config.limits.shedWhenOverloaded, wallClock) : [];
  timers.push(setInterval(() => handlers.sweep(), SWEEP_INTERVAL_MS));
  if (mapWatch !== undefined) timers.push(setInterval(() => mapWatch.look(), MAP_LOOK_MS));
  const stop = async () => {
    await lanes.drain(config.listen.drainTimeoutMs);
    program.producers.finish();
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
    routes,
    recordingPath: recorder?.path,
    stop: () => (stopping ??= stop()),
  };
}

/** What works with what messages and alerts pass. */
interface Rooms {
  centre: ReturnType<typeof openCentre>;
  past: ReturnType<typeof openPlaybacks>;
  webhooks: ServerWebhooks | undefined;
}

/** @param opened holds what is open, also where the next one cannot be */
async function openRooms(parts: ServerParts, program: Program, opened: Partial<Rooms>): Promise<Rooms> {
  const { audit } = parts.access;
  const centre = openCentre(parts, program);
  opened.centre = centre;
  const past = openPlaybacks(parts, program);
  opened.past = past;
  const webhooks = await openWebhooks({ ...parts, audit, hub: program.hub, env: process.env });
  opened.webhooks = webhooks;
  return { centre, past, webhooks };
}

/** Opens what the server needs besides sockets. */
async function openParts(config: Config, logger: Logger): Promise<ServerParts> {
  const wallClock = liveClock();
  const detection = pipelineParts(config);
  if (detection.roads !== undefined) tellRoads(detection.roads, logger);
  const zones = config.roads.zones === undefined ? [] : readZoneFile(config.roads.zones);
  const counters = new Counters();
  const access = await openAccess(config, counters, logger);
  let store: AlertStore | undefined;
  let baseMap: BaseMap | undefined;
  try {
    const { baseMap: path, baseMapAttribution } = config.roads;
    if (path !== undefined) baseMap = await openBaseMap(path, baseMapAttribution);
    // Before the recorder: a server that finds the folder locked leaves no empty recording behind.
    store = openAlertStore(config, wallClock, logger);
    const recorder = await openRecorder(config, wallClock(), logger);
    return { config, logger, wallClock, detection, zones, baseMap, counters, access, recorder, store };
  } catch (error) {
    await closeParts({ access, store, baseMap });
    throw error;
  }
}

async function composeOrClose(parts: ServerParts): Promise<Program> {
  try {
    return compose(parts);
  } catch (error) {
    await closeParts(parts);
    forgetRecording(parts);
    throw error;
  }
}

/** A server that could not start leaves no recording in which nothing is. */
function forgetRecording({ recorder }: ServerParts): void {
  const { writtenRecords = 0, droppedRecords = 0 } = recorder?.state() ?? {};
  if (recorder !== undefined && writtenRecords + droppedRecords === 0) rmSync(recorder.path, { force: true });
}

/** Closes what the server works with, or what of it is open. */
async function closeParts({ store, recorder, access, baseMap }: Partial<ServerParts>): Promise<void> {
  await store?.close();
  await recorder?.close();
  await access?.close();
  await baseMap?.close();
}

/** Says where the roads lie: swapped coordinates then show. */
function tellRoads({ links, routes, name }: RoadNetwork, logger: Logger): void {
  const first = links[0]?.points[0];
  logger.info(
    { map: name, routes: routes.length, links: links.length, ...first },
    "the map is read; it begins at this place",
  );
}

/** Tells once, per area, when the traffic does not drive where the map has roads, and once when it does again. */
function watchMap(roads: RoadNetwork, logger: Logger): MapWatch {
  return new MapWatch(roads, (change) => {
    if (change.fits) logger.info(change, "the map fits the traffic here again");
    else logger.warn(change, "the map does not fit the traffic here");
  });
}

function startTimers(
  { pipeline, producers, overload }: Program,
  shed: boolean,
  clock: Clock,
): NodeJS.Timeout[] {
  const load = { mostTakenPerSecond: () => producers.mostTakenPerSecond(), busyShare: busyShares() };
  return [
    setInterval(() => {
      if (shed) overload.look(performance.now(), producers.backlog, load);
      producers.flush();
      pipeline.advanceTo(pipeline.stamp(clock()));
    }, CLOCK_INTERVAL_MS),
    setInterval(() => producers.sweep(), SWEEP_INTERVAL_MS),
  ];
}

/** Asks how busy the event loop was since the last time. */
function busyShares(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}
