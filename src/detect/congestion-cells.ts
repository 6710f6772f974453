import type { Detection } from "../domain/detection.ts";
import type { DetectionContext, Detector, Emit, TrafficLookup } from "../domain/detector.ts";
import type { Frame } from "../domain/frame.ts";
import type { StationType } from "../domain/station.ts";
import { areaConfidence, areaContent, followLevel, viewArea } from "./congestion/area-content.ts";
import { type Area, type EndedArea, regroup } from "./congestion/areas.ts";
import { type Cell, FREE_FLOW_VISITS, SLICE_MS, tidyCell } from "./congestion/cell.ts";
import { freshLoop, judgeCell, sectorsAround } from "./congestion/decision.ts";
import { cellKey, columnOf, rowOf, sectorOf, toE7 } from "./congestion/grid.ts";
import { takeLoop } from "./congestion/loop.ts";
import { spotOfSensor } from "./congestion/road/sensors.ts";
import {
  type Closing,
  type CongestionState,
  emptyState,
  restoreState,
  snapshotState,
} from "./congestion/state.ts";
import { beginVisit, handToCell, takeReport, Visit } from "./congestion/station-visit.ts";
import { type ValuesOf, valuesOf } from "./parameter.ts";
import { CONGESTION_CELLS } from "./parameters.ts";

export type CongestionParameters = ValuesOf<typeof CONGESTION_CELLS>;

const NAME = "congestion-cells";

/** Stations unheard for this long (60 s) leave the grid; cells without data, and what they learned, after six hours. */
const FORGET_VISIT_SLICES = 12;
const FORGET_CELL_MS = 6 * 3_600_000;

/**
 * Stations that hand in a slice in one tick: 2 ms. All 220,000 at once took 44 ms, in which nothing else was detected
 * (measured). With more than these the decision comes some ticks later, at the latest after 2 s.
 */
const LEAST_CLOSED_PER_TICK = 10_000;
const MOST_CLOSING_TICKS = 40;

/** Every fifth minute all cells are looked at, to forget. */
const SWEEP_SLICES = 60;

/**
 * Beyond this many cells (60 % of the bound, where new places would no longer be watched) they are looked at every half
 * minute: what has learned nothing goes after a minute without data, the rest after ten.
 */
const CROWDED_CELLS = 150_000;
const CROWDED_SWEEP_SLICES = 6;
const CROWDED_FORGET_UNLEARNED_MS = 60_000;
const CROWDED_FORGET_MS = 10 * 60_000;

/** Nobody can have been seen to flow again in an area without data for this long. */
const SILENT_MS = 60_000;

/** An unchanged congestion renews its validity this often. */
const EXTEND_EVERY_MS = 15_000;

const NO_TRAFFIC: ReadonlySet<StationType> = new Set([
  "pedestrian",
  "cyclist",
  "moped",
  "motorcycle",
  "light-vru-vehicle",
  "animal",
  "tram",
  "infrastructure",
]);

/**
 * Congestion without a map: mean speeds on cells of about 223 m and eight headings, 30 s of event time up to the
 * watermark, decided every 5 s (see `judgeCell`). Congested cells of compatible headings that touch are one congestion
 * with one key for life. Reports that are late or whose clock was replaced stay out. Two-wheelers stay out because
 * they pass between the lanes.
 */
export function congestionCells(
  parameters: CongestionParameters = valuesOf(CONGESTION_CELLS),
): Detector<CongestionState> {
  return {
    name: NAME,
    snapshotVersion: 3,
    restartsEmpty: true,
    init: emptyState,
    prefetch: ({ visits }, frames) => visits.prefetch(frames),
    onItem: (state, frame, context) => onItem(state, frame, context, parameters),
    onTick: (state, tickMs, context, emit) => onTick(state, tickMs, context, emit, parameters),
    provides: (state) => ({ traffic: trafficOf(state) }),
    refused: ({ visits }) => visits.refused,
    snapshot: snapshotState,
    restore: restoreState,
  };
}

