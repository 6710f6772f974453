import type { AlertContent, AlertTier, Evidence, Measure } from "../domain/alert.ts";
import type { Frame } from "../domain/frame.ts";
import type { HazardNotice } from "../domain/observation.ts";
import { type GeoPoint, type Outline, roundPoint } from "../domain/place.ts";
import { CENTRE_SOURCE } from "../domain/station.ts";
import { causeMeaning } from "./cause-codes.ts";
import { kmph, roundHeading } from "./units.ts";

/** InformationQuality 0 (unavailable) to 7 (best) as confidence in percent (TS 102 894-2 leaves the scale open). */
const CONFIDENCE_PCT_BY_QUALITY = [60, 30, 40, 55, 65, 75, 85, 95] as const;

/** Stated qualities below this are suspicions; an unstated one comes from a sender that saw no doubt to state. */
const CONFIRMED_FROM_QUALITY = 3;

/** A notice whose signature did not verify is passed on as a suspicion with this confidence at most. */
const FORGED_CONFIDENCE_PCT = 10;

/** Undefined where the notice has no place or is no longer valid. */
export function noticeContent(
  notice: HazardNotice,
  frame: Frame,
  evidence: Evidence,
): AlertContent | undefined {
  const validUntilMs = validUntil(notice, frame);
  if (notice.position === undefined || validUntilMs <= frame.receivedAtMs) return undefined;
  const meaning = causeMeaning(notice.causeCode, notice.subCauseCode);
  const position = roundPoint(notice.position);
  return {
    // What operators tell stays apart from what it is about: it never merges, and ends when they say so.
    kind: frame.source.name === CENTRE_SOURCE ? "notice" : meaning.kind,
    tier: tierOf(notice, frame),
    causeCode: notice.causeCode,
    subCauseCode: notice.subCauseCode,
    severity: meaning.severity,
    confidencePct: confidencePct(notice, frame),
    referencedAtMs: frame.observedAtMs,
    validUntilMs,
    position,
    headingDeg: trafficHeading(notice),
    outline: outlineOf(position, notice.eventZone),
    road: undefined,
    evidence,
    why: {
      rule: "hazard-notice/relayed",
      text: `${frame.source.name === CENTRE_SOURCE ? "The traffic centre" : "Station"} reports ${meaning.text}.`,
      measures: measuresOf(notice),
    },
  };
}

/**
 * Validity counts from the detection time (TS 103 831, validityDuration), which cannot lie ahead of reception. A clock
 * that cannot be used still tells how long before this message the event was detected.
 */
function validUntil(notice: HazardNotice, { clockReplaced, receivedAtMs }: Frame): number {
  const ageMs = clockReplaced
    ? notice.referenceAtMs - notice.detectionAtMs
    : receivedAtMs - notice.detectionAtMs;
  return receivedAtMs - Math.max(0, ageMs) + notice.validityS * 1_000;
}

function tierOf(notice: HazardNotice, frame: Frame): AlertTier {
  if (frame.security === "invalid") return "suspected";
  const quality = notice.informationQuality;
  return quality === 0 || quality >= CONFIRMED_FROM_QUALITY ? "confirmed" : "suspected";
}

function confidencePct(notice: HazardNotice, frame: Frame): number {
  const pct = CONFIDENCE_PCT_BY_QUALITY[notice.informationQuality] ?? CONFIDENCE_PCT_BY_QUALITY[0];
  return frame.security === "invalid" ? Math.min(pct, FORGED_CONFIDENCE_PCT) : pct;
}

/** Heading of the traffic concerned, from the event's heading and the traffic direction (TS 102 894-2, TrafficDirection). */
function trafficHeading(notice: HazardNotice): number | undefined {
  const { eventHeadingDeg, trafficDirection } = notice;
  if (eventHeadingDeg === undefined || trafficDirection === "all") return undefined;
  return roundHeading(trafficDirection === "opposite" ? (eventHeadingDeg + 180) % 360 : eventHeadingDeg);
}

/** The event's place begins the chain of its zone (TS 102 894-2, EventZone: each point is relative to the one before). */
function outlineOf(position: GeoPoint, zone: readonly GeoPoint[]): Outline {
  if (zone.length === 0) return { form: "point", points: [position] };
  const points = [position];
  for (const point of zone) {
    const rounded = roundPoint(point);
    const last = points[points.length - 1];
    if (last?.latitudeDeg !== rounded.latitudeDeg || last.longitudeDeg !== rounded.longitudeDeg) {
      points.push(rounded);
    }
  }
  return points.length === 1 ? { form: "point", points } : { form: "line", points };
}

function measuresOf(notice: HazardNotice): Measure[] {
  const measures: Measure[] = [];
  if (notice.awarenessDistanceM !== undefined) {
    measures.push({ name: "awarenessDistanceM", observed: notice.awarenessDistanceM });
  }
  if (notice.eventSpeedMps !== undefined) {
    measures.push({ name: "eventSpeedKmph", observed: kmph(notice.eventSpeedMps) });
  }
  measures.push({ name: "informationQuality", observed: notice.informationQuality });
  return measures;
}
