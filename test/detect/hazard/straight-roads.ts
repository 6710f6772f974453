import type { GeoPoint } from "../../../src/domain/place.ts";
import type {
  RoadFlags,
  RoadLink,
  RoadMarker,
  RoadMatch,
  RoadNetwork,
  RoadRoute,
  RoadSpot,
} from "../../../src/domain/road.ts";
import { bearingDeg, destinationPoint, headingDifferenceDeg, LocalPlane } from "../../../src/geo/geodesy.ts";
import { cosDeg, sinDeg } from "../../../src/geo/trigonometry.ts";
import { ROAD_HEADING_DEG, ROAD_ORIGIN } from "../../support/frames.ts";

/** A straight route of links of equal length; everything on it is plain arithmetic. */
export interface StraightRoad {
  readonly id: string;
  readonly from: GeoPoint;
  readonly headingDeg: number;
  readonly lengthM: number;
  readonly linkM?: number;
  readonly divided?: boolean;
  readonly oneWay?: boolean;
  readonly lanes?: number;
  readonly limitMps?: number;
  readonly level?: number;
  readonly flags?: RoadFlags;
  /** Flags of single links by their number. */
  readonly linkFlags?: Readonly<Record<number, RoadFlags>>;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** A road network without curves, matched by brute force. */
export class StraightRoads implements RoadNetwork {
  readonly name = "straight";
  readonly routes: readonly RoadRoute[];
  readonly links: readonly RoadLink[];
  readonly #roads: readonly StraightRoad[];

  constructor(roads: readonly StraightRoad[]) {
    const links: RoadLink[] = [];
    this.#roads = roads;
    this.routes = roads.map((road, index) => buildRoute(road, index, links));
    this.links = links;
  }

  linkAt(route: RoadRoute, routeM: number): RoadLink | undefined {
    return route.links.find(({ fromM, toM }) => routeM >= fromM && routeM <= toM);
  }

  pointAt({ index, lengthM }: RoadRoute, routeM: number): GeoPoint {
    const road = this.#roads[index] as StraightRoad;
    return destinationPoint(road.from, road.headingDeg, Math.max(0, Math.min(lengthM, routeM)));
  }

