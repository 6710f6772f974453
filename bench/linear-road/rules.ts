/**
 * How the average speed of a segment (LAV) is made out of the reports of the five minutes before.
 * - `reports`: sum of speeds over number of reports, rounded half up; the public validator's.
 * - `vehicle-minutes`: mean over minutes of the mean over vehicles of each vehicle's mean; the paper's. A minute without
 *   reports is left out. The limit is held against the exact mean, and the rounded one is told.
 */
export type AverageRule = "reports" | "vehicle-minutes";

/**
 * What counts as an accident.
 * - `every`: two or more vehicles that stand at one place of a travel lane, as often as it happens.
 * - `first-per-segment`: the public validator's. A segment has one accident in its life, whatever happens there later; the
 *   lane does not matter; a third vehicle at the place does not count.
 */
export type AccidentRule = "every" | "first-per-segment";

/** Where the paper and the public validator differ. */
export interface Rules {
  readonly average: AverageRule;
  readonly accidents: AccidentRule;
  /** So many vehicles in the minute before pass without toll: 50. Others in tests only, where traffic is small. */
  readonly freeVehicles: number;
}

export const RULE_NAMES = ["roadpulse", "validator", "paper"] as const;
export type RuleName = (typeof RULE_NAMES)[number];

const FREE_VEHICLES = 50;

export const RULES: Readonly<Record<RuleName, Rules>> = {
  roadpulse: { average: "reports", accidents: "every", freeVehicles: FREE_VEHICLES },
  validator: { average: "reports", accidents: "first-per-segment", freeVehicles: FREE_VEHICLES },
  paper: { average: "vehicle-minutes", accidents: "every", freeVehicles: FREE_VEHICLES },
};

/** Lanes 1 to 3 are for travel; 0 is the way in, 4 the way out. */
export const ENTRY_LANE = 0;
export const EXIT_LANE = 4;

/** One mile. */
export const SEGMENT_FT = 5_280;
export const SEGMENTS = 100;

/** A vehicle reports every so many seconds. */
export const REPORT_INTERVAL_S = 30;

/** So many reports in a row from one place mean that the vehicle stands. */
export const REPORTS_TO_STAND = 4;

/** An accident concerns the vehicles that enter its own segment and the four upstream of it. */
export const ZONE_SEGMENTS = 5;

/** The average speed looks back so many minutes. */
export const AVERAGE_MINUTES = 5;

/** From this average on there is no toll, mph. */
export const FREE_SPEED_MPH = 40;

/** A vehicle in the entry lane that was silent for longer begins anew. */
export const REENTRY_S = 60;

/** Days of the table of expenditures: ten weeks before today. */
export const FIRST_DAY = 1;
export const LAST_DAY = 69;

/** Minutes count from 1. */
export function minuteOf(timeS: number): number {
  return Math.floor(timeS / 60) + 1;
}

/** Toll of a segment without accidents: nothing at free speed or few vehicles, else twice the square of the excess. */
export function tollFor(vehicles: number, averageMph: number, freeVehicles: number): number {
  if (averageMph >= FREE_SPEED_MPH || vehicles <= freeVehicles) return 0;
  const excess = vehicles - freeVehicles;
  return 2 * excess * excess;
}

/** Half up, as Java's Math.round. */
export function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5);
}

/** Direction 0 drives towards higher segments, direction 1 towards lower ones. */
export function downstream(segment: number, direction: number, distance: number): number {
  return direction === 0 ? segment + distance : segment - distance;
}
