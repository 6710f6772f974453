import type { StationLookup } from "../../domain/detector.ts";
import type { Frame } from "../../domain/frame.ts";
import type { MotionReport } from "../../domain/observation.ts";
import type { RowFields } from "../../domain/snapshot-row.ts";
import { addPassing, addStay, type Cell, learnFreeFlow, newCell, SLICE_MS } from "./cell.ts";
import { cellKey, columnOf, fromE7, rowOf, sectorHeadingDeg, sectorOf, toE7 } from "./grid.ts";

/**
 * Where a station is on the grid, and its speeds in the running slice. Kept per station, so that a cell is touched once
 * per station and slice instead of once per report. All numbers that change with a report are small integers, which V8
 * stores in place.
 */
export interface StationVisit {
  readonly stationId: number;
  row: number;
  column: number;
  sector: number;
  slice: number;
  sumMmps: number;
  samples: number;
  /** First and last report of the slice, ms after its beginning. */
  firstMs: number;
  lastMs: number;
  /** Slowest slice since it entered the cell; −1 before the first. */
  slowestMmps: number;
  latitudeE7: number;
  longitudeE7: number;
  headingDeci: number;
  source: string;
  receiver: string;
}

export const STATION_VISIT_FIELDS: RowFields<StationVisit> = {
  stationId: "number",
  row: "number",
  column: "number",
  sector: "number",
  slice: "number",
  sumMmps: "number",
  samples: "number",
  firstMs: "number",
  lastMs: "number",
  slowestMmps: "number",
  latitudeE7: "number",
  longitudeE7: "number",
  headingDeci: "number",
  source: "string",
  receiver: "string",
};

/** Cells by key, and the keys of those that the next decision must look at. */
export interface Grid {
  readonly cells: Map<number, Cell>;
  readonly active: Set<number>;
}

export interface CellLimits {
  readonly onSpeedMps: number;
  readonly offSpeedMps: number;
}

/** Below this speed a reported course is noise and the last one is kept. */
const COURSE_SPEED_MPS = 1.5;

/** A sector is half as wide as this on each side plus a margin, so that a road between two sectors does not flicker. */
const SECTOR_KEEP_DEG = 30;

/** Reports stand for about this much time: the longest interval of CAM. */
const REPORT_MS = 1_000;

/** Bounds memory: cells of a country's motorways and main roads, both directions. */
const MAX_CELLS = 250_000;

/** Undefined where the report cannot be placed. */
export function newVisit(frame: Frame, report: MotionReport, speedMps: number): StationVisit | undefined {
  const { headingDeg } = report;
  if (headingDeg === undefined) return undefined;
  const latitudeE7 = toE7(report.latitudeDeg);
  const longitudeE7 = toE7(report.longitudeDeg);
  const row = rowOf(latitudeE7);
  const slice = Math.floor(frame.observedAtMs / SLICE_MS);
  const ms = Math.floor(frame.observedAtMs) - slice * SLICE_MS;
  return {
    stationId: frame.stationId,
    row,
    column: columnOf(longitudeE7, row),
    sector: sectorOf(headingDeg),
    slice,
    sumMmps: Math.round(speedMps * 1_000),
    samples: 1,
    firstMs: ms,
    lastMs: ms,
    slowestMmps: -1,
    latitudeE7,
    longitudeE7,
    headingDeci: Math.round(headingDeg * 10),
    source: frame.source.name,
    receiver: frame.receiver,
  };
}

