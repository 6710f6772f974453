import { kmOf } from "../map/kilometres.ts";
import { worldPerMetre, xOf, yOf } from "../map/mercator.ts";
import { at, type RoadShapes } from "../map/road-shapes.ts";
import { km } from "../words/format.ts";
import { roadName } from "../words/place.ts";

/** `A40 → Dortmund km 36,4`, of the road next to a place, as far away as `withinM`; undefined where there is none. */
export function nearestKm(
  place: { readonly longitudeDeg: number; readonly latitudeDeg: number },
  shapes: RoadShapes,
  withinM: number,
): string | undefined {
  const [x, y] = [xOf(place.longitudeDeg), yOf(place.latitudeDeg)];
  const reach = withinM * worldPerMetre(place.latitudeDeg);
  let best = reach * reach;
  let found: string | undefined;
  for (const { route, points, metres } of shapes.within(x - reach, y - reach, x + reach, y + reach)) {
    const named = shapes.map.routes[route];
    if (named === undefined || named.ref === "") continue;
    for (let i = 0; i + 1 < metres.length; i++) {
      const [share, square] = toLine(x, y, points, i);
      if (square >= best) continue;
      best = square;
      const routeM = at(metres, i) + share * (at(metres, i + 1) - at(metres, i));
      found = `${roadName(named)} km ${km(kmOf(named, routeM))}`;
    }
  }
  return found;
}

/** Where on a piece of a line a point is nearest, as a share of it, and the square of the distance. */
function toLine(x: number, y: number, points: Float64Array, i: number): readonly [number, number] {
  const [ax, ay] = [at(points, 2 * i), at(points, 2 * i + 1)];
  const [dx, dy] = [at(points, 2 * i + 2) - ax, at(points, 2 * i + 3) - ay];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square));
  return [share, (x - ax - share * dx) ** 2 + (y - ay - share * dy) ** 2];
}
