import { ControlBit, EventBit, type MotionReport } from "../domain/observation.ts";
import type { Rejection } from "../domain/rejection.ts";
import { reject } from "../domain/rejection.ts";
import { STATION_TYPES, type StationType, VEHICLE_ROLES, type VehicleRole } from "../domain/station.ts";
import { FRAME_RULES } from "../wire/frame-rules.ts";
import type { WireAwareness } from "../wire/ingest-frame.ts";
import type { Bounds } from "../wire/plain-message.ts";
import { degrees, MAX_LATITUDE_E7, MAX_LONGITUDE_E7, positionCheck } from "./position.ts";
import { headingDeg, type Optional, scaled } from "./ranges.ts";

const position = positionCheck("awareness.latitude_e7", "awareness.longitude_e7");

// Ranges of ETSI TS 102 894-2 V2.4.1, widened where SAE J2735 allows more.
const speed = scaled("awareness.speed_cmps", 0, 16_382, 100);
const heading = scaled("awareness.heading_ddeg", 0, 3_600, 10);
const acceleration = scaled("awareness.longitudinal_acceleration_cmps2", -2_000, 2_000, 100);
const yawRate = scaled("awareness.yaw_rate_cdegps", -32_766, 32_766, 100);
const length = scaled("awareness.length_cm", 1, 10_220, 100);
const width = scaled("awareness.width_cm", 1, 1_023, 100);
const altitude = scaled("awareness.altitude_cm", -100_000, 800_000, 100);
const semiMajor = scaled("awareness.position_confidence.semi_major_cm", 0, 4_093, 100);
const lane = scaled("awareness.lane_position", -1, 14, 1);
const lateral = scaled("awareness.lateral_acceleration_cmps2", -2_000, 2_000, 100);
const curvature = scaled("awareness.curvature_e4_per_m", -1_022, 1_022, 1e4);
const steering = scaled("awareness.steering_wheel_angle_ddeg", -5_110, 5_110, 10);
const speedConfidence = scaled("awareness.speed_confidence_cmps", 1, 125, 100);
const headingConfidence = scaled("awareness.heading_confidence_ddeg", 1, 125, 10);
const wiper = scaled("awareness.wiper_rate_per_min", 0, 127, 1);
const messageCount = scaled("awareness.message_count", 0, FRAME_RULES.maxMessageCount, 1);
const badStationType = reject("out-of-range", "awareness.station_type");
const badRole = reject("out-of-range", "awareness.role");
const badSource = reject("out-of-range", "awareness.source");
const badDirection = reject("out-of-range", "awareness.drive_direction");
const longPath = reject("too-many-items", "awareness.path_history.points");

export const FORMATS = ["cam", "cam", "bsm", "vam"] as const;
export const DIRECTIONS = [undefined, "forward", "backward"] as const;

/** By field number of the schema: what no report may exceed that is to be read without a closer look. */
export const AWARENESS_BOUNDS: Readonly<Record<number, Bounds>> = {
  1: { min: -MAX_LATITUDE_E7, max: MAX_LATITUDE_E7 },
  2: { min: 1 - MAX_LONGITUDE_E7, max: MAX_LONGITUDE_E7 },
  3: speed,
  4: heading,
  5: acceleration,
  6: yawRate,
  7: { min: 0, max: FORMATS.length - 1 },
  8: { min: 0, max: STATION_TYPES.length },
  12: length,
  13: width,
  14: { min: 0, max: DIRECTIONS.length - 1 },
  15: { min: 0, max: VEHICLE_ROLES.length },
  16: altitude,
  18: speedConfidence,
  19: headingConfidence,
  20: lateral,
  21: curvature,
  22: lane,
  23: steering,
  27: wiper,
  28: messageCount,
};

export const ELLIPSE_BOUNDS: Readonly<Record<number, Bounds>> = { 1: semiMajor };

/** Flags that make a report an emergency; see `isSafetyMessage`. */
const EMERGENCY_EVENTS = EventBit.hardBraking | EventBit.disabledVehicle | EventBit.airbag;

/**
 * Position and motion of a station; the first field out of its range refuses the item. An emergency is not refused for a
 * field that it does not need: such a field reads as unavailable.
 */
