import type { AlertContent, Measure, Severity } from "../../../domain/alert.ts";
import { roundPoint } from "../../../domain/place.ts";
import type { RoadRoute } from "../../../domain/road.ts";
import { kmph, roundHeading, roundTo } from "../../units.ts";
import { BIN_M, meanMmps, SLICE_MS } from "./bins.ts";
import { placeAt, sigmaAt } from "./front.ts";
import {
  type LevelIndex,
  levelIndexOf,
  levelName,
  QUEUING_LEVEL,
  SLOW_LEVEL,
  UNKNOWN_LEVEL,
} from "./ladder.ts";
import { freeFlowMps } from "./link-speeds.ts";
import { slowLoops } from "./loop.ts";
import type { ToldQueue } from "./queue.ts";
import type { RouteTraffic } from "./route-traffic.ts";
import { HEARD_MS, type JudgeWorld } from "./world.ts";

/** A queue as it is told: stretch, speeds, vehicles. */
export interface QueueView {
  readonly tailM: number;
  readonly headM: number;
  readonly tailSigmaM: number;
  /** Growth of its length, m/s. */
  readonly growthMps: number;
  readonly isMovingJam: boolean;
  /** Undefined without data. */
  readonly meanMps: number | undefined;
  readonly freeMps: number;
  readonly delayS: number;
  /** Slow vehicles that are in it now, and those of the last minute. */
  readonly slow: number;
  readonly vehicles: number;
  readonly sources: readonly string[];
  readonly receivers: number;
  readonly observations: number;
}

/** A front drives upstream at more than this in a moving jam: two thirds of the usual 15 km/h. */
const MOVING_MPS = -10 / 3.6;

/** The length of a queue of which one point is known: half a bin. */
const LEAST_LENGTH_M = 25;

const MAX_SOURCES = 8;

export function viewQueue(
  queue: ToldQueue,
  route: RouteTraffic,
  road: RoadRoute,
  { traffic, tickMs }: JudgeWorld,
): QueueView {
  const { tailM, headM } = extent(queue, road, tickMs);
  const mine = queue.members;
  const mean = meanMmps(
    route.bins,
    Math.floor(tailM / BIN_M),
    Math.floor(headM / BIN_M),
    Math.floor(tickMs / SLICE_MS),
  );
  const link = traffic.network.linkAt(road, (tailM + headM) / 2) ?? road.links[0];
  const freeMps = link === undefined ? 0 : freeFlowMps(traffic.speeds, link.index);
  const meanMps = mean < 0 ? undefined : mean / 1_000;
  const loops = slowLoops(route.loops, queue.no, tickMs);
  const counted = loops.reduce((sum, { vehicles }) => sum + vehicles, 0);
  const named = [...mine, ...loops].map(({ source }) => source);
  const receivers = new Set([...mine.map(({ receiver }) => receiver), ...loops.map(({ name }) => name)]);
  return {
    tailM,
    headM,
    tailSigmaM: sigmaAt(queue.tail, tickMs),
    growthMps: queue.head.speedMps - queue.tail.speedMps,
    isMovingJam: queue.head.speedMps < MOVING_MPS && queue.tail.speedMps < MOVING_MPS,
    meanMps,
    freeMps,
    delayS: delayS(headM - tailM, meanMps, freeMps),
    slow: counted + mine.filter(({ lastMs, upDm }) => upDm < 0 && tickMs - lastMs <= HEARD_MS).length,
    vehicles: counted + mine.length,
    sources: [...new Set(named)].sort().slice(0, MAX_SOURCES),
    receivers: receivers.size,
    observations: loops.length + mine.reduce((sum, { reports }) => sum + reports, 0),
  };
}

/** Tail and head on the route, m; at least half a bin apart. */
export function extent(
  queue: ToldQueue,
  { lengthM }: RoadRoute,
  tickMs: number,
): { readonly tailM: number; readonly headM: number } {
  const tail = Math.min(lengthM, Math.max(0, placeAt(queue.tail, tickMs)));
  const head = Math.min(lengthM, Math.max(tail, placeAt(queue.head, tickMs)));
  return { tailM: Math.max(0, Math.min(tail, head - LEAST_LENGTH_M)), headM: head };
}

/** A crawl is not slower than this for the delay: a standstill has no end that anybody knows. */
const CRAWL_MPS = 0.5;

function delayS(lengthM: number, meanMps: number | undefined, freeMps: number): number {
  if (meanMps === undefined || freeMps <= 0) return 0;
  return Math.max(0, lengthM / Math.max(CRAWL_MPS, meanMps) - lengthM / freeMps);
}

/** A level is left for a better one only if that has lasted. */
const BETTER_FOR_MS = 15_000;

