import type { Cores, Rung } from "./rung.ts";

export type Lane = "http" | "fast";

/** One way in: a lane, and how many reports travel in a message. */
export interface Way {
  readonly lane: Lane;
  readonly reportsPerMessage: number;
}

export interface LoadSettings {
  readonly cores: Cores;
  readonly sockets: number;
  readonly seed: number;
  /** First rung of the ladder by reports per message. */
  readonly firstRate: (reportsPerMessage: number) => number;
  /** Whether a rung at half the first rate goes before, which does not count. */
  readonly isWarmedUp: boolean;
  readonly leastRate: number;
  readonly mostRate: number;
  readonly refinements: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly latencyMs: number;
  readonly hazardsPerSecond: number;
  /** A load that leaves the server idle, for the latency without load; 0 leaves that out. */
  readonly idleRate: number;
  /** What others on the machine may have spoiled is tried so often. */
  readonly attempts: number;
  /** Why a load does not count as sustained; undefined where it does. */
  readonly overloadOf: (rung: Rung) => string | undefined;
  readonly log: (line: string) => void;
}
