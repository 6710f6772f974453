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
  queue: "number",
};

/** A reading stands for its period, and this much longer because the next one takes time to arrive. */
const GRACE_MS = 60_000;

export function isFresh(loop: RoadLoop, nowMs: number): boolean {
  return nowMs - loop.observedAtMs <= loop.periodMs + GRACE_MS;
}