function onItem(
  state: CongestionState,
  frame: Frame,
  context: DetectionContext,
  parameters: CongestionParameters,
): void {
  const report = frame.observation;
  if (frame.clockReplaced) return;
  if (report.kind === "sensor") {
    if (context.roads === undefined || spotOfSensor(context.roads, report) === undefined) {
      takeLoop(state, frame, report);
    }
    return;
  }
  if (report.kind !== "motion" || frame.late || NO_TRAFFIC.has(report.stationType)) return;
  const { speedMps } = report;
  if (speedMps === undefined) return;
  // On a mapped road the congestion of roads tells of it.
  if (context.roads !== undefined && context.stations.get(frame.stationId)?.road !== undefined) return;
  const at = state.visits.find(frame.stationId | 0);
  if (at >= 0) takeReport(state, at, frame, report, speedMps, context, parameters);
  else beginVisit(state, frame, report, speedMps);
}

function onTick(
  state: CongestionState,
  tickMs: number,
  context: DetectionContext,
  emit: Emit,
  parameters: CongestionParameters,
): void {
  const closedSlice = Math.floor(context.watermarkMs / SLICE_MS) - 1;
  if (closedSlice > state.closedSlice) beginClosing(state, closedSlice);
  if (state.closing === undefined) return;
  closeSome(state, state.closing, context, parameters);
  if (state.closing.stationIds.length > 0) return;
  const { slice } = state.closing;
  state.closing = undefined;
  decide(state, slice, tickMs, emit, parameters);
}

function beginClosing(state: CongestionState, closedSlice: number): void {
  state.closedSlice = closedSlice;
  const { visits } = state;
  const idOf = (row: number): number => visits.words[visits.rowAt(row)] as number;
  const stationIds = Array.from({ length: visits.size }, (_, i) => idOf(visits.size - 1 - i));
  const perTick = Math.max(LEAST_CLOSED_PER_TICK, Math.ceil(stationIds.length / MOST_CLOSING_TICKS));
  state.closing = { slice: closedSlice, stationIds, perTick };
}

/** Stations hand in what they have done in the slice, and those unheard for long are forgotten. */
function closeSome(
  state: CongestionState,
  { slice, stationIds, perTick }: Closing,
  context: DetectionContext,
  parameters: CongestionParameters,
): void {
  const { visits } = state;
  for (let count = 0; count < perTick; count++) {
    const stationId = stationIds.pop();
    if (stationId === undefined) return;
    const at = visits.find(stationId);
    if (at < 0) continue;
    const last = visits.words[at + Visit.slice] as number;
    if (last <= slice) handToCell(state, at, context, parameters);
    if (last < slice - FORGET_VISIT_SLICES) visits.removeAt(at);
  }
}

function decide(
  state: CongestionState,
  closedSlice: number,
  tickMs: number,
  emit: Emit,
  parameters: CongestionParameters,
): void {
  const { congested, changed } = judgeCells(state, closedSlice, parameters);
  const ended = changed ? regroup(state.areas, congested, tickMs) : [];
  for (const end of ended) tellEnd(end, tickMs, emit);
  for (const area of state.areas.values()) judgeArea(area, state, closedSlice, tickMs, emit, parameters);
}

/** Looks at the cells where something may be wrong; the others cost nothing. */
function judgeCells(
  state: CongestionState,
  closedSlice: number,
  parameters: CongestionParameters,
): { congested: ReadonlyMap<number, Cell>; changed: boolean } {
  const congested = new Map<number, Cell>();
  let changed = false;
  for (const key of state.active) {
    const cell = state.cells.get(key);
    if (cell === undefined) continue;
    if (judgeCell(cell, state.cells, closedSlice, parameters)) changed = true;
    if (cell.on) congested.set(key, cell);
  }
  for (const key of state.active) {
    const cell = state.cells.get(key);
    if (cell === undefined || !staysActive(cell, closedSlice)) state.active.delete(key);
  }
  const isCrowded = state.cells.size > CROWDED_CELLS;
  if (closedSlice % (isCrowded ? CROWDED_SWEEP_SLICES : SWEEP_SLICES) === 0) {
    sweepCells(state, closedSlice, isCrowded);
  }
  return { congested, changed };
}

