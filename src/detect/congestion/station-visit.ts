import type { DetectionContext } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { MotionReport } from "../../domain/observation.ts";
import type { StationRows } from "../station-rows.ts";
import { standsBeside } from "../stationary-place.ts";
import { addPassing, addStay, type Cell, learnFreeFlow, newCell, SLICE_MS } from "./cell.ts";
import { cellKey, columnOf, fromE7, rowOf, sectorHeadingDeg, sectorOf, toE7 } from "./grid.ts";
import type { NameNumbers } from "./name-numbers.ts";

/**
 * Where a station is on the grid, and its speeds in the running slice. Kept per station, so that a cell is touched once
 * per station and slice instead of once per report. 15 words, one line of the cache.
 */
export const Visit = {
  station: 0,
  row: 1,
  column: 2,
  sector: 3,
  slice: 4,
  sumMmps: 5,
  samples: 6,
  /** First and last report of the slice, ms after its beginning. */
  firstMs: 7,
  lastMs: 8,
  /** Slowest slice since it entered the cell; −1 before the first. */
  slowestMmps: 9,
  latitudeE7: 10,
  longitudeE7: 11,
  headingDeci: 12,
  /** Numbers of names. */
  source: 13,
  receiver: 14,
} as const;
export const VISIT_WORDS = 16;

/** Cells by key, and the keys of those that the next decision must look at. */
export interface Grid {
  readonly visits: StationRows;
  /** Of sources and receivers. */
  readonly names: NameNumbers;
  readonly cells: Map<number, Cell>;
  readonly active: Set<number>;
}

export interface CellLimits {
  readonly onSpeedMps: number;
  readonly offSpeedMps: number;
  readonly besideWithinM: number;
}

/** What is known of stations and of the map. */
type World = Pick<DetectionContext, "stations" | "roads">;

/** Below this speed a reported course is noise and the last one is kept. */
const COURSE_SPEED_MPS = 1.5;

/** A sector is half as wide as this on each side plus a margin, so that a road between two sectors does not flicker. */
const SECTOR_KEEP_DEG = 30;

/** Reports stand for about this much time: the longest interval of CAM. */
const REPORT_MS = 1_000;

/** Bounds memory: cells of a country's motorways and main roads, both directions. */
const MAX_CELLS = 250_000;

/** Begins a visit; does nothing where the report cannot be placed or there is no room. */
export function beginVisit(grid: Grid, frame: Frame, report: MotionReport, speedMps: number): void {
  const { headingDeg } = report;
  if (headingDeg === undefined) return;
  const at = grid.visits.add(frame.stationId);
  if (at < 0) return;
  const { words } = grid.visits;
  const latitudeE7 = toE7(report.latitudeDeg);
  const row = rowOf(latitudeE7);
  const slice = Math.floor(frame.observedAtMs / SLICE_MS);
  words[at + Visit.row] = row;
  words[at + Visit.column] = columnOf(toE7(report.longitudeDeg), row);
  words[at + Visit.sector] = sectorOf(headingDeg);
  words[at + Visit.slice] = slice;
  words[at + Visit.firstMs] = Math.floor(frame.observedAtMs) - slice * SLICE_MS;
  words[at + Visit.slowestMmps] = -1;
  words[at + Visit.headingDeci] = Math.round(headingDeg * 10);
  note(grid, at, frame, report, speedMps, words[at + Visit.firstMs] as number);
}

/** Takes a report into the visit; what belongs to an earlier cell or slice is handed to its cell first. */
export function takeReport(
  grid: Grid,
  at: number,
  frame: Frame,
  report: MotionReport,
  speedMps: number,
  world: World,
  limits: CellLimits,
): void {
  const { words } = grid.visits;
  const slice = Math.floor(frame.observedAtMs / SLICE_MS);
  const ms = Math.floor(frame.observedAtMs) - slice * SLICE_MS;
  const sliceBefore = words[at + Visit.slice] as number;
  if (slice < sliceBefore || (slice === sliceBefore && ms <= (words[at + Visit.lastMs] as number))) return;
  const row = rowOf(toE7(report.latitudeDeg));
  const column = columnOf(toE7(report.longitudeDeg), row);
  const sector = sectorNow(words[at + Visit.sector] as number, report.headingDeg, speedMps);
  const moved =
    row !== words[at + Visit.row] ||
    column !== words[at + Visit.column] ||
    sector !== words[at + Visit.sector];
  if (moved || slice !== sliceBefore) {
    handToCell(grid, at, world, limits);
    if (moved) leaveCell(grid, at, limits);
    words[at + Visit.row] = row;
    words[at + Visit.column] = column;
    words[at + Visit.sector] = sector;
    words[at + Visit.slice] = slice;
    words[at + Visit.firstMs] = ms;
  }
  note(grid, at, frame, report, speedMps, ms);
  if (speedMps >= COURSE_SPEED_MPS && report.headingDeg !== undefined) {
    words[at + Visit.headingDeci] = Math.round(report.headingDeg * 10);
  }
}

