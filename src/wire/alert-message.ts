import "./protobuf.ts";
import type {
  Alert,
  AlertKind,
  AlertState,
  AlertTier,
  Evidence,
  Explanation,
  Measure,
  RoadReference,
  Severity,
} from "../domain/alert.ts";
import type { GeoPoint, Outline } from "../domain/place.ts";
import { type Rejection, reject } from "../domain/rejection.ts";
import { srtiCategory } from "../domain/srti.ts";
import type * as stream from "./gen/roadpulse.js";
import { roadpulse } from "./gen/roadpulse.js";
import type { WireGeoPoint } from "./ingest-frame.ts";

type Messages = typeof stream.roadpulse.stream.v1;
export type WireAlert = stream.roadpulse.stream.v1.Alert.$Properties;
type WireArea = stream.roadpulse.stream.v1.AlertArea.$Properties;
type WireMeasure = stream.roadpulse.stream.v1.Measure.$Properties;
type WireState = Messages["AlertState"][keyof Messages["AlertState"]];
type WireTier = Messages["AlertTier"][keyof Messages["AlertTier"]];

const { AlertState: State, AlertTier: Tier, AreaForm } = roadpulse.stream.v1;

const WIRE_STATE: Readonly<Record<AlertState, WireState>> = {
  new: State.ALERT_STATE_NEW,
  updated: State.ALERT_STATE_UPDATED,
  ended: State.ALERT_STATE_ENDED,
  cancelled: State.ALERT_STATE_CANCELLED,
  expired: State.ALERT_STATE_EXPIRED,
};
const WIRE_TIER: Readonly<Record<AlertTier, WireTier>> = {
  suspected: Tier.ALERT_TIER_SUSPECTED,
  confirmed: Tier.ALERT_TIER_CONFIRMED,
};

/** Inverts a table of words; unknown numbers of newer servers read as undefined. */
function wordsOf<W extends string>(table: Readonly<Record<W, number>>): ReadonlyMap<number, W> {
  return new Map(Object.entries<number>(table).map(([word, number]) => [number, word as W]));
}

const STATE_WORDS = wordsOf(WIRE_STATE);
const TIER_WORDS = wordsOf(WIRE_TIER);

const E7 = 1e7;
const TENTHS = 10;

const toWirePoint = (point: GeoPoint): WireGeoPoint => ({
  latitude_e7: Math.round(point.latitudeDeg * E7),
  longitude_e7: Math.round(point.longitudeDeg * E7),
});

const fromWirePoint = (point: WireGeoPoint | null | undefined): GeoPoint => ({
  latitudeDeg: (point?.latitude_e7 ?? 0) / E7,
  longitudeDeg: (point?.longitude_e7 ?? 0) / E7,
});

/**
 * The wire form of an alert. `srti` follows from its codes and is told for those who have no table. Nothing is lost of what an alert may hold: coordinates at 1e-7 degree, headings at
 * 0.1 degree, whole percents and milliseconds.
 */
export function toWireAlert(alert: Alert): WireAlert {
  return {
    alert_id: alert.alertId,
    revision: alert.revision,
    state: WIRE_STATE[alert.state],
    tier: WIRE_TIER[alert.tier],
    kind: alert.kind,
    cause_code: alert.causeCode,
    sub_cause_code: alert.subCauseCode,
    related_alert_id: alert.relatedAlertId ?? "",
    srti: srtiCategory(alert.causeCode, alert.subCauseCode) ?? "",
    severity: alert.severity,
    confidence_pct: alert.confidencePct,
    detected_at_unix_ms: alert.detectedAtMs,
    referenced_at_unix_ms: alert.referencedAtMs,
    valid_until_unix_ms: alert.validUntilMs,
    began_at_unix_ms: alert.beganAtMs,
    position: toWirePoint(alert.position),
    heading_ddeg: alert.headingDeg === undefined ? null : Math.round(alert.headingDeg * TENTHS),
    area: toWireArea(alert.outline),
    road: alert.road === undefined ? null : toWireRoad(alert.road),
    evidence: { ...alert.evidence, sources: [...alert.evidence.sources], marks: [...alert.evidence.marks] },
    why: {
      rule: alert.why.rule,
      text: alert.why.text,
      measures: alert.why.measures.map(toWireMeasure),
    },
  };
}

const toWireRoad = ({ ref, direction, fromKm, toKm, text }: RoadReference) => ({
  ref,
  direction,
  from_km: fromKm,
  to_km: toKm,
  text,
});

const toWireMeasure = ({ name, observed, threshold }: Measure): WireMeasure => ({
  name,
  observed,
  threshold: threshold ?? null,
});

