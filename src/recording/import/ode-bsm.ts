import { ControlBit } from "../../domain/observation.ts";
import type { WireAwareness, WireIngestItem } from "../../wire/ingest-frame.ts";
import { asNumber, asObject, type JsonObject } from "./json-values.ts";

/** A basic safety message as an item, or why it cannot be one. */
export type BsmOutcome =
  | { readonly stationId: number; readonly awareness: WireAwareness; readonly secMark: number | undefined }
  | { readonly reason: string };

const BSM = 2;
const FORWARD = 1;
const BACKWARD = 2;
const ODE_JSON = 3;

/**
 * J2735 values that mean "unavailable", in the units of the ODE's JSON. Its builders turn some into null and pass others
 * through, scaled (20.01) or not (2001), so all forms are taken for what they mean. Sources: SAE J2735 data elements
 * and the ODE's AccelerationSet4Way, BsmCoreData and PositionalAccuracy builders.
 */
const UNAVAILABLE_ACCELERATIONS: ReadonlySet<number> = new Set([2001, 20.01]);
const UNAVAILABLE_YAW_RATE = 327.67;
const UNAVAILABLE_SPEED_MPS = 163.82;
const UNAVAILABLE_HEADING_DEG = 360;
const UNAVAILABLE_ELEVATION_M = -409.6;
const UNAVAILABLE_LATITUDE_DEG = 90.0000001;
const UNAVAILABLE_LONGITUDE_DEG = 180.0000001;
const UNAVAILABLE_ACCURACY_M = 12.75;

/** J2735 DSecond: 60000..60999 is a leap second, 61000..65534 are reserved, 65535 is unavailable. */
const LAST_REGULAR_SECOND_MS = 59_999;
const LAST_LEAP_SECOND_MS = 60_999;
const MAX_SECOND_MS = 65_535;

/** Core data, brakes, size and event flags of a BSM; path history and weather of part II are not used by anybody yet. */
export function readBsm(data: JsonObject): BsmOutcome {
  const core = asObject(data["coreData"]);
  if (core === undefined) return { reason: "no core data" };
  const stationId = temporaryId(core["id"]);
  if (stationId === undefined) return { reason: "id is not of 4 octets" };
  const position = asObject(core["position"]);
  const latitudeDeg = within(position?.["latitude"], -90, 90, UNAVAILABLE_LATITUDE_DEG);
  const longitudeDeg = within(position?.["longitude"], -180, 180, UNAVAILABLE_LONGITUDE_DEG);
  if (latitudeDeg === undefined || longitudeDeg === undefined) return { reason: "no position" };
  const second = asNumber(core["secMark"]);
  if (second !== undefined && (second < 0 || second > MAX_SECOND_MS))
    return { reason: "secMark is outside 0..65535" };
  const awareness = {
    latitude_e7: Math.round(latitudeDeg * 1e7),
    longitude_e7: Math.round(longitudeDeg * 1e7),
    source: BSM,
    ...motion(core),
    ...vehicle(core),
    ...flags(core, data["partII"]),
  };
  return { stationId, awareness, secMark: regularSecond(second) };
}

/** The item of a BSM at a time relative to its frame's. */
export function bsmItem(stationId: number, awareness: WireAwareness, timeOffsetMs: number): WireIngestItem {
  return { station_id: stationId, time_offset_ms: timeOffsetMs, original_format: ODE_JSON, awareness };
}

/** Milliseconds within the minute; undefined where they say nothing. */
function regularSecond(second: number | undefined): number | undefined {
  if (second === undefined || second > LAST_LEAP_SECOND_MS) return undefined;
  return Math.min(Math.round(second), LAST_REGULAR_SECOND_MS);
}

/** TemporaryID: four octets in hexadecimal. */
function temporaryId(value: unknown): number | undefined {
  if (typeof value !== "string" || !/^[0-9a-f]{8}$/i.test(value)) return undefined;
  const id = Number.parseInt(value, 16);
  return id === 0 ? undefined : id;
}

/** The value where it lies in the range and does not mean "unavailable". */
function within(value: unknown, min: number, max: number, unavailable: number): number | undefined {
  const number = asNumber(value);
  if (number === undefined || number === unavailable) return undefined;
  return number >= min && number <= max ? number : undefined;
}

function scaled(value: number | undefined, unitsPerSi: number): number | undefined {
  return value === undefined ? undefined : Math.round(value * unitsPerSi);
}