function note(
  { visits: { words }, names }: Grid,
  at: number,
  frame: Frame,
  report: MotionReport,
  speedMps: number,
  ms: number,
): void {
  words[at + Visit.sumMmps] = (words[at + Visit.sumMmps] as number) + Math.round(speedMps * 1_000);
  words[at + Visit.samples] = (words[at + Visit.samples] as number) + 1;
  words[at + Visit.lastMs] = ms;
  words[at + Visit.source] = names.numberOf(frame.source.name);
  words[at + Visit.receiver] = names.numberOf(frame.receiver);
  words[at + Visit.latitudeE7] = toE7(report.latitudeDeg);
  words[at + Visit.longitudeE7] = toE7(report.longitudeDeg);
}

function sectorNow(before: number, headingDeg: number | undefined, speedMps: number): number {
  if (headingDeg === undefined || speedMps < COURSE_SPEED_MPS) return before;
  const offDeg = Math.abs(headingDeg - sectorHeadingDeg(before));
  return offDeg <= SECTOR_KEEP_DEG || offDeg >= 360 - SECTOR_KEEP_DEG ? before : sectorOf(headingDeg);
}

/** Adds the visit's running slice to its cell and empties it. */
export function handToCell(grid: Grid, at: number, world: World, limits: CellLimits): void {
  const { words } = grid.visits;
  const samples = words[at + Visit.samples] as number;
  if (samples === 0) return;
  const cell = cellOf(grid, at);
  const meanMmps = Math.floor((words[at + Visit.sumMmps] as number) / samples);
  const lastMs = words[at + Visit.lastMs] as number;
  const presenceMs = Math.min(SLICE_MS, lastMs - (words[at + Visit.firstMs] as number) + REPORT_MS);
  words[at + Visit.sumMmps] = 0;
  words[at + Visit.samples] = 0;
  if (cell === undefined) return;
  const slice = words[at + Visit.slice] as number;
  addStay(cell, slice, { meanMmps, presenceMs, samples });
  cell.source = grid.names.nameOf(words[at + Visit.source] as number);
  cell.receiver = grid.names.nameOf(words[at + Visit.receiver] as number);
  cell.dataAtMs = Math.max(cell.dataAtMs, slice * SLICE_MS + lastMs);
  if (meanMmps <= limits.onSpeedMps * 1_000) {
    noteSlow(grid, cell, at, world, limits);
  } else cell.slow?.delete((words[at] as number) >>> 0);
  const slowestMmps = words[at + Visit.slowestMmps] as number;
  if (slowestMmps < 0 || meanMmps < slowestMmps) words[at + Visit.slowestMmps] = meanMmps;
}

/** A vehicle that was never slow in the cell shows that one can pass, and how fast. */
function leaveCell({ visits: { words }, cells }: Grid, at: number, limits: CellLimits): void {
  const slowestMmps = words[at + Visit.slowestMmps] as number;
  words[at + Visit.slowestMmps] = -1;
  if (slowestMmps <= limits.onSpeedMps * 1_000) return;
  const cell = cells.get(keyOf(words, at));
  if (cell === undefined) return;
  learnFreeFlow(cell, slowestMmps);
  if (slowestMmps >= limits.offSpeedMps * 1_000) addPassing(cell, words[at + Visit.slice] as number);
}

function keyOf(words: Int32Array, at: number): number {
  return cellKey(
    words[at + Visit.row] as number,
    words[at + Visit.column] as number,
    words[at + Visit.sector] as number,
  );
}

function cellOf({ visits: { words }, cells }: Grid, at: number): Cell | undefined {
  const key = keyOf(words, at);
  const known = cells.get(key);
  if (known !== undefined || cells.size >= MAX_CELLS) return known;
  const cell = newCell(key, {
    row: words[at + Visit.row] as number,
    column: words[at + Visit.column] as number,
    sector: words[at + Visit.sector] as number,
  });
  cells.set(key, cell);
  return cell;
}

/** Who is slow beside a road of the map, and not on it, is on a car park or in a rest area that the map does not know. */
function noteSlow(
  { visits: { words }, active }: Grid,
  cell: Cell,
  at: number,
  { stations, roads }: World,
  { besideWithinM }: CellLimits,
): void {
  const latitudeDeg = fromE7(words[at + Visit.latitudeE7] as number);
  const longitudeDeg = fromE7(words[at + Visit.longitudeE7] as number);
  const headingDeg = (words[at + Visit.headingDeci] as number) / 10;
  if (roads !== undefined && standsBeside({ latitudeDeg, longitudeDeg }, headingDeg, roads, besideWithinM))
    return;
  active.add(cell.key);
  cell.slow ??= new Map();
  const stationId = (words[at] as number) >>> 0;
  const slice = words[at + Visit.slice] as number;
  const known = cell.slow.get(stationId);
  const topMps = stations.get(stationId)?.recentTopSpeedMps ?? 0;
  cell.slow.set(stationId, {
    stationId,
    firstSlice: known?.firstSlice ?? slice,
    lastSlice: slice,
    latitudeDeg,
    longitudeDeg,
    headingDeg,
    topMmps: Math.max(known?.topMmps ?? 0, Math.round(topMps * 1_000)),
  });
}
