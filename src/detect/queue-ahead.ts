import type { DetectionContext, StationView, TrafficLevel, TrafficLookup } from "../domain/detector.ts";
import type { RoadSpot } from "../domain/road.ts";
import { destinationPoint, headingDifferenceDeg, LocalPlane } from "../geo/geodesy.ts";
import { cosDeg, sinDeg } from "../geo/trigonometry.ts";

export interface Standing {
  readonly stationId: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly headingDeg: number | undefined;
  /** Receive time from which on it stands. */
  readonly sinceMs: number;
}

interface QueueLimits {
  readonly queueSpeedMps: number;
  readonly queueNearM: number;
  readonly queueFarM: number;
  readonly queueLateralM: number;
  readonly queueHeadingDeg: number;
  readonly queueStandingMs: number;
}

/** Positions older than this say nothing about a queue now. */
const FRESH_MS = 5_000;

/** More than a cell of congestion ahead: where that place is congested, the vehicle is not the head. */
const BEYOND_HEAD_M = 300;

/** Steps in which a road is looked along: the length of its bins. */
const STEP_M = 50;

/** Nearer ahead a bin may be congested by the vehicle itself, or by one that crashed with it. */
const OWN_BINS_M = 100;

/** So many slow road users were there before: nobody of them is alone the cause. */
const LONG_QUEUE_VEHICLES = 4;

/** A vehicle this near to the head of a queue may be what made it. */
const AT_HEAD_M = 40;

/**
 * True where a standing vehicle waits behind others:
 *
 * - the road 100 to 300 m ahead is congested: it stands in the queue or at its growing tail;
 * - slow vehicles of its road, or of similar heading, stand ahead (the head of a queue is not in it);
 * - its own place is congested off the map, and it has not stood longer than queues do: between few equipped vehicles
 *   nobody may be seen ahead.
 *
 * On the map its own place counts as it was when the vehicle came (`comesIntoQueue`): a standing vehicle makes it slow.
 * A vehicle without heading counts as queued if slow ones are near in any direction.
 */
export function isQueued(
  vehicle: Standing,
  spot: RoadSpot | undefined,
  nowMs: number,
  context: DetectionContext,
  limits: QueueLimits,
): boolean {
  const { headingDeg } = vehicle;
  const stoodShortly = nowMs - vehicle.sinceMs < limits.queueStandingMs;
  // First the cheap looks: in a long queue they spare the search.
  if (spot !== undefined && isJamAhead(spot, OWN_BINS_M, context.traffic)) return true;
  const countsHere = stoodShortly && spot === undefined;
  if (headingDeg !== undefined && isInCongestion(vehicle, headingDeg, countsHere, context.traffic))
    return true;
  const near = context.stations.within(vehicle, limits.queueFarM);
  const slow = near.filter((other) => isSlow(other, vehicle, nowMs, limits));
  if (headingDeg === undefined) return slow.length > 0;
  return slow.some((other) => isAhead(other, vehicle, headingDeg, spot, limits));
}

/**
 * What a vehicle finds where it comes to a stop: to be asked before its own standing makes the place slow. Its own braking
 * has done so already, so of its own place a queue of several counts, or slow traffic if it has not come fast
 * (`cameSlowly`). The head of a small queue may be what made it; the head of a long one is where the next one waits.
 */
export function comesIntoQueue(spot: RoadSpot, cameSlowly: boolean, { traffic }: DetectionContext): boolean {
  const { route } = spot.link;
  const routeM = spot.link.fromM + spot.offsetM;
  if (isJamAhead(spot, OWN_BINS_M, traffic)) return true;
  if (cameSlowly && isJam(traffic.levelOn?.(route, routeM))) return true;
  const queues = traffic.queuesOn?.(route) ?? [];
  return queues.some(
    ({ tailM, headM, vehicles }) =>
      vehicles > 1 &&
      routeM >= tailM - STEP_M &&
      routeM < (vehicles >= LONG_QUEUE_VEHICLES ? headM + OWN_BINS_M : headM - AT_HEAD_M),
  );
}