export function decodeAwareness(wire: WireAwareness): MotionReport | Rejection {
  const refused = refuse(wire) ?? (isEmergency(wire) ? undefined : refuseRare(wire));
  if (refused !== undefined) return refused;
  return {
    kind: "motion",
    format: FORMATS[wire.source ?? 0] ?? "cam",
    stationType: stationType(wire.station_type),
    latitudeDeg: degrees(wire.latitude_e7),
    longitudeDeg: degrees(wire.longitude_e7),
    altitudeM: altitude.si(wire.altitude_cm),
    speedMps: speed.si(wire.speed_cmps),
    headingDeg: headingDeg(wire.heading_ddeg),
    accelerationMps2: acceleration.si(wire.longitudinal_acceleration_cmps2),
    yawRateDegps: yawRate.si(wire.yaw_rate_cdegps),
    lengthM: length.si(wire.length_cm),
    widthM: width.si(wire.width_cm),
    driveDirection: DIRECTIONS[wire.drive_direction ?? 0],
    role: vehicleRole(wire.role),
    controlBits: wire.control_bits ?? 0,
    lightBits: wire.exterior_light_bits ?? 0,
    eventBits: wire.event_bits ?? 0,
    positionAccuracyM: semiMajor.si(wire.position_confidence?.semi_major_cm),
    lanePosition: lane.si(wire.lane_position),
    lightBar: wire.light_bar_active === true,
    siren: wire.siren_active === true,
    wiperRatePerMin: wiper.si(wire.wiper_rate_per_min),
  };
}

function isEmergency(wire: WireAwareness): boolean {
  const brakes = ((wire.control_bits ?? 0) & ControlBit.emergencyBrake) !== 0;
  return brakes || ((wire.event_bits ?? 0) & EMERGENCY_EVENTS) !== 0;
}

function refuse(wire: WireAwareness): Rejection | undefined {
  const misplaced = position.check(wire.latitude_e7, wire.longitude_e7);
  if (misplaced !== undefined) return misplaced;
  if (!speed.holds(wire.speed_cmps)) return speed.rejection;
  if (!heading.holds(wire.heading_ddeg)) return heading.rejection;
  if (!acceleration.holds(wire.longitudinal_acceleration_cmps2)) return acceleration.rejection;
  if (!yawRate.holds(wire.yaw_rate_cdegps)) return yawRate.rejection;
  if (!length.holds(wire.length_cm)) return length.rejection;
  if (!width.holds(wire.width_cm)) return width.rejection;
  if ((wire.station_type ?? 0) > STATION_TYPES.length || (wire.station_type ?? 0) < 0) return badStationType;
  if ((wire.source ?? 0) >= FORMATS.length || (wire.source ?? 0) < 0) return badSource;
  return undefined;
}

/** Fields that most messages leave out. */
function refuseRare(wire: WireAwareness): Rejection | undefined {
  if (!altitude.holds(wire.altitude_cm)) return altitude.rejection;
  if (!lane.holds(wire.lane_position)) return lane.rejection;
  if (!lateral.holds(wire.lateral_acceleration_cmps2)) return lateral.rejection;
  if (!curvature.holds(wire.curvature_e4_per_m)) return curvature.rejection;
  if (!steering.holds(wire.steering_wheel_angle_ddeg)) return steering.rejection;
  if (!speedConfidence.holds(wire.speed_confidence_cmps)) return speedConfidence.rejection;
  if (!headingConfidence.holds(wire.heading_confidence_ddeg)) return headingConfidence.rejection;
  if (!wiper.holds(wire.wiper_rate_per_min)) return wiper.rejection;
  if (!messageCount.holds(wire.message_count)) return messageCount.rejection;
  if (!semiMajor.holds(wire.position_confidence?.semi_major_cm)) return semiMajor.rejection;
  if ((wire.role ?? 0) > VEHICLE_ROLES.length || (wire.role ?? 0) < 0) return badRole;
  if ((wire.drive_direction ?? 0) >= DIRECTIONS.length || (wire.drive_direction ?? 0) < 0)
    return badDirection;
  if ((wire.path_history?.points?.length ?? 0) > FRAME_RULES.maxPathPoints) return longPath;
  return undefined;
}

/** The wire's numbers are those of the standard plus one; zero is "not given". */
export function stationType(wire: Optional<number>): StationType {
  return wire ? (STATION_TYPES[wire - 1] ?? "unknown") : "unknown";
}

export function vehicleRole(wire: Optional<number>): VehicleRole {
  // The index −1 of an absent role would leave the fast path of arrays: 47 ns instead of 6.
  return wire ? (VEHICLE_ROLES[wire - 1] ?? "default") : "default";
}
