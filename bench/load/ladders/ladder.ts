import type { Lane } from "../settings.ts";
import type { LadderRung } from "./rung.ts";

/** One load of a ladder: a server of its own, producers, subscribers, and what they do. */
export interface StepPlan {
  readonly size: number;
  readonly lane: Lane;
  /** Further configuration of the server. */
  readonly settings: readonly string[];
  readonly producers: number;
  /** Loopback addresses that producers and subscribers come from, in turn. */
  readonly sourceAddresses: number;
  readonly everywhere: number;
  readonly areas: number;
  readonly areasPerSocket: number;
  readonly reportsPerSecond: number;
  readonly reportsPerMessage: number;
  readonly reportsPerVehiclePerSecond: number;
  readonly firstSweepTimes: number;
  readonly hazardsPerSecond: number;
  readonly hazardsPerMessage: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Profiled behind the window that counts; 0 leaves that out. */
  readonly profileMs: number;
  readonly seed: number;
}

/** What the command line may change. */
export interface LadderOptions {
  readonly lane: Lane;
  readonly isSmoke: boolean;
  readonly seed: number;
  /** From the whole fleet being on the road to the window that counts, s; the ladder's own where absent. */
  readonly warmUpS: number | undefined;
  /** Instead of the ladder's own rate (of reports, or of alerts where it is about alerts). */
  readonly rate: number | undefined;
  /** Alerts that arise at the same moment, in the ladders about alerts; reports per message in the one about reports. */
  readonly together: number | undefined;
}

/** What a ladder's cost is counted per. */
export interface CostUnit {
  /** E.g. `report`. */
  readonly unit: string;
  /** How many of them a second the server worked on. */
  readonly perSecond: (rung: LadderRung) => number;
}

export interface Ladder {
  readonly name: string;
  readonly title: string;
  /** What grows, e.g. `producer connections`. */
  readonly axis: string;
  /** What stays the same, for the caption. */
  readonly constant: (options: LadderOptions) => string;
  readonly sizes: readonly number[];
  readonly smokeSizes: readonly number[];
  readonly cost: CostUnit;
  readonly planOf: (size: number, options: LadderOptions) => StepPlan;
}

const US_PER_S = 1e6;

/** Processor time of the server per unit, µs. */
export function costUs(ladder: Ladder, rung: LadderRung): number {
  return (rung.cpuShare * US_PER_S) / ladder.cost.perSecond(rung);
}
