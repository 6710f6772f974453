import { TRAFFIC_LEVELS, type TrafficLevel } from "../../../domain/detector.ts";

/** Bounds of the ladder that the parameters give, m/s. */
export interface LadderLimits {
  readonly stationarySpeedMps: number;
  readonly onSpeedMps: number;
  readonly offSpeedMps: number;
  readonly slowSpeedMps: number;
  readonly fastRoadSpeedMps: number;
}

/** A level's number in flat arrays: its place in `TRAFFIC_LEVELS`; −1 stands for "nothing known". */
export type LevelIndex = number;

export const UNKNOWN_LEVEL: LevelIndex = -1;
export const QUEUING_LEVEL: LevelIndex = TRAFFIC_LEVELS.indexOf("queuing");
export const SLOW_LEVEL: LevelIndex = TRAFFIC_LEVELS.indexOf("slow");
export const FREE_LEVEL: LevelIndex = TRAFFIC_LEVELS.indexOf("free");

/** Share of the free flow below which traffic is slow at most, and below which it is heavy. */
const SLOW_RATIO = 0.5;
const HEAVY_RATIO = 0.75;

/** A level is left for a better one only this factor above its bound: no flicker. */
const LEAVE_FACTOR = 1.2;

/**
 * Upper bound of a level, m/s: stationary 10 km/h, queuing 30, slow half the free flow and at most 60, heavy three
 * quarters of it. Below 70 km/h of free flow all shrink in proportion, so that each level has its place at every free
 * flow: 10/70, 30/70, 1/2 and 3/4 of it. Levels meet without gap or overlap: each begins where the one below ends.
 */
export function upperBoundMps(level: LevelIndex, freeFlowMps: number, limits: LadderLimits): number {
  const scale = Math.min(1, freeFlowMps / limits.fastRoadSpeedMps);
  switch (level) {
    case 0:
      return limits.stationarySpeedMps * scale;
    case 1:
      return limits.onSpeedMps * scale;
    case 2:
      return Math.max(limits.onSpeedMps * scale, Math.min(freeFlowMps * SLOW_RATIO, limits.slowSpeedMps));
    case 3:
      return Math.max(upperBoundMps(2, freeFlowMps, limits), freeFlowMps * HEAVY_RATIO);
    default:
      return Number.POSITIVE_INFINITY;
  }
}

/** Speed from which a vehicle of a queue flows again, m/s. */
export function flowSpeedMps(freeFlowMps: number, limits: LadderLimits): number {
  return limits.offSpeedMps * Math.min(1, freeFlowMps / limits.fastRoadSpeedMps);
}

/** The level of a mean speed where `before` was the level: up the ladder with hysteresis, down at once. */
export function levelIndexOf(
  before: LevelIndex,
  speedMps: number,
  freeFlowMps: number,
  limits: LadderLimits,
): LevelIndex {
  for (let level = 0; level < FREE_LEVEL; level++) {
    const factor = before !== UNKNOWN_LEVEL && before <= level ? LEAVE_FACTOR : 1;
    if (speedMps < upperBoundMps(level, freeFlowMps, limits) * factor) return level;
  }
  return FREE_LEVEL;
}

export function levelName(level: LevelIndex): TrafficLevel {
  return TRAFFIC_LEVELS[level] ?? "free";
}
