import type { AlertContent } from "./alert.ts";

/**
 * What one detector saw. `key` names the thing seen for as long as the detector follows it, unique per detector.
 * - `start`: a thing is seen; a second start of the same key counts as an update.
 * - `update`: something that people act on has changed.
 * - `extend`: still there, nothing new to tell: validity and evidence are renewed silently.
 * - `end`: seen to be over. `cancel`: taken back by its source.
 */
export interface Detection extends AlertContent {
  readonly detector: string;
  readonly key: string;
  readonly phase: "start" | "update" | "extend" | "end" | "cancel";
  /** Receive time of the deciding record, Unix ms. */
  readonly decidedAtMs: number;
}
