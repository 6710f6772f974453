import type { GeoPoint } from "../domain/place.ts";
import { atan2Deg, cosDeg, sinDeg } from "./trigonometry.ts";

/** WGS 84 ellipsoid (NGA.STND.0036): semi-major axis, m, and first eccentricity squared. */
const SEMI_MAJOR_AXIS_M = 6_378_137;
const ECCENTRICITY_SQUARED = 6.69437999014e-3;
const DEG_PER_RAD = 180 / Math.PI;
const RAD_PER_DEG = Math.PI / 180;

/** A degree of latitude or, at the equator, of longitude is nowhere shorter; with a margin of 0.5 %. */
export const LEAST_METRES_PER_DEGREE = 110_000;

/** `to − from`, −180 ≤ x ≤ 180: the short way round. */
export function longitudeDifferenceDeg(fromDeg: number, toDeg: number): number {
  const difference = toDeg - fromDeg;
  if (difference > 180) return difference - 360;
  return difference < -180 ? difference + 360 : difference;
}

/** The same meridian within −180 < x ≤ 180. */
export function normalLongitudeDeg(longitudeDeg: number): number {
  const turns = Math.ceil((longitudeDeg - 180) / 360);
  return longitudeDeg - 360 * turns;
}

/**
 * Distance on WGS 84, m. Half-chord (haversine) formula with the two radii of curvature at the middle latitude: within
 * 0.01 % of the geodesic below 20 km at any latitude, within 0.6 % up to half the circumference, symmetric, continuous,
 * and indifferent to the antimeridian.
 */
export function distanceM(from: GeoPoint, to: GeoPoint): number {
  return distanceBetweenM(from.latitudeDeg, from.longitudeDeg, to.latitudeDeg, to.longitudeDeg);
}

/** `distanceM` on plain numbers, for hot paths. */
export function distanceBetweenM(fromLat: number, fromLon: number, toLat: number, toLon: number): number {
  const sinMiddle = sinDeg((fromLat + toLat) / 2);
  const sinNorth = sinDeg((toLat - fromLat) / 2);
  const sinEast = sinDeg((toLon - fromLon) / 2);
  const north = sinNorth * sinNorth;
  // cos a · cos b = 1 − sin²((a + b)/2) − sin²((a − b)/2)
  const east = Math.max(0, 1 - sinMiddle * sinMiddle - north) * sinEast * sinEast;
  const w = 1 - ECCENTRICITY_SQUARED * sinMiddle * sinMiddle;
  const meridianOverNormal = (1 - ECCENTRICITY_SQUARED) / w;
  const normal = SEMI_MAJOR_AXIS_M / Math.sqrt(w);
  const halfChordM = normal * Math.sqrt(meridianOverNormal * meridianOverNormal * north + east);
  return 2 * halfChordM * arcOverChord(Math.min(1, north + east));
}

/** asin(√h) / √h: how much longer the arc is than its chord. */
function arcOverChord(h: number): number {
  // The next term, 35/1152 h⁴, is below 1e-17 here.
  if (h < 1e-4) return 1 + h * (1 / 6 + h * (3 / 40 + (h * 15) / 336));
  const sine = Math.sqrt(h);
  return (atan2Deg(sine, Math.sqrt(1 - h)) * RAD_PER_DEG) / sine;
}

/** Direction from one point to the other, from north clockwise, 0 ≤ x < 360; 0 where the points are one. */
export function bearingDeg(from: GeoPoint, to: GeoPoint): number {
  return bearingBetweenDeg(from.latitudeDeg, from.longitudeDeg, to.latitudeDeg, to.longitudeDeg);
}