function isJamAhead({ link, offsetM }: RoadSpot, fromM: number, traffic: TrafficLookup): boolean {
  if (traffic.levelOn === undefined) return false;
  for (let aheadM = fromM; aheadM <= BEYOND_HEAD_M; aheadM += STEP_M) {
    if (isJam(traffic.levelOn(link.route, link.fromM + offsetM + aheadM))) return true;
  }
  return false;
}

function isJam(level: TrafficLevel | undefined): boolean {
  return level === "stationary" || level === "queuing";
}

function isInCongestion(
  vehicle: Standing,
  headingDeg: number,
  stoodShortly: boolean,
  traffic: TrafficLookup,
): boolean {
  if (traffic.isCongested(destinationPoint(vehicle, headingDeg, BEYOND_HEAD_M), headingDeg)) return true;
  return stoodShortly && traffic.isCongested(vehicle, headingDeg);
}

function isSlow(other: StationView, vehicle: Standing, nowMs: number, limits: QueueLimits): boolean {
  if (other.stationId === vehicle.stationId || nowMs - other.receivedAtMs > FRESH_MS) return false;
  if (other.stationType === "infrastructure") return false;
  return other.speedMps !== undefined && other.speedMps < limits.queueSpeedMps;
}

function isAhead(
  other: StationView,
  vehicle: Standing,
  headingDeg: number,
  spot: RoadSpot | undefined,
  limits: QueueLimits,
): boolean {
  const { road } = other;
  if (spot !== undefined && road !== undefined && road.link.route === spot.link.route) {
    const alongM = road.routeM - spot.link.fromM - spot.offsetM;
    return alongM > limits.queueNearM && alongM <= limits.queueFarM;
  }
  const otherHeadingDeg = other.headingDeg ?? headingDeg;
  if (headingDifferenceDeg(otherHeadingDeg, headingDeg) > limits.queueHeadingDeg) return false;
  const plane = new LocalPlane(vehicle);
  const northM = plane.northM(other.latitudeDeg);
  const eastM = plane.eastM(other.longitudeDeg);
  const sine = sinDeg(headingDeg);
  const cosine = cosDeg(headingDeg);
  const alongM = northM * cosine + eastM * sine;
  const lateralM = Math.abs(eastM * cosine - northM * sine);
  return alongM > limits.queueNearM && alongM <= limits.queueFarM && lateralM <= limits.queueLateralM;
}

interface FlowLimits {
  readonly slowAheadM: number;
  readonly slowAheadShare: number;
}

/** Vehicles beside it, and those that it has just overtaken, are not ahead. */
const AHEAD_FROM_M = 30;

/**
 * True where others of its road drive slowly ahead: they come out of a queue or are in one. One that passes fast beside the
 * vehicle says that there is none, whatever drives slowly farther on.
 */
export function flowsSlowly(
  vehicle: Standing,
  spot: RoadSpot,
  roadMps: number,
  nowMs: number,
  context: DetectionContext,
  limits: FlowLimits,
): boolean {
  const slowMps = roadMps * limits.slowAheadShare;
  const routeM = spot.link.fromM + spot.offsetM;
  let slow = false;
  for (const other of context.stations.within(vehicle, limits.slowAheadM)) {
    const { road, speedMps } = other;
    if (road === undefined || road.link.route !== spot.link.route || speedMps === undefined) continue;
    if (other.stationId === vehicle.stationId || nowMs - other.receivedAtMs > FRESH_MS) continue;
    const alongM = road.routeM - routeM;
    if (speedMps >= slowMps) {
      if (Math.abs(alongM) <= AHEAD_FROM_M * 2) return false;
    } else if (alongM > AHEAD_FROM_M) slow = true;
  }
  return slow;
}