function motion(core: JsonObject): WireAwareness {
  const accelerations = asObject(core["accelSet"]);
  const heading = scaled(within(core["heading"], 0, 360, UNAVAILABLE_HEADING_DEG), 10);
  return present({
    speed_cmps: scaled(within(core["speed"], 0, UNAVAILABLE_SPEED_MPS - 0.01, UNAVAILABLE_SPEED_MPS), 100),
    heading_ddeg: heading === undefined ? undefined : heading % 3_600,
    longitudinal_acceleration_cmps2: scaled(acceleration(accelerations?.["accelLong"]), 100),
    lateral_acceleration_cmps2: scaled(acceleration(accelerations?.["accelLat"]), 100),
    yaw_rate_cdegps: scaled(within(accelerations?.["accelYaw"], -327.66, 327.66, UNAVAILABLE_YAW_RATE), 100),
    altitude_cm: scaled(
      within(asObject(core["position"])?.["elevation"], -409.5, 6_143.9, UNAVAILABLE_ELEVATION_M),
      100,
    ),
    message_count: within(core["msgCnt"], 0, 127, -1),
  });
}

function acceleration(value: unknown): number | undefined {
  const mps2 = asNumber(value);
  return mps2 === undefined || UNAVAILABLE_ACCELERATIONS.has(mps2) || Math.abs(mps2) > 20 ? undefined : mps2;
}

function vehicle(core: JsonObject): WireAwareness {
  const size = asObject(core["size"]);
  const accuracy = asObject(core["accuracy"]);
  const major = accuracyCm(accuracy?.["semiMajor"]);
  const minor = accuracyCm(accuracy?.["semiMinor"]);
  const hasEllipse = major !== undefined && minor !== undefined;
  return present({
    // The ODE gives centimetres; 0 is unavailable in J2735.
    length_cm: within(size?.["length"], 1, 4_095, 0),
    width_cm: within(size?.["width"], 1, 1_023, 0),
    drive_direction: driveDirection(core["transmission"]),
    // In the field "semi-major" is sometimes the shorter one.
    position_confidence: hasEllipse
      ? { semi_major_cm: Math.max(major, minor), semi_minor_cm: Math.min(major, minor) }
      : undefined,
  });
}

function accuracyCm(value: unknown): number | undefined {
  const metres = within(value, 0.01, 12.7, UNAVAILABLE_ACCURACY_M);
  return scaled(metres, 100);
}

function driveDirection(transmission: unknown): number | undefined {
  const gear = typeof transmission === "string" ? transmission.toUpperCase() : "";
  if (gear.startsWith("FORWARD")) return FORWARD;
  return gear.startsWith("REVERSE") ? BACKWARD : undefined;
}

function flags(core: JsonObject, partTwo: unknown): WireAwareness {
  return present({
    control_bits: brakesApplied(core) ? ControlBit.brakePedal : undefined,
    event_bits: eventBits(partTwo),
  });
}

function brakesApplied(core: JsonObject): boolean {
  const wheels = asObject(asObject(core["brakes"])?.["wheelBrakes"]);
  if (wheels === undefined || wheels["unavailable"] === true) return false;
  return ["leftFront", "rightFront", "leftRear", "rightRear"].some((wheel) => wheels[wheel] === true);
}

/** Names of the ODE for VehicleEventFlags, bit 0 first. */
const EVENT_NAMES = [
  "eventHazardLights",
  "eventStopLineViolation",
  "eventABSactivated",
  "eventTractionControlLoss",
  "eventStabilityControlactivated",
  "eventHazardousMaterials",
  "eventReserved1",
  "eventHardBraking",
  "eventLightsChanged",
  "eventWipersChanged",
  "eventFlatTire",
  "eventDisabledVehicle",
  "eventAirBagDeployment",
];

/** Part II, vehicle safety extensions: flags by name, or a bit string that begins with bit 0. */
function eventBits(partTwo: unknown): number | undefined {
  if (!Array.isArray(partTwo)) return undefined;
  for (const part of partTwo) {
    const events = asObject(asObject(part)?.["value"])?.["events"];
    const flagged = typeof events === "string" ? bitNumbers(events) : namedBits(asObject(events));
    if (flagged !== undefined) return flagged.reduce((bits, bit) => bits | (1 << bit), 0);
  }
  return undefined;
}

function bitNumbers(text: string): number[] | undefined {
  if (!/^[01]{1,16}$/.test(text)) return undefined;
  return [...text].flatMap((bit, index) => (bit === "1" && index < EVENT_NAMES.length ? [index] : []));
}

function namedBits(events: JsonObject | undefined): number[] | undefined {
  return events === undefined
    ? undefined
    : EVENT_NAMES.flatMap((name, bit) => (events[name] === true ? [bit] : []));
}

/** Leaves out what is undefined: an optional field of the wire is absent, never undefined. */
function present(
  fields: { readonly [Name in keyof WireAwareness]?: WireAwareness[Name] | undefined },
): WireAwareness {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
