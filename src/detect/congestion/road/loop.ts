import type { RowFields } from "../../../domain/snapshot-row.ts";

/** Last reading of a loop on a route, all lanes together. */
export interface RoadLoop {
  readonly name: string;
  readonly placeDm: number;
  readonly observedAtMs: number;
  readonly periodMs: number;
  readonly meanCmps: number;
  readonly vehicles: number;
  readonly source: string;
  /** At or below the bound of queuing, with two vehicles or more; at or above that of flowing. */
  readonly isSlow: boolean;
  readonly isFlowing: boolean;
  /** Event time of the first of its slow readings in a row; 0: not slow. */
  slowSinceMs: number;
  /** Number of its queue; 0: none. */
  queue: number;
}

export const ROAD_LOOP_FIELDS: RowFields<RoadLoop> = {
  name: "string",
  placeDm: "number",
  observedAtMs: "number",
  periodMs: "number",
  meanCmps: "number",
  vehicles: "number",
  source: "string",
  isSlow: "boolean",
  isFlowing: "boolean",
  slowSinceMs: "number",
  queue: "number",
};

/** A reading stands for its period, and this much longer because the next one takes time to arrive. */
const GRACE_MS = 60_000;

export function isFresh(loop: RoadLoop, nowMs: number): boolean {
  return nowMs - loop.observedAtMs <= loop.periodMs + GRACE_MS;
}

/** Slow loops of a queue whose readings still stand. */
export function slowLoops(loops: ReadonlyMap<string, RoadLoop>, queue: number, nowMs: number): RoadLoop[] {
  if (loops.size === 0) return [];
  return [...loops.values()].filter((loop) => loop.queue === queue && loop.isSlow && isFresh(loop, nowMs));
}
