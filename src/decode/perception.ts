import type { ObjectClass, PerceivedObject, PerceptionReport } from "../domain/observation.ts";
import type { GeoPoint } from "../domain/place.ts";
import { isRejection, type Rejection, reject } from "../domain/rejection.ts";
import { atan2Deg } from "../geo/trigonometry.ts";
import type { WirePerceivedObjects } from "../wire/ingest-frame.ts";
import { stationType } from "./awareness.ts";
import { offsetPoint, positionCheck, readPoint } from "./position.ts";
import { firstOutOfRange, headingDeg, optional, scaled } from "./ranges.ts";

type WireObject = NonNullable<WirePerceivedObjects["objects"]>[number];

const position = positionCheck(
  "perceived.reference_position.latitude_e7",
  "perceived.reference_position.longitude_e7",
);

// Ranges of ETSI TS 103 324 V2.1.1 and TS 102 894-2 V2.4.1; clipped ends are allowed.
const observerHeading = scaled("perceived.heading_ddeg", 0, 3_600, 10);
const observerSpeed = scaled("perceived.speed_cmps", 0, 16_382, 100);
const objectId = scaled("perceived.objects.object_id", 0, 65_535, 1);
const measured = scaled("perceived.objects.measurement_offset_ms", -2_048, 2_047, 1);
const east = scaled("perceived.objects.east_cm", -131_072, 131_071, 100);
const north = scaled("perceived.objects.north_cm", -131_072, 131_071, 100);
const velocityEast = scaled("perceived.objects.velocity_east_cmps", -16_383, 16_383, 100);
const velocityNorth = scaled("perceived.objects.velocity_north_cmps", -16_383, 16_383, 100);
const orientation = scaled("perceived.objects.orientation_ddeg", 0, 3_600, 10);
const length = scaled("perceived.objects.length_cm", 1, 10_220, 100);
const width = scaled("perceived.objects.width_cm", 1, 1_023, 100);
const confidence = scaled("perceived.objects.class_confidence_pct", 1, 100, 1);
const badClass = reject("out-of-range", "perceived.objects.object_class");
const manyObjects = reject("too-many-items", "perceived.objects");

/** TS 103 324: objectId and the container allow 255 objects in one message. */
const MAX_OBJECTS = 255;

const CLASSES: readonly ObjectClass[] = [
  "unknown",
  "passenger-car",
  "bus",
  "truck",
  "motorcycle",
  "cyclist",
  "pedestrian",
  "animal",
  "other",
  "rail",
  "vru-group",
];

/** Objects seen by a station's sensors, placed on WGS 84. */
export function decodePerception(
  wire: WirePerceivedObjects,
  observedAtMs: number,
): PerceptionReport | Rejection {
  const origin = readPoint(wire.reference_position, position);
  if (isRejection(origin)) return origin;
  const wireObjects = wire.objects ?? [];
  if (wireObjects.length > MAX_OBJECTS) return manyObjects;
  const refused =
    firstOutOfRange([
      [observerHeading, wire.heading_ddeg],
      [observerSpeed, wire.speed_cmps],
    ]) ?? firstRefusedObject(wireObjects);
  if (refused !== undefined) return refused;
  return {
    kind: "perception",
    stationType: stationType(wire.station_type),
    ...origin,
    objects: wireObjects.map((object) => perceivedObject(object, origin, observedAtMs)),
  };
}

function firstRefusedObject(objects: readonly WireObject[]): Rejection | undefined {
  for (const object of objects) {
    const refused = refuseObject(object);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function refuseObject(object: WireObject): Rejection | undefined {
  if ((object.object_class ?? 0) >= CLASSES.length || (object.object_class ?? 0) < 0) return badClass;
  return firstOutOfRange([
    [objectId, object.object_id],
    [measured, object.measurement_offset_ms],
    [east, object.east_cm],
    [north, object.north_cm],
    [velocityEast, object.velocity_east_cmps],
    [velocityNorth, object.velocity_north_cmps],
    [orientation, object.orientation_ddeg],
    [length, object.length_cm],
    [width, object.width_cm],
    [confidence, object.class_confidence_pct],
  ]);
}

function perceivedObject(object: WireObject, origin: GeoPoint, observedAtMs: number): PerceivedObject {
  const place = offsetPoint(origin, (object.east_cm ?? 0) / 100, (object.north_cm ?? 0) / 100);
  const eastMps = velocityEast.si(object.velocity_east_cmps);
  const northMps = velocityNorth.si(object.velocity_north_cmps);
  return {
    objectId: object.object_id ?? 0,
    measuredAtMs: observedAtMs + (object.measurement_offset_ms ?? 0),
    ...place,
    speedMps: eastMps === undefined || northMps === undefined ? undefined : speedOf(eastMps, northMps),
    headingDeg: headingDeg(object.orientation_ddeg) ?? courseOf(eastMps, northMps),
    lengthM: length.si(object.length_cm),
    widthM: width.si(object.width_cm),
    objectClass: CLASSES[object.object_class ?? 0] ?? "unknown",
    classConfidencePct: optional(object.class_confidence_pct),
  };
}

/** Rounded to 0.01 m/s, the resolution of the wire. */
function speedOf(eastMps: number, northMps: number): number {
  return Math.round(Math.sqrt(eastMps * eastMps + northMps * northMps) * 100) / 100;
}

/** Course of a velocity, 0.1 degree; undefined where the object stands. */
function courseOf(eastMps: number | undefined, northMps: number | undefined): number | undefined {
  if (eastMps === undefined || northMps === undefined || (eastMps === 0 && northMps === 0)) return undefined;
  const deg = atan2Deg(eastMps, northMps);
  return (Math.round((deg + 360) * 10) % 3_600) / 10;
}
