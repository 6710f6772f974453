import type { Detection } from "../domain/detection.ts";
import { boxHolds, type GeoBox, type GeoPoint } from "../domain/place.ts";
import type { RoadNetwork } from "../domain/road.ts";
import { prepareShape } from "../geo/shapes.ts";

/** A part of the world in which detectors have other values. */
export interface TunedArea {
  readonly name: string;
  readonly where: AreaPlace;
  readonly values: Readonly<Record<string, number>>;
}

export type AreaPlace =
  | { readonly form: "box"; readonly box: GeoBox }
  | { readonly form: "polygon"; readonly points: readonly GeoPoint[] }
  /** A road of the map; both directions, and all of it, where no more is said. Kilometres as posted, in any order. */
  | {
      readonly form: "road";
      readonly ref: string;
      readonly direction: string | undefined;
      readonly fromKm: number | undefined;
      readonly toKm: number | undefined;
    };

export type AreaTest = (detection: Detection, roads: RoadNetwork | undefined) => boolean;

/** A road passes this near to what happens on it. */
const ROAD_REACH_M = 30;

/** True for detections whose position, or road, lies in the area. */
export function areaTest(where: AreaPlace): AreaTest {
  if (where.form === "box") {
    return ({ position }) => boxHolds(where.box, position.latitudeDeg, position.longitudeDeg);
  }
  if (where.form === "polygon") {
    const shape = prepareShape({ type: "polygon", ring: where.points });
    return ({ position }) => shape.contains(position.latitudeDeg, position.longitudeDeg);
  }
  const fromKm = Math.min(where.fromKm ?? Number.NEGATIVE_INFINITY, where.toKm ?? Number.POSITIVE_INFINITY);
  const toKm = Math.max(where.fromKm ?? Number.NEGATIVE_INFINITY, where.toKm ?? Number.POSITIVE_INFINITY);
  return (detection, roads) => {
    const road = roadOf(detection, roads);
    if (road === undefined || road.ref !== where.ref) return false;
    if (where.direction !== undefined && where.direction !== road.direction) return false;
    return road.km >= fromKm && road.km <= toKm;
  };
}

function roadOf(
  { road, position, headingDeg }: Detection,
  roads: RoadNetwork | undefined,
): { readonly ref: string; readonly direction: string; readonly km: number } | undefined {
  if (road !== undefined) return { ref: road.ref, direction: road.direction, km: road.fromKm };
  const [spot] = roads?.near(position, ROAD_REACH_M, headingDeg) ?? [];
  if (spot === undefined || roads === undefined) return undefined;
  const { route, fromM } = spot.link;
  return { ref: route.ref, direction: route.direction, km: roads.kmAt(route, fromM + spot.offsetM) };
}
