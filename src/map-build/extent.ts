import type { GeoBox, GeoPoint } from "../domain/place.ts";
import type { DraftLink, DraftMarker } from "./draft.ts";

/** The least box around points; undefined without points. Roads across the antimeridian get a box around the earth. */
export function extentOf(points: Iterable<GeoPoint>): GeoBox | undefined {
  let [southDeg, westDeg, northDeg, eastDeg] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { latitudeDeg, longitudeDeg } of points) {
    southDeg = Math.min(southDeg, latitudeDeg);
    northDeg = Math.max(northDeg, latitudeDeg);
    westDeg = Math.min(westDeg, longitudeDeg);
    eastDeg = Math.max(eastDeg, longitudeDeg);
  }
  return southDeg === Infinity ? undefined : { southDeg, westDeg, northDeg, eastDeg };
}

/** The extent of the points touches the box. */
export function touchesBox(points: readonly GeoPoint[], box: GeoBox): boolean {
  const extent = extentOf(points);
  if (extent === undefined || extent.southDeg > box.northDeg || extent.northDeg < box.southDeg) return false;
  if (box.westDeg > box.eastDeg) return extent.eastDeg >= box.westDeg || extent.westDeg <= box.eastDeg;
  return extent.eastDeg >= box.westDeg && extent.westDeg <= box.eastDeg;
}

/** Markers farther than about this outside of what a road covers belong to a part that is not in the map, degrees. */
const MARGIN_DEG = 0.005;

/** Markers of roads, or parts of roads, that are in the map. */
export function markersOnMap(
  markers: readonly DraftMarker[],
  links: readonly DraftLink[],
): readonly DraftMarker[] {
  const pointsOf = new Map<string, GeoPoint[]>();
  for (const { ref, points } of links) {
    const all = pointsOf.get(ref) ?? [];
    for (const point of points) all.push(point);
    pointsOf.set(ref, all);
  }
  const extents = new Map([...pointsOf].map(([ref, points]) => [ref, extentOf(points)]));
  const whole = extentOf([...pointsOf.values()].flat());
  return markers.filter(({ ref, point }) => {
    const extent = ref === "" ? whole : extents.get(ref);
    if (extent === undefined) return false;
    return touchesBox([point], {
      southDeg: extent.southDeg - MARGIN_DEG,
      westDeg: extent.westDeg - MARGIN_DEG,
      northDeg: extent.northDeg + MARGIN_DEG,
      eastDeg: extent.eastDeg + MARGIN_DEG,
    });
  });
}
