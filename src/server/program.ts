import { join } from "node:path";
import { originsOf } from "../config/rules.ts";
import type { Config } from "../config/schema.ts";
import type { DeliveryHub } from "../deliver/delivery-hub.ts";
import type { Counters } from "../domain/counters.ts";
import { subprotocol } from "../domain/subprotocol.ts";
import { OverloadGuard } from "../ingest/overload.ts";
import { type Gathering, ProducerSessions } from "../ingest/producer-sessions.ts";
import { type Logger, ThrottledWarnings } from "../ops/logging.ts";
import { Pipeline } from "../pipeline.ts";
import { advanceUntilQuiet } from "../replay.ts";
import { STORE_FOLDERS } from "../store/store-folders.ts";
import type { Clock } from "../stream/clock.ts";
import type { Connection } from "../transport/transport.ts";
import { version } from "../version.ts";
import { MAX_FRAME_ITEMS, SCHEMA_MINOR } from "../wire/ingest-frame.ts";
import { encodeWelcome } from "../wire/server-message.ts";
import { hostCheck } from "./access/host-check.ts";
import type { Access } from "./access/open-access.ts";
import type { AlertStore } from "./alert-store.ts";
import type { BaseMap } from "./base-map/base-map.ts";
import { Console } from "./console/console.ts";
import { composeDelivery, deliver } from "./delivery.ts";
import { fingerprintOf, type PipelineParts } from "./pipeline-parts.ts";
import { producerGate } from "./producer-gate.ts";
import type { ServerRecorder } from "./recorder.ts";
import { ServerMemory } from "./restart/server-memory.ts";
import { producerRole, replayRole, subscriberRole } from "./roles.ts";
import { type StreamRole, Streams } from "./streams.ts";
import type { Zone } from "./zone-file.ts";

/** What a server is made of, opened. */
export interface ServerParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly wallClock: Clock;
  readonly detection: PipelineParts;
  /** Areas that people know by name. */
  readonly zones: readonly Zone[];
  /** Tiles below the roads, where the operator supplies some. */
  readonly baseMap: BaseMap | undefined;
  readonly counters: Counters;
  readonly access: Access;
  readonly recorder: ServerRecorder | undefined;
  readonly store: AlertStore | undefined;
}

/** Ticks are 50 ms apart; looking every 10 ms keeps tick-driven alerts within a fifth of that. */
export const CLOCK_INTERVAL_MS = 10;

/** A quarter of a second of reports in frames of 50: what a pause leaves behind is no overload. */
const BACKLOG_BYTES = 2 * 1024 * 1024;

/** A replay goes on while less than this waits for subscribers. */
const REPLAY_ROOM_BYTES = 256 * 1024;

/** Clients that hear nothing for 2.5 times as long reconnect. Pings go out at half the idle timeout at the latest. */
const HEARTBEAT_SHARE = 0.5;

/** What messages and alerts pass, wired but not yet listening; it stands where the server before it stood. */
export type Program = ReturnType<typeof compose>;

export function compose(parts: ServerParts) {
  const { config, wallClock, recorder } = parts;
  const live = config.clock === "live";
  const warnings = new ThrottledWarnings(parts.logger);
  let memory: ServerMemory | undefined;
  const pipeline = new Pipeline({
    ...parts.detection,
    counters: parts.counters,
    ...(live ? { clock: wallClock } : {}),
    tap(record) {
      recorder?.record(record);
      memory?.take(record);
    },
    onFault: (part, error) =>
      warnings.warn(part, { part, error: String(error) }, "a part failed and was restarted"),
  });
  const hub = composeDelivery(config, pipeline, wallClock, parts.store);
  memory = openMemory(parts, pipeline);
  const subscription = pipeline.alerts$.subscribe((alerted) => {
    memory?.processed(alerted.record, alerted.transitions.length > 0);
    deliver(alerted, pipeline, hub, live ? wallClock : undefined);
  });
  if (memory !== undefined) goOn(memory, hub);
  const { roads } = parts.detection;
  const console = new Console({ pipeline, hub, roads, clockIsLive: live, wallClock });
  const clock: Clock = live ? wallClock : () => Math.max(0, pipeline.lastTickMs);
  const gathering: Gathering = {
    defer: setImmediate,
    ...(config.limits.shedWhenOverloaded ? { backlogBytes: BACKLOG_BYTES } : {}),
    onFault: (connection, error) => handlers.fail(connection, error),
  };
  const overload = new OverloadGuard({ lookEveryMs: CLOCK_INTERVAL_MS, limits: admissionLimits(config) });
  const producers: ProducerSessions = new ProducerSessions(
    pipeline,
    producerGate(hub, pipeline.tracker, clock, parts.access.gatekeeper),
    {
      ...producerOptions(config),
      ...safely(memory),
      ...(live ? { gathering } : {}),
      admission: overload.limits,
      overload,
    },
    clock,
  );
  const handlers = streamsOf(parts, pipeline, hub, producers, clock, warnings, console.role);
  return { pipeline, hub, producers, overload, subscription, memory, console, handlers };
}

