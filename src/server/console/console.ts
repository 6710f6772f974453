import type { AlertView } from "../../api/contract/alarms.ts";
import type { BoardPort } from "../../api/live/board.ts";
import { LiveHub, type LiveWorld } from "../../api/live/hub.ts";
import type { DeliveryHub } from "../../deliver/delivery-hub.ts";
import { permitOf } from "../../deliver/permit.ts";
import type { Identity } from "../../domain/access.ts";
import { isTerminal } from "../../domain/alert.ts";
import { closeCode } from "../../domain/close-code.ts";
import type { HealthCheck } from "../../ops/health.ts";
import type { Pipeline } from "../../pipeline.ts";
import type { Clock } from "../../stream/clock.ts";
import type { Connection } from "../../transport/transport.ts";
import { version } from "../../version.ts";
import { viewOf } from "../access/viewer.ts";
import type { StreamSession } from "../stream-session.ts";
import type { StreamRole } from "../streams.ts";
import { alertBoard } from "./alert-board.ts";
import { heartbeatOf } from "./heartbeat.ts";
import { SAMPLE_INTERVAL_MS, SystemHistory } from "./system-history.ts";

export interface ConsoleParts {
  readonly pipeline: Pipeline;
  readonly hub: DeliveryHub;
  readonly roads: LiveWorld["roads"];
  readonly clockIsLive: boolean;
  readonly wallClock: Clock;
  /** Id of the playback whose consoles these are. */
  readonly playback?: string;
}

/** Lets somebody look at a playback; undefined where there is none of this id. */
export type PlaybackDoor = (
  id: string,
  connection: Connection,
  identity: Identity,
) => StreamSession | undefined;

/** Where a client names the playback that it wants to see instead of the running server. */
const PLAYBACK_PARAMETER = "playback";

/** Alerts of exercises at a time: more than anybody trains with. */
const MAX_EXERCISES = 1_000;

/** What consoles look at. */
export class Console {
  readonly hub: LiveHub;
  /** The past, see `?playback=` of the stream's address; set where recordings can be played. */
  openPlayback: PlaybackDoor | undefined = undefined;
  readonly history: SystemHistory;
  /** Set once all checks are known. */
  checks: readonly HealthCheck[] = [];
  readonly #alerts: BoardPort;
  readonly #exercises = new Map<string, AlertView>();
  readonly #sampler: NodeJS.Timeout;
  readonly #told: { unsubscribe(): void };

  constructor({ pipeline, hub, roads, clockIsLive, wallClock, playback }: ConsoleParts) {
    const { counters, tracker } = pipeline;
    const reachedMs = () => pipeline.reachedMs;
    const stations = () => tracker.size;
    this.history = new SystemHistory(counters, stations, wallClock);
    // On a recording's clock it is as late as the recording says.
    const shownTimeMs = clockIsLive ? wallClock : reachedMs;
    const beat = { counters, history: this.history, stations, serverTimeMs: shownTimeMs, reachedMs };
    this.hub = new LiveHub({
      epoch: () => hub.cursor.epoch,
      version,
      clock: clockIsLive ? "live" : "playback",
      playback,
      serverTimeMs: shownTimeMs,
      reachedMs,
      roads,
      traffic: () => pipeline.traffic,
      vehicles: {
        eachIn: (extent, visit) => tracker.eachIn(extent, visit),
        at: (row) => tracker.atRow(row),
      },
      labelOf: (stationId, atMs) => hub.labelOf(stationId, atMs),
      heartbeat: () => heartbeatOf({ ...beat, checks: () => this.checks }),
    });
    this.#alerts = this.hub.addBoard(alertBoard(hub, this.#exercises));
    this.#told = pipeline.alerts$.subscribe(({ transitions }) => {
      if (transitions.length > 0) this.#alerts.changed(transitions.map(({ alertId }) => alertId));
    });
    this.#sampler = setInterval(() => this.history.sample(), SAMPLE_INTERVAL_MS);
  }

  /** Sessions of consoles, and of whatever else shows the whole picture. */
  get role(): StreamRole {
    return {
      scope: "subscribe",
      refusal: () => undefined,
      open: (connection, identity) => {
        const asked = new URLSearchParams(connection.request.query).get(PLAYBACK_PARAMETER);
        if (asked !== null) {
          const past = this.openPlayback?.(asked, connection, identity);
          if (past === undefined) connection.close(closeCode.policyViolation, "there is no such playback");
          return past;
        }
        const session = this.hub.openSession(connection, {
          viewer: viewOf(identity),
          permit: permitOf(identity.limits),
        });
        return {
          message: (bytes) => session.message(bytes),
          drained: () => session.drained(),
          closed: () => session.closed(),
        };
      },
    };
  }

  /** Shows an alert of an exercise to all consoles, and to nobody else; takes it away where its state is terminal. */
  showExercise(alert: AlertView): void {
    if (isTerminal(alert.state)) this.#exercises.delete(alert.alertId);
    else if (this.#exercises.size < MAX_EXERCISES) this.#exercises.set(alert.alertId, alert);
    this.#alerts.changed([alert.alertId]);
  }

  close(): void {
    clearInterval(this.#sampler);
    this.#told.unsubscribe();
    this.hub.close();
  }
}
