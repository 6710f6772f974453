import fc from "fast-check";
import { type GeoPoint, roundE7 } from "../../src/domain/place.ts";

/** Anywhere up to a latitude, with a liking for the antimeridian. */
export function anyPoint(maxLatitudeDeg: number): fc.Arbitrary<GeoPoint> {
  const longitude = fc.oneof(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: 179.9, max: 180, noNaN: true }),
    fc.double({ min: -180, max: -179.9, noNaN: true }),
  );
  const latitude = fc.double({ min: -maxLatitudeDeg, max: maxLatitudeDeg, noNaN: true });
  return fc
    .tuple(latitude, longitude)
    .map(([lat, lon]) => ({ latitudeDeg: roundE7(lat), longitudeDeg: roundE7(lon) }));
}

/** Places within a few kilometres of one another, so that queries find something. */
export function pointNear(center: GeoPoint, spreadDeg: number): fc.Arbitrary<GeoPoint> {
  const offset = fc.double({ min: -spreadDeg, max: spreadDeg, noNaN: true });
  return fc.tuple(offset, offset).map(([north, east]) => {
    const latitudeDeg = Math.max(-90, Math.min(90, center.latitudeDeg + north));
    let longitudeDeg = center.longitudeDeg + east;
    if (longitudeDeg > 180) longitudeDeg -= 360;
    if (longitudeDeg <= -180) longitudeDeg += 360;
    return { latitudeDeg: roundE7(latitudeDeg), longitudeDeg: roundE7(longitudeDeg) };
  });
}

/** Duisburg, the antimeridian, both sides of the equator and of the pole. */
export const CENTERS: readonly GeoPoint[] = [
  { latitudeDeg: 51.43, longitudeDeg: 6.76 },
  { latitudeDeg: -16.5, longitudeDeg: 180 },
  { latitudeDeg: 0, longitudeDeg: -179.99 },
  { latitudeDeg: 89.99, longitudeDeg: 30 },
  { latitudeDeg: -89.9, longitudeDeg: -170 },
];
