import type { RoadReference } from "../../domain/alert.ts";
import { type GeoPoint, type Outline, roundPoint } from "../../domain/place.ts";
import type { RoadMatch, RoadNetwork, RoadRoute } from "../../domain/road.ts";
import { destinationPoint } from "../../geo/geodesy.ts";

/** A stretch of road that people are warned of. */
export interface Stretch {
  readonly outline: Outline;
  readonly road: RoadReference | undefined;
}

/** Points of an outline are bounded: a line of 5 km drawn every 25 m. */
const MAX_LINE_POINTS = 200;

/** A piece of a route, upstream first; clamped to the route. */
export function stretchOfRoute(roads: RoadNetwork, route: RoadRoute, fromM: number, toM: number): Stretch {
  const tailM = Math.max(0, Math.min(fromM, route.lengthM));
  const headM = Math.max(tailM, Math.min(toM, route.lengthM));
  return {
    outline: lineOf(roads.lineBetween(route, tailM, headM)),
    road: roads.describe(route, tailM, headM),
  };
}

/**
 * What lies before a place in the direction of travel: along its route where it is matched, else straight on; a point
 * where no direction is known. Negative lengths lie behind it.
 */
export function stretchFrom(
  place: GeoPoint,
  headingDeg: number | undefined,
  lengthM: number,
  roads: RoadNetwork | undefined,
  match: RoadMatch | undefined,
): Stretch {
  if (roads !== undefined && match !== undefined && !match.against) {
    const { routeM } = match;
    return stretchOfRoute(
      roads,
      match.link.route,
      Math.min(routeM, routeM + lengthM),
      Math.max(routeM, routeM + lengthM),
    );
  }
  const here = roundPoint(place);
  if (headingDeg === undefined) return { outline: { form: "point", points: [here] }, road: undefined };
  const there = roundPoint(destinationPoint(place, headingDeg, lengthM));
  const points = lengthM < 0 ? [there, here] : [here, there];
  return { outline: { form: "line", points }, road: undefined };
}

/** A line with rounded points, none twice in a row. */
export function lineOf(line: readonly GeoPoint[]): Outline {
  const points: GeoPoint[] = [];
  const step = Math.ceil(line.length / MAX_LINE_POINTS);
  for (let i = 0; i < line.length; i++) {
    const point = line[i];
    if (point === undefined || (i % step !== 0 && i !== line.length - 1)) continue;
    const rounded = roundPoint(point);
    const last = points[points.length - 1];
    if (last?.latitudeDeg === rounded.latitudeDeg && last.longitudeDeg === rounded.longitudeDeg) continue;
    points.push(rounded);
  }
  return points.length > 1 ? { form: "line", points } : { form: "point", points };
}