function toWireArea(outline: Outline): WireArea {
  switch (outline.form) {
    case "point":
      return { form: AreaForm.AREA_FORM_POINT, points: outline.points.map(toWirePoint) };
    case "line":
      return { form: AreaForm.AREA_FORM_LINE_STRING, points: outline.points.map(toWirePoint) };
    case "polygon":
      return { form: AreaForm.AREA_FORM_POLYGON, points: outline.points.map(toWirePoint) };
    case "multi-polygon":
      return {
        form: AreaForm.AREA_FORM_MULTI_POLYGON,
        points: outline.parts.flat().map(toWirePoint),
        part_starts: partStarts(outline.parts),
      };
  }
}

/** Empty for one part with points, as the schema says. */
function partStarts(parts: readonly (readonly GeoPoint[])[]): number[] {
  if (parts.length === 1 && parts[0]?.length !== 0) return [];
  let start = 0;
  return parts.map((part) => {
    const before = start;
    start += part.length;
    return before;
  });
}

/** Reads an alert; what only a broken server sends is rejected. A kind that this build does not know passes as it is. */
export function fromWireAlert(wire: WireAlert, path: string): Alert | Rejection {
  const state = STATE_WORDS.get(wire.state ?? 0);
  if (state === undefined) return reject("out-of-range", `${path}.state`);
  const tier = TIER_WORDS.get(wire.tier ?? 0);
  if (tier === undefined) return reject("out-of-range", `${path}.tier`);
  const severity = wire.severity ?? 0;
  if (severity < 1 || severity > 5) return reject("out-of-range", `${path}.severity`);
  const outline = fromWireArea(wire.area ?? {});
  if (outline === undefined) return reject("malformed", `${path}.area`);
  return {
    alertId: wire.alert_id ?? "",
    revision: wire.revision ?? 0,
    state,
    tier,
    kind: (wire.kind ?? "") as AlertKind,
    causeCode: wire.cause_code ?? 0,
    subCauseCode: wire.sub_cause_code ?? 0,
    severity: severity as Severity,
    confidencePct: wire.confidence_pct ?? 0,
    detectedAtMs: wire.detected_at_unix_ms ?? 0,
    referencedAtMs: wire.referenced_at_unix_ms ?? 0,
    validUntilMs: wire.valid_until_unix_ms ?? 0,
    beganAtMs: wire.began_at_unix_ms ?? 0,
    position: fromWirePoint(wire.position),
    headingDeg: typeof wire.heading_ddeg === "number" ? wire.heading_ddeg / TENTHS : undefined,
    outline,
    road: wire.road ? fromWireRoad(wire.road) : undefined,
    evidence: fromWireEvidence(wire.evidence ?? {}),
    why: fromWireExplanation(wire.why ?? {}),
    ...(wire.related_alert_id ? { relatedAlertId: wire.related_alert_id } : {}),
  };
}

function fromWireArea(wire: WireArea): Outline | undefined {
  const points = (wire.points ?? []).map(fromWirePoint);
  switch (wire.form) {
    case AreaForm.AREA_FORM_POINT:
      return { form: "point", points };
    case AreaForm.AREA_FORM_LINE_STRING:
      return { form: "line", points };
    case AreaForm.AREA_FORM_POLYGON:
      return { form: "polygon", points };
    case AreaForm.AREA_FORM_MULTI_POLYGON:
      return multiPolygon(points, wire.part_starts ?? []);
    default:
      return undefined;
  }
}

function multiPolygon(points: readonly GeoPoint[], starts: readonly number[]): Outline | undefined {
  if (starts.length === 0) return { form: "multi-polygon", parts: points.length === 0 ? [] : [points] };
  const ends = [...starts.slice(1), points.length];
  const rising = starts.every((start, part) => start <= (ends[part] ?? 0));
  if (starts[0] !== 0 || !rising) return undefined;
  return { form: "multi-polygon", parts: starts.map((start, part) => points.slice(start, ends[part])) };
}

function fromWireRoad(wire: stream.roadpulse.stream.v1.RoadReference.$Properties): RoadReference {
  return {
    ref: wire.ref ?? "",
    direction: wire.direction ?? "",
    fromKm: wire.from_km ?? 0,
    toKm: wire.to_km ?? 0,
    text: wire.text ?? "",
  };
}

function fromWireEvidence(wire: stream.roadpulse.stream.v1.Evidence.$Properties): Evidence {
  return {
    stations: wire.stations ?? 0,
    observations: wire.observations ?? 0,
    receivers: wire.receivers ?? 0,
    sources: wire.sources ?? [],
    marks: wire.marks ?? [],
  };
}

function fromWireExplanation(wire: stream.roadpulse.stream.v1.Explanation.$Properties): Explanation {
  return {
    rule: wire.rule ?? "",
    text: wire.text ?? "",
    measures: (wire.measures ?? []).map((measure) => {
      const named = { name: measure.name ?? "", observed: measure.observed ?? 0 };
      return typeof measure.threshold === "number" ? { ...named, threshold: measure.threshold } : named;
    }),
  };
}
