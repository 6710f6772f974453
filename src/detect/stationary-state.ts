import type { Detection } from "../domain/detection.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readObject, readRow, readString, writeRow } from "../domain/snapshot-row.ts";
import type { ValuesOf } from "./parameter.ts";
import { StationMap } from "./station-map.ts";
import { CANDIDATE_FIELDS, type Candidate, stationaryContent } from "./stationary-candidate.ts";
import type { STATIONARY_VEHICLE } from "./stationary-parameters.ts";

export type StationaryParameters = ValuesOf<typeof STATIONARY_VEHICLE>;

/** A notice of a stopped vehicle or an accident, kept so that its denial finds the place. */
export interface StopNotice {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly atMs: number;
}

/** Vehicles without any sign of distress that have stood at a place and driven on. */
export interface Wait {
  /** When the last of them drove on. */
  readonly atMs: number;
  /** How long the most patient of them stood. */
  readonly longestMs: number;
}

/** Vehicles that stand where that may be a hazard, and what helps to judge them. */
export interface StationaryState {
  readonly candidates: StationMap<Candidate>;
  /** When stations that were not told drove on, oldest first. */
  readonly stops: Map<number, number>;
  /** By place (`waitingKey`), the one that was last seen first. */
  readonly waits: Map<number, Wait>;
  /** By action id: originating station and sequence number. */
  readonly notices: Map<string, StopNotice>;
}

export function initialState(): StationaryState {
  return { candidates: new StationMap(), stops: new Map(), waits: new Map(), notices: new Map() };
}

export function writeState({ candidates, stops, waits, notices }: StationaryState): SnapshotValue {
  return {
    candidates: [...candidates.values()].map((one) => writeRow(CANDIDATE_FIELDS, one)),
    stops: [...stops].map(([stationId, atMs]) => [stationId, atMs]),
    waits: [...waits].map(([key, { atMs, longestMs }]) => [key, atMs, longestMs]),
    notices: [...notices].map(([key, { latitudeDeg, longitudeDeg, atMs }]) => [
      key,
      latitudeDeg,
      longitudeDeg,
      atMs,
    ]),
  };
}

export function readState(value: SnapshotValue): StationaryState {
  const { candidates, stops, waits, notices } = readObject(value);
  const rows = readArray(candidates).map((row) => readRow<Candidate>(CANDIDATE_FIELDS, row));
  return {
    candidates: new StationMap(rows.map((candidate) => [candidate.stationId, candidate])),
    stops: new Map(
      readArray(stops).map((pair) => {
        const [stationId, atMs] = readArray(pair);
        return [readNumber(stationId, "stationId"), readNumber(atMs, "atMs")];
      }),
    ),
    waits: new Map(
      readArray(waits).map((row) => {
        const [key, atMs, longestMs] = readArray(row);
        const wait = { atMs: readNumber(atMs, "atMs"), longestMs: readNumber(longestMs, "longestMs") };
        return [readNumber(key, "place"), wait];
      }),
    ),
    notices: new Map(
      readArray(notices).map((row) => {
        const [key, latitude, longitude, atMs] = readArray(row);
        const notice = {
          latitudeDeg: readNumber(latitude, "latitudeDeg"),
          longitudeDeg: readNumber(longitude, "longitudeDeg"),
          atMs: readNumber(atMs, "atMs"),
        };
        return [readString(key, "key"), notice];
      }),
    ),
  };
}

/** Bounds memory; the oldest is forgotten first, which makes an alert firmer at a place where vehicles wait. */
const MAX_WAITS = 20_000;

/** Length of the pieces of a route in which places of waiting are remembered, and more of them than any route has. */
const WAIT_BIN_M = 50;
const MAX_BINS = 1_000_000;

function waitingKey(routeIndex: number, bin: number): number {
  return routeIndex * MAX_BINS + bin;
}

/** Remembers where a vehicle has waited that now drives on, and how long. */
export function noteWait(
  { waits }: StationaryState,
  { routeIndex, routeM, sinceMs, stoodAtMs }: Candidate,
  nowMs: number,
  { waitingPlaceMs }: StationaryParameters,
): void {
  if (routeIndex < 0) return;
  const key = waitingKey(routeIndex, Math.floor(routeM / WAIT_BIN_M));
  const known = waits.get(key);
  const before = known !== undefined && nowMs - known.atMs <= waitingPlaceMs ? known.longestMs : 0;
  waits.delete(key);
  waits.set(key, { atMs: nowMs, longestMs: Math.max(before, stoodAtMs - sinceMs) });
  for (const oldest of waits.keys()) {
    if (waits.size > MAX_WAITS) waits.delete(oldest);
    return;
  }
}

/** How long others have waited near by before they drove on, the longest; 0 where nobody has. */
export function longestWaitMs(
  { waits }: StationaryState,
  { routeIndex, routeM }: Candidate,
  nowMs: number,
  { waitingPlaceM, waitingPlaceMs }: StationaryParameters,
): number {
  if (waits.size === 0 || routeIndex < 0) return 0;
  let longestMs = 0;
  const last = Math.floor((routeM + waitingPlaceM) / WAIT_BIN_M);
  for (let bin = Math.max(0, Math.floor((routeM - waitingPlaceM) / WAIT_BIN_M)); bin <= last; bin++) {
    const wait = waits.get(waitingKey(routeIndex, bin));
    if (wait !== undefined && nowMs - wait.atMs <= waitingPlaceMs) {
      longestMs = Math.max(longestMs, wait.longestMs);
    }
  }
  return longestMs;
}

export function detectionOf(
  candidate: Candidate,
  phase: Detection["phase"],
  decidedAtMs: number,
  parameters: StationaryParameters,
): Detection {
  const content = stationaryContent(candidate, decidedAtMs, parameters);
  return { ...content, detector: "stationary-vehicle", key: candidate.key, phase, decidedAtMs };
}
