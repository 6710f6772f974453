import { AlertBook } from "../../src/alert/alert-book.ts";
import { onRoads } from "../../src/detect/on-road.ts";
import { defaultDetectors } from "../../src/detect/registry.ts";
import type { Alert } from "../../src/domain/alert.ts";
import type { Detection } from "../../src/domain/detection.ts";
import type { Detector, StationLookup, StationView } from "../../src/domain/detector.ts";
import type { Corroboration, Frame } from "../../src/domain/frame.ts";
import type { MotionReport } from "../../src/domain/observation.ts";
import type { GeoPoint } from "../../src/domain/place.ts";
import type { SessionEnd, TrackedRecord } from "../../src/domain/record.ts";
import type { RoadNetwork } from "../../src/domain/road.ts";
import type { SnapshotValue } from "../../src/domain/snapshot.ts";
import { TICK_MS, watermarkAtMs } from "../../src/domain/time.ts";
import { distanceM } from "../../src/geo/geodesy.ts";
import { DetectorRuntime } from "../../src/stream/detector-runtime.ts";
import { Tracker } from "../../src/track/tracker.ts";
import { frameOf, motion, onRoad, T0 } from "./frames.ts";

/** How long a station counts as live without a message, and how long its top speed is remembered. */
const LIVE_MS = 3_000;
const TOP_SPEED_MS = 120_000;

interface Remembered {
  view: StationView;
  speeds: { atMs: number; speedMps: number }[];
}

/** Stations by brute force: what the tracker offers, without its index. */
export class Stations implements StationLookup {
  readonly #known = new Map<number, Remembered>();
  nowMs = T0;

  get size(): number {
    return this.#known.size;
  }

  get(stationId: number): StationView | undefined {
    return this.#known.get(stationId)?.view;
  }

  within(center: GeoPoint, radiusM: number): readonly StationView[] {
    return [...this.#known.values()]
      .map(({ view }) => view)
      .filter((view) => this.nowMs - view.receivedAtMs <= LIVE_MS && distanceM(center, view) <= radiusM)
      .sort((a, b) => a.stationId - b.stationId);
  }

  apply(frame: Frame): void {
    if (frame.observation.kind === "motion") this.take(frame, frame.observation);
  }

  onTick(tickMs: number): void {
    this.nowMs = tickMs;
  }

  /** Stations are what the scene has told; they outlive its restarts as they are. */
  snapshot(): SnapshotValue {
    return null;
  }

  restore(): void {}

  take(frame: Frame, report: MotionReport): void {
    this.nowMs = Math.max(this.nowMs, frame.receivedAtMs);
    const known = this.#known.get(frame.stationId);
    const speeds = (known?.speeds ?? []).filter(({ atMs }) => frame.observedAtMs - atMs <= TOP_SPEED_MS);
    if (report.speedMps !== undefined) speeds.push({ atMs: frame.observedAtMs, speedMps: report.speedMps });
    this.#known.set(frame.stationId, {
      speeds,
      view: {
        stationId: frame.stationId,
        stationType: report.stationType,
        latitudeDeg: report.latitudeDeg,
        longitudeDeg: report.longitudeDeg,
        speedMps: report.speedMps,
        headingDeg: report.headingDeg,
        accelerationMps2: report.accelerationMps2 ?? derived(known?.view, frame, report),
        lengthM: report.lengthM,
        observedAtMs: frame.observedAtMs,
        receivedAtMs: frame.receivedAtMs,
        firstReceivedAtMs: known?.view.firstReceivedAtMs ?? frame.receivedAtMs,
        recentTopSpeedMps: Math.max(0, ...speeds.map(({ speedMps }) => speedMps)),
        receiverCount: 1,
        road: undefined,
      },
    });
  }
}

function derived(before: StationView | undefined, frame: Frame, report: MotionReport): number | undefined {
  if (before?.speedMps === undefined || report.speedMps === undefined) return undefined;
  const elapsedS = (frame.observedAtMs - before.observedAtMs) / 1_000;
  return elapsedS > 0 ? (report.speedMps - before.speedMps) / elapsedS : undefined;
}

/** One vehicle on the straight road at one moment. */
export interface Moment extends Partial<MotionReport> {
  readonly alongM: number;
  readonly rightM?: number;
}

/** A vehicle by its script: seconds since the scene's begin to a moment; undefined while it is silent. */
export interface ScriptedVehicle {
  readonly stationId: number;
  /** Reports a second. */
  readonly hz?: number;
  at(seconds: number): Moment | undefined;
}

/** What a scene needs besides detectors. */
export interface SceneOptions {
  /** Stations are then followed by the real tracker, which matches them to the map. */
  readonly roads?: RoadNetwork;
}

/** What a scene needs of those who follow stations. */
interface SceneStations extends StationLookup {
  apply(frame: Frame): unknown;
  onTick(tickMs: number): void;
  snapshot(): SnapshotValue;
  restore(value: SnapshotValue): void;
}

