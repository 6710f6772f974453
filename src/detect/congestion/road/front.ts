import type { RowFields } from "../../../domain/snapshot-row.ts";

/** A front of a queue, tail or head, followed by a Kalman filter of place and speed along the route. */
export interface Front {
  readonly isHead: boolean;
  placeM: number;
  speedMps: number;
  /** Covariance: m², m²/s, m²/s². */
  placeVariance: number;
  covariance: number;
  speedVariance: number;
  atMs: number;
  /** Of the last measurement. */
  measuredAtMs: number;
  /** Time between measurements, ms, and their number. */
  intervalMs: number;
  measurements: number;
}

export const FRONT_FIELDS: RowFields<Front> = {
  isHead: "boolean",
  placeM: "number",
  speedMps: "number",
  placeVariance: "number",
  covariance: "number",
  speedVariance: "number",
  atMs: "number",
  measuredAtMs: "number",
  intervalMs: "number",
  measurements: "number",
};

/**
 * Fronts move no faster than this: 25 km/h. The starting wave of a dissolving queue and the downstream front of a moving
 * jam drive at 15 to 20 km/h (Treiber and Kesting, Traffic Flow Dynamics, 2013, ch. 18), a tail under heavy inflow somewhat more.
 */
const MAX_SPEED_MPS = 25 / 3.6;

/**
 * A front of which nothing is heard for longer than usual slows down: after some usual intervals without a vehicle, its
 * speed is that of a traffic that has ended (Poisson arrivals: the chance of none in three is 5 %).
 */
const COAST_INTERVALS = 2;

/** Time between measurements before the second one, its bounds, and the weight of the latest: a quarter. */
const FIRST_INTERVAL_MS = 20_000;
const LEAST_INTERVAL_MS = 3_000;
const MOST_INTERVAL_MS = 120_000;
const LATEST_SHARE = 4;

export function newFront(
  end: "tail" | "head",
  placeM: number,
  atMs: number,
  speedMps: number,
  sigmaM: number,
  speedSigmaMps: number,
): Front {
  return {
    isHead: end === "head",
    placeM,
    speedMps,
    placeVariance: sigmaM * sigmaM,
    covariance: 0,
    speedVariance: speedSigmaMps * speedSigmaMps,
    atMs,
    measuredAtMs: atMs,
    intervalMs: FIRST_INTERVAL_MS,
    measurements: 1,
  };
}

/** A head that moves upstream faster than this is a starting wave, which does not slow down before it meets the tail. */
const WAVE_MPS = -1.5;

/** Where the front is at a time at or after the last measurement. */
export function placeAt(front: Front, atMs: number): number {
  const elapsedMs = Math.max(0, atMs - front.atMs);
  if (front.isHead && front.speedMps < WAVE_MPS) return front.placeM + (front.speedMps * elapsedMs) / 1_000;
  const lateMs = Math.max(0, elapsedMs - front.intervalMs);
  const coastMs = front.intervalMs * COAST_INTERVALS;
  const drivenMs = elapsedMs - lateMs + (lateMs * coastMs) / (lateMs + coastMs);
  return front.placeM + (front.speedMps * drivenMs) / 1_000;
}

/** Standard deviation of the place at a time. */
export function sigmaAt(front: Front, atMs: number): number {
  const s = Math.max(0, atMs - front.atMs) / 1_000;
  const variance = front.placeVariance + 2 * s * front.covariance + s * s * front.speedVariance;
  return Math.sqrt(Math.max(0, variance));
}

/**
 * A vehicle has shown where the front was. Measurements from before the last one count as of the last one. `noise`: how much
 * the front's speed changes by itself, as the growth of its variance, m²/s³.
 */
export function measureFront(
  front: Front,
  placeM: number,
  atMs: number,
  sigmaM: number,
  noise: number,
): void {
  const sinceMs = Math.min(MOST_INTERVAL_MS, Math.max(0, atMs - front.measuredAtMs));
  front.intervalMs = Math.max(
    LEAST_INTERVAL_MS,
    front.intervalMs + (sinceMs - front.intervalMs) / LATEST_SHARE,
  );
  front.measuredAtMs = Math.max(front.measuredAtMs, atMs);
  advance(front, Math.max(front.atMs, atMs), noise);
  const total = front.placeVariance + sigmaM * sigmaM;
  const gain = front.placeVariance / total;
  const speedGain = front.covariance / total;
  const error = placeM - front.placeM;
  front.placeM += gain * error;
  front.speedMps = bounded(front.speedMps + speedGain * error);
  front.speedVariance -= speedGain * front.covariance;
  front.covariance *= 1 - gain;
  front.placeVariance *= 1 - gain;
  front.measurements++;
}

/** The front cannot be there: it is moved, and its speed is left as it is. */
export function moveFront(front: Front, placeM: number, atMs: number): void {
  advance(front, Math.max(front.atMs, atMs), 0);
  front.placeM = placeM;
}

function advance(front: Front, atMs: number, noise: number): void {
  const s = (atMs - front.atMs) / 1_000;
  front.placeM = placeAt(front, atMs);
  front.placeVariance += 2 * s * front.covariance + s * s * front.speedVariance + (noise * s * s * s) / 3;
  front.covariance += s * front.speedVariance + (noise * s * s) / 2;
  front.speedVariance += noise * s;
  front.atMs = atMs;
}

function bounded(speedMps: number): number {
  return Math.min(MAX_SPEED_MPS, Math.max(-MAX_SPEED_MPS, speedMps));
}
