import { contentId } from "../domain/content-id.ts";
import type { HazardNotice, TrafficDirection } from "../domain/observation.ts";
import type { GeoPoint } from "../domain/place.ts";
import { isRejection, type Rejection, reject } from "../domain/rejection.ts";
import { FRAME_RULES } from "../wire/frame-rules.ts";
import type { WireHazardNotice } from "../wire/ingest-frame.ts";
import { stationType } from "./awareness.ts";
import { chainPoints, positionCheck, readPoint } from "./position.ts";
import { firstOutOfRange, headingDeg, optional, scaled } from "./ranges.ts";

const position = positionCheck("hazard.position.latitude_e7", "hazard.position.longitude_e7");

// Ranges of ETSI TS 102 894-2 V2.4.1 and TS 103 831 V2.3.1.
const sequence = scaled("hazard.event.sequence_number", 0, 65_535, 1);
const validity = scaled("hazard.validity_s", 0, 86_400, 1);
const quality = scaled("hazard.information_quality", 0, 7, 1);
const cause = scaled("hazard.cause_code", 1, 255, 1);
const subCause = scaled("hazard.sub_cause_code", 0, 255, 1);
const awareness = scaled("hazard.awareness_distance_m", 0, 100_000, 1);
const eventSpeed = scaled("hazard.event_speed_cmps", 0, 16_382, 100);
const eventHeading = scaled("hazard.event_heading_ddeg", 0, 3_600, 10);
const interval = scaled("hazard.transmission_interval_ms", 1, 10_000, 1);
const lane = scaled("hazard.lane_position", -1, 14, 1);
const termination = scaled("hazard.termination", 0, 2, 1);
const direction = scaled("hazard.traffic_direction", 0, 4, 1);
const missingEvent = reject("missing-field", "hazard.event");
const missingCause = reject("missing-field", "hazard.cause_code");
const longZone = reject("too-many-items", "hazard.event_zone");
const manyTraces = reject("too-many-items", "hazard.traces");

/** Validity where none is told (TS 103 831, defaultValidity). */
const DEFAULT_VALIDITY_S = 600;

const TERMINATIONS = [undefined, "cancellation", "negation"] as const;
const DIRECTIONS: readonly TrafficDirection[] = ["all", "all", "upstream", "downstream", "opposite"];

/** A hazard notice. With a termination, situation and location are absent by the standard and not read. */
export function decodeHazard(wire: WireHazardNotice, baseTimeMs: number): HazardNotice | Rejection {
  if (wire.event === null || wire.event === undefined || (wire.event.originating_station_id ?? 0) === 0) {
    return missingEvent;
  }
  const ends = (wire.termination ?? 0) !== 0;
  const refused = refuseManagement(wire) ?? (ends ? undefined : refuseSituation(wire));
  if (refused !== undefined) return refused;
  const place = ends ? undefined : readPoint(wire.position, position);
  if (place !== undefined && isRejection(place)) return place;
  return notice(wire, baseTimeMs, place);
}

function notice(wire: WireHazardNotice, baseTimeMs: number, place: GeoPoint | undefined): HazardNotice {
  return {
    kind: "hazard",
    originatingStationId: wire.event?.originating_station_id ?? 0,
    sequenceNumber: wire.event?.sequence_number ?? 0,
    detectionAtMs: baseTimeMs + (wire.detection_offset_ms ?? 0),
    referenceAtMs: baseTimeMs + (wire.reference_offset_ms ?? 0),
    termination: TERMINATIONS[wire.termination ?? 0],
    position: place,
    validityS: wire.validity_s ?? DEFAULT_VALIDITY_S,
    causeCode: wire.cause_code ?? 0,
    subCauseCode: wire.sub_cause_code ?? 0,
    informationQuality: wire.information_quality ?? 0,
    awarenessDistanceM: optional(wire.awareness_distance_m),
    trafficDirection: DIRECTIONS[wire.traffic_direction ?? 0] ?? "all",
    eventSpeedMps: eventSpeed.si(wire.event_speed_cmps),
    eventHeadingDeg: headingDeg(wire.event_heading_ddeg),
    stationType: stationType(wire.station_type),
    eventZone: place === undefined ? [] : chainPoints(place, wire.event_zone ?? []),
    trace: place === undefined ? [] : chainPoints(place, wire.traces?.[0]?.points ?? []),
    lanePosition: optional(wire.lane_position),
    contentHash: contentHash(wire),
  };
}

function refuseManagement(wire: WireHazardNotice): Rejection | undefined {
  return firstOutOfRange([
    [sequence, wire.event?.sequence_number],
    [validity, wire.validity_s],
    [termination, wire.termination],
    [direction, wire.traffic_direction],
    [interval, wire.transmission_interval_ms],
  ]);
}

function refuseSituation(wire: WireHazardNotice): Rejection | undefined {
  if ((wire.cause_code ?? 0) === 0) return missingCause;
  if ((wire.event_zone?.length ?? 0) > FRAME_RULES.maxZonePoints) return longZone;
  if ((wire.traces?.length ?? 0) > FRAME_RULES.maxTraces) return manyTraces;
  if (wire.traces?.some((trace) => (trace.points?.length ?? 0) > FRAME_RULES.maxPathPoints))
    return manyTraces;
  return firstOutOfRange([
    [cause, wire.cause_code],
    [subCause, wire.sub_cause_code],
    [quality, wire.information_quality],
    [awareness, wire.awareness_distance_m],
    [eventSpeed, wire.event_speed_cmps],
    [eventHeading, wire.event_heading_ddeg],
    [lane, wire.lane_position],
  ]);
}

/** Everything that a receiver acts on, without the times. */
function contentHash(wire: WireHazardNotice): string {
  const { detection_offset_ms, reference_offset_ms, ...content } = wire;
  const entries = Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1));
  return contentId(JSON.stringify(entries));
}
