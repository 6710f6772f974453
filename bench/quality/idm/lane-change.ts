import type { Car } from "./car.ts";
import { idmAcceleration } from "./following.ts";
import type { LaneOrder } from "./lane-order.ts";

/**
 * Changes of lane after MOBIL (Kesting, Treiber, Helbing 2007, TRR 1999): nobody behind in the new lane has to brake
 * harder than `SAFE_MPS2`, and the driver gains, with a bias to the right.
 */
const SAFE_MPS2 = -2.5;
/** Before an obstacle drivers squeeze in and others let them. */
const FORCED_MPS2 = -4;
/** The driver himself brakes for nobody so hard in order to change lane. */
const OWN_FORCED_MPS2 = -3;
const GAIN_MPS2 = 0.35;
/** Rule to drive on the right (StVO § 2), m/s² of advantage that a driver forgoes for it. */
const RIGHT_BIAS_MPS2 = 0.25;
/** Least distances to the neighbours in the new lane, m. */
const LEAST_GAP_M = 1.5;
/** Zip merging: a driver who crawls lets somebody in below this speed, m/s. */
const CRAWL_MPS = 4;

export interface LaneChoice {
  /** Acceleration in the present lane. */
  readonly here: number;
  /** Acceleration that the driver would have in a lane, obstacles included; undefined where there is no such lane. */
  readonly inLane: (lane: number) => number | undefined;
  /** The lane ends or is blocked ahead. */
  readonly mustLeave: boolean;
  /** A lane that is blocked ahead; never changed to. */
  readonly isBlocked: (lane: number) => boolean;
}

/** The lane to change to, or the present one. */
export function chooseLane(
  car: Car,
  choice: LaneChoice,
  orders: readonly LaneOrder[],
  desiredOf: (car: Car) => number,
): number {
  const options = [car.lane - 1, car.lane + 1].filter((lane) => orders[lane] !== undefined);
  let best = car.lane;
  let bestGain = 0;
  for (const lane of options) {
    const there = choice.inLane(lane);
    if (there === undefined || choice.isBlocked(lane)) continue;
    if (there < (choice.mustLeave ? OWN_FORCED_MPS2 : SAFE_MPS2)) continue;
    if (!isSafe(car, orders[lane] as LaneOrder, choice.mustLeave, desiredOf)) continue;
    const bias = lane < car.lane ? RIGHT_BIAS_MPS2 : -RIGHT_BIAS_MPS2;
    const gain = choice.mustLeave ? there - choice.here + 10 : there - choice.here + bias - GAIN_MPS2;
    if (gain > bestGain) {
      best = lane;
      bestGain = gain;
    }
  }
  return best;
}

function isSafe(car: Car, order: LaneOrder, forced: boolean, desiredOf: (car: Car) => number): boolean {
  const { leader, follower } = order.around(car.atM);
  if (leader !== undefined && leader.atM - leader.lengthM - car.atM < LEAST_GAP_M) return false;
  if (follower === undefined) return true;
  const gapM = car.atM - car.lengthM - follower.atM;
  if (gapM < LEAST_GAP_M) return false;
  if (forced && follower.speedMps < CRAWL_MPS && car.speedMps < CRAWL_MPS) return true;
  const braking = idmAcceleration(
    follower.driver,
    desiredOf(follower),
    follower.speedMps,
    gapM,
    car.speedMps,
  );
  return braking > (forced ? FORCED_MPS2 : SAFE_MPS2);
}
