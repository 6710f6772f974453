import type { DetectionContext, StationView, TrafficLevel, TrafficLookup } from "../domain/detector.ts";
import type { RoadRoute, RoadSpot } from "../domain/road.ts";
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
 * Whether others stand ahead of one that has stood for a while. Nearer than 100 m they may have stopped for it, or pass it
 * slowly and accelerate.
 */
export function isJammedAhead(
  vehicle: Standing,
  spot: RoadSpot,
  nowMs: number,
  context: DetectionContext,
  limits: QueueLimits,
): boolean {
  if (isJamAhead(spot, OWN_BINS_M, context.traffic)) return true;
  const routeM = spot.link.fromM + spot.offsetM;
  return context.stations.within(vehicle, BEYOND_HEAD_M).some((other) => {
    const { road } = other;
    if (road === undefined || road.link.route !== spot.link.route) return false;
    return isSlow(other, vehicle, nowMs, limits) && road.routeM - routeM > OWN_BINS_M;
  });
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

/** Whether a place is within a queue of several that stands now. */
export function isInLongQueue({ link, offsetM }: RoadSpot, { traffic }: DetectionContext): boolean {
  const routeM = link.fromM + offsetM;
  const queues = traffic.queuesOn?.(link.route) ?? [];
  return queues.some(
    ({ tailM, headM, vehicles }) =>
      vehicles >= LONG_QUEUE_VEHICLES && routeM >= tailM - STEP_M && routeM < headM + OWN_BINS_M,
  );
}

/** How far behind a merge or the end of a lane vehicles still wait where a queue has its head there. */
const WAITS_WITHIN_M = 150;

/** Whether a queue ends at a place where vehicles wait for a gap: its first ones stand there in turn. */
export function isHeadOfBottleneck({ link, offsetM }: RoadSpot, { traffic }: DetectionContext): boolean {
  const routeM = link.fromM + offsetM;
  const queues = traffic.queuesOn?.(link.route) ?? [];
  return queues.some(
    ({ tailM, headM, vehicles }) =>
      vehicles > 1 && routeM >= tailM - STEP_M && routeM < headM + WAITS_WITHIN_M,
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
  readonly freeShare: number;
  readonly flowedAheadM: number;
  readonly passedBeforeMs: number;
}

/**
 * What the traffic around a standing vehicle says of it.
 * - `passes`: somebody drove through its place at free speed since it stands, or overtook it while it braked: no queue.
 * - `flowed`: somebody did so some minutes ago at most, and nobody is slow; a queue may have come since.
 * - `slow`: others are slow around it, or were when they drove on from its place.
 * - `unknown`: nobody was there.
 */
export type FlowAround = "passes" | "flowed" | "slow" | "unknown";

/** Vehicles beside it, and those that it has just overtaken, are not ahead. */
const AHEAD_FROM_M = 30;

/** So far behind nobody who drives freely would do so if a queue stood there; who is slow may be held up by it. */
const BEHIND_M = 300;

/** Where those who drive on from a bottleneck accelerate: 1 m/s² takes them to 60 km/h in 140 m. */
const LEAVING_FROM_M = 50;
const LEAVING_TO_M = 300;

/** Looks at the others of its road and at what is known of the traffic on it. */
export function flowAround(
  vehicle: Standing,
  spot: RoadSpot,
  roadMps: number,
  nowMs: number,
  context: DetectionContext,
  limits: FlowLimits,
): FlowAround {
  const slowMps = roadMps * limits.slowAheadShare;
  const freeMps = roadMps * limits.freeShare;
  const sinceS = (nowMs - vehicle.sinceMs + limits.passedBeforeMs) / 1_000;
  const routeM = spot.link.fromM + spot.offsetM;
  let slow = false;
  let flowed = false;
  let passes = false;
  for (const other of context.stations.within(vehicle, limits.flowedAheadM)) {
    const { road, speedMps } = other;
    if (road === undefined || road.link.route !== spot.link.route || speedMps === undefined) continue;
    if (other.stationId === vehicle.stationId || nowMs - other.receivedAtMs > FRESH_MS) continue;
    const alongM = road.routeM - routeM;
    if (speedMps < slowMps) slow ||= isSlowNear(alongM, limits.slowAheadM);
    else if (speedMps >= freeMps && alongM > -AHEAD_FROM_M) {
      flowed = true;
      passes ||= alongM <= Math.max(AHEAD_FROM_M, speedMps * sinceS);
      // Beside it, whatever drives slowly farther on.
      if (alongM <= AHEAD_FROM_M * 2) return "passes";
    }
  }
  if (slow || isLeftSlowly(spot.link.route, routeM, context.traffic)) return "slow";
  return passes ? "passes" : flowed ? "flowed" : "unknown";
}

function isSlowNear(alongM: number, slowAheadM: number): boolean {
  return alongM > AHEAD_FROM_M ? alongM <= slowAheadM : alongM < -AHEAD_FROM_M && alongM >= -BEHIND_M;
}

/** The last who drove on from there accelerated: they came out of a bottleneck. */
function isLeftSlowly(route: RoadRoute, routeM: number, { levelOn }: TrafficLookup): boolean {
  if (levelOn === undefined) return false;
  for (let aheadM = LEAVING_FROM_M; aheadM <= LEAVING_TO_M; aheadM += STEP_M) {
    const level = levelOn(route, routeM + aheadM);
    if (level === "slow" || isJam(level)) return true;
  }
  return false;
}
