import type { RoadTrack } from "./road-track.ts";

/**
 * Error of satellite positions per axis. Where reports tell none, it is learned from how far the way between two reports is
 * from what the speeds say, given that errors drift with `DRIFT_S`; the first guess holds for half of that.
 */
const LEAST_ERROR_M = 1;
const LEAST_LEARNED_ERROR_M = 1.5;
const MOST_ERROR_M = 8;
const DRIFT_S = 10;
const LEARNING_S = 5;

/** A 95 % ellipse has 2.45 standard deviations as its axis (two-dimensional normal distribution). */
const DEVIATIONS_PER_ACCURACY = 2.45;

/** Reports farther apart tell nothing about errors: speeds between them are not known. */
const MOST_GAP_S = 2;

/** Variance of the error of positions per axis as a station shows it; takes over what the last step of its way shows. */
export function learnedVariance(
  track: RoadTrack,
  speedMps: number,
  movedM: number,
  elapsedS: number,
): number {
  if (elapsedS > 0 && elapsedS <= MOST_GAP_S && !Number.isNaN(speedMps) && !Number.isNaN(track.speedMps)) {
    const surplusM = movedM - ((speedMps + track.speedMps) / 2) * elapsedS;
    const seen = (surplusM * surplusM * (elapsedS + DRIFT_S)) / (2 * elapsedS);
    const learned = track.variance + ((seen - track.variance) * elapsedS) / (elapsedS + LEARNING_S);
    track.variance = Math.min(MOST_ERROR_M * MOST_ERROR_M, learned);
  }
  track.speedMps = speedMps;
  return Math.max(LEAST_LEARNED_ERROR_M * LEAST_LEARNED_ERROR_M, track.variance);
}

/** The same as the station reports it, by the semi-major axis of its 95 % ellipse. */
export function varianceOf(accuracyM: number): number {
  const errorM = Math.max(LEAST_ERROR_M, Math.min(MOST_ERROR_M, accuracyM / DEVIATIONS_PER_ACCURACY));
  return errorM * errorM;
}
