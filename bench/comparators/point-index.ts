import Flatbush from "flatbush";
import KDBush from "kdbush";
import RBush from "rbush";
import { boxesAround } from "../../src/geo/box.ts";
import { distanceBetweenM } from "../../src/geo/geodesy.ts";
import { SlackIndex, SlackPoint } from "../../src/geo/slack-index.ts";

/** Neighbours are those within this distance: how far an alert of one vehicle concerns another at once. */
export const RADIUS_M = 150;

/** Where the points of an index are: not all structures can move all points in every step. */
export class Places {
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;

  constructor(size: number) {
    this.latitudeDeg = new Float64Array(size);
    this.longitudeDeg = new Float64Array(size);
  }
}

/** Points that move, and their neighbours. Numbers of points count from 0. */
export interface PointIndex {
  readonly name: string;
  /** How it is used, where that needs to be said. */
  readonly note: string;
  /** Rebuilt as a whole in each step: all points must move. */
  readonly isRebuilt: boolean;
  /** Takes all points in for the first time. */
  load(places: Places): void | Promise<void>;
  move(point: number, latitudeDeg: number, longitudeDeg: number): void;
  /** Ends a step. */
  flush(): void | Promise<void>;
  /** Neighbours of some places, themselves included; in any order. */
  within(latitudesDeg: Float64Array, longitudesDeg: Float64Array): number[][] | Promise<number[][]>;
  /** Distance that the structure's own arithmetic may be off, m. */
  readonly toleranceM: number;
  close(): void | Promise<void>;
}

function each(
  latitudesDeg: Float64Array,
  longitudesDeg: Float64Array,
  find: (latitudeDeg: number, longitudeDeg: number) => number[],
): number[][] {
  return Array.from(latitudesDeg, (latitudeDeg, i) => find(latitudeDeg, longitudesDeg[i] ?? 0));
}

/** Roadpulse's: an R-tree of boxes with slack, which a point touches only when it leaves its box. */
export function slackIndex(size: number): PointIndex {
  const index = new SlackIndex<SlackPoint>();
  const points = Array.from({ length: size }, (_, key) => new SlackPoint(key));
  const move = (point: number, latitudeDeg: number, longitudeDeg: number): void => {
    index.set(points[point] as SlackPoint, latitudeDeg, longitudeDeg);
  };
  return {
    name: "SlackIndex (Roadpulse)",
    note: "exact, results sorted",
    isRebuilt: false,
    toleranceM: 0,
    load: (places) => loadOneByOne(places, move),
    move,
    flush: () => {},
    within: (latitudes, longitudes) =>
      each(latitudes, longitudes, (latitudeDeg, longitudeDeg) =>
        index.within({ latitudeDeg, longitudeDeg }, RADIUS_M).map(({ key }) => key),
      ),
    close: () => {},
  };
}

function loadOneByOne(places: Places, move: PointIndex["move"]): void {
  for (const [i, latitudeDeg] of places.latitudeDeg.entries())
    move(i, latitudeDeg, places.longitudeDeg[i] ?? 0);
}

interface PlainPoint {
  readonly key: number;
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

/** rbush as its README has it: remove, change, insert. */
export function plainRbush(size: number): PointIndex {
  const tree = new RBush<PlainPoint>();
  const points = Array.from(
    { length: size },
    (_, key): PlainPoint => ({ key, minX: 0, minY: 0, maxX: 0, maxY: 0 }),
  );
  const place = (point: PlainPoint, latitudeDeg: number, longitudeDeg: number): void => {
    point.minX = point.maxX = longitudeDeg;
    point.minY = point.maxY = latitudeDeg;
  };
  return {
    name: "rbush, remove + insert",
    note: "box query, then distances",
    isRebuilt: false,
    toleranceM: 0,
    load(places) {
      for (const point of points)
        place(point, places.latitudeDeg[point.key] ?? 0, places.longitudeDeg[point.key] ?? 0);
      tree.load(points);
    },
    move(number, latitudeDeg, longitudeDeg) {
      const point = points[number] as PlainPoint;
      tree.remove(point);
      place(point, latitudeDeg, longitudeDeg);
      tree.insert(point);
    },
    flush: () => {},
    within: (latitudes, longitudes) =>
      each(latitudes, longitudes, (latitudeDeg, longitudeDeg) => {
        const [west, south, east, north] = boxAround(latitudeDeg, longitudeDeg);
        return tree
          .search({ minX: west, minY: south, maxX: east, maxY: north })
          .filter(({ minX, minY }) => distanceBetweenM(latitudeDeg, longitudeDeg, minY, minX) <= RADIUS_M)
          .map(({ key }) => key);
      }),
    close: () => {},
  };
}

/** A static index, made anew in each step of all places. */
interface StaticIndex {
  add(x: number, y: number): unknown;
  finish(): unknown;
}

function rebuilt<Index extends StaticIndex>(
  name: string,
  size: number,
  make: () => Index,
  search: (index: Index, box: readonly [number, number, number, number]) => number[],
): PointIndex {
  const places = new Places(size);
  let index: Index;
  const build = (): void => {
    index = make();
    for (let i = 0; i < size; i++)
      index.add(places.longitudeDeg[i] as number, places.latitudeDeg[i] as number);
    index.finish();
  };
  return {
    name,
    note: "rebuilt every step: answers are up to a step old between",
    isRebuilt: true,
    toleranceM: 0,
    load(from) {
      places.latitudeDeg.set(from.latitudeDeg);
      places.longitudeDeg.set(from.longitudeDeg);
      build();
    },
    move(point, latitudeDeg, longitudeDeg) {
      places.latitudeDeg[point] = latitudeDeg;
      places.longitudeDeg[point] = longitudeDeg;
    },
    flush: build,
    within: (latitudes, longitudes) =>
      each(latitudes, longitudes, (latitudeDeg, longitudeDeg) =>
        search(index, boxAround(latitudeDeg, longitudeDeg)).filter((i) => {
          const latitude = places.latitudeDeg[i] as number;
          const longitude = places.longitudeDeg[i] as number;
          return distanceBetweenM(latitudeDeg, longitudeDeg, latitude, longitude) <= RADIUS_M;
        }),
      ),
    close: () => {},
  };
}

export function rebuiltFlatbush(size: number): PointIndex {
  return rebuilt(
    "flatbush, rebuilt",
    size,
    () => new Flatbush(size),
    (index, box) => index.search(...box),
  );
}

export function rebuiltKdbush(size: number): PointIndex {
  return rebuilt(
    "kdbush, rebuilt",
    size,
    () => new KDBush(size),
    (index, box) => index.range(...box),
  );
}

/** West, south, east, north of all that may be near enough; nobody here drives at the antimeridian. */
function boxAround(latitudeDeg: number, longitudeDeg: number): [number, number, number, number] {
  const [box] = boxesAround(longitudeDeg, latitudeDeg, longitudeDeg, latitudeDeg, RADIUS_M);
  if (box === undefined) throw new Error("no box");
  return [box.westDeg, box.southDeg, box.eastDeg, box.northDeg];
}
