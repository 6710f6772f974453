import { failedChecks, stationTrust, type TrustState } from "../../../src/detect/trust/station-trust.ts";
import type { DetectionContext } from "../../../src/domain/detector.ts";
import type { Frame } from "../../../src/domain/frame.ts";
import type { MotionReport } from "../../../src/domain/observation.ts";
import type { RoadNetwork } from "../../../src/domain/road.ts";
import { TICK_MS } from "../../../src/domain/time.ts";
import { NO_PORTS } from "../../../src/stream/detector-ports.ts";
import { frameOf, motion, onRoad, T0 } from "../../support/frames.ts";
import { Stations } from "../../support/scene.ts";

export interface Place extends Partial<MotionReport> {
  readonly alongM: number;
  readonly rightM?: number;
}

/** A report of the straight road at a second of the scene. */
export function report(stationId: number, seconds: number, place: Place, receiver = "rsu-1"): Frame {
  const { alongM, rightM = 0, ...rest } = place;
  const atMs = T0 + Math.round(seconds * 1_000);
  return frameOf(motion({ ...onRoad(alongM, rightM), ...rest }), { stationId, atMs, receiver });
}

/** The trust detector alone, over frames and ticks. */
export class TrustScene {
  readonly detector = stationTrust();
  readonly stations = new Stations();
  state: TrustState;
  readonly #roads: RoadNetwork | undefined;
  #tickMs = T0 - TICK_MS;

  constructor(roads?: RoadNetwork) {
    this.state = this.detector.init();
    this.#roads = roads;
  }

  play(frames: readonly Frame[]): void {
    const sorted = [...frames].sort((a, b) => a.receivedAtMs - b.receivedAtMs || a.stationId - b.stationId);
    for (const frame of sorted) {
      this.advanceTo(frame.receivedAtMs);
      if (frame.observation.kind === "motion") this.stations.take(frame, frame.observation);
      this.detector.onItem?.(this.state, frame, this.context(frame.receivedAtMs), () => {});
    }
  }

  advanceTo(timeMs: number): void {
    while (this.#tickMs + TICK_MS <= timeMs) {
      this.#tickMs += TICK_MS;
      this.stations.nowMs = this.#tickMs;
      this.detector.onTick?.(this.state, this.#tickMs, this.context(this.#tickMs), () => {});
    }
  }

  advanceS(seconds: number): void {
    this.advanceTo(this.#tickMs + seconds * 1_000);
  }

  /** Writes the state down as text and goes on with what is read back. */
  restart(): void {
    this.state = this.detector.restore(JSON.parse(JSON.stringify(this.detector.snapshot(this.state))));
  }

  trustOf(stationId: number): number {
    return this.ports().trust?.trustOf(stationId) ?? Number.NaN;
  }

  roadUserOf(stationId: number): number {
    return this.ports().identity?.roadUserOf(stationId) ?? Number.NaN;
  }

  failed(stationId: number): number {
    return failedChecks(this.state, stationId);
  }

  ports() {
    return this.detector.provides?.(this.state, this.#roads) ?? {};
  }

  context(receivedAtMs: number): DetectionContext {
    const ports = { ...NO_PORTS, ...this.ports() };
    return { receivedAtMs, watermarkMs: receivedAtMs, stations: this.stations, roads: this.#roads, ...ports };
  }
}
