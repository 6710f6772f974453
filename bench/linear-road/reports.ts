import type { Frame } from "../../src/domain/frame.ts";
import type { MotionReport } from "../../src/domain/observation.ts";
import type { Source } from "../../src/domain/station.ts";
import { EAST_DDEG, latitudeE7, longitudeE7, speedToMps, WEST_DDEG } from "./mapping.ts";
import type { Tuple } from "./tuples.ts";

const E7 = 1e7;
const DDEG = 10;

/**
 * A position report as detectors see it: an awareness message with its place on the benchmark's roads beside, as a map
 * matcher would put it there. Reused from message to message; what hardly anybody reads is made when it is asked for.
 */
export class RoadReport implements MotionReport {
  readonly kind = "motion";
  readonly format = "cam";
  readonly stationType = "passenger-car";
  readonly altitudeM = undefined;
  readonly accelerationMps2 = undefined;
  readonly yawRateDegps = undefined;
  readonly lengthM = undefined;
  readonly widthM = undefined;
  readonly driveDirection = undefined;
  readonly role = "default";
  readonly controlBits = 0;
  readonly lightBits = 0;
  readonly eventBits = 0;
  readonly positionAccuracyM = undefined;
  readonly lightBar = false;
  readonly siren = false;
  readonly wiperRatePerMin = undefined;

  /** Seconds since the run's second 0. */
  timeS = 0;
  speedMph = 0;
  expressway = 0;
  direction = 0;
  segment = 0;
  positionFt = 0;
  lane = 0;

  /** Takes over what a tuple reports. */
  take(tuple: Tuple): void {
    this.timeS = tuple.timeS;
    this.speedMph = tuple.speedMph;
    this.expressway = tuple.expressway;
    this.direction = tuple.direction;
    this.segment = tuple.segment;
    this.positionFt = tuple.positionFt;
    this.lane = tuple.lane;
  }

  get latitudeDeg(): number {
    return latitudeE7(this.expressway) / E7;
  }
  get longitudeDeg(): number {
    return longitudeE7(this.positionFt) / E7;
  }
  get speedMps(): number {
    return speedToMps(this.speedMph);
  }
  get headingDeg(): number {
    return (this.direction === 0 ? EAST_DDEG : WEST_DDEG) / DDEG;
  }
  get lanePosition(): number {
    return this.lane;
  }
}

/** What all frames of a message share. */
export interface MessageHead {
  source: Source;
  receivedAtMs: number;
  /** Unix time of the run's second 0, ms. */
  secondZeroMs: number;
}

/** One report of the present message. */
export class RoadFrame implements Frame {
  readonly observation = new RoadReport();
  readonly security = "unchecked";
  readonly late = false;
  readonly clockReplaced = false;
  readonly #head: MessageHead;
  stationId = 0;

  constructor(head: MessageHead) {
    this.#head = head;
  }

  get observedAtMs(): number {
    return this.#head.secondZeroMs + this.observation.timeS * 1_000;
  }
  get receivedAtMs(): number {
    return this.#head.receivedAtMs;
  }
  get source(): Source {
    return this.#head.source;
  }
  get receiver(): string {
    return this.#head.source.name;
  }
}

/** Frames of the present message, made once and filled anew for each. */
export class FramePool {
  readonly head: MessageHead = {
    source: { slot: 1, name: "linear-road", kind: "gateway", timeBase: "utc" },
    receivedAtMs: 0,
    secondZeroMs: 0,
  };
  /** Those in use, in order. */
  readonly frames: RoadFrame[] = [];
  readonly #pool: RoadFrame[] = [];

  clear(): void {
    this.frames.length = 0;
  }

  /** One more frame, holding what it held last. */
  next(): RoadFrame {
    const index = this.frames.length;
    let frame = this.#pool[index];
    if (frame === undefined) {
      frame = new RoadFrame(this.head);
      this.#pool.push(frame);
    }
    this.frames.push(frame);
    return frame;
  }

  /** Takes the last frame back. */
  drop(): void {
    this.frames.length--;
  }
}
