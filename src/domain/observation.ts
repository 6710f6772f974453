import type { GeoPoint } from "./place.ts";
import type { StationType, VehicleRole } from "./station.ts";

/** AccelerationControl switches (ETSI TS 102 894-2), bit 0 first. A zero bit also means "not available". */
export const ControlBit = {
  brakePedal: 1,
  gasPedal: 2,
  emergencyBrake: 4,
  collisionWarning: 8,
  adaptiveCruiseControl: 16,
  cruiseControl: 32,
  speedLimiter: 64,
} as const;

/** ExteriorLights switches (ETSI TS 102 894-2), bit 0 first. They are switch states and do not blink. */
export const LightBit = {
  lowBeam: 1,
  highBeam: 2,
  leftTurn: 4,
  rightTurn: 8,
  daytime: 16,
  reverse: 32,
  fog: 64,
  parking: 128,
} as const;

/** VehicleEventFlags (SAE J2735), bit 0 first. */
export const EventBit = {
  hazardLights: 1,
  stopLineViolation: 2,
  abs: 4,
  tractionControlLoss: 8,
  stabilityControl: 16,
  hazardousMaterials: 32,
  hardBraking: 128,
  lightsChanged: 256,
  wipersChanged: 512,
  flatTyre: 1024,
  disabledVehicle: 2048,
  airbag: 4096,
} as const;

/** Where a station is and how it moves (CAM, BSM, VAM). `undefined` = unavailable. SI units. */
export interface MotionReport {
  readonly kind: "motion";
  readonly format: "cam" | "bsm" | "vam";
  readonly stationType: StationType;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly altitudeM: number | undefined;
  /** Over ground, 0..163.82. */
  readonly speedMps: number | undefined;
  /** Course over ground from north, 0 ≤ x < 360. */
  readonly headingDeg: number | undefined;
  /** Along the vehicle, braking negative. */
  readonly accelerationMps2: number | undefined;
  /** Left positive. */
  readonly yawRateDegps: number | undefined;
  readonly lengthM: number | undefined;
  readonly widthM: number | undefined;
  readonly driveDirection: "forward" | "backward" | undefined;
  readonly role: VehicleRole;
  readonly controlBits: number;
  readonly lightBits: number;
  readonly eventBits: number;
  /** Semi-major axis of the 95 % ellipse. */
  readonly positionAccuracyM: number | undefined;
  /** −1 off road, 0 inner hard shoulder, 1..13 from the inner side, 14 outer hard shoulder. */
  readonly lanePosition: number | undefined;
  readonly lightBar: boolean;
  readonly siren: boolean;
  readonly wiperRatePerMin: number | undefined;
}

export type TrafficDirection = "all" | "upstream" | "downstream" | "opposite";

/** A DENM as received; `termination` ends the event and carries neither cause nor place (TS 103 831, DenmPayload). */
export interface HazardNotice {
  readonly kind: "hazard";
  readonly originatingStationId: number;
  readonly sequenceNumber: number;
  readonly detectionAtMs: number;
  readonly referenceAtMs: number;
  readonly termination: "cancellation" | "negation" | undefined;
  readonly position: GeoPoint | undefined;
  readonly validityS: number;
  readonly causeCode: number;
  readonly subCauseCode: number;
  readonly informationQuality: number;
  readonly awarenessDistanceM: number | undefined;
  readonly trafficDirection: TrafficDirection;
  readonly eventSpeedMps: number | undefined;
  readonly eventHeadingDeg: number | undefined;
  readonly stationType: StationType;
  /** Absolute points of the outline; empty where none was told. */
  readonly eventZone: readonly GeoPoint[];
  /** Absolute points of the first approach, nearest first; empty where none was told. */
  readonly trace: readonly GeoPoint[];
  readonly lanePosition: number | undefined;
  /**
   * Hash of everything but the times: an unchanged re-issue with a new reference time extends validity and tells
   * nobody (seen in the field: a roadside unit re-issues three notices every second).
   */
  readonly contentHash: string;
}

/** Class of a perceived object (ETSI TS 103 324). */
export type ObjectClass =
  | "unknown"
  | "passenger-car"
  | "bus"
  | "truck"
  | "motorcycle"
  | "cyclist"
  | "pedestrian"
  | "animal"
  | "other"
  | "rail"
  | "vru-group";

export interface PerceivedObject {
  readonly objectId: number;
  readonly measuredAtMs: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly speedMps: number | undefined;
  readonly headingDeg: number | undefined;
  readonly lengthM: number | undefined;
  readonly widthM: number | undefined;
  readonly objectClass: ObjectClass;
  readonly classConfidencePct: number | undefined;
}

/** Objects that a station's sensors see (CPM). */
export interface PerceptionReport {
  readonly kind: "perception";
  readonly stationType: StationType;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly objects: readonly PerceivedObject[];
}

/** Phase of a signal group (SAE J2735 MovementPhaseState); the index is the number of the wire. */
export const SIGNAL_PHASES = [
  "unavailable",
  "dark",
  "stop-then-proceed",
  "stop-and-remain",
  "pre-movement",
  "permissive-movement-allowed",
  "protected-movement-allowed",
  "permissive-clearance",
  "protected-clearance",
  "caution-conflicting-traffic",
] as const;
export type SignalPhase = (typeof SIGNAL_PHASES)[number];

