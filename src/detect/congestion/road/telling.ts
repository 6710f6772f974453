import type { Detection } from "../../../domain/detection.ts";
import type { Emit } from "../../../domain/detector.ts";
import { followLevel, queueContent, trendOf, viewQueue } from "./content.ts";
import { confirm } from "./founding.ts";
import type { ToldQueue } from "./queue.ts";
import type { RouteTraffic } from "./route-traffic.ts";
import { spillsBack } from "./signal.ts";
import type { EndedQueue, JudgeWorld } from "./world.ts";

export const NAME = "congestion-road";

/** An unchanged queue renews its validity this often, and its trend is told anew at most as often. */
const EXTEND_EVERY_MS = 15_000;

export interface TellLimits {
  readonly movedM: number;
  readonly updateEveryMs: number;
}

/** Tells what has changed about the queues of a route. */
export function tellQueues(
  route: RouteTraffic,
  world: JudgeWorld & { readonly limits: TellLimits },
  emit: Emit,
): void {
  if (route.queues.length === 0) return;
  for (const queue of route.queues) tellQueue(queue, route, world, emit);
}

function tellQueue(
  queue: ToldQueue,
  route: RouteTraffic,
  world: JudgeWorld & { readonly limits: TellLimits },
  emit: Emit,
): void {
  const road = world.traffic.network.routes[route.route];
  if (road === undefined) return;
  const wasConfirmed = queue.confirmed;
  confirm(queue, route, world);
  const view = viewQueue(queue, route, road, world);
  followLevel(queue, view, world);
  const hasSpilled = !queue.spillsBack && queue.isHalting && spillsBack(road, view.tailM, view.headM, world);
  queue.spillsBack ||= hasSpilled;
  const phase = phaseOf(queue, view, world, hasSpilled || (queue.confirmed && !wasConfirmed));
  if (phase === undefined) return;
  if (queue.told === undefined || world.tickMs - queue.foundedAtMs >= EXTEND_EVERY_MS) {
    queue.trend = queue.told === undefined ? 5 : trendOf(view.growthMps);
  }
  const content = queueContent(queue, view, road, world);
  queue.told = { ...content, detector: NAME, key: queue.key, phase, decidedAtMs: world.tickMs };
  queue.toldAtMs = world.tickMs;
  if (phase !== "extend") {
    queue.toldTailDm = Math.round(view.tailM * 10);
    queue.toldHeadDm = Math.round(view.headM * 10);
    queue.toldLevel = queue.level;
  }
  emit(queue.told);
}

function phaseOf(
  queue: ToldQueue,
  { tailM, headM }: { readonly tailM: number; readonly headM: number },
  { tickMs, limits }: { readonly tickMs: number; readonly limits: TellLimits },
  isWorse: boolean,
): Detection["phase"] | undefined {
  if (queue.told === undefined) return "start";
  if (isWorse) return "update";
  const sinceToldMs = tickMs - queue.toldAtMs;
  const hasMoved =
    Math.abs(tailM * 10 - queue.toldTailDm) >= limits.movedM * 10 ||
    Math.abs(headM * 10 - queue.toldHeadDm) >= limits.movedM * 10;
  if (hasMoved || queue.level !== queue.toldLevel) {
    return sinceToldMs >= limits.updateEveryMs ? "update" : undefined;
  }
  return sinceToldMs >= EXTEND_EVERY_MS ? "extend" : undefined;
}

/** The end of a queue as far as anybody was told of it. One that fell silent is left to expire. */
export function tellEnd({ queue, cause }: EndedQueue, tickMs: number, emit: Emit): void {
  if (queue.told === undefined || cause === "silence") return;
  const { measures } = queue.told.why;
  emit({ ...queue.told, why: { ...WHY_ENDED[cause], measures }, phase: "end", decidedAtMs: tickMs });
}

const WHY_ENDED = {
  merged: { rule: "congestion-road/merged", text: "Has become part of another queue." },
  lone: { rule: "congestion-road/lone", text: "One vehicle stands; no other has joined it." },
  "flows-again": { rule: "congestion-road/flows-again", text: "Traffic flows again." },
} as const;