/** After all were judged, because cells look at their neighbours. */
function staysActive(cell: Cell, closedSlice: number): boolean {
  tidyCell(cell, closedSlice);
  if (cell.on || cell.slow !== undefined) return true;
  if (freshLoop(cell, (closedSlice + 1) * SLICE_MS) !== undefined) return true;
  cell.slowSinceMs = undefined;
  return false;
}

function sweepCells({ cells, active }: CongestionState, closedSlice: number, isCrowded: boolean): void {
  const endMs = (closedSlice + 1) * SLICE_MS;
  for (const cell of cells.values()) {
    if (active.has(cell.key)) continue;
    tidyCell(cell, closedSlice);
    if (endMs - cell.dataAtMs > rememberedForMs(cell, isCrowded)) cells.delete(cell.key);
  }
}

function rememberedForMs(cell: Cell, isCrowded: boolean): number {
  if (!isCrowded) return FORGET_CELL_MS;
  return cell.freeFlowVisits < FREE_FLOW_VISITS ? CROWDED_FORGET_UNLEARNED_MS : CROWDED_FORGET_MS;
}

/** Tells what there is to tell about an area at the end of a slice. */
function judgeArea(
  area: Area,
  state: CongestionState,
  closedSlice: number,
  tickMs: number,
  emit: Emit,
  parameters: CongestionParameters,
): void {
  const endMs = (closedSlice + 1) * SLICE_MS;
  const view = viewArea(area, state.cells, closedSlice, endMs);
  const newestMs = Math.max(...view.cells.map(({ dataAtMs }) => dataAtMs));
  if (newestMs > area.newestMs) {
    area.newestMs = newestMs;
    area.dataAtMs = tickMs;
  }
  if (view.meanMmps !== undefined) followLevel(area, view.meanMmps, endMs, parameters);
  const confidencePct = areaConfidence(view, tickMs - area.dataAtMs);
  const phase = phaseOf(area, tickMs, parameters);
  if (phase === undefined) return;
  const content = areaContent(area, view, confidencePct, parameters);
  area.told = { ...content, detector: NAME, key: area.key, phase, decidedAtMs: tickMs };
  area.toldAtMs = tickMs;
  area.toldLevel = area.level;
  area.toldCells = area.cells;
  emit(area.told);
}

function phaseOf(
  area: Area,
  tickMs: number,
  parameters: CongestionParameters,
): Detection["phase"] | undefined {
  if (area.told === undefined) return "start";
  const sinceToldMs = tickMs - area.toldAtMs;
  const changed = area.level !== area.toldLevel || !sameCells(area.cells, area.toldCells);
  if (changed) return sinceToldMs >= parameters.updateEveryMs ? "update" : undefined;
  return sinceToldMs >= EXTEND_EVERY_MS ? "extend" : undefined;
}

function sameCells(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i]);
}

/** The end of an area as far as anybody was told of it. An area that fell silent is left to expire. */
function tellEnd({ area, into }: EndedArea, tickMs: number, emit: Emit): void {
  if (area.told === undefined || (into === undefined && tickMs - area.dataAtMs > SILENT_MS)) return;
  const { measures } = area.told.why;
  const why =
    into === undefined
      ? { rule: "congestion-cells/flows-again", text: "Traffic flows again.", measures }
      : { rule: "congestion-cells/merged", text: "Has become part of an older congestion.", measures };
  emit({ ...area.told, why, phase: "end", decidedAtMs: tickMs });
}

/** Traffic as of the last tick. */
export function trafficOf({ cells }: CongestionState): TrafficLookup {
  return {
    isCongested(place, headingDeg) {
      const row = rowOf(toE7(place.latitudeDeg));
      const column = columnOf(toE7(place.longitudeDeg), row);
      return sectorsAround(sectorOf(headingDeg)).some(
        (sector) => cells.get(cellKey(row, column, sector))?.on === true,
      );
    },
  };
}
