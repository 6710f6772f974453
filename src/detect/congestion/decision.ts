import { longitudeDifferenceDeg, metresPerDegree } from "../../geo/geodesy.ts";
import {
  type Cell,
  flowOf,
  type LoopState,
  learnedFreeFlow,
  SLICE_MS,
  type SlowVisit,
  slowVisits,
  WINDOW_SLICES,
} from "./cell.ts";
import { ANY_SECTOR, CELL_M, SECTORS, shiftedKey } from "./grid.ts";

export interface DecisionLimits {
  readonly onSpeedMps: number;
  readonly offSpeedMps: number;
  readonly offForMs: number;
  readonly fastOnForMs: number;
  readonly slowOnForMs: number;
  readonly slowRatio: number;
  readonly fastRoadSpeedMps: number;
  readonly spreadM: number;
  readonly passingVehicles: number;
  readonly validityMs: number;
}

const WINDOW_MS = WINDOW_SLICES * SLICE_MS;

/**
 * Slices of the look back for a change: 15 s. The mean over the whole window would take 15 s more to forget what was
 * before, and the new state must hold before it counts.
 */
const CHANGE_SLICES = 3;

/** Slices of the look back for vehicles that pass at speed: 10 s, a little more than a crossing takes. */
const PASSING_SLICES = 2;

/** A cell that was getting slow and hears nothing for this long starts anew. */
const FORGET_ONSET_MS = 60_000;

/** A loop reading stands for its period, and this much longer because the next one takes time to arrive. */
const LOOP_GRACE_MS = 30_000;

/**
 * Decides on one cell at the end of a slice. Congested traffic is slow on average (space mean speed: distance over time
 * of all stations, 30 s; for a change the last 15 s), consists of at least two distinct slow vehicles seen at the same
 * time around the cell, and lets nobody pass at speed:
 *
 * - on a fast road (free flow ≥ 70 km/h): mean ≤ 30 km/h for 10 s;
 * - on another road: mean ≤ 40 % of the free flow for 180 s, so that a red light is no jam.
 *
 * Free flow is what the cell has learned from passing vehicles; before that, the second highest of what the slow ones
 * drove in the two minutes before. Where neither is known, nothing is said. It ends with a mean ≥ 45 km/h for 30 s;
 * silence ends nothing before the validity is over. True where the state has changed.
 */
export function judgeCell(
  cell: Cell,
  cells: ReadonlyMap<number, Cell>,
  closedSlice: number,
  limits: DecisionLimits,
): boolean {
  const atMs = (closedSlice + 1) * SLICE_MS;
  const meanMmps = meanOf(cell, closedSlice, atMs);
  if (meanMmps === undefined) return judgeSilence(cell, atMs, limits);
  cell.meanMmps = meanMmps;
  const next = cell.on
    ? !flowsAgain(cell, closedSlice, atMs, limits)
    : hasBecomeSlow(cell, cells, closedSlice, atMs, limits);
  if (next === cell.on) return false;
  // What was before the change does not belong into the level that is told first.
  if (next) cell.meanMmps = meanOf(cell, closedSlice, atMs, CHANGE_SLICES) ?? meanMmps;
  cell.on = next;
  cell.flowsSinceMs = undefined;
  if (!next) cell.slowSinceMs = undefined;
  return true;
}

function judgeSilence(cell: Cell, atMs: number, limits: DecisionLimits): boolean {
  if (!cell.on) {
    if (atMs - cell.dataAtMs > FORGET_ONSET_MS) cell.slowSinceMs = undefined;
    return false;
  }
  if (atMs - cell.dataAtMs <= limits.validityMs) return false;
  cell.on = false;
  cell.slowSinceMs = undefined;
  cell.flowsSinceMs = undefined;
  return true;
}

/** Space mean speed of the window, mm/s; undefined without data. */
export function meanOf(
  cell: Cell,
  closedSlice: number,
  atMs: number,
  slices = WINDOW_SLICES,
): number | undefined {
  const window = flowOf(cell, closedSlice, slices);
  const loop = freshLoop(cell, atMs);
  const loopPresenceMs = loop === undefined ? 0 : presenceOnCell(loop);
  const presenceMs = window.presenceMs + loopPresenceMs;
  if (presenceMs === 0) return undefined;
  return Math.floor((window.distance + (loop?.meanMmps ?? 0) * loopPresenceMs) / presenceMs);
}

export function freshLoop(cell: Cell, atMs: number): LoopState | undefined {
  const { loop } = cell;
  if (loop === undefined) return undefined;
  return atMs - loop.observedAtMs <= Math.max(loop.periodMs, WINDOW_MS) + LOOP_GRACE_MS ? loop : undefined;
}

/** Time that the vehicles counted by a loop spend on its cell within a window. */
function presenceOnCell(loop: LoopState): number {
  const crossingMs = Math.min(WINDOW_MS, (CELL_M * 1e6) / Math.max(1, loop.meanMmps));
  return Math.round((loop.vehicles * crossingMs * WINDOW_MS) / loop.periodMs);
}

