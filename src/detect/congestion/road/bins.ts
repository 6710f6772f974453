import { UNKNOWN_LEVEL } from "./ladder.ts";

/** Length of a bin of a route: the resolution of Dutch jam services on vehicle data. */
export const BIN_M = 50;
export const BIN_DM = BIN_M * 10;

/** Event time is cut into slices; the window is the last six of eight that are kept, 30 s and what has begun. */
export const SLICE_MS = 5_000;
const KEPT_SLICES = 8;
const WINDOW_SLICES = 6;

/**
 * Traffic of one route per 50 m: how far vehicles drove in each slice of event time, and how long they took. Their ratio
 * is the space mean speed (Edie 1963), in which each vehicle counts by its time. Integers, so that the order of arrival
 * does not matter.
 */
export interface RouteBins {
  readonly count: number;
  readonly distanceMm: Int32Array;
  readonly presenceMs: Int32Array;
  /** Newest slice of each bin. */
  readonly slice: Int32Array;
  /** Event time at which a vehicle last flowed through the bin, s; 0: none has. */
  readonly flowedS: Uint32Array;
  readonly level: Int8Array;
  /** Bins with new data since the last look at the route, each once. */
  readonly changed: number[];
  readonly isChanged: Uint8Array;
}

export function binCount(lengthM: number): number {
  return Math.max(1, Math.ceil(lengthM / BIN_M));
}

export function newBins(lengthM: number): RouteBins {
  const count = binCount(lengthM);
  return {
    count,
    distanceMm: new Int32Array(count * KEPT_SLICES),
    presenceMs: new Int32Array(count * KEPT_SLICES),
    slice: new Int32Array(count),
    flowedS: new Uint32Array(count),
    level: new Int8Array(count).fill(UNKNOWN_LEVEL),
    changed: [],
    isChanged: new Uint8Array(count),
  };
}

/** Adds the stay of one vehicle. A slice that is no longer kept is left out. */
export function addToBin(
  bins: RouteBins,
  bin: number,
  slice: number,
  distanceMm: number,
  presenceMs: number,
): void {
  const newest = bins.slice[bin] ?? 0;
  if (slice <= newest - KEPT_SLICES) return;
  if (slice > newest) {
    clearSlices(bins, bin, Math.max(newest + 1, slice - KEPT_SLICES + 1), slice);
    bins.slice[bin] = slice;
  }
  const at = bin * KEPT_SLICES + (slice % KEPT_SLICES);
  bins.distanceMm[at] = (bins.distanceMm[at] ?? 0) + distanceMm;
  bins.presenceMs[at] = (bins.presenceMs[at] ?? 0) + presenceMs;
  if (bins.isChanged[bin] === 1) return;
  bins.isChanged[bin] = 1;
  bins.changed.push(bin);
}

function clearSlices(bins: RouteBins, bin: number, from: number, to: number): void {
  for (let slice = from; slice <= to; slice++) {
    const at = bin * KEPT_SLICES + (slice % KEPT_SLICES);
    bins.distanceMm[at] = 0;
    bins.presenceMs[at] = 0;
  }
}

/** Space mean speed of some bins over the window that ends with a slice, mm/s; −1 without data. */
export function meanMmps(bins: RouteBins, fromBin: number, toBin: number, slice: number): number {
  let distance = 0;
  let presence = 0;
  for (let bin = Math.max(0, fromBin); bin <= Math.min(bins.count - 1, toBin); bin++) {
    const newest = bins.slice[bin] ?? 0;
    const from = Math.max(slice - WINDOW_SLICES, newest - KEPT_SLICES + 1);
    for (let one = from; one <= newest; one++) {
      distance += bins.distanceMm[bin * KEPT_SLICES + (one % KEPT_SLICES)] ?? 0;
      presence += bins.presenceMs[bin * KEPT_SLICES + (one % KEPT_SLICES)] ?? 0;
    }
  }
  return presence === 0 ? -1 : Math.floor((distance * 1_000) / presence);
}

/** Notes that a vehicle has flowed through a bin. */
export function noteFlow(bins: RouteBins, bin: number, atMs: number): void {
  const atS = Math.floor(atMs / 1_000);
  if (atS > (bins.flowedS[bin] ?? 0)) bins.flowedS[bin] = atS;
}

/** A vehicle has flowed through one of two bins at or after a time. */
export function hasFlowed(bins: RouteBins, bin: number, sinceMs: number): boolean {
  const sinceS = sinceMs / 1_000;
  return (bins.flowedS[bin] ?? 0) >= sinceS || (bins.flowedS[bin + 1] ?? 0) >= sinceS;
}

/** The bins that hold something, as rows: bin, newest slice, level, flow, then distance and presence of each slice kept. */
export function writeBins(bins: RouteBins): number[][] {
  const rows: number[][] = [];
  for (let bin = 0; bin < bins.count; bin++) {
    const slice = bins.slice[bin] ?? 0;
    if (slice === 0) continue;
    const from = bin * KEPT_SLICES;
    rows.push([
      bin,
      slice,
      bins.level[bin] ?? UNKNOWN_LEVEL,
      bins.flowedS[bin] ?? 0,
      ...bins.distanceMm.subarray(from, from + KEPT_SLICES),
      ...bins.presenceMs.subarray(from, from + KEPT_SLICES),
    ]);
  }
  return rows;
}

const HEAD = 4;

/** Puts back one row of `writeBins`. */
export function placeBin(bins: RouteBins, row: readonly number[]): void {
  const [bin = 0, slice = 0, level = UNKNOWN_LEVEL, flowedS = 0] = row;
  bins.slice[bin] = slice;
  bins.flowedS[bin] = flowedS;
  bins.level[bin] = level;
  for (let i = 0; i < KEPT_SLICES; i++) {
    bins.distanceMm[bin * KEPT_SLICES + i] = row[HEAD + i] ?? 0;
    bins.presenceMs[bin * KEPT_SLICES + i] = row[HEAD + KEPT_SLICES + i] ?? 0;
  }
}
