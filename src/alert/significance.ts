import type { AlertContent, RoadReference } from "../domain/alert.ts";
import type { GeoPoint, Outline } from "../domain/place.ts";
import { distanceM, headingDifferenceDeg } from "../geo/geodesy.ts";
import type { KindPolicy } from "./kind-policy.ts";

/** `urgent`: worse or surer than told. `change`: something else that people act on. `none`: told before. */
export type Significance = "urgent" | "change" | "none";

/** Below these nobody acts differently. */
const HEADING_DEG = 15;
const CONFIDENCE_PCT = 25;
const SHORTENED_MS = 1_000;

/** Compares what is known with what was told. Validity that grows is no change: it is renewed in silence. */
export function significance(told: AlertContent, now: AlertContent, policy: KindPolicy): Significance {
  if (told.tier !== now.tier || now.severity > told.severity) return "urgent";
  if (told.kind !== now.kind || told.severity !== now.severity) return "change";
  if (told.causeCode !== now.causeCode || told.subCauseCode !== now.subCauseCode) return "change";
  if (told.validUntilMs - now.validUntilMs > SHORTENED_MS) return "change";
  if (Math.abs(told.confidencePct - now.confidencePct) >= CONFIDENCE_PCT) return "change";
  if (hasTurned(told.headingDeg, now.headingDeg)) return "change";
  if (told.position !== now.position && distanceM(told.position, now.position) >= policy.movedM)
    return "change";
  if (!sameOutline(told.outline, now.outline) || !sameRoad(told.road, now.road)) return "change";
  return "none";
}

function hasTurned(told: number | undefined, now: number | undefined): boolean {
  if (told === undefined || now === undefined) return told !== now;
  return headingDifferenceDeg(told, now) > HEADING_DEG;
}

/** Points are left to the distance moved. */
function sameOutline(told: Outline, now: Outline): boolean {
  if (told === now) return true;
  if (told.form === "multi-polygon" || now.form === "multi-polygon") {
    if (told.form !== "multi-polygon" || now.form !== "multi-polygon") return false;
    return (
      told.parts.length === now.parts.length &&
      told.parts.every((part, i) => samePoints(part, now.parts[i] ?? []))
    );
  }
  if (told.form !== now.form) return false;
  return told.form === "point" || samePoints(told.points, now.points);
}

function samePoints(told: readonly GeoPoint[], now: readonly GeoPoint[]): boolean {
  return (
    told.length === now.length &&
    told.every((point, i) => {
      const other = now[i];
      return other?.latitudeDeg === point.latitudeDeg && other.longitudeDeg === point.longitudeDeg;
    })
  );
}

function sameRoad(told: RoadReference | undefined, now: RoadReference | undefined): boolean {
  if (told === undefined || now === undefined) return told === now;
  return (
    told.ref === now.ref &&
    told.direction === now.direction &&
    told.fromKm === now.fromKm &&
    told.toKm === now.toKm
  );
}
