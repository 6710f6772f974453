import type { DetectionContext, StationView, TrafficLookup } from "../domain/detector.ts";
import { destinationPoint, headingDifferenceDeg, LocalPlane } from "../geo/geodesy.ts";
import { cosDeg, sinDeg } from "../geo/trigonometry.ts";

interface Standing {
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

/**
 * True where a standing vehicle waits behind others:
 *
 * - the place 300 m ahead is congested: it stands in the queue or at its growing tail;
 * - slow vehicles of similar heading stand ahead (the head of a queue is not in it);
 * - its own place is congested, and it has not stood longer than queues do: between few equipped vehicles nobody may be
 *   seen ahead, but what was there before the vehicle stopped was not caused by it.
 *
 * A vehicle without heading counts as queued if slow ones are near in any direction.
 */
export function isQueued(
  vehicle: Standing,
  nowMs: number,
  context: DetectionContext,
  limits: QueueLimits,
): boolean {
  const { headingDeg } = vehicle;
  // First the cheap looks: in a long queue they spare the search.
  if (headingDeg !== undefined && isInCongestion(vehicle, headingDeg, nowMs, context.traffic, limits))
    return true;
  const near = context.stations.within(vehicle, limits.queueFarM);
  const slow = near.filter((other) => isSlow(other, vehicle, nowMs, limits));
  if (headingDeg === undefined) return slow.length > 0;
  return slow.some((other) => isAhead(other, vehicle, headingDeg, limits));
}

function isInCongestion(
  vehicle: Standing,
  headingDeg: number,
  nowMs: number,
  traffic: TrafficLookup,
  limits: QueueLimits,
): boolean {
  if (traffic.isCongested(destinationPoint(vehicle, headingDeg, BEYOND_HEAD_M), headingDeg)) return true;
  return nowMs - vehicle.sinceMs < limits.queueStandingMs && traffic.isCongested(vehicle, headingDeg);
}

function isSlow(other: StationView, vehicle: Standing, nowMs: number, limits: QueueLimits): boolean {
  if (other.stationId === vehicle.stationId || nowMs - other.receivedAtMs > FRESH_MS) return false;
  if (other.stationType === "infrastructure") return false;
  return other.speedMps !== undefined && other.speedMps < limits.queueSpeedMps;
}

function isAhead(other: StationView, vehicle: Standing, headingDeg: number, limits: QueueLimits): boolean {
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
