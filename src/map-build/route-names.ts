import type { GeoPoint } from "../domain/place.ts";
import { bearingDeg, distanceM, LocalPlane } from "../geo/geodesy.ts";
import type { DraftLink, DraftRoute } from "./draft.ts";
import { lineLengthM } from "./line.ts";
import { compareText } from "./routes.ts";

/** A road whose ends are nearer to each other than this share of its length leads round, not somewhere. */
const RING_SHARE = 0.2;
const QUARTERS = ["north", "east", "south", "west"] as const;

/**
 * Gives every chain of links an id and a direction. A direction is what was said for the road by the user (key: route
 * key, or `<ref> <heading>`), else what signs say, else the heading in a word; ramps lead to the road they end in.
 */
export function nameRoutes(
  chains: readonly (readonly DraftLink[])[],
  directions: ReadonlyMap<string, string> = new Map(),
): DraftRoute[] {
  const ordered = chains.toSorted((a, b) => compareText(sortKey(a), sortKey(b)));
  const taken = new Set<string>();
  const routes = ordered.map((links): DraftRoute => {
    const [first] = links as readonly [DraftLink];
    const heading = headingWord(links);
    const id = freeId(plainId(first, heading), taken);
    const said = directions.get(first.routeKey ?? "") ?? directions.get(`${first.ref} ${heading}`);
    const ramp = first.flags.ramp === true;
    const direction = said ?? destinationOf(links) ?? (ramp ? "" : heading);
    return { id, ref: ramp ? "" : first.ref, direction, links };
  });
  directRamps(routes);
  return routes;
}

function sortKey(links: readonly DraftLink[]): string {
  const [first] = links as readonly [DraftLink];
  return `${first.routeKey ?? first.ref} ${first.id}`;
}

function plainId(first: DraftLink, heading: string): string {
  if (first.routeKey !== undefined) return first.routeKey;
  if (first.flags.ramp === true) return `ramp ${first.id}`;
  const road = first.ref === "" ? first.name : first.ref;
  return road === "" ? `road ${first.id}` : `${road} ${heading}`;
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted} (${n})`;
  taken.add(id);
  return id;
}

/** The destination that signs give over most of the way; of several on one sign the first, which is the farthest. */
function destinationOf(links: readonly DraftLink[]): string | undefined {
  const lengths = new Map<string, number>();
  for (const { destination, points } of links) {
    const [farthest = ""] = destination.split(";");
    if (farthest.trim() === "") continue;
    lengths.set(farthest.trim(), (lengths.get(farthest.trim()) ?? 0) + lineLengthM(points));
  }
  return [...lengths].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))[0]?.[0];
}

/** `north`, `east`, `south`, `west`, or `clockwise` and `anticlockwise` where the road leads round. */
export function headingWord(links: readonly { readonly points: readonly GeoPoint[] }[]): string {
  const points = links.flatMap((link) => link.points);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "";
  if (distanceM(first, last) < RING_SHARE * lineLengthM(points)) {
    return isClockwise(points, first) ? "clockwise" : "anticlockwise";
  }
  return QUARTERS[Math.round(bearingDeg(first, last) / 90) % 4] ?? "";
}

function isClockwise(points: readonly GeoPoint[], origin: GeoPoint): boolean {
  const plane = new LocalPlane(origin);
  let doubleArea = 0;
  for (const [i, point] of points.entries()) {
    const following = points[(i + 1) % points.length] ?? point;
    const [east, north] = [plane.eastM(point.longitudeDeg), plane.northM(point.latitudeDeg)];
    const [nextEast, nextNorth] = [plane.eastM(following.longitudeDeg), plane.northM(following.latitudeDeg)];
    doubleArea += east * nextNorth - nextEast * north;
  }
  return doubleArea < 0;
}

/** Ramps in a row between two roads; more are no interchange. */
const MOST_RAMPS = 8;

/** A ramp without a sign leads to the road that it ends in. */
function directRamps(routes: readonly DraftRoute[]): void {
  const routeOf = new Map(routes.flatMap((route) => route.links.map((link) => [link.id, route])));
  for (const route of routes) {
    if (route.direction !== "" || route.links[0]?.flags.ramp !== true) continue;
    let end: DraftRoute | undefined = route;
    for (let step = 0; step < MOST_RAMPS && end?.links[0]?.flags.ramp === true; step++) {
      end = (end.links.at(-1)?.next ?? [])
        .map((id) => routeOf.get(id))
        .find((next) => next !== undefined && next !== end);
    }
    if (end !== undefined && end.ref !== "") route.direction = `${end.ref} ${end.direction}`.trim();
  }
}