/** Producers that ask for it hear when the disk has what they sent. */
function safely(memory: ServerMemory | undefined) {
  if (memory === undefined) return {};
  return { whenDurable: (done: (isDurable: boolean) => void) => memory.whenDurable(done) };
}

/** A server on a recording's clock begins anew with each recording. */
function openMemory(
  { config, store, logger, wallClock }: ServerParts,
  pipeline: Pipeline,
): ServerMemory | undefined {
  const { directory, keepState, sync, maxInputBytes, stateIntervalMs } = config.store;
  if (store === undefined || directory === undefined || !keepState || config.clock !== "live")
    return undefined;
  const memory = new ServerMemory(pipeline, {
    order: {
      config,
      folders: {
        inputs: join(directory, STORE_FOLDERS.inputs),
        states: join(directory, STORE_FOLDERS.states),
      },
      fingerprint: fingerprintOf(config),
      everyMs: stateIntervalMs,
    },
    told: {
      live: () => store.log.liveAtOpening.map(({ alert }) => alert),
      holds: (alert) => store.log.holds(alert),
    },
    sync,
    maxBytes: maxInputBytes,
    nowMs: wallClock,
    logger,
  });
  const { kind, reason, blocks, untold } = memory.resumption;
  const facts = {
    start: kind,
    ...(reason === undefined ? {} : { reason }),
    inputBlocks: blocks,
    untold: untold.length,
  };
  logger.info(
    facts,
    kind === "warm" ? "goes on where the server before it ended" : "begins with an empty state",
  );
  return memory;
}

/** Tells what was decided before the restart, and lets the time of the outage pass. */
function goOn(memory: ServerMemory, hub: DeliveryHub): void {
  const { untold, downSinceMs = 0 } = memory.resumption;
  if (untold.length > 0) hub.publish(untold, undefined, downSinceMs);
  memory.begin();
}

function streamsOf(
  { config, access, wallClock }: ServerParts,
  pipeline: Pipeline,
  hub: DeliveryHub,
  producers: ProducerSessions,
  clock: Clock,
  warnings: ThrottledWarnings,
  consoleRole: StreamRole,
): Streams {
  const live = config.clock === "live";
  const { gatekeeper } = access;
  const greet = greeter(config, hub, wallClock);
  const sink = {
    push: (record: Parameters<Pipeline["push"]>[0]) => pipeline.push(record),
    finish: () => advanceUntilQuiet(pipeline),
    hasRoom: () => hub.queuedBytes < REPLAY_ROOM_BYTES,
    reachedMs: () => pipeline.reachedMs,
  };
  const roles = {
    [subprotocol.ingest]: producerRole(producers, greet, live, gatekeeper),
    [subprotocol.alerts]: subscriberRole(hub, greet, clock, gatekeeper),
    [subprotocol.replay]: replayRole(sink, live),
    [subprotocol.console]: consoleRole,
  };
  return new Streams(roles, pipeline.counters, gatekeeper, {
    allowedOrigins: originsOf(config.access.allowedOrigins),
    knowsHost: hostCheck(config, gatekeeper.isOpen),
    authenticationTimeoutMs: config.limits.helloTimeoutMs,
    onFault: (part, error) =>
      warnings.warn(part, { part, error: String(error) }, "a message met a fault and ended its session"),
  });
}

function admissionLimits({ limits }: Config) {
  return { itemsPerSecond: limits.maxItemsPerSecondPerSource, burstItems: limits.burstItemsPerSource };
}

function producerOptions(config: Config) {
  return {
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
