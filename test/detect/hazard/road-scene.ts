import { AlertBook } from "../../../src/alert/alert-book.ts";
import type { Alert } from "../../../src/domain/alert.ts";
import type { Detection } from "../../../src/domain/detection.ts";
import type { Detector, DetectorPorts, StationLookup, StationView } from "../../../src/domain/detector.ts";
import type { Frame } from "../../../src/domain/frame.ts";
import type { GeoPoint } from "../../../src/domain/place.ts";
import type { RoadMatch } from "../../../src/domain/road.ts";
import type { SnapshotValue } from "../../../src/domain/snapshot.ts";
import { TICK_MS, watermarkAtMs } from "../../../src/domain/time.ts";
import { DetectorRuntime } from "../../../src/stream/detector-runtime.ts";
import { frameOf, motion, onRoad, T0 } from "../../support/frames.ts";
import { type ScriptedVehicle, Stations } from "../../support/scene.ts";
import { MOTORWAY, type StraightRoad, StraightRoads } from "./straight-roads.ts";

/** Stations that know where they drive on straight roads. */
class MatchedStations implements StationLookup {
  readonly plain = new Stations();
  readonly roads: StraightRoads;
  readonly #confidence: number | undefined;
  readonly #matches = new Map<number, RoadMatch | undefined>();

  constructor(roads: StraightRoads, confidence?: number) {
    this.roads = roads;
    this.#confidence = confidence;
  }

  get size(): number {
    return this.plain.size;
  }

  get(stationId: number): StationView | undefined {
    const view = this.plain.get(stationId);
    return view === undefined ? undefined : this.#onRoad(view);
  }

  within(center: GeoPoint, radiusM: number): readonly StationView[] {
    return this.plain.within(center, radiusM).map((view) => this.#onRoad(view));
  }

  take(frame: Frame): void {
    if (frame.observation.kind !== "motion") return;
    this.plain.take(frame, frame.observation);
    const before = this.#matches.get(frame.stationId);
    const { headingDeg, speedMps } = frame.observation;
    const match = this.roads.match(frame.observation, headingDeg, before);
    const backward = frame.observation.driveDirection === "backward" || speedMps === 0;
    const against = match?.against === true && !backward;
    const confidence = this.#confidence ?? match?.confidence ?? 0;
    this.#matches.set(frame.stationId, match && { ...match, against, confidence });
  }

  #onRoad(view: StationView): StationView {
    return { ...view, road: this.#matches.get(view.stationId) };
  }
}

export interface RoadSceneOptions {
  readonly roads?: readonly StraightRoad[];
  /** How sure the matcher is of every match, 0 to 1. */
  readonly confidence?: number;
  /** What other detectors would know. */
  readonly ports?: Partial<DetectorPorts>;
}

/** Runs detectors and the alert book over frames on straight roads, tick by tick. */
export class RoadScene {
  readonly detections: Detection[] = [];
  readonly transitions: Alert[] = [];
  readonly book = new AlertBook();
  readonly stations: MatchedStations;
  readonly #runtime: DetectorRuntime;
  #tickMs = T0 - TICK_MS;

  constructor(detectors: readonly Detector<unknown>[], options: RoadSceneOptions = {}) {
    const roads = new StraightRoads(options.roads ?? MOTORWAY);
    this.stations = new MatchedStations(roads, options.confidence);
    const all = options.ports === undefined ? detectors : [knowing(options.ports), ...detectors];
    this.#runtime = new DetectorRuntime(all, this.stations, {
      roads,
      onFault: (detector, error) => {
        throw new Error(`${detector} failed`, { cause: error });
      },
    });
  }

  send(...frames: readonly Frame[]): void {
    for (const frame of frames) {
      this.advanceTo(frame.receivedAtMs);
      this.stations.take(frame);
      this.#run("message", frame.receivedAtMs, [frame]);
    }
  }

  advanceTo(timeMs: number): void {
    while (this.#tickMs + TICK_MS <= timeMs) {
      this.#tickMs += TICK_MS;
      this.stations.plain.nowMs = this.#tickMs;
      this.#run("tick", this.#tickMs, []);
      this.transitions.push(...this.book.onTick(this.#tickMs));
    }
  }

  drive(vehicles: readonly ScriptedVehicle[], fromS: number, toS: number): this {
    this.send(...framesOf(vehicles, fromS, toS));
    this.advanceTo(T0 + toS * 1_000);
    return this;
  }

  restartFromSnapshot(): void {
    const state = { detect: this.#runtime.snapshot(), alerts: this.book.snapshot() };
    const { detect, alerts } = JSON.parse(JSON.stringify(state)) as Record<
      "detect" | "alerts",
      SnapshotValue
    >;
    this.#runtime.restore(detect);
    this.book.restore(alerts);
  }

  #run(kind: "message" | "tick", receivedAtMs: number, frames: readonly Frame[]): void {
    const watermarkMs = watermarkAtMs(this.#tickMs);
    const found = this.#runtime.run({ kind, receivedAtMs, watermarkMs, frames, corroborations: [] });
    this.detections.push(...found);
    for (const detection of found) {
      const alert = this.book.apply(detection);
      if (alert !== undefined) this.transitions.push(alert);
    }
  }
}

/** Reports of scripted vehicles in the order of time and id. */
export function framesOf(vehicles: readonly ScriptedVehicle[], fromS: number, toS: number): Frame[] {
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
  return frames.sort((a, b) => a.observedAtMs - b.observedAtMs || a.stationId - b.stationId);
}

function knowing(ports: Partial<DetectorPorts>): Detector<unknown> {
  return {
    name: "knowing",
    snapshotVersion: 1,
    init: () => 0,
    provides: () => ports,
    snapshot: () => 0,
    restore: () => 0,
  };
}
