import type { Frame } from "../../src/domain/frame.ts";
import type {
  AutomationReport,
  HazardNotice,
  LaneReading,
  MotionReport,
  Observation,
  SensorReport,
} from "../../src/domain/observation.ts";
import { type GeoPoint, roundPoint } from "../../src/domain/place.ts";
import type { Source } from "../../src/domain/station.ts";
import { destinationPoint } from "../../src/geo/geodesy.ts";

/** Begin of all scripted scenes, Unix ms; a multiple of every slice and tick. */
export const T0 = 1_790_000_000_000;

/** A straight road: the A40 at the Rhine bridge Neuenkamp, towards Dortmund. */
export const ROAD_ORIGIN: GeoPoint = { latitudeDeg: 51.4385, longitudeDeg: 6.7275 };
export const ROAD_HEADING_DEG = 90;

export const SOURCE: Source = { slot: 1, name: "test-gateway", kind: "gateway", timeBase: "utc" };

/** A place on the road, and beside it to the right. */
export function onRoad(alongM: number, rightM = 0, headingDeg = ROAD_HEADING_DEG): GeoPoint {
  const along = destinationPoint(ROAD_ORIGIN, headingDeg, alongM);
  return roundPoint(destinationPoint(along, headingDeg + 90, rightM));
}

export interface FrameOptions {
  readonly stationId?: number;
  /** Event time. */
  readonly atMs?: number;
  /** Receive time minus event time. */
  readonly delayMs?: number;
  readonly receiver?: string;
  readonly security?: Frame["security"];
  readonly late?: boolean;
  readonly clockReplaced?: boolean;
}

export function frameOf(observation: Observation, options: FrameOptions = {}): Frame {
  const observedAtMs = options.atMs ?? T0;
  return {
    stationId: options.stationId ?? 1,
    observedAtMs,
    receivedAtMs: observedAtMs + (options.delayMs ?? 20),
    source: SOURCE,
    receiver: options.receiver ?? "rsu-1",
    security: options.security ?? "unchecked",
    late: options.late ?? false,
    clockReplaced: options.clockReplaced ?? false,
    observation,
  };
}

/** A car on the road at 100 km/h that reports what a CAM always has. */
export function motion(overrides: Partial<MotionReport> = {}): MotionReport {
  return {
    kind: "motion",
    format: "cam",
    stationType: "passenger-car",
    ...ROAD_ORIGIN,
    altitudeM: undefined,
    speedMps: 27.8,
    headingDeg: ROAD_HEADING_DEG,
    accelerationMps2: 0,
    yawRateDegps: undefined,
    lengthM: 4.5,
    widthM: 1.8,
    driveDirection: "forward",
    role: "default",
    controlBits: 0,
    lightBits: 0,
    eventBits: 0,
    positionAccuracyM: undefined,
    lanePosition: undefined,
    lightBar: false,
    siren: false,
    wiperRatePerMin: undefined,
    ...overrides,
  };
}

/** A DENM: an obstacle, valid for 600 s. */
export function hazard(overrides: Partial<HazardNotice> = {}): HazardNotice {
  return {
    kind: "hazard",
    originatingStationId: 900,
    sequenceNumber: 1,
    detectionAtMs: T0,
    referenceAtMs: T0,
    termination: undefined,
    position: ROAD_ORIGIN,
    validityS: 600,
    causeCode: 10,
    subCauseCode: 0,
    informationQuality: 5,
    awarenessDistanceM: 1000,
    trafficDirection: "upstream",
    eventSpeedMps: undefined,
    eventHeadingDeg: ROAD_HEADING_DEG,
    stationType: "infrastructure",
    eventZone: [],
    trace: [],
    lanePosition: undefined,
    contentHash: "a",
    ...overrides,
  };
}

export function termination(
  kind: "cancellation" | "negation",
  overrides: Partial<HazardNotice> = {},
): HazardNotice {
  return hazard({ termination: kind, position: undefined, causeCode: 0, contentHash: "end", ...overrides });
}

export function automation(overrides: Partial<AutomationReport> = {}): AutomationReport {
  return {
    kind: "automation",
    event: "minimal-risk-manoeuvre-started",
    ...ROAD_ORIGIN,
    saeLevel: 4,
    engaged: true,
    headingDeg: ROAD_HEADING_DEG,
    speedMps: 25,
    leadTimeMs: undefined,
    cause: 0,
    designDomain: "motorway",
    plannedPath: [],
    minAccelerationMps2: -4,
    occurrence: 1,
    ...overrides,
  };
}

/** A loop with one lane reading per given pair of vehicles and mean speed. */
export function loop(
  lanes: readonly Partial<LaneReading>[],
  overrides: Partial<SensorReport> = {},
): SensorReport {
  return {
    kind: "sensor",
    ...ROAD_ORIGIN,
    sensorName: "loop-1",
    headingDeg: ROAD_HEADING_DEG,
    reading: {
      type: "loop",
      periodS: 60,
      lanes: lanes.map((lane, i) => ({
        lane: i + 1,
        vehicles: 10,
        meanSpeedMps: 27,
        occupancy: undefined,
        faulty: false,
        ...lane,
      })),
    },
    ...overrides,
  };
}
