import type { AlertContent, AlertTier } from "../../domain/alert.ts";
import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Emit } from "../../domain/detector.ts";
import { headingDifferenceDeg } from "../../geo/geodesy.ts";
import { areaContent } from "./area-content.ts";
import { edgesMovedM } from "./extent.ts";
import type { Area, Book } from "./state.ts";
import type { Tally } from "./tally.ts";
import type { Phenomenon } from "./vote.ts";
import type { ConditionParameters } from "./witness.ts";

export const NAME = "road-conditions";

/** Evidence comes and goes with every vehicle: extent and validity are looked at anew this often. */
const RENEW_EVERY_MS = 10_000;

/** An edge that has moved less than this is told when it has moved further. */
const MOVED_M = 100;

/** Follows the areas of one phenomenon: those that share a cell with what was told are the same, the oldest first. */
export function followAreas(
  phenomenon: Phenomenon,
  book: Book,
  found: readonly Tally[],
  nowMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: ConditionParameters,
): void {
  const taken = new Set<Tally>();
  for (const [key, area] of book.areas) {
    const own = found.find((tally) => !taken.has(tally) && shares(tally, area));
    if (own === undefined || own.trustPm < parameters.endedTrust * 1_000) {
      end(book, key, area, nowMs, emit);
      continue;
    }
    taken.add(own);
    const tier = area.told.tier === "confirmed" ? "confirmed" : (tierOf(own, parameters) ?? "suspected");
    renew(area, own, tier, nowMs, context, emit, parameters);
  }
  for (const tally of found) {
    const tier = taken.has(tally) ? undefined : tierOf(tally, parameters);
    if (tier !== undefined) begin(phenomenon, book, tally, tier, nowMs, context, emit, parameters);
  }
}

/** Undefined where there is too little to tell. */
export function tierOf(tally: Tally, parameters: ConditionParameters): AlertTier | undefined {
  if (tally.votes.length === 0) return undefined;
  if (!tally.hasSensor && tally.roadUsers < parameters.minRoadUsers) {
    // Only while it is fresh: what has faded away must not come back.
    return tally.isStrongAlone && tally.trustPm >= parameters.aloneTrust * 1_000 ? "suspected" : undefined;
  }
  if (tally.trustPm >= parameters.confirmedTrust * 1_000) return "confirmed";
  return tally.trustPm >= parameters.suspectedTrust * 1_000 ? "suspected" : undefined;
}

function shares(tally: Tally, area: Area): boolean {
  return tally.cells.some(({ key }) => area.cells.includes(key));
}

function begin(
  phenomenon: Phenomenon,
  book: Book,
  tally: Tally,
  tier: AlertTier,
  nowMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: ConditionParameters,
): void {
  const cells = tally.cells.map(({ key }) => key);
  const told: Detection = {
    ...areaContent(tally, tier, context.roads, parameters),
    detector: NAME,
    key: `${phenomenon}:${cells[0]}:${nowMs}`,
    phase: "start",
    decidedAtMs: nowMs,
  };
  book.areas.set(told.key, { cells, told });
  emit(told);
}

function renew(
  area: Area,
  tally: Tally,
  tier: AlertTier,
  nowMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: ConditionParameters,
): void {
  area.cells = tally.cells.map(({ key }) => key);
  if (tally.votes.length === 0) return;
  if (tier === area.told.tier && nowMs - area.told.decidedAtMs < RENEW_EVERY_MS) return;
  const content = areaContent(tally, tier, context.roads, parameters);
  const isNews = saysOther(content, area.told);
  // What has hardly changed is not told again, and must not creep away from what was told.
  const where = isNews ? content : placeOf(area.told);
  area.told = {
    ...content,
    ...where,
    detector: NAME,
    key: area.told.key,
    phase: isNews ? "update" : "extend",
    decidedAtMs: nowMs,
  };
  emit(area.told);
}

type Placed = Pick<AlertContent, "position" | "headingDeg" | "outline" | "road">;

function placeOf({ position, headingDeg, outline, road }: Placed): Placed {
  return { position, headingDeg, outline, road };
}

function saysOther(now: AlertContent, told: AlertContent): boolean {
  return (
    now.tier !== told.tier ||
    now.causeCode !== told.causeCode ||
    now.subCauseCode !== told.subCauseCode ||
    hasTurned(now.headingDeg, told.headingDeg) ||
    now.road?.ref !== told.road?.ref ||
    now.road?.direction !== told.road?.direction ||
    edgesMovedM(now.outline, told.outline) >= MOVED_M
  );
}

/** The course where a stretch begins differs from bend to bend. */
const TURNED_DEG = 30;

function hasTurned(now: number | undefined, told: number | undefined): boolean {
  if (now === undefined || told === undefined) return now !== told;
  return headingDifferenceDeg(now, told) > TURNED_DEG;
}

function end(book: Book, key: string, area: Area, nowMs: number, emit: Emit): void {
  book.areas.delete(key);
  emit({ ...area.told, phase: "end", decidedAtMs: nowMs });
}