  headingAt({ index }: RoadRoute): number {
    return (this.#roads[index] as StraightRoad).headingDeg;
  }

  lineBetween(route: RoadRoute, fromM: number, toM: number): readonly GeoPoint[] {
    return [this.pointAt(route, fromM), this.pointAt(route, toM)];
  }

  kmAt(_route: RoadRoute, routeM: number): number {
    return routeM / 1_000;
  }

  describe(route: RoadRoute, tailM: number, headM: number) {
    const { ref, direction } = route;
    const km = (m: number): number => Math.round(m) / 1_000;
    return { ref, direction, fromKm: km(tailM), toKm: km(headM), text: `${ref} → ${direction}` };
  }

  near(point: GeoPoint, withinM: number, headingDeg?: number): readonly RoadSpot[] {
    const spots: RoadSpot[] = [];
    for (const link of this.links) {
      const road = this.#roads[link.route.index] as StraightRoad;
      if (headingDeg !== undefined && headingDifferenceDeg(headingDeg, road.headingDeg) > 60) continue;
      const { alongM, leftM } = placeOn(road, point);
      if (Math.abs(leftM) > withinM || alongM < link.fromM || alongM > link.toM) continue;
      spots.push({ link, offsetM: alongM - link.fromM, lateralM: leftM });
    }
    return spots.sort((a, b) => Math.abs(a.lateralM) - Math.abs(b.lateralM) || a.link.index - b.link.index);
  }

  /** The nearest link within 12 m, whatever the direction. */
  match(
    point: GeoPoint,
    headingDeg: number | undefined,
    before: RoadMatch | undefined,
  ): RoadMatch | undefined {
    const [spot] = this.near(point, 12);
    if (spot === undefined) return undefined;
    const routeM = spot.link.fromM + spot.offsetM;
    const roadHeadingDeg = this.headingAt(spot.link.route);
    const against = headingDeg !== undefined && headingDifferenceDeg(headingDeg, roadHeadingDeg) > 90;
    const same = before !== undefined && before.link.route === spot.link.route && before.against === against;
    return {
      ...spot,
      routeM,
      against,
      steps: same ? before.steps + 1 : 1,
      drivenM: same ? before.drivenM + Math.abs(routeM - before.routeM) : 0,
      confidence: 1,
    };
  }
}

function buildRoute(road: StraightRoad, index: number, links: RoadLink[]): RoadRoute {
  const { id, lengthM, linkM = lengthM, divided = true } = road;
  const own: Writable<RoadLink>[] = [];
  const route: RoadRoute = {
    index,
    id,
    ref: id.split(" ")[0] ?? id,
    direction: id.split(" ")[1] ?? "",
    divided,
    lengthM,
    links: own,
    markers: [] as RoadMarker[],
  };
  for (let fromM = 0; fromM < lengthM; fromM += linkM) {
    const toM = Math.min(lengthM, fromM + linkM);
    own.push({
      index: links.length + own.length,
      id: `${id}-${own.length}`,
      route,
      fromM,
      toM,
      points: [fromM, toM].map((m) => destinationPoint(road.from, road.headingDeg, m)),
      lanes: road.lanes ?? 3,
      limitMps: road.limitMps ?? 120 / 3.6,
      freeFlowMps: undefined,
      level: road.level ?? 0,
      flags: { ...road.flags, ...road.linkFlags?.[own.length] },
      next: [],
      previous: [],
      oneWay: road.oneWay ?? divided,
    });
  }
  for (const [i, link] of own.entries()) {
    const after = own[i + 1];
    if (after !== undefined) link.next = [after.index];
    const ahead = own[i - 1];
    if (ahead !== undefined) link.previous = [ahead.index];
  }
  links.push(...own);
  return route;
}

/** Measured from a point of the road near by: a geodesic leaves the plane of its beginning by 6 m in 8 km. */
function placeOn({ from, headingDeg }: StraightRoad, point: GeoPoint): { alongM: number; leftM: number } {
  const far = inPlane(from, headingDeg, point);
  const near = inPlane(destinationPoint(from, headingDeg, far.alongM), headingDeg, point);
  return { alongM: far.alongM + near.alongM, leftM: near.leftM };
}

function inPlane(
  origin: GeoPoint,
  headingDeg: number,
  point: GeoPoint,
): { readonly alongM: number; readonly leftM: number } {
  const plane = new LocalPlane(origin);
  const northM = plane.northM(point.latitudeDeg);
  const eastM = plane.eastM(point.longitudeDeg);
  const sine = sinDeg(headingDeg);
  const cosine = cosDeg(headingDeg);
  return { alongM: northM * cosine + eastM * sine, leftM: northM * sine - eastM * cosine };
}

/** The middle of a motorway's carriageways, 18 m apart: towards Dortmund along `onRoad`, towards Venlo to its left. */
export const APART_M = 18;

export const DORTMUND: StraightRoad = {
  id: "A40 Dortmund",
  from: ROAD_ORIGIN,
  headingDeg: ROAD_HEADING_DEG,
  lengthM: 10_000,
  linkM: 1_000,
};

/** The same road the other way, so many metres to the left of its own direction. */
export function backOf(road: StraightRoad, id: string, leftM: number): StraightRoad {
  const end = destinationPoint(road.from, road.headingDeg, road.lengthM);
  const headingDeg = bearingDeg(end, road.from);
  return { ...road, id, from: destinationPoint(end, headingDeg + 90, leftM), headingDeg };
}

export const VENLO: StraightRoad = backOf(DORTMUND, "A40 Venlo", APART_M);

export const MOTORWAY: readonly StraightRoad[] = [DORTMUND, VENLO];
