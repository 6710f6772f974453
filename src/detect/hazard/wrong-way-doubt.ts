import type { DetectionContext } from "../../domain/detector.ts";
import type { GeoPoint } from "../../domain/place.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import { readArray, readNumber, readObject } from "../../domain/snapshot-row.ts";

/** Who was seen to drive against one route lately, and whether its map is believed. */
interface RouteDoubt {
  /** Road users and when each was last seen so, oldest first. */
  readonly users: Map<number, number>;
  /** Until then nobody is told to drive against it. */
  untilMs: number;
}

/** Routes whose map does not fit the traffic. */
export interface MapDoubts {
  readonly routes: Map<number, RouteDoubt>;
  /** Drivers that were not told for that reason; each counts once per doubt. */
  silenced: number;
}

interface DoubtLimits {
  readonly doubtVehicles: number;
  readonly doubtShare: number;
  readonly doubtWithinMs: number;
  readonly doubtForMs: number;
}

/** Bounds memory; the route that was noted first is forgotten first. */
const MAX_ROUTES = 2_000;
const MAX_USERS = 16;

/** Traffic this near tells which way the road is driven. */
const CENSUS_M = 2_000;
const FRESH_MS = 3_000;
const DRIVES_MPS = 5;

export function noDoubts(): MapDoubts {
  return { routes: new Map(), silenced: 0 };
}

/** True while the direction of a route is in doubt. */
export function isDoubted({ routes }: MapDoubts, routeIndex: number, nowMs: number): boolean {
  if (routes.size === 0) return false;
  return nowMs < (routes.get(routeIndex)?.untilMs ?? 0);
}

/**
 * Notes that a road user drives against a route. True where so many distinct ones do that the map is wrong, or shifted, or
 * traffic is led over the other carriageway: wrong-way drivers come alone, and those who meet them are many more. Drivers
 * who are not believed count for nothing, or three ghosts would hide a real one.
 */
export function noteAgainst(
  doubts: MapDoubts,
  routeIndex: number,
  user: number,
  place: GeoPoint,
  nowMs: number,
  context: DetectionContext,
  limits: DoubtLimits,
): boolean {
  const doubt = doubts.routes.get(routeIndex) ?? newDoubt(doubts, routeIndex);
  const { users } = doubt;
  const isNew = !users.has(user);
  users.delete(user);
  users.set(user, nowMs);
  for (const [old, atMs] of users) {
    if (nowMs - atMs <= limits.doubtWithinMs && users.size <= MAX_USERS) break;
    users.delete(old);
  }
  const isIn = nowMs < doubt.untilMs;
  if (
    users.size >= limits.doubtVehicles &&
    (isIn || isMany(users.size, routeIndex, place, nowMs, context, limits))
  )
    doubt.untilMs = nowMs + limits.doubtForMs;
  const doubted = nowMs < doubt.untilMs;
  if (doubted && isNew) doubts.silenced++;
  return doubted;
}

function newDoubt({ routes }: MapDoubts, routeIndex: number): RouteDoubt {
  for (const oldest of routes.keys()) {
    if (routes.size < MAX_ROUTES) break;
    routes.delete(oldest);
  }
  const doubt: RouteDoubt = { users: new Map(), untilMs: 0 };
  routes.set(routeIndex, doubt);
  return doubt;
}

/** Against the road drives a large share of all who drive on it there. */
function isMany(
  against: number,
  routeIndex: number,
  place: GeoPoint,
  nowMs: number,
  { stations }: DetectionContext,
  { doubtShare }: DoubtLimits,
): boolean {
  let right = 0;
  for (const { road, speedMps, receivedAtMs } of stations.within(place, CENSUS_M)) {
    if (road === undefined || road.against || road.link.route.index !== routeIndex) continue;
    if ((speedMps ?? 0) >= DRIVES_MPS && nowMs - receivedAtMs <= FRESH_MS) right++;
  }
  return against >= doubtShare * (against + right);
}

export function writeDoubts({ routes, silenced }: MapDoubts): SnapshotValue {
  return {
    silenced,
    routes: [...routes].map(([index, { users, untilMs }]) => [index, untilMs, [...users].flat()]),
  };
}

export function readDoubts(value: SnapshotValue | undefined): MapDoubts {
  const parts = readObject(value);
  const routes = readArray(parts["routes"]).map((row): [number, RouteDoubt] => {
    const [index, untilMs, pairs] = readArray(row);
    const flat = readArray(pairs).map((one) => readNumber(one, "user"));
    const users = new Map<number, number>();
    for (let i = 0; i + 1 < flat.length; i += 2) users.set(flat[i] as number, flat[i + 1] as number);
    return [readNumber(index, "route"), { users, untilMs: readNumber(untilMs, "untilMs") }];
  });
  return { routes: new Map(routes), silenced: readNumber(parts["silenced"], "silenced") };
}