/**
 * Follows the level: worse at once, better when it has held. Where vehicles are slow now it queues, whatever those brought
 * into the mean who have just met its tail; a queue that flows is at least slow until it ends.
 */
export function followLevel(queue: ToldQueue, view: QueueView, { limits, tickMs }: JudgeWorld): void {
  if (view.meanMps === undefined) return;
  const before: LevelIndex = queue.told === undefined ? UNKNOWN_LEVEL : queue.level;
  const most = view.slow > 0 ? QUEUING_LEVEL : SLOW_LEVEL;
  const next = Math.min(most, levelIndexOf(before, view.meanMps, view.freeMps, limits));
  if (queue.told === undefined) queue.level = Math.min(QUEUING_LEVEL, next);
  else if (next < queue.level) queue.level = next;
  else if (next > queue.level) {
    if (queue.betterSinceMs === 0) queue.betterSinceMs = tickMs;
    if (tickMs - queue.betterSinceMs < BETTER_FOR_MS) return;
    queue.level = next;
  }
  queue.betterSinceMs = 0;
}

/** Growth in km/h from which a queue grows slowly, plainly, strongly (own; the standard gives no numbers). */
const TRENDS_KMPH = [2, 6, 12] as const;

/** TrafficConditionSubCauseCode (TS 102 894-2): 2 to 4 increasing, 5 stationary, 6 to 8 decreasing. */
export function trendOf(growthMps: number): number {
  const growthKmph = Math.abs(growthMps) * 3.6;
  const steps = TRENDS_KMPH.filter((bound) => growthKmph >= bound).length;
  if (steps === 0) return 5;
  return growthMps > 0 ? 1 + steps : 5 + steps;
}

const SEVERITY: readonly Severity[] = [4, 3, 2];

export function queueContent(
  queue: ToldQueue,
  view: QueueView,
  road: RoadRoute,
  { traffic, tickMs, limits }: JudgeWorld,
): AlertContent {
  const { network } = traffic;
  return {
    kind: "congestion",
    tier: queue.confirmed ? "confirmed" : "suspected",
    causeCode: 1,
    subCauseCode: queue.trend,
    severity: queue.spillsBack ? 4 : (SEVERITY[queue.level] ?? 2),
    confidencePct: confidencePct(queue, view, tickMs),
    referencedAtMs: Math.floor(queue.evidenceAtMs),
    validUntilMs: Math.floor(queue.evidenceAtMs) + limits.validityMs,
    position: roundPoint(network.pointAt(road, view.tailM)),
    headingDeg: roundHeading(network.headingAt(road, view.tailM)),
    outline: { form: "line", points: network.lineBetween(road, view.tailM, view.headM).map(roundPoint) },
    road: network.describe(road, view.tailM, view.headM),
    evidence: {
      stations: Math.max(1, view.vehicles),
      observations: Math.max(1, view.observations),
      receivers: view.receivers,
      sources: view.sources,
      marks: queue.spillsBack ? ["spill-back"] : [],
    },
    why: {
      rule: `congestion-road/${ruleOf(queue, view)}`,
      text: `Traffic is ${levelName(queue.level)}${view.isMovingJam ? ", a jam that moves upstream" : ""}.`,
      measures: measuresOf(queue, view),
    },
  };
}

function ruleOf(queue: ToldQueue, view: QueueView): string {
  if (queue.spillsBack) return "spill-back";
  if (queue.isHalting) return "cycle-failure";
  return view.isMovingJam ? "moving-jam" : "queue";
}

/** More distinct vehicles, more confidence; silence takes from it in steps of 30 s. */
export function confidencePct(queue: ToldQueue, view: QueueView, tickMs: number): number {
  const base = Math.min(95, (queue.confirmed ? 60 : 40) + 8 * view.slow);
  return Math.max(20, base - 10 * Math.floor((tickMs - queue.evidenceAtMs) / 30_000));
}

function measuresOf(queue: ToldQueue, view: QueueView): Measure[] {
  const measures: Measure[] = [
    { name: "delayS", observed: roundTo(view.delayS, 0) },
    { name: "growthKmph", observed: kmph(view.growthMps) },
    { name: "headSpeedKmph", observed: kmph(queue.head.speedMps) },
    { name: "lengthM", observed: roundTo((view.headM - view.tailM) / 10, 0) * 10 },
  ];
  if (view.meanMps !== undefined) {
    measures.push({ name: "meanSpeedKmph", observed: kmph(view.meanMps), threshold: 30 });
  }
  measures.push(
    { name: "slowVehicles", observed: view.slow, threshold: 2 },
    { name: "tailSigmaM", observed: roundTo(view.tailSigmaM, 0) },
    { name: "tailSpeedKmph", observed: kmph(queue.tail.speedMps) },
  );
  return measures;
}
