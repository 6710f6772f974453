import type { Detection } from "../../../domain/detection.ts";
import type { RowFields } from "../../../domain/snapshot-row.ts";
import type { Front } from "./front.ts";
import { type LevelIndex, QUEUING_LEVEL } from "./ladder.ts";
import type { Member } from "./vehicle.ts";

/** Queued traffic on a stretch of a route: from its first evidence to its end. */
export interface Queue {
  /** Route, place and time of its founding: a name for life. */
  readonly key: string;
  /** Its number on the route, from 1. */
  readonly no: number;
  readonly foundedAtMs: number;
  tail: Front;
  head: Front;
  level: LevelIndex;
  /** Event time since which it is better than its level; 0: it is not. */
  betterSinceMs: number;
  /** Receive time of the last tick with a slow vehicle that was heard of, and of the last sign of any kind. */
  slowAtMs: number;
  evidenceAtMs: number;
  /** Distinct vehicles that have queued in it, and those of them that fell silent in it. */
  joined: number;
  lost: number;
  /** Releases seen; the place and time of the last. */
  released: number;
  releasedAtMs: number;
  /** Vehicles that drove through all of it without becoming slow, since more than a lone standing one was heard of. */
  through: number;
  /** All that is slow in it is one vehicle that has stood for long, or the only one that it ever had. */
  isLone: boolean;
  /** Farthest place that a flowing vehicle has reached in it since the last look, dm; −1: none. */
  fastDm: number;
  fastMs: number;
  /** Farthest upstream where one has become faster than queuing since the last look, dm; −1: none. */
  leftDm: number;
  /** Event time since which a long gap divides it; 0: none does. */
  gapSinceMs: number;
  /** Trust of its vehicles is enough for the higher tier. */
  confirmed: boolean;
  /** Vehicles wait in turns here; the last tick at which some waited for more than one turn. */
  isHalting: boolean;
  stuckAtMs: number;
  /** Its tail has reached the junction upstream. */
  spillsBack: boolean;
  toldAtMs: number;
  toldTailDm: number;
  toldHeadDm: number;
  toldLevel: LevelIndex;
  trend: number;
}

/** A queue with what was told last; undefined before the first time. */
export interface ToldQueue extends Queue {
  told: Detection | undefined;
  /** Of the present look only: its vehicles by place, upstream first, and those that have joined since the last one. */
  readonly members: Member[];
  readonly fresh: Member[];
}

export type QueueRow = Omit<Queue, "tail" | "head">;

export const QUEUE_FIELDS: RowFields<QueueRow> = {
  key: "string",
  no: "number",
  foundedAtMs: "number",
  level: "number",
  betterSinceMs: "number",
  slowAtMs: "number",
  evidenceAtMs: "number",
  joined: "number",
  lost: "number",
  released: "number",
  releasedAtMs: "number",
  through: "number",
  isLone: "boolean",
  fastDm: "number",
  fastMs: "number",
  leftDm: "number",
  gapSinceMs: "number",
  confirmed: "boolean",
  isHalting: "boolean",
  stuckAtMs: "number",
  spillsBack: "boolean",
  toldAtMs: "number",
  toldTailDm: "number",
  toldHeadDm: "number",
  toldLevel: "number",
  trend: "number",
};

export function newQueue(key: string, no: number, tail: Front, head: Front, tickMs: number): ToldQueue {
  return {
    key,
    no,
    foundedAtMs: tickMs,
    tail,
    head,
    level: QUEUING_LEVEL,
    betterSinceMs: 0,
    slowAtMs: tickMs,
    evidenceAtMs: tickMs,
    joined: 0,
    lost: 0,
    released: 0,
    releasedAtMs: 0,
    through: 0,
    isLone: false,
    fastDm: -1,
    fastMs: 0,
    leftDm: -1,
    gapSinceMs: 0,
    confirmed: false,
    isHalting: false,
    stuckAtMs: 0,
    spillsBack: false,
    toldAtMs: 0,
    toldTailDm: 0,
    toldHeadDm: 0,
    toldLevel: QUEUING_LEVEL,
    trend: 5,
    told: undefined,
    members: [],
    fresh: [],
  };
}
