import type { RoadReference } from "../../domain/alert.ts";
import { type GeoBox, type GeoPoint, type Outline, roundPoint } from "../../domain/place.ts";
import type { RoadNetwork, RoadRoute } from "../../domain/road.ts";
import { headingDifferenceDeg } from "../../geo/geodesy.ts";
import { type Stretch, stretchOfRoute } from "../hazard/stretch.ts";
import { roundHeading } from "../units.ts";
import { boxOfVotes } from "./extent.ts";
import type { Tally } from "./tally.ts";
import { COLUMN_DEG, ROW_DEG, type Vote } from "./vote.ts";

/** An area reaches this far beyond its outer witnesses. */
const MARGIN_M = 100;

/** A carriageway this far beside another of the same number belongs to the same road. */
const BESIDE_M = 80;

/** Votes of one course within this are of one direction. */
const ONE_COURSE_DEG = 45;

/** An outline has at most so many parts; a larger area is told as its box. */
const MAX_PARTS = 64;

export interface AreaPlace extends Stretch {
  readonly position: GeoPoint;
  readonly headingDeg: number | undefined;
}

/** Where an area lies: a stretch of road where all witnesses drove on one, else the squares that they were in. */
export function areaPlace(tally: Tally, roads: RoadNetwork | undefined): AreaPlace {
  const onRoad = roads === undefined ? undefined : roadPlace(tally, roads);
  if (onRoad !== undefined) return onRoad;
  return {
    outline: cellsOutline(tally),
    road: undefined,
    position: middleOf(tally.votes),
    headingDeg: commonHeading(tally),
  };
}

/** What witnesses on one route span, m. */
interface Span {
  readonly route: RoadRoute;
  fromM: number;
  toM: number;
  votes: number;
}

function roadPlace({ phenomenon, votes }: Tally, roads: RoadNetwork): AreaPlace | undefined {
  const spans = spansOf(votes, roads);
  const [base, ...others] = spans ?? [];
  if (base === undefined) return undefined;
  for (const other of others) if (!takeIn(base, other, roads)) return undefined;
  for (const vote of votes) if (vote.routeIndex < 0 && !takePoint(base, vote, roads)) return undefined;
  const { route } = base;
  const fromM = Math.max(0, base.fromM - MARGIN_M);
  const stretch = stretchOfRoute(roads, route, fromM, base.toM + MARGIN_M);
  const position = roundPoint(roads.pointAt(route, fromM));
  // Oil lies on one carriageway; fog and ice that both have met lie on both.
  const isOneWay = phenomenon === "slippery-road" && others.length === 0;
  if (isOneWay) return { ...stretch, position, headingDeg: roundHeading(roads.headingAt(route, fromM)) };
  return { outline: stretch.outline, road: ofBoth(stretch.road), position, headingDeg: undefined };
}

/** Of each route that witnesses drove on, most witnesses first; undefined where one of the vehicles was on none. */
function spansOf(votes: readonly Vote[], roads: RoadNetwork): readonly Span[] | undefined {
  const spans = new Map<number, Span>();
  for (const { routeIndex, routeM, firstRouteM, isSensor } of votes) {
    if (isSensor && routeIndex < 0) continue;
    const route = roads.routes[routeIndex];
    if (route === undefined) return undefined;
    const span = spans.get(routeIndex) ?? { route, fromM: routeM, toM: routeM, votes: 0 };
    span.fromM = Math.min(span.fromM, routeM, firstRouteM);
    span.toM = Math.max(span.toM, routeM, firstRouteM);
    span.votes++;
    spans.set(routeIndex, span);
  }
  return [...spans.values()].sort((a, b) => b.votes - a.votes || a.route.index - b.route.index);
}

/** Widens a span by one of another carriageway of the same road; false where that lies elsewhere. */
function takeIn(base: Span, other: Span, roads: RoadNetwork): boolean {
  if (other.route.ref === "" || other.route.ref !== base.route.ref) return false;
  return (
    takePoint(base, roads.pointAt(other.route, other.fromM), roads) &&
    takePoint(base, roads.pointAt(other.route, other.toM), roads)
  );
}

function takePoint(base: Span, point: GeoPoint, roads: RoadNetwork): boolean {
  const spot = roads.near(point, BESIDE_M).find(({ link }) => link.route === base.route);
  if (spot === undefined) return false;
  const routeM = spot.link.fromM + spot.offsetM;
  base.fromM = Math.min(base.fromM, routeM);
  base.toM = Math.max(base.toM, routeM);
  return true;
}

function ofBoth(road: RoadReference | undefined): RoadReference | undefined {
  if (road === undefined || road.direction === "") return road;
  const text = road.text.replace(`→ ${road.direction}`, "both directions");
  return { ...road, direction: "", text };
}

/** Weather has no direction; a slippery place may lie on one carriageway only. */
function commonHeading({ phenomenon, votes }: Tally): number | undefined {
  if (phenomenon !== "slippery-road") return undefined;
  const first = votes[0]?.headingDeg ?? -1;
  if (first < 0) return undefined;
  const alike = votes.every(
    ({ headingDeg }) => headingDeg >= 0 && headingDifferenceDeg(headingDeg, first) <= ONE_COURSE_DEG,
  );
  return alike ? roundHeading(first) : undefined;
}

function middleOf(votes: readonly Vote[]): GeoPoint {
  let [latitude, longitude] = [0, 0];
  for (const { latitudeDeg, longitudeDeg } of votes) {
    latitude += latitudeDeg;
    longitude += longitudeDeg;
  }
  const count = Math.max(1, votes.length);
  return roundPoint({ latitudeDeg: latitude / count, longitudeDeg: longitude / count });
}

interface Strip {
  readonly row: number;
  readonly from: number;
  to: number;
}

function cellsOutline({ cells, votes }: Tally): Outline {
  const strips: Strip[] = [];
  for (const { row, column } of [...cells].sort((a, b) => a.row - b.row || a.column - b.column)) {
    const last = strips.at(-1);
    if (last?.row === row && last.to === column - 1) last.to = column;
    else strips.push({ row, from: column, to: column });
  }
  const within = boxOfVotes(votes, MARGIN_M);
  const parts =
    strips.length > MAX_PARTS ? [ring(within)] : strips.map((strip) => ring(clipped(strip, within)));
  const [only] = parts;
  return parts.length === 1 && only !== undefined
    ? { form: "polygon", points: only }
    : { form: "multi-polygon", parts };
}

/** Squares reach no further than the witnesses, give or take the margin. */
function clipped({ row, from, to }: Strip, within: GeoBox): GeoBox {
  return {
    southDeg: Math.max(row * ROW_DEG - 90, within.southDeg),
    northDeg: Math.min((row + 1) * ROW_DEG - 90, within.northDeg),
    westDeg: Math.max(from * COLUMN_DEG - 180, within.westDeg),
    eastDeg: Math.min((to + 1) * COLUMN_DEG - 180, within.eastDeg),
  };
}

/** Counter-clockwise, closed (RFC 7946). */
function ring({ southDeg, northDeg, westDeg, eastDeg }: GeoBox): readonly GeoPoint[] {
  const point = (latitudeDeg: number, longitudeDeg: number): GeoPoint =>
    roundPoint({ latitudeDeg, longitudeDeg });
  return [
    point(southDeg, westDeg),
    point(southDeg, eastDeg),
    point(northDeg, eastDeg),
    point(northDeg, westDeg),
    point(southDeg, westDeg),
  ];
}