export interface SignalGroupState {
  readonly signalGroup: number;
  readonly phase: SignalPhase;
  readonly minEndAtMs: number | undefined;
  readonly maxEndAtMs: number | undefined;
  readonly likelyEndAtMs: number | undefined;
}

/** State of an intersection's signals (SPAT). `intersection` is "region.id". */
export interface SignalReport {
  readonly kind: "signal";
  readonly intersection: string;
  readonly revision: number;
  readonly statusBits: number;
  readonly groups: readonly SignalGroupState[];
}

export interface IntersectionLane {
  readonly laneId: number;
  readonly ingress: boolean;
  readonly egress: boolean;
  readonly laneType: string;
  readonly nodes: readonly GeoPoint[];
  readonly connections: readonly { readonly laneId: number; readonly signalGroup: number | undefined }[];
  readonly speedLimitKmph: number | undefined;
}

/** Geometry of an intersection (MAP). */
export interface IntersectionReport {
  readonly kind: "intersection";
  readonly intersection: string;
  readonly revision: number;
  readonly name: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly lanes: readonly IntersectionLane[];
}

/** The index is the number of the wire; 0 is rejected. */
export const AUTOMATION_EVENTS = [
  "unspecified",
  "status",
  "engaged",
  "takeover-request",
  "disengagement",
  "minimal-risk-manoeuvre-started",
  "minimal-risk-manoeuvre-ended",
  "design-domain-exit-ahead",
  "design-domain-left",
  "remote-assistance-requested",
  "remote-assistance-ended",
  "hard-intervention",
] as const;
export type AutomationEventKind = (typeof AUTOMATION_EVENTS)[number];

export interface PlannedPoint {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly atMs: number;
  readonly speedMps: number | undefined;
}

/** What an automated vehicle tells about its automation (SAE J3016, UN R157). */
export interface AutomationReport {
  readonly kind: "automation";
  readonly event: AutomationEventKind;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly saeLevel: number | undefined;
  readonly engaged: boolean | undefined;
  readonly headingDeg: number | undefined;
  readonly speedMps: number | undefined;
  readonly leadTimeMs: number | undefined;
  readonly cause: number;
  readonly designDomain: string;
  readonly plannedPath: readonly PlannedPoint[];
  readonly minAccelerationMps2: number | undefined;
  readonly occurrence: number;
}

export interface LaneReading {
  readonly lane: number;
  readonly vehicles: number | undefined;
  readonly meanSpeedMps: number | undefined;
  readonly occupancy: number | undefined;
  readonly faulty: boolean;
}

/** A reading of a fixed sensor. `reading` says which of the three it is. */
export interface SensorReport {
  readonly kind: "sensor";
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly sensorName: string;
  readonly headingDeg: number | undefined;
  readonly reading: LoopReading | WeatherReading | UnitHealth;
}

export interface LoopReading {
  readonly type: "loop";
  readonly periodS: number;
  readonly lanes: readonly LaneReading[];
}

export interface WeatherReading {
  readonly type: "weather";
  readonly visibilityM: number | undefined;
  readonly precipitationMmPerH: number | undefined;
  readonly airTemperatureC: number | undefined;
  readonly surfaceTemperatureC: number | undefined;
  readonly surfaceState: string | undefined;
  readonly waterFilmMm: number | undefined;
  readonly windMps: number | undefined;
  readonly gustMps: number | undefined;
  readonly friction: number | undefined;
}

export interface UnitHealth {
  readonly type: "unit-health";
  readonly uptimeS: number | undefined;
  readonly cpuPct: number | undefined;
  readonly queuedMessages: number | undefined;
  readonly lostMessages: number | undefined;
  readonly silentMs: number | undefined;
  readonly gnssLocked: boolean | undefined;
  readonly clockOffsetMs: number | undefined;
}

export type Observation =
  | MotionReport
  | HazardNotice
  | PerceptionReport
  | SignalReport
  | IntersectionReport
  | AutomationReport
  | SensorReport;

export const OBSERVATION_KINDS = [
  "motion",
  "hazard",
  "perception",
  "signal",
  "intersection",
  "automation",
  "sensor",
] as const satisfies readonly Observation["kind"][];
export type ObservationKind = Observation["kind"];

/** What a gateway's signature check found (IEEE 1609.2, ETSI TS 103 097). */
export type SecurityVerdict = "unchecked" | "valid" | "invalid" | "unsigned";

export function hazardLightsOn(report: MotionReport): boolean {
  const both = LightBit.leftTurn | LightBit.rightTurn;
  return (report.lightBits & both) === both || (report.eventBits & EventBit.hazardLights) !== 0;
}

/**
 * Messages that no data-reduction filter may eat: hazards, hazardous automation events, and motion reports that carry an
 * emergency flag.
 */
export function isSafetyMessage(observation: Observation): boolean {
  switch (observation.kind) {
    case "hazard":
      return true;
    case "automation":
      return observation.event !== "status" && observation.event !== "engaged";
    case "motion":
      return (
        (observation.controlBits & ControlBit.emergencyBrake) !== 0 ||
        (observation.eventBits & (EventBit.hardBraking | EventBit.airbag | EventBit.disabledVehicle)) !== 0
      );
    default:
      return false;
  }
}