/** Runs detectors and the alert book over frames and ticks, as the pipeline does. */
export class Scene {
  readonly stations: SceneStations;
  readonly detections: Detection[] = [];
  readonly transitions: Alert[] = [];
  readonly book = new AlertBook();
  readonly #runtime: DetectorRuntime;
  readonly #detect: (record: TrackedRecord) => readonly Detection[];
  #tickMs = T0 - TICK_MS;

  constructor(detectors: readonly Detector<unknown>[] = defaultDetectors(), { roads }: SceneOptions = {}) {
    this.stations = roads === undefined ? new Stations() : new Tracker({ roads });
    this.#runtime = new DetectorRuntime(detectors, this.stations, {
      roads,
      onFault: (detector, error) => {
        throw new Error(`${detector} failed`, { cause: error });
      },
    });
    this.#detect = onRoads((record: TrackedRecord) => this.#runtime.run(record), roads);
  }

  send(...frames: readonly Frame[]): void {
    for (const frame of frames) {
      this.advanceTo(frame.receivedAtMs);
      this.stations.apply(frame);
      this.#run("message", frame.receivedAtMs, [frame]);
    }
  }

  corroborate(corroboration: Corroboration, receivedAtMs: number): void {
    this.advanceTo(receivedAtMs);
    this.#run("message", receivedAtMs, [], [corroboration]);
  }

  /** A producer goes, at the last tick. */
  endSession(sessionEnd: SessionEnd): void {
    const receivedAtMs = this.#tickMs;
    const watermarkMs = watermarkAtMs(receivedAtMs);
    const record = { receivedAtMs, watermarkMs, frames: [], corroborations: [], sessionEnd };
    this.#detect({ kind: "session-closed", ...record });
  }

  /** The server was down from the last tick to this time, and heard nothing. */
  outage(deafUntilMs: number): void {
    const receivedAtMs = this.#tickMs;
    const watermarkMs = watermarkAtMs(receivedAtMs);
    const record = { receivedAtMs, watermarkMs, frames: [], corroborations: [], deafUntilMs };
    this.#detect({ kind: "outage", ...record });
  }

  advanceTo(timeMs: number): void {
    while (this.#tickMs + TICK_MS <= timeMs) {
      this.#tickMs += TICK_MS;
      this.stations.onTick(this.#tickMs);
      this.#run("tick", this.#tickMs, []);
      this.transitions.push(...this.book.onTick(this.#tickMs));
    }
  }

  /** Lets vehicles drive their scripts, each at its own rate, in the order of time and id. */
  drive(vehicles: readonly ScriptedVehicle[], fromS: number, toS: number): void {
    const frames: Frame[] = [];
    for (const { stationId, hz = 1, at } of vehicles) {
      for (let i = Math.ceil(fromS * hz); i < toS * hz; i++) {
        const moment = at(i / hz);
        if (moment === undefined) continue;
        const { alongM, rightM, ...report } = moment;
        const observation = motion({ ...onRoad(alongM, rightM), ...report });
        frames.push(frameOf(observation, { stationId, atMs: T0 + Math.round((i * 1_000) / hz) }));
      }
    }
    frames.sort((a, b) => a.observedAtMs - b.observedAtMs || a.stationId - b.stationId);
    this.send(...frames);
    this.advanceTo(T0 + toS * 1_000);
  }

  snapshot(): SnapshotValue {
    return {
      stations: this.stations.snapshot(),
      detect: this.#runtime.snapshot(),
      alerts: this.book.snapshot(),
    };
  }

  /** Writes all state down as text, reads it back, and goes on with that. */
  restartFromSnapshot(): void {
    const text = JSON.stringify(this.snapshot());
    const { stations, detect, alerts } = JSON.parse(text) as Readonly<
      Record<"stations" | "detect" | "alerts", SnapshotValue>
    >;
    this.stations.restore(stations);
    this.#runtime.restore(detect);
    this.book.restore(alerts);
  }

  of(kind: Alert["kind"]): readonly Alert[] {
    return this.transitions.filter((alert) => alert.kind === kind);
  }

  #run(
    kind: "message" | "tick",
    receivedAtMs: number,
    frames: readonly Frame[],
    corroborations: readonly Corroboration[] = [],
  ): void {
    const watermarkMs = watermarkAtMs(this.#tickMs);
    const found = this.#detect({ kind, receivedAtMs, watermarkMs, frames, corroborations });
    this.detections.push(...found);
    for (const detection of found) {
      const alert = this.book.apply(detection);
      if (alert !== undefined) this.transitions.push(alert);
    }
  }
}

/** `state` of transitions with seconds since the scene's begin, for short expectations. */
export function storyOf(transitions: readonly Alert[]): readonly string[] {
  return transitions.map(({ state, tier, detectedAtMs }) => {
    return `${((detectedAtMs - T0) / 1_000).toFixed(1)} ${state} ${tier}`;
  });
}

/** A vehicle that drives steadily from a place at a time; before that it is not there. */
export function steady(stationId: number, fromS: number, speedMps: number, hz = 1): ScriptedVehicle {
  return {
    stationId,
    hz,
    at: (s) => (s < fromS ? undefined : { alongM: (s - fromS) * speedMps, speedMps }),
  };
}
