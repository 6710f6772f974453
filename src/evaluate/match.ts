import { distanceM, headingDifferenceDeg } from "../geo/geodesy.ts";
import type { AlertShapes } from "./alert-shape.ts";
import { type Episode, revisionAt, startOf } from "./episode.ts";
import { asksFor, claimOf, HAZARD_CLASSES, type HazardClass, isAlsoTrueOf, isClaim } from "./hazard-class.ts";
import { MAX_ACROSS_DEG } from "./road-line.ts";
import { type PlacedEvent, type Scene, stretchAt } from "./scene.ts";
import { extentAt } from "./truth.ts";

export const OUTCOMES = ["matched", "duplicate", "dont-care", "false"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of one alert. */
export interface Judgement {
  readonly episode: Episode;
  readonly outcome: Outcome;
  /** The event that it is about; undefined where it is about none. */
  readonly placed: PlacedEvent | undefined;
  readonly reason: string;
}

/** An alert may precede the first second of an event by this much: queues begin before the fourth vehicle stands. */
export const EARLY_MS = 5_000;

/** A brake is over before anybody can have seen half a second of it, let alone at 1 Hz. */
const BRIEF_KINDS: ReadonlySet<string> = new Set([
  "emergency-brake",
  "hard-brake-chain",
  "collision-risk",
  "vru-risk",
]);
const LATE_MS = 5_000;

const SECOND_MS = 1_000;

/**
 * Judges every alert of one tier: exactly one outcome each. Matching is one to one per kind, largest space–time overlap
 * first; an alert must begin within [on − 5 s, off] of its event and lie within its tolerance.
 */
export function judge(scene: Scene, shapes: AlertShapes, episodes: readonly Episode[]): readonly Judgement[] {
  return HAZARD_CLASSES.flatMap((hazardClass) => {
    const ofKind = episodes.filter(({ kind }) => kind === hazardClass.kind);
    return ofKind.length === 0 ? [] : judgeClass(scene, shapes, ofKind, hazardClass);
  });
}

interface Pair {
  readonly claim: Episode;
  readonly placed: PlacedEvent;
  readonly overlap: number;
}

function judgeClass(
  scene: Scene,
  shapes: AlertShapes,
  episodes: readonly Episode[],
  hazardClass: HazardClass,
): readonly Judgement[] {
  const claims = new Map(episodes.map((episode) => [episode, claimOf(episode)]));
  const own = scene.events.filter(({ event }) => asksFor(hazardClass, event));
  const pairs: Pair[] = [...claims.values()]
    .filter((claim) => claim !== undefined)
    .flatMap((claim) => own.map((placed) => pairOf(shapes, claim, placed, hazardClass)))
    .filter(({ overlap }) => overlap > 0)
    .sort(byOverlap);
  const winners = assign(pairs.filter(({ placed }) => placed.event.dontCare === undefined));
  const isUnjudged = scene.truth.notJudged.has(hazardClass.kind);
  return episodes.map((episode) => {
    const claim = claims.get(episode);
    if (isUnjudged) return careless(episode, "the truth cannot judge this kind");
    const startMs = startOf(claim ?? episode);
    if (startMs < scene.fromMs || startMs > scene.toMs)
      return careless(episode, "outside the time of the truth");
    if (claim === undefined) return slowTraffic(scene, shapes, episode);
    const matched = winners.get(claim);
    if (matched !== undefined)
      return { episode, outcome: "matched", placed: matched, reason: matched.event.id };
    return unmatched(scene, shapes, episode, claim, pairs, hazardClass);
  });
}

function unmatched(
  scene: Scene,
  shapes: AlertShapes,
  episode: Episode,
  claim: Episode,
  pairs: readonly Pair[],
  hazardClass: HazardClass,
): Judgement {
  const candidates = pairs.filter((pair) => pair.claim === claim);
  const duplicated = candidates.find(({ placed }) => placed.event.dontCare === undefined)?.placed;
  if (duplicated !== undefined)
    return { episode, outcome: "duplicate", placed: duplicated, reason: `again ${duplicated.event.id}` };
  const excused = candidates[0]?.placed;
  if (excused !== undefined)
    return { episode, outcome: "dont-care", placed: excused, reason: excused.event.dontCare ?? "" };
  const other = scene.events.find(
    (placed) =>
      isAlsoTrueOf(episode.kind, placed.event.hazard) &&
      pairOf(shapes, claim, placed, { ...hazardClass, shape: "place" }).overlap > 0,
  );
  if (other !== undefined)
    return { episode, outcome: "dont-care", placed: other, reason: `also true of ${other.event.id}` };
  if (scene.falsehoods === undefined)
    return { episode, outcome: "false", placed: undefined, reason: "nothing of the kind was there" };
  const falsehood = scene.falsehoods.find(
    (placed) => asksFor(hazardClass, placed.event) && pairOf(shapes, claim, placed, hazardClass).overlap > 0,
  );
  if (falsehood === undefined) return careless(episode, "no verdict on it");
  return {
    episode,
    outcome: "false",
    placed: undefined,
    reason: `again ${falsehood.event.id}, which was false`,
  };
}

const FLOW_MS = 30_000;

/** Truth files tell of queues only; whether traffic was slow the speeds of all vehicles tell. */
function slowTraffic(scene: Scene, shapes: AlertShapes, episode: Episode): Judgement {
  const startMs = startOf(episode);
  const cells = shapes.cellsOf(revisionAt(episode, startMs));
  const isSlow = scene.flow().isSlow(cells, startMs - FLOW_MS, startMs + FLOW_MS);
  if (isSlow !== false) return careless(episode, "slow traffic, of which the truth does not speak");
  return { episode, outcome: "false", placed: undefined, reason: "traffic was not slow" };
}

function careless(episode: Episode, reason: string): Judgement {
  return { episode, outcome: "dont-care", placed: undefined, reason };
}

function byOverlap(a: Pair, b: Pair): number {
  return (
    b.overlap - a.overlap ||
    startOf(a.claim) - startOf(b.claim) ||
    (a.claim.alertId < b.claim.alertId ? -1 : a.claim.alertId > b.claim.alertId ? 1 : 0) ||
    (a.placed.event.id < b.placed.event.id ? -1 : 1)
  );
}

/** Pairs come largest first; each alert and each event is taken once. */
function assign(pairs: readonly Pair[]): ReadonlyMap<Episode, PlacedEvent> {
  const winners = new Map<Episode, PlacedEvent>();
  const taken = new Set<PlacedEvent>();
  for (const { claim, placed } of pairs) {
    if (winners.has(claim) || taken.has(placed)) continue;
    winners.set(claim, placed);
    taken.add(placed);
  }
  return winners;
}

function pairOf(shapes: AlertShapes, claim: Episode, placed: PlacedEvent, hazardClass: HazardClass): Pair {
  const { onMs, offMs } = placed.event;
  const startMs = startOf(claim);
  const lateMs = BRIEF_KINDS.has(claim.kind) ? LATE_MS : 0;
  if (startMs < (placed.event.formingMs ?? onMs) - EARLY_MS || startMs > offMs + lateMs)
    return { claim, placed, overlap: 0 };
  const toleranceM = placed.event.toleranceM ?? hazardClass.toleranceM;
  const fromMs = Math.max(startMs, onMs);
  const toMs = Math.max(fromMs, Math.min(claim.endMs, offMs));
  let overlap = 0;
  for (let atMs = fromMs; atMs <= toMs; atMs += SECOND_MS) {
    const at = Math.max(atMs, startMs);
    if (!isClaim(claim.kind, revisionAt(claim, at))) continue;
    const atOnce = overlapAt(shapes, claim, placed, at, toleranceM, hazardClass.shape);
    // An alert about a place names it from its first word on; one that comes nearer later was about something else.
    if (atOnce === 0 && atMs === fromMs && hazardClass.shape === "place") break;
    overlap += atOnce;
  }
  return { claim, placed, overlap };
}

/** Whether an alert could be about an event of its own kind, whatever it was matched with. */
export function meansToo(shapes: AlertShapes, episode: Episode, placed: PlacedEvent): boolean {
  const hazardClass = HAZARD_CLASSES.find(({ kind }) => kind === episode.kind);
  const claim = claimOf(episode);
  if (hazardClass === undefined || claim === undefined) return false;
  return pairOf(shapes, claim, placed, hazardClass).overlap > 0;
}

/** An alert within the tolerance that does not touch the event still means it. */
const TOUCH_M = 1;

function overlapAt(
  shapes: AlertShapes,
  claim: Episode,
  placed: PlacedEvent,
  atMs: number,
  toleranceM: number,
  shape: HazardClass["shape"],
): number {
  const revision = revisionAt(claim, atMs);
  const truth = shape === "stretch" ? stretchAt(placed, atMs) : undefined;
  if (truth === undefined || placed.line === undefined) {
    const { tail, head } = extentAt(placed.event, atMs);
    const offM = Math.min(distanceM(revision.position, tail), distanceM(revision.position, head));
    if (offM > toleranceM || !isAlong(placed, revision.headingDeg)) return 0;
    return toleranceM - offM + TOUCH_M;
  }
  const told = shapes.stretchOn(placed.line, revision);
  // An alert for half the region holds every queue; it means none.
  if (told === undefined || told.fromM < truth.fromM - toleranceM || told.toM > truth.toM + toleranceM)
    return 0;
  return Math.max(TOUCH_M, Math.min(told.toM, truth.toM) - Math.max(told.fromM, truth.fromM));
}

/** Alerts that name no heading mean all directions. */
function isAlong(placed: PlacedEvent, headingDeg: number | undefined): boolean {
  if (headingDeg === undefined || Number.isNaN(placed.headingDeg)) return true;
  // A wrong-way alert may name either direction: that of the driver or that of those who meet him.
  if (placed.event.hazard === "wrong-way") {
    const across = headingDifferenceDeg(headingDeg, placed.headingDeg);
    return Math.min(across, 180 - across) <= MAX_ACROSS_DEG;
  }
  return headingDifferenceDeg(headingDeg, placed.headingDeg) <= MAX_ACROSS_DEG;
}
