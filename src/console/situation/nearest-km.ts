import { kmOf } from "../map/kilometres.ts";
import { worldPerMetre, xOf, yOf } from "../map/mercator.ts";
import { at, type RoadShapes } from "../map/road-shapes.ts";
import { km } from "../words/format.ts";
import { roadName } from "../words/place.ts";

/** A place on a route, by the index of the route in the map. */
export interface RoadPlace {
  readonly route: number;
  readonly routeM: number;
}

interface Degrees {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}

/** `A40 → Dortmund km 36,4`, of the road next to a place, as far away as `withinM`; undefined where there is none. */
export function nearestKm(place: Degrees, shapes: RoadShapes, withinM: number): string | undefined {
  const [nearest] = roadsNear(place, shapes, withinM);
  return nearest && kmText(nearest, shapes);
}

/** A road and its kilometre, as operators say it. */
export function kmText({ route, routeM }: RoadPlace, shapes: RoadShapes): string {
  const named = shapes.map.routes[route];
  return named === undefined ? "" : `${roadName(named)} km ${km(kmOf(named, routeM))}`;
}

/** Where each named road is nearest to a place, as far away as `withinM`; the nearest road first. */
export function roadsNear(place: Degrees, shapes: RoadShapes, withinM: number): readonly RoadPlace[] {
  const [x, y] = [xOf(place.longitudeDeg), yOf(place.latitudeDeg)];
  const reach = withinM * worldPerMetre(place.latitudeDeg);
  const found = new Map<number, RoadPlace & { readonly square: number }>();
  for (const { route, points, metres } of shapes.within(x - reach, y - reach, x + reach, y + reach)) {
    if ((shapes.map.routes[route]?.ref ?? "") === "") continue;
    for (let i = 0; i + 1 < metres.length; i++) {
      const [share, square] = toLine(x, y, points, i);
      if (square >= Math.min(reach * reach, found.get(route)?.square ?? Number.POSITIVE_INFINITY)) continue;
      const routeM = at(metres, i) + share * (at(metres, i + 1) - at(metres, i));
      found.set(route, { route, routeM, square });
    }
  }
  return [...found.values()].sort((a, b) => a.square - b.square);
}

/** Where on a piece of a line a point is nearest, as a share of it, and the square of the distance. */
function toLine(x: number, y: number, points: Float64Array, i: number): readonly [number, number] {
  const [ax, ay] = [at(points, 2 * i), at(points, 2 * i + 1)];
  const [dx, dy] = [at(points, 2 * i + 2) - ax, at(points, 2 * i + 3) - ay];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square));
  return [share, (x - ax - share * dx) ** 2 + (y - ay - share * dy) ** 2];
}
