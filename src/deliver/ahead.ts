import type { AlertContent } from "../domain/alert.ts";
import type { StationView } from "../domain/detector.ts";
import type { GeoPoint, Outline } from "../domain/place.ts";
import { distanceM, headingDifferenceDeg, LocalPlane } from "../geo/geodesy.ts";
import { shapeIntersectsOutline } from "../geo/shapes.ts";
import { cosDeg, sinDeg } from "../geo/trigonometry.ts";

/** Half width of the strip ahead: a carriageway with its ramps, and the error of a heading over the first 100 m. */
const STRIP_HALF_WIDTH_M = 50;

/** Half angle of the cone ahead: roads bend, and a vehicle's next junction is rarely more than this off its course. */
const CONE_HALF_ANGLE_DEG = 30;

/** Traffic that runs more than this across is another road or the other carriageway. */
const MAX_HEADING_DIFFERENCE_DEG = 60;

/** An outline that encloses the station counts as ahead; this is the station's own size. */
const OWN_SIZE_M = 1;

/** A half plane of the vehicle's frame: a·x + b·y + c ≥ 0, x forward and y to the right, m. */
type HalfPlane = readonly [a: number, b: number, c: number];

const CONE_SLOPE = sinDeg(CONE_HALF_ANGLE_DEG) / cosDeg(CONE_HALF_ANGLE_DEG);

const REGIONS: readonly (readonly HalfPlane[])[] = [
  [
    [1, 0, 0],
    [0, 1, STRIP_HALF_WIDTH_M],
    [0, -1, STRIP_HALF_WIDTH_M],
  ],
  [
    [CONE_SLOPE, 1, 0],
    [CONE_SLOPE, -1, 0],
  ],
];

/**
 * True where the alert concerns traffic in the station's direction (within 60°) and some part of its outline lies within
 * `limitM` ahead: in a strip of ±50 m or a cone of ±30°, whichever is wider. A station whose heading is unknown is told
 * of everything within the distance.
 */
export function isAlertAhead(station: StationView, limitM: number, alert: AlertContent): boolean {
  const { headingDeg } = station;
  if (headingDeg === undefined) {
    return shapeIntersectsOutline({ type: "circle", center: station, radiusM: limitM }, alert.outline);
  }
  const { headingDeg: trafficDeg } = alert;
  if (trafficDeg !== undefined && headingDifferenceDeg(headingDeg, trafficDeg) > MAX_HEADING_DIFFERENCE_DEG) {
    return false;
  }
  const frame = new VehicleFrame(station, headingDeg);
  return (
    outlineLines(alert.outline).some((line) => frame.sees(line, limitM)) || encloses(alert.outline, station)
  );
}

/** The same region for a single place. */
export function isPlaceAhead(station: StationView, limitM: number, place: GeoPoint): boolean {
  if (station.headingDeg === undefined) return distanceM(station, place) <= limitM;
  return new VehicleFrame(station, station.headingDeg).sees([place], limitM);
}

function outlineLines(outline: Outline): readonly (readonly GeoPoint[])[] {
  return outline.form === "multi-polygon" ? outline.parts : [outline.points];
}

/** No edge of an area that encloses the whole region is seen; then it encloses the station, too. */
function encloses(outline: Outline, station: StationView): boolean {
  if (outline.form !== "polygon" && outline.form !== "multi-polygon") return false;
  return shapeIntersectsOutline({ type: "circle", center: station, radiusM: OWN_SIZE_M }, outline);
}

interface Xy {
  readonly x: number;
  readonly y: number;
}

/** Metres forward and to the right of a station. */
class VehicleFrame {
  readonly #plane: LocalPlane;
  readonly #sine: number;
  readonly #cosine: number;

  constructor(origin: GeoPoint, headingDeg: number) {
    this.#plane = new LocalPlane(origin);
    this.#sine = sinDeg(headingDeg);
    this.#cosine = cosDeg(headingDeg);
  }

  /** True where some point of the line lies in the region ahead and within the distance. */
  sees(line: readonly GeoPoint[], limitM: number): boolean {
    const points = line.map((point) => this.#locate(point));
    const [first] = points;
    if (first === undefined) return false;
    const isSeen = (from: Xy, to: Xy) => REGIONS.some((region) => nearestM(from, to, region) <= limitM);
    if (points.length === 1) return isSeen(first, first);
    return points.some((to, i) => i > 0 && isSeen(points[i - 1] ?? first, to));
  }

  #locate(point: GeoPoint): Xy {
    const north = this.#plane.northM(point.latitudeDeg);
    const east = this.#plane.eastM(point.longitudeDeg);
    return { x: north * this.#cosine + east * this.#sine, y: east * this.#cosine - north * this.#sine };
  }
}

/** Distance from the origin to the part of a segment that lies in a convex region, m; infinite where none does. */
function nearestM(from: Xy, to: Xy, region: readonly HalfPlane[]): number {
  let begin = 0;
  let end = 1;
  for (const [a, b, c] of region) {
    const atFrom = a * from.x + b * from.y + c;
    const atTo = a * to.x + b * to.y + c;
    if (atFrom < 0 && atTo < 0) return Number.POSITIVE_INFINITY;
    if (atFrom < 0) begin = Math.max(begin, atFrom / (atFrom - atTo));
    else if (atTo < 0) end = Math.min(end, atFrom / (atFrom - atTo));
  }
  if (begin > end) return Number.POSITIVE_INFINITY;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const lengthSquared = dx * dx + dy * dy;
  const foot = lengthSquared === 0 ? 0 : -(from.x * dx + from.y * dy) / lengthSquared;
  const t = Math.min(end, Math.max(begin, foot));
  const x = from.x + t * dx;
  const y = from.y + t * dy;
  return Math.sqrt(x * x + y * y);
}
