import type { Detection } from "../domain/detection.ts";
import type { SnapshotValue } from "../domain/snapshot.ts";
import { readArray, readNumber, readObject, readRow, readString, writeRow } from "../domain/snapshot-row.ts";
import type { ValuesOf } from "./parameter.ts";
import type { STATIONARY_VEHICLE } from "./parameters.ts";
import { StationMap } from "./station-map.ts";
import { CANDIDATE_FIELDS, type Candidate, stationaryContent } from "./stationary-candidate.ts";

export type StationaryParameters = ValuesOf<typeof STATIONARY_VEHICLE>;

/** A notice of a stopped vehicle or an accident, kept so that its denial finds the place. */
export interface StopNotice {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly atMs: number;
}

/** Vehicles that stand where that may be a hazard, and what helps to judge them. */
export interface StationaryState {
  readonly candidates: StationMap<Candidate>;
  /** When stations that were not told drove on, oldest first. */
  readonly stops: Map<number, number>;
  /** By action id: originating station and sequence number. */
  readonly notices: Map<string, StopNotice>;
}

export function initialState(): StationaryState {
  return { candidates: new StationMap(), stops: new Map(), notices: new Map() };
}

export function writeState({ candidates, stops, notices }: StationaryState): SnapshotValue {
  return {
    candidates: [...candidates.values()].map((one) => writeRow(CANDIDATE_FIELDS, one)),
    stops: [...stops].map(([stationId, atMs]) => [stationId, atMs]),
    notices: [...notices].map(([key, { latitudeDeg, longitudeDeg, atMs }]) => [
      key,
      latitudeDeg,
      longitudeDeg,
      atMs,
    ]),
  };
}

export function readState(value: SnapshotValue): StationaryState {
  const { candidates, stops, notices } = readObject(value);
  const rows = readArray(candidates).map((row) => readRow<Candidate>(CANDIDATE_FIELDS, row));
  return {
    candidates: new StationMap(rows.map((candidate) => [candidate.stationId, candidate])),
    stops: new Map(
      readArray(stops).map((pair) => {
        const [stationId, atMs] = readArray(pair);
        return [readNumber(stationId, "stationId"), readNumber(atMs, "atMs")];
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

export function detectionOf(
  candidate: Candidate,
  phase: Detection["phase"],
  decidedAtMs: number,
  parameters: StationaryParameters,
): Detection {
  const content = stationaryContent(candidate, decidedAtMs, parameters);
  return { ...content, detector: "stationary-vehicle", key: candidate.key, phase, decidedAtMs };
}
