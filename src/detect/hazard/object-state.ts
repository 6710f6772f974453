import type { SnapshotValue } from "../../domain/snapshot.ts";
import {
  type RowFields,
  readArray,
  readNumber,
  readObject,
  readRow,
  writeRow,
} from "../../domain/snapshot-row.ts";
import { WITNESS_FIELDS } from "../witnesses.ts";
import type { Thing } from "./object-content.ts";

/** An announced site of road works. */
export interface Site {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** Receive time. */
  readonly untilMs: number;
}

export interface ObjectState {
  readonly things: Map<number, Thing>;
  /** Thing by observer and object id (observer × 65,536 + object). */
  readonly tracks: Map<number, number>;
  /** Objects that were not on the road, likewise, and until when they are not looked at again. */
  readonly ignored: Map<number, number>;
  readonly sites: Site[];
  nextId: number;
}

const THING_FIELDS: RowFields<Thing> = {
  id: "number",
  group: "string",
  isCyclist: "boolean",
  latitudeDeg: "number",
  longitudeDeg: "number",
  headingDeg: "number?",
  routeIndex: "number",
  routeM: "number",
  firstSeenAtMs: "number",
  seenAtMs: "number",
  observedAtMs: "number",
  roadsideReports: "number",
  offRoad: "number",
  told: "string",
  toldAtMs: "number",
  toldLatitudeDeg: "number",
  toldLongitudeDeg: "number",
  observers: "string[]",
  trust: "number",
  missed: "number",
  passers: "string[]",
  ...WITNESS_FIELDS,
};

const SITE_FIELDS: RowFields<Site> = { latitudeDeg: "number", longitudeDeg: "number", untilMs: "number" };

export function snapshotObjects(state: ObjectState): SnapshotValue {
  return {
    things: [...state.things.values()].map((thing) => writeRow(THING_FIELDS, thing)),
    tracks: [...state.tracks].map(([key, id]) => [key, id]),
    ignored: [...state.ignored].map(([key, untilMs]) => [key, untilMs]),
    sites: state.sites.map((site) => writeRow(SITE_FIELDS, site)),
    nextId: state.nextId,
  };
}

/** @throws Error on what `snapshotObjects` cannot have made. */
export function restoreObjects(value: SnapshotValue): ObjectState {
  const parts = readObject(value);
  const things = readArray(parts["things"]).map((row) => readRow<Thing>(THING_FIELDS, row));
  return {
    things: new Map(things.map((thing) => [thing.id, thing])),
    tracks: readPairs(parts["tracks"]),
    ignored: readPairs(parts["ignored"]),
    sites: readArray(parts["sites"]).map((row) => readRow<Site>(SITE_FIELDS, row)),
    nextId: readNumber(parts["nextId"], "nextId"),
  };
}

function readPairs(value: SnapshotValue | undefined): Map<number, number> {
  return new Map(
    readArray(value).map((pair): [number, number] => {
      const [key, number] = readArray(pair);
      return [readNumber(key, "key"), readNumber(number, "value")];
    }),
  );
}
