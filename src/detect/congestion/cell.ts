import type { RowFields } from "../../domain/snapshot-row.ts";
import type { CellPlace } from "./grid.ts";

/** Event time is cut into slices; the window of a decision is the last six of them, 30 s. */
export const SLICE_MS = 5_000;
export const WINDOW_SLICES = 6;
/** Slices kept: the window, the one being filled and the one that stations ahead of the watermark fill. */
const KEPT_SLICES = 8;

/** Visits from which the learned free flow counts. */
const FREE_FLOW_VISITS = 5;

/** A station that was slow in a cell. */
export interface SlowVisit {
  readonly stationId: number;
  readonly firstSlice: number;
  readonly lastSlice: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly headingDeg: number;
  /** Highest speed of the last two minutes, as often as the station was looked at. */
  readonly topMmps: number;
}

export const SLOW_VISIT_FIELDS: RowFields<SlowVisit> = {
  stationId: "number",
  firstSlice: "number",
  lastSlice: "number",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number",
  topMmps: "number",
};

/** Last reading of a loop, all lanes together. */
export interface LoopState {
  readonly observedAtMs: number;
  readonly periodMs: number;
  readonly meanMmps: number;
  readonly vehicles: number;
}

export const LOOP_FIELDS: RowFields<LoopState> = {
  observedAtMs: "number",
  periodMs: "number",
  meanMmps: "number",
  vehicles: "number",
};

/** What one slice of one cell holds; integers, so that the order of arrival does not matter. */
export interface Slice {
  slice: number;
  /** Sum of mean speed (mm/s) × presence (ms) of the stations. */
  distance: number;
  presenceMs: number;
  samples: number;
  stations: number;
  /** Vehicles that crossed the cell without slowing below the speed at which traffic flows. */
  passing: number;
}

export const SLICE_FIELDS: RowFields<Slice> = {
  slice: "number",
  distance: "number",
  presenceMs: "number",
  samples: "number",
  stations: "number",
  passing: "number",
};

/** Traffic of one direction on one square of the grid. Times are event times. */
export interface Cell extends CellPlace {
  readonly key: number;
  readonly slices: Slice[];
  readonly slow: Map<number, SlowVisit>;
  loop: LoopState | undefined;
  freeFlowMmps: number;
  freeFlowVisits: number;
  /** Mean speed of the last window that had data. */
  meanMmps: number;
  dataAtMs: number;
  /** Who reported last, and through which receiver. */
  source: string;
  receiver: string;
  on: boolean;
  slowSinceMs: number | undefined;
  flowsSinceMs: number | undefined;
}

/** The flat part of a cell. */
export type CellRow = Omit<Cell, "slices" | "slow" | "loop">;

export const CELL_FIELDS: RowFields<CellRow> = {
  key: "number",
  row: "number",
  column: "number",
  sector: "number",
  freeFlowMmps: "number",
  freeFlowVisits: "number",
  meanMmps: "number",
  dataAtMs: "number",
  source: "string",
  receiver: "string",
  on: "boolean",
  slowSinceMs: "number?",
  flowsSinceMs: "number?",
};

export function newCell(key: number, place: CellPlace): Cell {
  return {
    key,
    row: place.row,
    column: place.column,
    sector: place.sector,
    slices: [],
    slow: new Map(),
    loop: undefined,
    freeFlowMmps: 0,
    freeFlowVisits: 0,
    meanMmps: 0,
    dataAtMs: 0,
    source: "",
    receiver: "",
    on: false,
    slowSinceMs: undefined,
    flowsSinceMs: undefined,
  };
}

function emptySlice(slice: number): Slice {
  return { slice, distance: 0, presenceMs: 0, samples: 0, stations: 0, passing: 0 };
}

/** The slice of this number, made anew in the place of one that has left the window. */
export function sliceOf(cell: Cell, slice: number): Slice {
  const index = slice % KEPT_SLICES;
  while (cell.slices.length <= index) cell.slices.push(emptySlice(-1));
  const kept = cell.slices[index];
  if (kept?.slice === slice) return kept;
  const fresh = emptySlice(slice);
  cell.slices[index] = fresh;
  return fresh;
}

/** Sums over the last `slices` slices up to `lastSlice`; of stations the most in one slice. */
export function windowOf(cell: Cell, lastSlice: number, slices = WINDOW_SLICES): Slice {
  const sum = emptySlice(lastSlice);
  for (const slice of cell.slices) {
    if (slice.slice > lastSlice || slice.slice <= lastSlice - slices) continue;
    sum.distance += slice.distance;
    sum.presenceMs += slice.presenceMs;
    sum.samples += slice.samples;
    sum.stations = Math.max(sum.stations, slice.stations);
    sum.passing += slice.passing;
  }
  return sum;
}

/**
 * Learns the free flow from vehicles that pass: an upper quantile, which follows the fast quickly and the slow slowly.
 * Congested cells learn nothing.
 */
export function learnFreeFlow(cell: Cell, meanMmps: number, vehicles = 1): void {
  if (cell.on) return;
  cell.freeFlowVisits = Math.min(FREE_FLOW_VISITS, cell.freeFlowVisits + vehicles);
  const difference = meanMmps - cell.freeFlowMmps;
  if (cell.freeFlowMmps === 0) cell.freeFlowMmps = meanMmps;
  else cell.freeFlowMmps += Math.trunc(difference / (difference > 0 ? 4 : 64));
}

/** Undefined until enough vehicles have passed. */
export function learnedFreeFlow(cell: Cell): number | undefined {
  return cell.freeFlowVisits >= FREE_FLOW_VISITS ? cell.freeFlowMmps : undefined;
}
