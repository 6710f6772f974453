import type { GeoPoint } from "../domain/place.ts";
import { distanceM } from "../geo/geodesy.ts";
import type { DraftMarker } from "./draft.ts";
import { isRestArea, type OsmExtract } from "./osm-extract.ts";
import type { RoadPiece } from "./osm-pieces.ts";
import { refOf } from "./osm-tags.ts";
import { compareText } from "./routes.ts";

/** A rest area lies this near to its road: an exit ramp away. */
const REACH_M = 400;

/** 5 km: spares most of the work; longer segments are no roads. */
const NEAR_DEG = 0.05;

/** The two sides of a road may have a rest area of one name each. */
const SAME_M = 1_500;

/** Named rest areas and services, at the nearest place of the numbered road that they lie beside. */
export function restAreaMarkers(
  { areas, nodes }: OsmExtract,
  pieces: readonly RoadPiece[],
): readonly DraftMarker[] {
  const named = areas.filter((area) => isRestArea(area) && (area.tags["name"] ?? "") !== "");
  if (named.length === 0) return [];
  const roads = pieces.filter(({ road }) => road.roadClass === "motorway" || road.roadClass === "trunk");
  const markers: DraftMarker[] = [];
  for (const { nodeIds, tags } of [...named].sort((a, b) => a.id - b.id)) {
    const corners = nodeIds.flatMap((id) => nodes.pointOf(nodes.indexOf(id)) ?? []);
    const found = nearestRoad(corners, roads);
    const name = tags["name"] ?? "";
    if (found === undefined) continue;
    const { ref, point } = found;
    const isKnown = markers.some(
      (one) => one.name === name && one.ref === ref && distanceM(one.point, point) < SAME_M,
    );
    if (isKnown) continue;
    markers.push({
      id: uniqueId(`${ref} ${name}`, markers),
      point,
      kind: "rest-area",
      ref,
      km: undefined,
      name,
    });
  }
  return markers.sort((a, b) => compareText(a.id, b.id));
}

function uniqueId(id: string, markers: readonly DraftMarker[]): string {
  const same = markers.filter((one) => one.id === id || one.id.startsWith(`${id} (`)).length;
  return same === 0 ? id : `${id} (${same + 1})`;
}

function nearestRoad(
  corners: readonly GeoPoint[],
  roads: readonly RoadPiece[],
): { readonly ref: string; readonly point: GeoPoint } | undefined {
  let best: { readonly ref: string; readonly point: GeoPoint } | undefined;
  let bestM = REACH_M;
  const [first] = corners;
  if (first === undefined) return undefined;
  for (const { road, points } of roads) {
    const ref = refOf(road.tags);
    if (ref === "") continue;
    for (let i = 1; i < points.length; i++) {
      const [from, to] = [points[i - 1] as GeoPoint, points[i] as GeoPoint];
      if (Math.abs(from.latitudeDeg - first.latitudeDeg) > NEAR_DEG) continue;
      // A segment is no nearer than its end less its length.
      if (distanceM(first, from) > bestM + distanceM(from, to) + REACH_M) continue;
      for (const corner of corners) {
        const point = nearestOf(from, to, corner);
        const metres = distanceM(point, corner);
        if (metres < bestM) [best, bestM] = [{ ref, point }, metres];
      }
    }
  }
  return best;
}

const E7 = 1e7;

function nearestOf(from: GeoPoint, to: GeoPoint, place: GeoPoint): GeoPoint {
  const slim = Math.cos((place.latitudeDeg * Math.PI) / 180);
  const [dx, dy] = [(to.longitudeDeg - from.longitudeDeg) * slim, to.latitudeDeg - from.latitudeDeg];
  const [x, y] = [(place.longitudeDeg - from.longitudeDeg) * slim, place.latitudeDeg - from.latitudeDeg];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / square));
  const mixed = (a: number, b: number): number => Math.round((a + share * (b - a)) * E7) / E7;
  return {
    latitudeDeg: mixed(from.latitudeDeg, to.latitudeDeg),
    longitudeDeg: mixed(from.longitudeDeg, to.longitudeDeg),
  };
}
