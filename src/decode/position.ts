import type { GeoPoint } from "../domain/place.ts";
import { type Rejection, reject } from "../domain/rejection.ts";
import { cosDeg } from "../geo/trigonometry.ts";
import type { WireGeoOffset, WireGeoPoint } from "../wire/ingest-frame.ts";
import type { Optional } from "./ranges.ts";

const E7 = 1e7;
export const MAX_LATITUDE_E7 = 900_000_000;
export const MAX_LONGITUDE_E7 = 1_800_000_000;
const CIRCLE_E7 = 2 * MAX_LONGITUDE_E7;

/** Position checks of one message type: built once, so that rejections are shared. */
export interface PositionCheck {
  /** undefined where the position can be used. */
  readonly check: (latitudeE7: Optional<number>, longitudeE7: Optional<number>) => Rejection | undefined;
}

/**
 * Ranges of ETSI TS 102 894-2 V2.4.1 Latitude and Longitude (−180° itself shall not be used). Both zero means that the
 * field was never set: protobuf cannot tell, and nobody drives at the origin in the Gulf of Guinea.
 */
export function positionCheck(latitudePath: string, longitudePath: string): PositionCheck {
  const missing = reject("missing-field", latitudePath);
  const latitude = reject("out-of-range", latitudePath);
  const longitude = reject("out-of-range", longitudePath);
  return {
    check(latitudeE7, longitudeE7) {
      const lat = latitudeE7 ?? 0;
      const lon = longitudeE7 ?? 0;
      if (lat === 0 && lon === 0) return missing;
      if (lat < -MAX_LATITUDE_E7 || lat > MAX_LATITUDE_E7) return latitude;
      if (lon <= -MAX_LONGITUDE_E7 || lon > MAX_LONGITUDE_E7) return longitude;
      return undefined;
    },
  };
}

export const degrees = (e7: Optional<number>): number => (e7 ?? 0) / E7;

/** A checked point, or why it cannot be used. */
export function readPoint(point: Optional<WireGeoPoint>, check: PositionCheck): GeoPoint | Rejection {
  const refused = check.check(point?.latitude_e7, point?.longitude_e7);
  if (refused !== undefined) return refused;
  return { latitudeDeg: degrees(point?.latitude_e7), longitudeDeg: degrees(point?.longitude_e7) };
}

/**
 * Absolute points of a chain of offsets: the first is relative to `origin`, each next one to the point before it
 * (TS 102 894-2 EventZone, Path). Sums are of integers, so that no error adds up. A chain goes on across the antimeridian
 * and ends before a point beyond a pole: an outline that is partly nonsense is no reason to refuse a hazard.
 */
export function chainPoints(origin: GeoPoint, offsets: readonly WireGeoOffset[]): GeoPoint[] {
  let latitudeE7 = Math.round(origin.latitudeDeg * E7);
  let longitudeE7 = Math.round(origin.longitudeDeg * E7);
  const points: GeoPoint[] = [];
  for (const offset of offsets) {
    latitudeE7 += offset.delta_latitude_e7 ?? 0;
    longitudeE7 += offset.delta_longitude_e7 ?? 0;
    if (Math.abs(latitudeE7) > MAX_LATITUDE_E7) break;
    points.push({ latitudeDeg: latitudeE7 / E7, longitudeDeg: aroundE7(longitudeE7) / E7 });
  }
  return points;
}

/** The same longitude in −180° < x ≤ 180°. */
function aroundE7(longitudeE7: number): number {
  if (longitudeE7 > -MAX_LONGITUDE_E7 && longitudeE7 <= MAX_LONGITUDE_E7) return longitudeE7;
  return longitudeE7 - Math.ceil((longitudeE7 - MAX_LONGITUDE_E7) / CIRCLE_E7) * CIRCLE_E7;
}

const METRES_PER_DEGREE = 111_319.490793;

/** A point some metres east and north of another; for lanes and perceived objects (ranges under 2 km). */
export function offsetPoint(origin: GeoPoint, eastM: number, northM: number): GeoPoint {
  const cosLatitude = Math.max(cosDeg(origin.latitudeDeg), 1e-6);
  const latitudeDeg = origin.latitudeDeg + northM / METRES_PER_DEGREE;
  const longitudeDeg = origin.longitudeDeg + eastM / (METRES_PER_DEGREE * cosLatitude);
  return { latitudeDeg: Math.round(latitudeDeg * E7) / E7, longitudeDeg: Math.round(longitudeDeg * E7) / E7 };
}
