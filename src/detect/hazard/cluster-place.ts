import type { GeoPoint } from "../../domain/place.ts";
import type { RoadMatch } from "../../domain/road.ts";

/** Length of a place on a route. */
export const PLACE_M = 500;

/** Without a map: cells of about 500 m and eight headings. */
const ROW_DEG = 0.0045;
const COLUMN_DEG = 0.0072;
const SECTORS = 8;

/** A place of 500 m in one direction, where a vehicle is. */
export interface PlaceCell extends GeoPoint {
  readonly key: string;
  readonly headingDeg: number | undefined;
  /** −1 without a map or match. */
  readonly routeIndex: number;
  /** Begin of the place on its route. */
  readonly routeM: number;
}

export function cellOf(
  point: GeoPoint,
  headingDeg: number | undefined,
  road: RoadMatch | undefined,
): PlaceCell {
  const { latitudeDeg, longitudeDeg } = point;
  if (road !== undefined && !road.against) {
    const routeM = Math.floor(road.routeM / PLACE_M) * PLACE_M;
    const { index } = road.link.route;
    return { key: `r${index}:${routeM}`, latitudeDeg, longitudeDeg, headingDeg, routeIndex: index, routeM };
  }
  const row = Math.floor(latitudeDeg / ROW_DEG);
  const column = Math.floor(longitudeDeg / COLUMN_DEG);
  const sector = headingDeg === undefined ? SECTORS : Math.floor((headingDeg + 22.5) / 45) % SECTORS;
  const key = `c${row}:${column}:${sector}`;
  return { key, latitudeDeg, longitudeDeg, headingDeg, routeIndex: -1, routeM: -1 };
}
