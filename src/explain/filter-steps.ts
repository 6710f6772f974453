import type { Alert } from "../domain/alert.ts";
import type { StationView } from "../domain/detector.ts";
import type { GeoBox, GeoPoint } from "../domain/place.ts";
import type { StationQuery, Subscription, SubscriptionArea } from "../domain/subscription.ts";
import { distanceM, headingDifferenceDeg } from "../geo/geodesy.ts";
import { outlineBoxes } from "../geo/shapes.ts";

/** One condition of a subscription, held against one revision of an alert. */
export interface FilterStep {
  readonly name: "area" | "kind" | "cause" | "severity" | "confidence" | "tier" | "ahead" | "direction";
  /** Undefined where nobody can tell: a live server does not say where a station drives. */
  readonly passes: boolean | undefined;
  readonly text: string;
}

/** Decides whether filter and area let a revision pass, as delivery does. */
export type Matches = (alert: Alert) => boolean;

/**
 * Each condition with its verdict. The verdict on the area is that of delivery itself, asked through `holdsArea`; the
 * words beside it are made here.
 */
export function filterSteps(
  { area, filter }: Subscription,
  alert: Alert,
  holdsArea: Matches,
  stations: StationQuery | undefined,
): readonly FilterStep[] {
  const { causeCodes, kinds, minSeverity, minConfidencePct, confirmedOnly } = filter;
  return [
    ...areaSteps(area, alert, holdsArea, stations),
    step("kind", kinds.length === 0 || kinds.includes(alert.kind), alert.kind, listed(kinds, "every kind")),
    step(
      "cause",
      causeCodes.length === 0 || causeCodes.includes(alert.causeCode),
      `cause ${alert.causeCode}`,
      listed(causeCodes.map(String), "every cause"),
    ),
    step("severity", alert.severity >= minSeverity, `severity ${alert.severity}`, `${minSeverity} or more`),
    step(
      "confidence",
      alert.confidencePct >= minConfidencePct,
      `confidence ${alert.confidencePct} %`,
      `${minConfidencePct} % or more`,
    ),
    step(
      "tier",
      !confirmedOnly || alert.tier === "confirmed",
      alert.tier,
      confirmedOnly ? "confirmed only" : "suspected, too",
    ),
  ];
}

function step(name: FilterStep["name"], passes: boolean, is: string, asked: string): FilterStep {
  return { name, passes, text: `${is}; asked for ${asked}` };
}

function listed(names: readonly string[], none: string): string {
  return names.length === 0 ? none : names.join(", ");
}

function areaSteps(
  area: SubscriptionArea,
  alert: Alert,
  holdsArea: Matches,
  stations: StationQuery | undefined,
): readonly FilterStep[] {
  if (area.form === "everywhere") return [{ name: "area", passes: true, text: "everywhere" }];
  if (area.form === "ahead") return aheadSteps(area.stationId, area.distanceM, alert, holdsArea, stations);
  const passes = holdsArea(alert);
  if (passes) return [{ name: "area", passes, text: `its area meets the ${area.form}` }];
  const awayM = Math.round(metresAway(area, alert));
  return [{ name: "area", passes, text: `its area lies outside the ${area.form}, by ${awayM} m or more` }];
}

/** What delivery counts as the same direction; see deliver/ahead.ts. */
const SAME_DIRECTION_DEG = 60;

function aheadSteps(
  stationId: number,
  limitM: number,
  alert: Alert,
  holdsArea: Matches,
  stations: StationQuery | undefined,
): readonly FilterStep[] {
  const asked = `asked for what lies up to ${limitM} m ahead`;
  if (stations === undefined) {
    const text = `a live server does not tell where the station is; ${asked}`;
    return [{ name: "ahead", passes: undefined, text }];
  }
  const station = stations.get(stationId);
  if (station === undefined)
    return [{ name: "ahead", passes: false, text: `the station is not heard; ${asked}` }];
  const passes = holdsArea(alert);
  const nearestM = Math.round(Math.min(...pointsOf(alert).map((point) => distanceM(station, point))));
  const direction = directionStep(station, alert);
  const side = passes ? "ahead" : nearestM > limitM ? "too far" : "beside or behind";
  return [
    ...(direction === undefined ? [] : [direction]),
    { name: "ahead", passes, text: `${nearestM} m away, ${side}; ${asked}` },
  ];
}

function directionStep({ headingDeg }: StationView, alert: Alert): FilterStep | undefined {
  if (headingDeg === undefined || alert.headingDeg === undefined) return undefined;
  const differenceDeg = headingDifferenceDeg(headingDeg, alert.headingDeg);
  return {
    name: "direction",
    passes: differenceDeg <= SAME_DIRECTION_DEG,
    text:
      `it concerns traffic heading ${Math.round(alert.headingDeg)}°, the station heads ${Math.round(headingDeg)}°; ` +
      `up to ${SAME_DIRECTION_DEG}° is the same direction`,
  };
}

function pointsOf({ outline }: Alert): readonly GeoPoint[] {
  return outline.form === "multi-polygon" ? outline.parts.flat() : outline.points;
}

/** A lower bound of the distance between an alert and an area, m. */
function metresAway(area: Exclude<SubscriptionArea, { form: "everywhere" | "ahead" }>, alert: Alert): number {
  const boxes = outlineBoxes(alert.outline);
  const nearestTo = (point: GeoPoint): number =>
    Math.min(...boxes.map((box) => distanceM(point, clamped(point, box))));
  switch (area.form) {
    case "circle":
      return nearestTo(area.center) - area.radiusM;
    case "corridor":
      return Math.max(0, Math.min(...area.points.map(nearestTo)) - area.halfWidthM);
    case "polygon":
      return Math.min(
        ...pointsOf(alert).map((point) => distanceM(point, clamped(point, extent(area.points)))),
      );
    case "box":
      return Math.min(...pointsOf(alert).map((point) => distanceM(point, clamped(point, area.box))));
  }
}

function clamped({ latitudeDeg, longitudeDeg }: GeoPoint, box: GeoBox): GeoPoint {
  return {
    latitudeDeg: Math.min(box.northDeg, Math.max(box.southDeg, latitudeDeg)),
    longitudeDeg: Math.min(box.eastDeg, Math.max(box.westDeg, longitudeDeg)),
  };
}

function extent(points: readonly GeoPoint[]): GeoBox {
  const [latitudes, longitudes] = [points.map((p) => p.latitudeDeg), points.map((p) => p.longitudeDeg)];
  return {
    southDeg: Math.min(...latitudes),
    westDeg: Math.min(...longitudes),
    northDeg: Math.max(...latitudes),
    eastDeg: Math.max(...longitudes),
  };
}