/** Takes a report into the visit; what belongs to an earlier cell or slice is handed to its cell first. */
export function takeReport(
  visit: StationVisit,
  frame: Frame,
  report: MotionReport,
  speedMps: number,
  grid: Grid,
  stations: StationLookup,
  limits: CellLimits,
): void {
  const slice = Math.floor(frame.observedAtMs / SLICE_MS);
  const ms = Math.floor(frame.observedAtMs) - slice * SLICE_MS;
  if (slice < visit.slice || (slice === visit.slice && ms <= visit.lastMs)) return;
  const latitudeE7 = toE7(report.latitudeDeg);
  const longitudeE7 = toE7(report.longitudeDeg);
  const row = rowOf(latitudeE7);
  const column = columnOf(longitudeE7, row);
  const sector = sectorNow(visit, report.headingDeg, speedMps);
  const moved = row !== visit.row || column !== visit.column || sector !== visit.sector;
  if (moved || slice !== visit.slice) {
    handToCell(visit, grid, stations, limits);
    if (moved) leaveCell(visit, grid.cells, limits);
    visit.row = row;
    visit.column = column;
    visit.sector = sector;
    visit.slice = slice;
    visit.firstMs = ms;
  }
  visit.sumMmps += Math.round(speedMps * 1_000);
  visit.samples++;
  visit.lastMs = ms;
  visit.source = frame.source.name;
  visit.receiver = frame.receiver;
  visit.latitudeE7 = latitudeE7;
  visit.longitudeE7 = longitudeE7;
  if (speedMps >= COURSE_SPEED_MPS && report.headingDeg !== undefined) {
    visit.headingDeci = Math.round(report.headingDeg * 10);
  }
}

function sectorNow(visit: StationVisit, headingDeg: number | undefined, speedMps: number): number {
  if (headingDeg === undefined || speedMps < COURSE_SPEED_MPS) return visit.sector;
  const offDeg = Math.abs(headingDeg - sectorHeadingDeg(visit.sector));
  return offDeg <= SECTOR_KEEP_DEG || offDeg >= 360 - SECTOR_KEEP_DEG ? visit.sector : sectorOf(headingDeg);
}

/** Adds the visit's running slice to its cell and empties it. */
export function handToCell(
  visit: StationVisit,
  grid: Grid,
  stations: StationLookup,
  limits: CellLimits,
): void {
  if (visit.samples === 0) return;
  const cell = cellOf(visit, grid.cells);
  const meanMmps = Math.floor(visit.sumMmps / visit.samples);
  const presenceMs = Math.min(SLICE_MS, visit.lastMs - visit.firstMs + REPORT_MS);
  const samples = visit.samples;
  visit.sumMmps = 0;
  visit.samples = 0;
  if (cell === undefined) return;
  addStay(cell, visit.slice, { meanMmps, presenceMs, samples });
  cell.source = visit.source;
  cell.receiver = visit.receiver;
  cell.dataAtMs = Math.max(cell.dataAtMs, visit.slice * SLICE_MS + visit.lastMs);
  if (meanMmps <= limits.onSpeedMps * 1_000) {
    noteSlow(cell, visit, stations);
    grid.active.add(cell.key);
  } else cell.slow?.delete(visit.stationId);
  if (visit.slowestMmps < 0 || meanMmps < visit.slowestMmps) visit.slowestMmps = meanMmps;
}

/** A vehicle that was never slow in the cell shows that one can pass, and how fast. */
function leaveCell(visit: StationVisit, cells: Map<number, Cell>, limits: CellLimits): void {
  const { slowestMmps } = visit;
  visit.slowestMmps = -1;
  if (slowestMmps <= limits.onSpeedMps * 1_000) return;
  const cell = cells.get(cellKey(visit.row, visit.column, visit.sector));
  if (cell === undefined) return;
  learnFreeFlow(cell, slowestMmps);
  if (slowestMmps >= limits.offSpeedMps * 1_000) addPassing(cell, visit.slice);
}

function cellOf(visit: StationVisit, cells: Map<number, Cell>): Cell | undefined {
  const key = cellKey(visit.row, visit.column, visit.sector);
  const known = cells.get(key);
  if (known !== undefined || cells.size >= MAX_CELLS) return known;
  const cell = newCell(key, visit);
  cells.set(key, cell);
  return cell;
}

function noteSlow(cell: Cell, visit: StationVisit, stations: StationLookup): void {
  cell.slow ??= new Map();
  const known = cell.slow.get(visit.stationId);
  const topMps = stations.get(visit.stationId)?.recentTopSpeedMps ?? 0;
  cell.slow.set(visit.stationId, {
    stationId: visit.stationId,
    firstSlice: known?.firstSlice ?? visit.slice,
    lastSlice: visit.slice,
    latitudeDeg: fromE7(visit.latitudeE7),
    longitudeDeg: fromE7(visit.longitudeE7),
    headingDeg: visit.headingDeci / 10,
    topMmps: Math.max(known?.topMmps ?? 0, Math.round(topMps * 1_000)),
  });
}
