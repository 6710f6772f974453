import type { AlertShapes } from "./alert-shape.ts";
import { revisionAt, startOf } from "./episode.ts";
import { isClaim } from "./hazard-class.ts";
import type { Judgement } from "./match.ts";
import { type PlacedEvent, type Scene, stretchAt } from "./scene.ts";

const SECOND_MS = 1_000;
/** Of a brake nobody asks how long it was told. */
const BRIEF_MS = 10_000;

/** Of the seconds in which an event was known to the oracle, those in which some alert about it was live. */
export interface Coverage {
  readonly knownS: number;
  readonly coveredS: number;
}

/** `oracleMs` undefined: nobody could know, so no second counts. */
export function coverageOf(
  scene: Scene,
  placed: PlacedEvent,
  oracleMs: number | undefined,
  about: readonly Judgement[],
): Coverage {
  const lastsMs = placed.event.offMs - placed.event.onMs;
  if (oracleMs === undefined || lastsMs < BRIEF_MS) return { knownS: 0, coveredS: 0 };
  const toMs = Math.min(placed.event.offMs, scene.toMs);
  let knownS = 0;
  let coveredS = 0;
  for (let atMs = Math.ceil(oracleMs / SECOND_MS) * SECOND_MS; atMs < toMs; atMs += SECOND_MS) {
    knownS++;
    const isLive = about.some(
      ({ episode }) =>
        startOf(episode) <= atMs && episode.endMs > atMs && isClaim(episode.kind, revisionAt(episode, atMs)),
    );
    if (isLive) coveredS++;
  }
  return { knownS, coveredS };
}

/** Estimated minus true tail along the road second by second, m: positive is downstream, where a driver comes too late. */
export function tailErrors(shapes: AlertShapes, scene: Scene, { episode, placed }: Judgement): number[] {
  // The outline of a wrong-way alert is the way that the driver will take, not an estimate of where he is.
  if (placed?.line === undefined || placed.event.hazard === "wrong-way") return [];
  const { onMs, offMs } = placed.event;
  const fromMs = Math.max(startOf(episode), onMs);
  const toMs = Math.min(episode.endMs, offMs, scene.toMs);
  const errors: number[] = [];
  for (let atMs = Math.ceil(fromMs / SECOND_MS) * SECOND_MS; atMs < toMs; atMs += SECOND_MS) {
    const truth = stretchAt(placed, atMs);
    const revision = revisionAt(episode, atMs);
    const told = isClaim(episode.kind, revision) ? shapes.stretchOn(placed.line, revision) : undefined;
    if (truth !== undefined && told !== undefined) errors.push(told.fromM - truth.fromM);
  }
  return errors;
}
