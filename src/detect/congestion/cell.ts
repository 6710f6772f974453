import type { RowFields } from "../../domain/snapshot-row.ts";
import type { CellPlace } from "./grid.ts";

/** Event time is cut into slices; the window of a decision is the last six of them, 30 s. */
export const SLICE_MS = 5_000;
export const WINDOW_SLICES = 6;
/** Slices kept: the window, the one being filled and the one that stations ahead of the watermark fill. */
const KEPT_SLICES = 8;

/** Visits from which the learned free flow counts. */
export const FREE_FLOW_VISITS = 5;

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

/** Sums over some slices of a cell; integers, so that the order of arrival does not matter. */
export interface Flow {
  /** Sum of mean speed (mm/s) × presence (ms) of the stations. */
  distance: number;
  presenceMs: number;
  samples: number;
  /** Most stations in one slice. */
  stations: number;
  /** Vehicles that crossed the cell without slowing below the speed at which traffic flows. */
  passing: number;
}

/** Numbers of one slice: its own number, then those of `Flow`, in one flat array per cell. */
const STRIDE = 6;
const DISTANCE = 1;
const PRESENCE = 2;
const SAMPLES = 3;
const STATIONS = 4;
const PASSING = 5;

/** Traffic of one direction on one square of the grid. Times are event times. */
export interface Cell extends CellPlace {
  readonly key: number;
  /** Undefined while nobody is there: most cells are empty most of the time. */
  slices: Float64Array | undefined;
  /** Slow stations of the window, and perhaps older ones; undefined where there are none. */
  slow: Map<number, SlowVisit> | undefined;
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
    slices: undefined,
    slow: undefined,
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

/** Place of a slice in the array, made anew where an old one stood; undefined where a newer one stands there. */
function openSlice(
  cell: Cell,
  slice: number,
): { readonly slices: Float64Array; readonly at: number } | undefined {
  cell.slices ??= new Float64Array(KEPT_SLICES * STRIDE);
  const { slices } = cell;
  const at = (slice % KEPT_SLICES) * STRIDE;
  // A vehicle may be heard again after a minute, and only then be known to have left a cell.
  if ((slices[at] ?? 0) > slice) return undefined;
  if (slices[at] !== slice) {
    slices.fill(0, at, at + STRIDE);
    slices[at] = slice;
  }
  return { slices, at };
}

function add(slices: Float64Array, at: number, value: number): void {
  slices[at] = (slices[at] ?? 0) + value;
}

/** Counts one station's stay of a slice. */
export function addStay(
  cell: Cell,
  slice: number,
  stay: { readonly meanMmps: number; readonly presenceMs: number; readonly samples: number },
): void {
  const open = openSlice(cell, slice);
  if (open === undefined) return;
  const { slices, at } = open;
  add(slices, at + DISTANCE, stay.meanMmps * stay.presenceMs);
  add(slices, at + PRESENCE, stay.presenceMs);
  add(slices, at + SAMPLES, stay.samples);
  add(slices, at + STATIONS, 1);
}

export function addPassing(cell: Cell, slice: number): void {
  const open = openSlice(cell, slice);
  if (open !== undefined) add(open.slices, open.at + PASSING, 1);
}

/** Sums over the last `count` slices up to `lastSlice`. */
export function flowOf(cell: Cell, lastSlice: number, count = WINDOW_SLICES): Flow {
  const flow: Flow = { distance: 0, presenceMs: 0, samples: 0, stations: 0, passing: 0 };
  const { slices } = cell;
  if (slices === undefined) return flow;
  for (let at = 0; at < slices.length; at += STRIDE) {
    const slice = slices[at] ?? 0;
    if (slice > lastSlice || slice <= lastSlice - count) continue;
    flow.distance += slices[at + DISTANCE] ?? 0;
    flow.presenceMs += slices[at + PRESENCE] ?? 0;
    flow.samples += slices[at + SAMPLES] ?? 0;
    flow.stations = Math.max(flow.stations, slices[at + STATIONS] ?? 0);
    flow.passing += slices[at + PASSING] ?? 0;
  }
  return flow;
}

/** The slices that a decision after `closedSlice` may need, one after the other; undefined where there are none. */
export function liveSlices({ slices }: Cell, closedSlice: number): readonly number[] | undefined {
  if (slices === undefined) return undefined;
  const live: number[] = [];
  for (let at = 0; at < slices.length; at += STRIDE) {
    if ((slices[at] ?? 0) <= closedSlice - WINDOW_SLICES) continue;
    for (let i = at; i < at + STRIDE; i++) live.push(slices[i] ?? 0);
  }
  return live.length === 0 ? undefined : live;
}

/** Puts back what `liveSlices` gave. */
export function placeSlices(live: readonly number[]): Float64Array {
  const slices = new Float64Array(KEPT_SLICES * STRIDE);
  for (let at = 0; at < live.length; at += STRIDE) {
    slices.set(live.slice(at, at + STRIDE), ((live[at] ?? 0) % KEPT_SLICES) * STRIDE);
  }
  return slices;
}

/** The slow stations of the window that ends with a slice. */
export function slowVisits(cell: Cell, lastSlice: number): readonly SlowVisit[] {
  if (cell.slow === undefined) return NOBODY;
  return [...cell.slow.values()].filter((visit) => visit.lastSlice > lastSlice - WINDOW_SLICES);
}

const NOBODY: readonly SlowVisit[] = [];

/** Lets go of what no decision after a slice can need. */
export function tidyCell(cell: Cell, closedSlice: number): void {
  const { slices, slow } = cell;
  if (slow !== undefined) {
    for (const [stationId, visit] of slow) {
      if (visit.lastSlice <= closedSlice - WINDOW_SLICES) slow.delete(stationId);
    }
    if (slow.size === 0) cell.slow = undefined;
  }
  if (slices === undefined) return;
  for (let at = 0; at < slices.length; at += STRIDE) {
    if ((slices[at] ?? 0) > closedSlice - WINDOW_SLICES) return;
  }
  cell.slices = undefined;
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
