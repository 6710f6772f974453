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
import { readWatch, type Watch, writeWatch } from "./silence.ts";

/** Where a station was heard last. */
export interface Visit {
  atMs: number;
  gateway: Watch | undefined;
  /** The two roadside units that heard it last: copies come through both in turn. */
  unit: Watch | undefined;
  other: Watch | undefined;
  stretch: Watch | undefined;
}

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
  readonly visits: Map<number, Visit>;
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
    visits: new Map(),
    sources: new Map(),
    runs: new Map(),
    phase: 0,
    mask: 0,
    refused: 0,
  };
}

/** Watches stand in one list; visits name them by their place in it. */
export function snapshotState(state: BlindState): SnapshotValue {
  const watches = [...state.gateways.values(), ...state.roadside.values(), ...state.stretches.values()];
  const places = new Map(watches.map((watch, i) => [watch, i]));
  const placeOf = (watch: Watch | undefined): number =>
    watch === undefined ? -1 : (places.get(watch) ?? -1);
  return {
    watches: watches.map(writeWatch),
    visits: [...state.visits].map(([stationId, { atMs, gateway, unit, other, stretch }]) => [
      stationId,
      atMs,
      placeOf(gateway),
      placeOf(unit),
      placeOf(other),
      placeOf(stretch),
    ]),
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
  for (const entry of readArray(parts["visits"])) {
    const [stationId, atMs, gateway, unit, other, stretch] = readArray(entry).map((one) =>
      readNumber(one, "visit"),
    );
    state.visits.set(stationId ?? 0, {
      atMs: atMs ?? 0,
      gateway: watches[gateway ?? -1],
      unit: watches[unit ?? -1],
      other: watches[other ?? -1],
      stretch: watches[stretch ?? -1],
    });
  }
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
