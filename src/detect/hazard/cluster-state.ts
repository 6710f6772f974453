import type { Detection } from "../../domain/detection.ts";
import type { AutomationEventKind } from "../../domain/observation.ts";
import type { SnapshotValue } from "../../domain/snapshot.ts";
import {
  type RowFields,
  readArray,
  readContent,
  readNumber,
  readObject,
  readRow,
  writePlain,
  writeRow,
} from "../../domain/snapshot-row.ts";

/** A vehicle that is driven by its automation. */
export interface Engaged {
  readonly stationId: number;
  /** Place where its last passage was counted. */
  cell: string;
  heardAtMs: number;
}

/** Events of one vehicle at one place. Times are receive times. */
export interface ClusterEvent {
  readonly user: number;
  atMs: number;
  readonly event: AutomationEventKind;
  /** AutomationCause; 0 not told. */
  cause: number;
  count: number;
  readonly source: string;
}

interface Slice {
  readonly slice: number;
  passages: number;
}

interface PlaceFacts {
  readonly key: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly headingDeg: number | undefined;
  readonly routeIndex: number;
  readonly routeM: number;
}

/** 500 m of a direction, with its automated passages and events. */
export interface Place extends PlaceFacts {
  /** Oldest first. */
  readonly slices: Slice[];
  readonly events: ClusterEvent[];
}

export interface ClusterState {
  readonly engaged: Map<number, Engaged>;
  readonly places: Map<string, Place>;
  /** What is told, by place. */
  readonly told: Map<string, Detection>;
  /** Vehicles and places for which there was no room. */
  refused: number;
}

export function newPlace(key: string, facts: Omit<PlaceFacts, "key">, slice: number): Place {
  const { latitudeDeg, longitudeDeg, headingDeg, routeIndex, routeM } = facts;
  const slices = [{ slice, passages: 0 }];
  return { key, latitudeDeg, longitudeDeg, headingDeg, routeIndex, routeM, slices, events: [] };
}

const ENGAGED_FIELDS: RowFields<Engaged> = { stationId: "number", cell: "string", heardAtMs: "number" };

const EVENT_FIELDS: RowFields<ClusterEvent> = {
  user: "number",
  atMs: "number",
  event: "string",
  cause: "number",
  count: "number",
  source: "string",
};

const PLACE_FIELDS: RowFields<PlaceFacts> = {
  key: "string",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number?",
  routeIndex: "number",
  routeM: "number",
};

export function snapshotClusters(state: ClusterState): SnapshotValue {
  return {
    engaged: [...state.engaged.values()].map((one) => writeRow(ENGAGED_FIELDS, one)),
    places: [...state.places.values()].map((place) => [
      writeRow(PLACE_FIELDS, place),
      place.slices.flatMap(({ slice, passages }) => [slice, passages]),
      place.events.map((event) => writeRow(EVENT_FIELDS, event)),
    ]),
    told: [...state.told].map(([key, detection]) => [key, writePlain(detection)]),
    refused: state.refused,
  };
}

/** @throws Error on what `snapshotClusters` cannot have made. */
export function restoreClusters(value: SnapshotValue): ClusterState {
  const parts = readObject(value);
  const engaged = readArray(parts["engaged"]).map((row) => readRow<Engaged>(ENGAGED_FIELDS, row));
  const places = readArray(parts["places"]).map(readPlace);
  const told = readArray(parts["told"]).map((pair): [string, Detection] => {
    const [key, detection] = readArray(pair);
    return [String(key), readContent<Detection>(detection)];
  });
  return {
    engaged: new Map(engaged.map((one) => [one.stationId | 0, one])),
    places: new Map(places.map((place) => [place.key, place])),
    told: new Map(told),
    refused: readNumber(parts["refused"], "refused"),
  };
}

function readPlace(value: SnapshotValue): Place {
  const [facts, slices, events] = readArray(value);
  const numbers = readArray(slices).map((number) => readNumber(number, "slice"));
  const pairs: Slice[] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    pairs.push({ slice: numbers[i] ?? 0, passages: numbers[i + 1] ?? 0 });
  }
  return {
    ...readRow<PlaceFacts>(PLACE_FIELDS, facts),
    slices: pairs,
    events: readArray(events).map((row) => readRow<ClusterEvent>(EVENT_FIELDS, row)),
  };
}