/** `bearingDeg` on plain numbers, for hot paths. */
export function bearingBetweenDeg(fromLat: number, fromLon: number, toLat: number, toLon: number): number {
  const differenceDeg = longitudeDifferenceDeg(fromLon, toLon);
  const cosTo = cosDeg(toLat);
  const sinHalf = sinDeg(differenceDeg / 2);
  const sinMiddle = sinDeg((fromLat + toLat) / 2);
  const meridianOverNormal = (1 - ECCENTRICITY_SQUARED) / (1 - ECCENTRICITY_SQUARED * sinMiddle * sinMiddle);
  const east = sinDeg(differenceDeg) * cosTo;
  // cos a · sin b − sin a · cos b · cos λ, written so that close points do not cancel.
  const north = sinDeg(toLat - fromLat) + 2 * sinDeg(fromLat) * cosTo * sinHalf * sinHalf;
  const angle = atan2Deg(east, meridianOverNormal * north);
  return angle < 0 ? angle + 360 : angle;
}

/** Angle between two headings, 0 ≤ x ≤ 180. */
export function headingDifferenceDeg(aDeg: number, bDeg: number): number {
  const difference = Math.abs(aDeg - bDeg) % 360;
  return difference > 180 ? 360 - difference : difference;
}

/** Where one arrives after `lengthM` along the geodesic that starts with `headingDeg`. Not rounded. */
export function destinationPoint(from: GeoPoint, headingDeg: number, lengthM: number): GeoPoint {
  const sinFrom = sinDeg(from.latitudeDeg);
  const cosFrom = cosDeg(from.latitudeDeg);
  const w = 1 - ECCENTRICITY_SQUARED * sinFrom * sinFrom;
  const normalM = SEMI_MAJOR_AXIS_M / Math.sqrt(w);
  // On a unit sphere that is stretched as the ellipsoid is here, the way has this length and direction.
  const north = (lengthM * cosDeg(headingDeg) * w) / (normalM * (1 - ECCENTRICITY_SQUARED));
  const east = (lengthM * sinDeg(headingDeg)) / normalM;
  const arc = Math.sqrt(north * north + east * east);
  if (arc === 0) return { latitudeDeg: from.latitudeDeg, longitudeDeg: from.longitudeDeg };
  const sinArc = sinDeg(arc * DEG_PER_RAD);
  const cosArc = cosDeg(arc * DEG_PER_RAD);
  const y = (sinArc * east) / arc;
  const x = cosFrom * cosArc - (sinFrom * sinArc * north) / arc;
  const z = sinFrom * cosArc + (cosFrom * sinArc * north) / arc;
  return {
    latitudeDeg: atan2Deg(z, Math.sqrt(x * x + y * y)),
    longitudeDeg: normalLongitudeDeg(from.longitudeDeg + atan2Deg(y, x)),
  };
}

/** Length of one degree northwards and eastwards at a latitude, m. */
export function metresPerDegree(latitudeDeg: number): { readonly northM: number; readonly eastM: number } {
  const sine = sinDeg(latitudeDeg);
  const w = 1 - ECCENTRICITY_SQUARED * sine * sine;
  const normalM = (SEMI_MAJOR_AXIS_M / Math.sqrt(w)) * RAD_PER_DEG;
  return { northM: (normalM * (1 - ECCENTRICITY_SQUARED)) / w, eastM: normalM * cosDeg(latitudeDeg) };
}

/**
 * Metres north and east of an origin. Within 0.1 % up to 20 km from the origin below 55° of latitude if distances east
 * are taken near the origin's latitude; for anything longer use `distanceM`.
 */
export class LocalPlane {
  readonly origin: GeoPoint;
  readonly #northM: number;
  readonly #eastM: number;

  constructor(origin: GeoPoint) {
    const { northM, eastM } = metresPerDegree(origin.latitudeDeg);
    this.origin = origin;
    this.#northM = northM;
    this.#eastM = eastM;
  }

  northM(latitudeDeg: number): number {
    return (latitudeDeg - this.origin.latitudeDeg) * this.#northM;
  }

  eastM(longitudeDeg: number): number {
    return longitudeDifferenceDeg(this.origin.longitudeDeg, longitudeDeg) * this.#eastM;
  }

  point(northM: number, eastM: number): GeoPoint {
    return {
      latitudeDeg: this.origin.latitudeDeg + northM / this.#northM,
      longitudeDeg: normalLongitudeDeg(this.origin.longitudeDeg + eastM / this.#eastM),
    };
  }
}
