import Flatbush from "flatbush";
import KDBush from "kdbush";
import RBush from "rbush";
import { boxesAround } from "../../src/geo/box.ts";
import { distanceBetweenM } from "../../src/geo/geodesy.ts";
import { MovingPoints } from "../../src/geo/moving-points.ts";
import { seededRandom, shuffled } from "../support/random.ts";

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
  /** Changed point by point, or made anew of all points in each step, or asked over a socket. */
  readonly kind: "moved" | "rebuilt" | "socket";
  /** Dear to move: not all points move in every step. */
  readonly isDear: boolean;
  /** Takes all points in for the first time. */
  load(places: Places): void | Promise<void>;
  move(point: number, latitudeDeg: number, longitudeDeg: number): void;
  /** Ends a step. */
  flush(): void | Promise<void>;
  /** Looks for the neighbours of a place, itself included, in the structure's own form; how many. */
  count(latitudeDeg: number, longitudeDeg: number): number | Promise<number>;
  /** Numbers of the neighbours of one place, in any order. */
  within(latitudeDeg: number, longitudeDeg: number): number[] | Promise<number[]>;
  /** Distance that the structure's own arithmetic may be off, m. */
  readonly toleranceM: number;
  close(): void | Promise<void>;
}

const E7 = 1e7;

/** Roadpulse's: lists of cells in flat arrays. Stations get their rows as they come, so rows say nothing of places. */
export function movingPoints(size: number): PointIndex {
  const index = new MovingPoints();
  const rows = shuffled(size, seededRandom(size));
  const move = (point: number, latitudeDeg: number, longitudeDeg: number): void =>
    index.set(rows[point] as number, point, Math.round(latitudeDeg * E7), Math.round(longitudeDeg * E7));
  const points = new Int32Array(size);
  for (const [point, row] of rows.entries()) points[row] = point;
  return {
    name: "MovingPoints (Roadpulse)",
    note: "exact, results sorted by id",
    kind: "moved",
    isDear: false,
    toleranceM: 0,
    load: (places) => loadOneByOne(places, move),
    move,
    flush: () => {},
    count: (latitudeDeg, longitudeDeg) => index.within({ latitudeDeg, longitudeDeg }, RADIUS_M),
    within(latitudeDeg, longitudeDeg) {
      const count = index.within({ latitudeDeg, longitudeDeg }, RADIUS_M);
      return Array.from(index.rows.subarray(0, count), (row) => points[row] as number);
    },
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
  const find = (latitudeDeg: number, longitudeDeg: number): PlainPoint[] => {
    const [west, south, east, north] = boxAround(latitudeDeg, longitudeDeg);
    return tree
      .search({ minX: west, minY: south, maxX: east, maxY: north })
      .filter(({ minX, minY }) => distanceBetweenM(latitudeDeg, longitudeDeg, minY, minX) <= RADIUS_M);
  };
  return {
    name: "rbush, remove + insert",
    note: "box query, then distances",
    kind: "moved",
    isDear: true,
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
    count: (latitudeDeg, longitudeDeg) => find(latitudeDeg, longitudeDeg).length,
    within: (latitudeDeg, longitudeDeg) => find(latitudeDeg, longitudeDeg).map(({ key }) => key),
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
  const find = (latitudeDeg: number, longitudeDeg: number): number[] =>
    search(index, boxAround(latitudeDeg, longitudeDeg)).filter((i) => {
      const latitude = places.latitudeDeg[i] as number;
      const longitude = places.longitudeDeg[i] as number;
      return distanceBetweenM(latitudeDeg, longitudeDeg, latitude, longitude) <= RADIUS_M;
    });
  return {
    name,
    note: "rebuilt every step: answers are up to a step old between",
    kind: "rebuilt",
    isDear: false,
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
    count: (latitudeDeg, longitudeDeg) => find(latitudeDeg, longitudeDeg).length,
    within: find,
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
