import { SIGNAL_PHASES } from "../../domain/observation.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import {
  type RowFields,
  readArray,
  readNumber,
  readObject,
  readRow,
  readString,
  writeRow,
} from "../../domain/snapshot-row.ts";
import {
  type Approach,
  approach,
  type GroupPhase,
  type Intersection,
  indexApproaches,
} from "./intersection.ts";

/** A vehicle before a stop line. */
export interface Watch {
  readonly stationId: number;
  readonly intersection: string;
  readonly laneId: number;
  /** Way to the line at the last report, m; negative beyond. */
  beforeM: number;
  observedAtMs: number;
  receivedAtMs: number;
  speedMps: number;
  /** Reports in a row that say that it cannot stop. */
  cannotStop: number;
  neededMps2: number;
  /** When it passed the line on red; 0 while it has not. */
  passedAtMs: number;
  passedSpeedMps: number;
  redForMs: number;
  told: "" | "predicted" | "passed";
}

export const WATCH_FIELDS: RowFields<Watch> = {
  stationId: "number",
  intersection: "string",
  laneId: "number",
  beforeM: "number",
  observedAtMs: "number",
  receivedAtMs: "number",
  speedMps: "number",
  cannotStop: "number",
  neededMps2: "number",
  passedAtMs: "number",
  passedSpeedMps: "number",
  redForMs: "number",
  told: "string",
};

export interface SignalsState {
  readonly intersections: Map<string, Intersection>;
  /** Lanes by cell, made from the intersections. */
  index: ReadonlyMap<number, readonly Approach[]>;
  readonly watches: Map<number, Watch>;
  /** Receive time of the last tick. */
  nowMs: number;
}

export function emptyState(): SignalsState {
  return { intersections: new Map(), index: new Map(), watches: new Map(), nowMs: 0 };
}

export function snapshotState({ intersections, watches, nowMs }: SignalsState): SnapshotValue {
  return {
    intersections: [...intersections.values()].map(writeIntersection),
    watches: [...watches.values()].map((watch) => writeRow(WATCH_FIELDS, watch)),
    nowMs,
  };
}

function writeIntersection(one: Intersection): SnapshotValue {
  return [
    one.id,
    one.revision,
    one.phaseRevision,
    one.phasesAtMs,
    one.phasesReceivedAtMs,
    one.isRegular ? 1 : 0,
    one.heardAtMs,
    one.approaches.map(({ laneId, stop, headingDeg, groups }) => [
      laneId,
      stop.latitudeDeg,
      stop.longitudeDeg,
      headingDeg,
      [...groups],
    ]),
    [...one.phases].map(([group, { state, sinceMs, minEndAtMs }]) => [
      group,
      SIGNAL_PHASES.indexOf(state),
      sinceMs,
      minEndAtMs ?? null,
    ]),
  ];
}

/** @throws Error on what `snapshotState` cannot have made. */
export function restoreState(value: SnapshotValue): SignalsState {
  const parts = readObject(value);
  const intersections = readArray(parts["intersections"]).map(readIntersection);
  const watches = readArray(parts["watches"]).map((row) => readRow<Watch>(WATCH_FIELDS, row));
  return {
    intersections: new Map(intersections.map((one) => [one.id, one])),
    index: indexApproaches(intersections),
    watches: new Map(watches.map((watch) => [watch.stationId | 0, watch])),
    nowMs: readNumber(parts["nowMs"], "nowMs"),
  };
}

function readIntersection(value: SnapshotValue): Intersection {
  const row = readArray(value);
  const number = (i: number): number => readNumber(row[i], `intersection[${i}]`);
  const id = readString(row[0], "intersection");
  return {
    id,
    revision: number(1),
    phaseRevision: number(2),
    phasesAtMs: number(3),
    phasesReceivedAtMs: number(4),
    isRegular: number(5) === 1,
    heardAtMs: number(6),
    approaches: readArray(row[7]).map((entry) => readApproach(id, entry)),
    phases: new Map(readArray(row[8]).map(readPhase)),
  };
}

function readApproach(intersection: string, value: SnapshotValue): Approach {
  const [laneId, latitudeDeg, longitudeDeg, headingDeg, groups] = readArray(value);
  const stop = {
    latitudeDeg: readNumber(latitudeDeg, "latitudeDeg"),
    longitudeDeg: readNumber(longitudeDeg, "longitudeDeg"),
  };
  const numbers = readArray(groups).map((group) => readNumber(group, "signalGroup"));
  return approach(
    intersection,
    readNumber(laneId, "laneId"),
    stop,
    readNumber(headingDeg, "headingDeg"),
    numbers,
  );
}

function readPhase(value: SnapshotValue): [number, GroupPhase] {
  const [group, phase, sinceMs, minEndAtMs] = readArray(value);
  const state = SIGNAL_PHASES[readNumber(phase, "phase")];
  if (state === undefined) throw new Error(`snapshot holds the signal phase ${JSON.stringify(phase)}`);
  return [
    readNumber(group, "signalGroup"),
    {
      state,
      sinceMs: readNumber(sinceMs, "sinceMs"),
      minEndAtMs: minEndAtMs === null ? undefined : readNumber(minEndAtMs, "minEndAtMs"),
    },
  ];
}
