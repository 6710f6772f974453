import type { Alert } from "./alert.ts";
import type { GeoPoint, Outline } from "./place.ts";
import { srtiCategory } from "./srti.ts";

/**
 * One line of the alert file: a JSON object with sorted keys. `replay --alerts`, `tail --json` and exports write it, and
 * two runs over the same records write the same bytes.
 */
export function alertLine(alert: Alert): string {
  return JSON.stringify(alertRecord(alert));
}

/** The alert file's object; keys stand in alphabetical order, `road`, `headingDeg`, `relatedAlertId` and `srti` are left out where there is none. */
export function alertRecord(alert: Alert): Record<string, unknown> {
  const category = srtiCategory(alert.causeCode, alert.subCauseCode);
  return {
    alertId: alert.alertId,
    area: outlineGeometry(alert.outline),
    beganAtMs: alert.beganAtMs,
    causeCode: alert.causeCode,
    confidence: alert.confidencePct / 100,
    detectedAtMs: alert.detectedAtMs,
    evidence: {
      marks: alert.evidence.marks,
      observations: alert.evidence.observations,
      receivers: alert.evidence.receivers,
      sources: alert.evidence.sources,
      stations: alert.evidence.stations,
    },
    ...(alert.headingDeg === undefined ? {} : { headingDeg: alert.headingDeg }),
    kind: alert.kind,
    latitudeDeg: alert.position.latitudeDeg,
    longitudeDeg: alert.position.longitudeDeg,
    referencedAtMs: alert.referencedAtMs,
    ...(alert.relatedAlertId === undefined ? {} : { relatedAlertId: alert.relatedAlertId }),
    revision: alert.revision,
    ...(alert.road === undefined ? {} : { road: roadRecord(alert.road) }),
    severity: alert.severity,
    ...(category === undefined ? {} : { srti: category }),
    state: alert.state,
    subCauseCode: alert.subCauseCode,
    tier: alert.tier,
    validUntilMs: alert.validUntilMs,
    why: {
      measures: alert.why.measures.map(({ name, observed, threshold }) =>
        threshold === undefined ? { name, observed } : { name, observed, threshold },
      ),
      rule: alert.why.rule,
      text: alert.why.text,
    },
  };
}

function roadRecord(road: NonNullable<Alert["road"]>): Record<string, unknown> {
  return { direction: road.direction, fromKm: road.fromKm, ref: road.ref, text: road.text, toKm: road.toKm };
}

const position = (point: GeoPoint): [number, number] => [point.longitudeDeg, point.latitudeDeg];

/** GeoJSON geometry (RFC 7946: longitude first). */
export function outlineGeometry(outline: Outline): Record<string, unknown> {
  switch (outline.form) {
    case "point": {
      const [point] = outline.points;
      return { coordinates: point === undefined ? [] : position(point), type: "Point" };
    }
    case "line":
      return { coordinates: outline.points.map(position), type: "LineString" };
    case "polygon":
      return { coordinates: [outline.points.map(position)], type: "Polygon" };
    case "multi-polygon":
      return { coordinates: outline.parts.map((part) => [part.map(position)]), type: "MultiPolygon" };
  }
}
