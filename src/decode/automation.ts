import { AUTOMATION_EVENTS, type AutomationReport, type PlannedPoint } from "../domain/observation.ts";
import type { GeoPoint } from "../domain/place.ts";
import { isRejection, type Rejection, reject } from "../domain/rejection.ts";
import { FRAME_RULES } from "../wire/frame-rules.ts";
import type { WireAutomationEvent } from "../wire/ingest-frame.ts";
import { chainPoints, positionCheck, readPoint } from "./position.ts";
import { firstOutOfRange, headingDeg, optional, scaled } from "./ranges.ts";

const position = positionCheck("automation.position.latitude_e7", "automation.position.longitude_e7");

const level = scaled("automation.sae_level", 0, 5, 1);
const heading = scaled("automation.heading_ddeg", 0, 3_600, 10);
const speed = scaled("automation.speed_cmps", 0, 16_382, 100);
const leadTime = scaled("automation.lead_time_ms", 0, 3_600_000, 1);
const cause = scaled("automation.cause", 0, 9, 1);
const acceleration = scaled("automation.min_acceleration_cmps2", -2_000, 0, 100);
const plannedTime = scaled("automation.planned_path.time_offset_ms", 0, 60_000, 1);
const missingKind = reject("missing-field", "automation.kind");
const badKind = reject("out-of-range", "automation.kind");
const longPath = reject("too-many-items", "automation.planned_path");
const longName = reject("out-of-range", "automation.design_domain");

/** An event of an automated vehicle. */
export function decodeAutomation(
  wire: WireAutomationEvent,
  observedAtMs: number,
): AutomationReport | Rejection {
  const refused = refuse(wire);
  if (refused !== undefined) return refused;
  const place = readPoint(wire.position, position);
  if (isRejection(place)) return place;
  return {
    kind: "automation",
    event: AUTOMATION_EVENTS[wire.kind ?? 0] ?? "unspecified",
    ...place,
    saeLevel: optional(wire.sae_level),
    engaged: optional(wire.engaged),
    headingDeg: headingDeg(wire.heading_ddeg),
    speedMps: speed.si(wire.speed_cmps),
    leadTimeMs: optional(wire.lead_time_ms),
    cause: wire.cause ?? 0,
    designDomain: wire.design_domain ?? "",
    plannedPath: plannedPath(wire, place, observedAtMs),
    minAccelerationMps2: acceleration.si(wire.min_acceleration_cmps2),
    occurrence: wire.occurrence ?? 0,
  };
}

function refuse(wire: WireAutomationEvent): Rejection | undefined {
  const kind = wire.kind ?? 0;
  if (kind === 0) return missingKind;
  if (kind < 0 || kind >= AUTOMATION_EVENTS.length) return badKind;
  const path = wire.planned_path ?? [];
  if (path.length > FRAME_RULES.maxPlannedPoints) return longPath;
  if ((wire.design_domain?.length ?? 0) > FRAME_RULES.maxDesignDomainCharacters) return longName;
  if (!path.every((point) => plannedTime.holds(point.time_offset_ms))) return plannedTime.rejection;
  return firstOutOfRange([
    [level, wire.sae_level],
    [heading, wire.heading_ddeg],
    [speed, wire.speed_cmps],
    [leadTime, wire.lead_time_ms],
    [cause, wire.cause],
    [acceleration, wire.min_acceleration_cmps2],
  ]);
}

function plannedPath(wire: WireAutomationEvent, origin: GeoPoint, observedAtMs: number): PlannedPoint[] {
  const wirePoints = wire.planned_path ?? [];
  const places = chainPoints(
    origin,
    wirePoints.map(({ offset }) => offset ?? {}),
  );
  return places.map((place, index) => ({
    ...place,
    atMs: observedAtMs + (wirePoints[index]?.time_offset_ms ?? 0),
    speedMps: speed.si(wirePoints[index]?.speed_cmps),
  }));
}