function flowsAgain(cell: Cell, closedSlice: number, atMs: number, limits: DecisionLimits): boolean {
  const meanMmps = meanOf(cell, closedSlice, atMs, CHANGE_SLICES) ?? cell.meanMmps;
  if (meanMmps < limits.offSpeedMps * 1_000) {
    cell.flowsSinceMs = undefined;
    return false;
  }
  cell.flowsSinceMs ??= atMs;
  return atMs - cell.flowsSinceMs >= limits.offForMs;
}

function hasBecomeSlow(
  cell: Cell,
  cells: ReadonlyMap<number, Cell>,
  closedSlice: number,
  atMs: number,
  limits: DecisionLimits,
): boolean {
  const holdMs = requiredHoldMs(cell, cells, closedSlice, atMs, limits);
  if (holdMs === undefined) {
    cell.slowSinceMs = undefined;
    return false;
  }
  cell.slowSinceMs ??= atMs;
  return atMs - cell.slowSinceMs >= holdMs;
}

/** How long the cell must stay as it is now to be congested; undefined where it is not slow. */
function requiredHoldMs(
  cell: Cell,
  cells: ReadonlyMap<number, Cell>,
  closedSlice: number,
  atMs: number,
  limits: DecisionLimits,
): number | undefined {
  const meanMmps = meanOf(cell, closedSlice, atMs, CHANGE_SLICES);
  if (meanMmps === undefined || meanMmps > limits.onSpeedMps * 1_000) return undefined;
  const near = slowNear(cell, cells, closedSlice);
  const freeFlowMmps = learnedFreeFlow(cell) ?? secondTopMmps(near);
  if (freeFlowMmps === undefined) return undefined;
  const fast = freeFlowMmps >= limits.fastRoadSpeedMps * 1_000;
  if (!fast && meanMmps > freeFlowMmps * limits.slowRatio) return undefined;
  if (flowOf(cell, closedSlice, PASSING_SLICES).passing >= limits.passingVehicles) return undefined;
  if (!isSlowLoop(freshLoop(cell, atMs), limits) && !isCrowd(near, cell, limits)) return undefined;
  return fast ? limits.fastOnForMs : limits.slowOnForMs;
}

function isSlowLoop(loop: LoopState | undefined, limits: DecisionLimits): boolean {
  return loop !== undefined && loop.vehicles >= 2 && loop.meanMmps <= limits.onSpeedMps * 1_000;
}

/** Slow visits on the cell and those around it, of the same or the next direction, each station once. */
function slowNear(cell: Cell, cells: ReadonlyMap<number, Cell>, closedSlice: number): readonly SlowVisit[] {
  const byStation = new Map<number, SlowVisit>();
  for (const sector of sectorsAround(cell.sector)) {
    for (let north = -1; north <= 1; north++) {
      for (let east = -1; east <= 1; east++) {
        const other = cells.get(shiftedKey(cell, north, east, sector));
        if (other === undefined) continue;
        for (const visit of slowVisits(other, closedSlice)) joinVisit(byStation, visit);
      }
    }
  }
  return [...byStation.values()];
}

export function sectorsAround(sector: number): readonly number[] {
  if (sector === ANY_SECTOR) return [ANY_SECTOR];
  return [sector, (sector + 1) % SECTORS, (sector + SECTORS - 1) % SECTORS];
}

function joinVisit(byStation: Map<number, SlowVisit>, visit: SlowVisit): void {
  const known = byStation.get(visit.stationId);
  if (known === undefined) byStation.set(visit.stationId, visit);
  else {
    const later = visit.lastSlice >= known.lastSlice ? visit : known;
    byStation.set(visit.stationId, {
      ...later,
      firstSlice: Math.min(visit.firstSlice, known.firstSlice),
      topMmps: Math.max(visit.topMmps, known.topMmps),
    });
  }
}

function secondTopMmps(near: readonly SlowVisit[]): number | undefined {
  const tops = near.map((visit) => visit.topMmps).sort((a, b) => b - a);
  const second = tops[1];
  return second === undefined || second === 0 ? undefined : second;
}

/** At least two vehicles at the same time, and not just two side by side. */
function isCrowd(near: readonly SlowVisit[], cell: Cell, limits: DecisionLimits): boolean {
  if (near.length < 2 || !someTogether(near)) return false;
  return near.length > 2 || spreadM(near, cell) >= limits.spreadM;
}

/**
 * Two slow stations in two common slices. One vehicle that changes its pseudonym on the way is two stations, but never
 * at the same time.
 */
function someTogether(near: readonly SlowVisit[]): boolean {
  return near.some((a, i) =>
    near.some((b, j) => j > i && Math.min(a.lastSlice, b.lastSlice) > Math.max(a.firstSlice, b.firstSlice)),
  );
}

function spreadM(near: readonly SlowVisit[], cell: Cell): number {
  const [first] = near;
  if (first === undefined) return 0;
  const { northM, eastM } = metresPerDegree(first.latitudeDeg);
  let spread = 0;
  for (const visit of near) {
    const north = (visit.latitudeDeg - first.latitudeDeg) * northM;
    const east = longitudeDifferenceDeg(first.longitudeDeg, visit.longitudeDeg) * eastM;
    spread = Math.max(spread, Math.sqrt(north * north + east * east));
  }
  return cell.sector === ANY_SECTOR ? Number.POSITIVE_INFINITY : spread;
}
