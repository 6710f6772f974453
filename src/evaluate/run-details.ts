import type { AlertTier } from "../domain/alert.ts";
import type { Judgement } from "./match.ts";
import type { OracleTimes } from "./oracle.ts";
import type { Run } from "./run.ts";
import type { Scene } from "./scene.ts";
import type { RunResult } from "./tally.ts";
import type { WarningCounts } from "./warnings.ts";

/** One run in full. */
export interface RunDetails {
  readonly scene: Scene;
  readonly penetration: number | undefined;
  readonly seed: number;
  readonly equipped: Uint8Array;
  readonly run: Run;
  readonly oracle: readonly OracleTimes[];
  readonly judgements: Readonly<Record<AlertTier, readonly Judgement[]>>;
  /** What its figures are summed from, for sums over several recordings. */
  readonly results: Readonly<Record<AlertTier, RunResult>>;
  readonly warnings: Readonly<Record<AlertTier, WarningCounts>>;
}
