import type { DetectionContext } from "../../../domain/detector.ts";
import type { LadderLimits } from "./ladder.ts";
import type { ToldQueue } from "./queue.ts";
import type { RoadTraffic } from "./route-traffic.ts";

export interface JudgeLimits extends LadderLimits {
  readonly pairDistanceM: number;
  readonly pairWithinMs: number;
  readonly sideBySideM: number;
  readonly sideBySideMs: number;
  readonly alonePatternMs: number;
  readonly aloneFromSpeedMps: number;
  readonly aloneSlowMs: number;
  readonly alonePassedMs: number;
  readonly aloneAwaitMs: number;
  readonly dipMs: number;
  readonly reachM: number;
  readonly mergeGapM: number;
  readonly splitGapM: number;
  readonly splitForMs: number;
  readonly validityMs: number;
  readonly cycleMs: number;
}

/** What the look at a route needs besides its traffic. */
export interface JudgeWorld {
  readonly traffic: RoadTraffic;
  readonly context: DetectionContext;
  readonly limits: JudgeLimits;
  readonly tickMs: number;
}

/**
 * A queue that is over: it flows again, became part of another, has never been more than one vehicle that stands, or nobody
 * has heard of it for too long.
 */
export interface EndedQueue {
  readonly queue: ToldQueue;
  readonly cause: "flows-again" | "merged" | "lone" | "silence";
}

/** A vehicle heard of within this time is there now: three intervals of CAM at its lowest rate. */
export const HEARD_MS = 5_000;
