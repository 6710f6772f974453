import type { Frame } from "../../src/domain/frame.ts";
import type { AutomationReport, MotionReport } from "../../src/domain/observation.ts";
import type { Source } from "../../src/domain/station.ts";

export const T0 = 1_760_000_000_000;

export const SOURCE: Source = { slot: 1, name: "gateway", kind: "gateway", timeBase: "utc" };

export function motion(parts: Partial<MotionReport> = {}): MotionReport {
  return {
    kind: "motion",
    format: "cam",
    stationType: "passenger-car",
    latitudeDeg: 51.43,
    longitudeDeg: 6.76,
    altitudeM: undefined,
    speedMps: undefined,
    headingDeg: undefined,
    accelerationMps2: undefined,
    yawRateDegps: undefined,
    lengthM: undefined,
    widthM: undefined,
    driveDirection: undefined,
    role: "default",
    controlBits: 0,
    lightBits: 0,
    eventBits: 0,
    positionAccuracyM: undefined,
    lanePosition: undefined,
    lightBar: false,
    siren: false,
    wiperRatePerMin: undefined,
    ...parts,
  };
}

export function automation(parts: Partial<AutomationReport> = {}): AutomationReport {
  return {
    kind: "automation",
    event: "status",
    latitudeDeg: 51.43,
    longitudeDeg: 6.76,
    saeLevel: 4,
    engaged: true,
    headingDeg: undefined,
    speedMps: undefined,
    leadTimeMs: undefined,
    cause: 0,
    designDomain: "",
    plannedPath: [],
    minAccelerationMps2: undefined,
    occurrence: 0,
    ...parts,
  };
}

/** A frame `atMs` after the start, observed and received at once. */
export function frame(stationId: number, atMs: number, parts: Partial<Frame> = {}): Frame {
  return {
    stationId,
    observedAtMs: T0 + atMs,
    receivedAtMs: T0 + atMs,
    source: SOURCE,
    receiver: "gateway",
    security: "unchecked",
    late: false,
    clockReplaced: false,
    observation: motion(),
    ...parts,
  };
}
