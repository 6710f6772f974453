import type { Detection } from "../../domain/detection.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import {
  readArray,
  readContent,
  readNumber,
  readObject,
  readString,
  writePlain,
} from "../../domain/snapshot-row.ts";
import { StationRows } from "../station-rows.ts";
import { readWatch, type Watch, writeWatch } from "./silence.ts";

/**
 * Where a station was heard last, 24 B each: receive time in ms modulo 2^32, and the numbers of the watches (0: none): its
 * gateway, the two roadside units that heard it last (copies come through both in turn), and its stretch.
 */
export const Visit = { station: 0, at: 1, gateway: 2, unit: 3, other: 4, stretch: 5 } as const;
const VISIT_WORDS = 6;
const MAX_VISITS = 500_000;

/** A run of silent stretches that was told. */
export interface SilentRun {
  readonly routeIndex: number;
  fromM: number;
  toM: number;
  told: Detection;
}

export interface BlindState {
  /** By name. */
  readonly gateways: Map<string, Watch>;
  readonly roadside: Map<string, Watch>;
  /** By route and 500 m: `routeIndex × 65,536 + number`. */
  readonly stretches: Map<number, Watch>;
  readonly visits: StationRows;
  /** Visits that the present round has not looked at. When one is forgotten shows nowhere, so snapshots leave it out. */
  unswept: number;
  /** Number of the next watch. */
  nextWatch: number;
  /** Silent sources that were told, by `kind:name`. */
  readonly sources: Map<string, Detection>;
  readonly runs: Map<string, SilentRun>;
  /** Stations whose id and phase have none of the mask's bits in their sum are looked at in this second. */
  phase: number;
  mask: number;
  /** Sources, stretches and visits for which there was no room. */
  refused: number;
}

export function emptyState(): BlindState {
  return {
    gateways: new Map(),
    roadside: new Map(),
    stretches: new Map(),
    visits: new StationRows(VISIT_WORDS, MAX_VISITS),
    unswept: 0,
    nextWatch: 1,
    sources: new Map(),
    runs: new Map(),
    phase: 0,
    mask: 0,
    refused: 0,
  };
}

export function snapshotState(state: BlindState): SnapshotValue {
  const watches = [...state.gateways.values(), ...state.roadside.values(), ...state.stretches.values()];
  return {
    watches: watches.map(writeWatch),
    nextWatch: state.nextWatch,
    visits: state.visits.snapshot(),
    sources: [...state.sources].map(([key, told]) => [key, writePlain(told)]),
    runs: [...state.runs].map(([key, { routeIndex, fromM, toM, told }]) => [
      key,
      routeIndex,
      fromM,
      toM,
      writePlain(told),
    ]),
    phase: state.phase,
    mask: state.mask,
    refused: state.refused,
  };
}

/** @throws Error on what `snapshotState` cannot have made. */
export function restoreState(value: SnapshotValue): BlindState {
  const parts = readObject(value);
  const state = emptyState();
  const watches = readArray(parts["watches"]).map(readWatch);
  for (const watch of watches) {
    if (watch.kind === "stretch") state.stretches.set(stretchKey(watch.routeIndex, watch.routeM), watch);
    else (watch.kind === "gateway" ? state.gateways : state.roadside).set(watch.name, watch);
  }
  state.nextWatch = readNumber(parts["nextWatch"], "nextWatch");
  state.visits.restore(parts["visits"]);
  for (const entry of readArray(parts["sources"])) {
    const [key, told] = readArray(entry);
    state.sources.set(readString(key, "source"), readContent<Detection>(told));
  }
  for (const entry of readArray(parts["runs"])) {
    const [key, routeIndex, fromM, toM, told] = readArray(entry);
    state.runs.set(readString(key, "run"), {
      routeIndex: readNumber(routeIndex, "routeIndex"),
      fromM: readNumber(fromM, "fromM"),
      toM: readNumber(toM, "toM"),
      told: readContent<Detection>(told),
    });
  }
  state.phase = readNumber(parts["phase"], "phase");
  state.mask = readNumber(parts["mask"], "mask");
  state.refused = readNumber(parts["refused"], "refused");
  return state;
}

/** Length of a stretch. */
export const STRETCH_M = 500;

/** Routes of up to 32,000 km. */
export function stretchKey(routeIndex: number, routeM: number): number {
  return routeIndex * 65_536 + Math.floor(routeM / STRETCH_M);
}
