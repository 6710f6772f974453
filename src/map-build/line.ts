import type { GeoPoint } from "../domain/place.ts";
import { bearingDeg, distanceM } from "../geo/geodesy.ts";

export function lineLengthM(points: readonly GeoPoint[]): number {
  let lengthM = 0;
  for (let i = 1; i < points.length; i++) {
    lengthM += distanceM(points[i - 1] as GeoPoint, points[i] as GeoPoint);
  }
  return lengthM;
}

/** Course over the first or last metres of a line is taken over this length: single vertices may lie askew. */
const COURSE_M = 15;

/** Direction in which a line begins, degrees from north. */
export function courseAtStartDeg(points: readonly GeoPoint[]): number {
  const [first] = points as readonly [GeoPoint];
  const beyond = points.find((point) => distanceM(first, point) >= COURSE_M) ?? points.at(-1) ?? first;
  return bearingDeg(first, beyond);
}

/** Direction in which a line ends. */
export function courseAtEndDeg(points: readonly GeoPoint[]): number {
  const last = points.at(-1) as GeoPoint;
  const before = points.findLast((point) => distanceM(last, point) >= COURSE_M) ?? points[0] ?? last;
  return bearingDeg(before, last);
}

/** Without vertices that lie on the one before at the resolution of the file. */
export function withoutEqualNeighbours(points: readonly GeoPoint[]): readonly GeoPoint[] {
  return points.filter((point, i) => {
    const before = points[i - 1];
    return (
      before === undefined ||
      before.latitudeDeg !== point.latitudeDeg ||
      before.longitudeDeg !== point.longitudeDeg
    );
  });
}
