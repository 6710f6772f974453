import type { AlertTier } from "../../domain/alert.ts";
import type { Detection } from "../../domain/detection.ts";
import type { DetectionContext, Emit } from "../../domain/detector.ts";
import { areaContent } from "./area-content.ts";
import type { Area, Book } from "./state.ts";
import type { Tally } from "./tally.ts";
import type { Phenomenon } from "./vote.ts";
import type { ConditionParameters } from "./witness.ts";

export const NAME = "road-conditions";

/** Evidence comes and goes with every vehicle: the extent is told anew at most this often, validity likewise. */
const UPDATE_EVERY_MS = 30_000;
const EXTEND_EVERY_MS = 15_000;

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
  if (!tally.hasSensor && tally.roadUsers < parameters.minRoadUsers) return undefined;
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
  book.areas.set(told.key, { cells, told, updatedAtMs: nowMs });
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
  const cells = tally.cells.map(({ key }) => key);
  const changes = cells.join() !== area.cells.join();
  area.cells = cells;
  if (tally.votes.length === 0) return;
  const rises = tier !== area.told.tier;
  const updates = rises || (changes && nowMs - area.updatedAtMs >= UPDATE_EVERY_MS);
  if (!updates && nowMs - area.told.decidedAtMs < EXTEND_EVERY_MS) return;
  const content = areaContent(tally, tier, context.roads, parameters);
  const turns = content.subCauseCode !== area.told.subCauseCode || content.causeCode !== area.told.causeCode;
  area.told = {
    ...content,
    detector: NAME,
    key: area.told.key,
    phase: updates || turns ? "update" : "extend",
    decidedAtMs: nowMs,
  };
  if (area.told.phase === "update") area.updatedAtMs = nowMs;
  emit(area.told);
}

function end(book: Book, key: string, area: Area, nowMs: number, emit: Emit): void {
  book.areas.delete(key);
  emit({ ...area.told, phase: "end", decidedAtMs: nowMs });
}
