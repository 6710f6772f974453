import type { DetectionContext } from "../../../domain/detector.ts";
import type { Frame } from "../../../domain/frame.ts";
import type { ObjectClass, PerceivedObject, PerceptionReport } from "../../../domain/observation.ts";
import type { RoadSpot } from "../../../domain/road.ts";
import {
  markUrgent,
  openRoute,
  type RoadState,
  type RoadTraffic,
  type RouteTraffic,
  type Sight,
} from "./route-traffic.ts";
import type { Member } from "./vehicle.ts";
import { HEARD_MS, type JudgeWorld } from "./world.ts";

/** An object is on a carriageway this near to it: half of five lanes; without a direction no other may be as near. */
const ON_ROAD_M = 20;

/** Bounds memory: slow objects of one route that are seen at a time. */
const MAX_SIGHTS = 256;

/** Two slow road users are farther apart along the road; nearer, one may have been seen twice, or speak for itself. */
const APART_DM = 100;

/** Observers that have proved to lie see nothing. */
const LEAST_TRUST = 0.25;

const VEHICLES: ReadonlySet<ObjectClass> = new Set(["passenger-car", "bus", "truck"]);

/** Takes the slow vehicles among the objects that a station's sensors see (CPM). */
export function takeSights(
  state: RoadState,
  traffic: RoadTraffic,
  frame: Frame,
  report: PerceptionReport,
  context: DetectionContext,
): void {
  for (const object of report.objects) {
    const { objectClass, speedMps } = object;
    if (!VEHICLES.has(objectClass) || speedMps === undefined) continue;
    const spot = spotOf(traffic, frame, object, context);
    if (spot === undefined || spot.link.flags.halting === true) continue;
    const cmps = Math.round(speedMps * 100);
    const isSlow = cmps <= (traffic.speeds.slowCmps[spot.link.index] ?? 0);
    note(state, traffic, frame, object.objectId, spot, isSlow);
  }
}

function note(
  state: RoadState,
  traffic: RoadTraffic,
  frame: Frame,
  objectId: number,
  { link, offsetM }: RoadSpot,
  isSlow: boolean,
): void {
  const known = traffic.routes[link.route.index];
  const key = `${frame.stationId}/${objectId}`;
  if (!isSlow) {
    known?.sights.delete(key);
    return;
  }
  const route = known ?? openRoute(traffic, link.route.index);
  if (route === undefined || (route.sights.size >= MAX_SIGHTS && !route.sights.has(key))) {
    state.refused++;
    return;
  }
  const placeDm = Math.round((link.fromM + offsetM) * 10);
  route.sights.set(key, { observer: frame.stationId, objectId, placeDm, atMs: frame.observedAtMs });
  markUrgent(state, route);
}

/** Who drives on the route of its observer and tells no direction drives in its direction. */
function spotOf(
  { network }: RoadTraffic,
  frame: Frame,
  object: PerceivedObject,
  { stations }: DetectionContext,
): RoadSpot | undefined {
  if (object.headingDeg !== undefined) return network.near(object, ON_ROAD_M, object.headingDeg)[0];
  const near = network.near(object, ON_ROAD_M);
  const own = stations.get(frame.stationId)?.road?.link.route;
  if (own !== undefined) return near.find(({ link }) => link.route === own);
  return near.every(({ link }) => link.route === near[0]?.link.route) ? near[0] : undefined;
}

/** The slow objects that are seen now, upstream first; those unseen for long are forgotten. */
export function seenSlow({ sights }: RouteTraffic, { context, tickMs }: JudgeWorld): readonly Sight[] {
  if (sights.size === 0) return NOTHING;
  for (const [key, { atMs }] of sights) if (tickMs - atMs > HEARD_MS) sights.delete(key);
  return [...sights.values()]
    .filter(({ observer }) => context.trust.trustOf(observer) >= LEAST_TRUST)
    .sort((a, b) => a.placeDm - b.placeDm || a.observer - b.observer || a.objectId - b.objectId);
}

const NOTHING: readonly Sight[] = [];

/** Slow objects within a stretch that are certainly others than the members, and than each other. */
export function othersSeen(
  seen: readonly Sight[],
  members: readonly Member[],
  fromDm: number,
  toDm: number,
): readonly Sight[] {
  const others: Sight[] = [];
  for (const sight of seen) {
    const { placeDm } = sight;
    if (placeDm < fromDm || placeDm > toDm) continue;
    const before = others.at(-1);
    if (before !== undefined && placeDm - before.placeDm < APART_DM) continue;
    if (members.some((member) => Math.abs(member.placeDm - placeDm) < APART_DM)) continue;
    others.push(sight);
  }
  return others;
}
