import type { GeoPoint } from "../domain/place.ts";
import { distanceBetweenM, longitudeDifferenceDeg } from "./geodesy.ts";
import { cosDeg } from "./trigonometry.ts";

/**
 * A ring or a line in the plane of longitude (x) and latitude (y), degrees, with straight edges as RFC 7946 §3.1.1 has
 * them. Longitudes are continuous: a path that crosses the antimeridian goes on beyond ±180.
 */
export interface Path {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** A ring has as many edges as points, a line one fewer. */
  readonly edges: number;
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** A ring may repeat its first point at the end. Needs at least one point. */
export function pathOf(points: readonly GeoPoint[], closed: boolean): Path {
  const [first] = points;
  if (first === undefined) throw new RangeError("a path needs a point");
  const count =
    closed && points.length > 1 && isSamePlace(first, points.at(-1)) ? points.length - 1 : points.length;
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  let x = first.longitudeDeg;
  let before = first.longitudeDeg;
  points.slice(0, count).forEach((point, i) => {
    // A point on the side of the antimeridian where the path began keeps its longitude to the last bit.
    const step = longitudeDifferenceDeg(before, point.longitudeDeg);
    const turns = Math.round((x + step - point.longitudeDeg) / 360);
    x = point.longitudeDeg + 360 * turns;
    before = point.longitudeDeg;
    xs[i] = x;
    ys[i] = point.latitudeDeg;
  });
  return pathFrom(xs, ys, closed);
}

export function pathFrom(xs: Float64Array, ys: Float64Array, closed: boolean): Path {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i] as number;
    const y = ys[i] as number;
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
  }
  const edges = closed && xs.length > 1 ? xs.length : xs.length - 1;
  return { xs, ys, edges, minX, minY, maxX, maxY };
}

function isSamePlace(a: GeoPoint, b: GeoPoint | undefined): boolean {
  return b !== undefined && a.latitudeDeg === b.latitudeDeg && a.longitudeDeg === b.longitudeDeg;
}

/** Whether a ring holds a point, its border included. `edges` names the edges to look at, all where absent. */
export function ringHolds(ring: Path, x: number, y: number, edges?: Int32Array): boolean {
  const { xs, ys } = ring;
  const last = xs.length - 1;
  const count = edges === undefined ? ring.edges : edges.length;
  let inside = false;
  for (let k = 0; k < count; k++) {
    const i = edges === undefined ? k : (edges[k] as number);
    const j = i === last ? 0 : i + 1;
    const ax = xs[i] as number;
    const ay = ys[i] as number;
    const bx = xs[j] as number;
    const by = ys[j] as number;
    const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    if (side === 0 && isBetween(ax, bx, x) && isBetween(ay, by, y)) return true;
    if (ay > y !== by > y && side > 0 === by > ay) inside = !inside;
  }
  return inside;
}

function isBetween(a: number, b: number, value: number): boolean {
  return a <= b ? a <= value && value <= b : b <= value && value <= a;
}

/** Whether an edge of one path touches an edge of the other, the second moved east by `shiftDeg`. */
export function pathsCross(a: Path, b: Path, shiftDeg: number): boolean {
  for (let i = 0; i < a.edges; i++) {
    const i2 = i + 1 === a.xs.length ? 0 : i + 1;
    const ax = a.xs[i] as number;
    const ay = a.ys[i] as number;
    const bx = a.xs[i2] as number;
    const by = a.ys[i2] as number;
    if (Math.max(ax, bx) < b.minX + shiftDeg || Math.min(ax, bx) > b.maxX + shiftDeg) continue;
    if (Math.max(ay, by) < b.minY || Math.min(ay, by) > b.maxY) continue;
    for (let j = 0; j < b.edges; j++) {
      const j2 = j + 1 === b.xs.length ? 0 : j + 1;
      const cx = (b.xs[j] as number) + shiftDeg;
      const dx = (b.xs[j2] as number) + shiftDeg;
      if (segmentsTouch(ax, ay, bx, by, cx, b.ys[j] as number, dx, b.ys[j2] as number)) return true;
    }
  }
  return false;
}

function segmentsTouch(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  const c = sideOf(ax, ay, bx, by, cx, cy);
  const d = sideOf(ax, ay, bx, by, dx, dy);
  const a = sideOf(cx, cy, dx, dy, ax, ay);
  const b = sideOf(cx, cy, dx, dy, bx, by);
  if (c * d < 0 && a * b < 0) return true;
  return (
    (c === 0 && isBetween(ax, bx, cx) && isBetween(ay, by, cy)) ||
    (d === 0 && isBetween(ax, bx, dx) && isBetween(ay, by, dy)) ||
    (a === 0 && isBetween(cx, dx, ax) && isBetween(cy, dy, ay)) ||
    (b === 0 && isBetween(cx, dx, bx) && isBetween(cy, dy, by))
  );
}

/** 1 left of a→b, −1 right of it, 0 on the line. */
function sideOf(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  return Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
}

/** Whether some point of the path lies within `limitM` of a point. Edges well north or south are not looked at. */
export function isWithinOfPath(path: Path, x: number, y: number, limitM: number, limitDeg: number): boolean {
  const { xs, ys, edges } = path;
  if (edges === 0) return distanceBetweenM(y, x, ys[0] as number, xs[0] as number) <= limitM;
  for (let i = 0; i < edges; i++) {
    const j = i + 1 === xs.length ? 0 : i + 1;
    const ay = ys[i] as number;
    const by = ys[j] as number;
    if (Math.min(ay, by) - limitDeg > y || Math.max(ay, by) + limitDeg < y) continue;
    if (distanceToEdgeM(x, y, xs[i] as number, ay, xs[j] as number, by) <= limitM) return true;
  }
  return false;
}

/**
 * Distance of a point from a straight edge, m. The nearest point is sought in a plane with the scale of the middle
 * latitude, twice, since the first try tells which latitude that is.
 */
function distanceToEdgeM(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const fromX = ax - x - 360 * Math.round((ax - x) / 360);
  const fromY = ay - y;
  const edgeX = bx - ax;
  const edgeY = by - ay;
  let share = 0;
  let nearestY = y;
  for (let i = 0; i < 2; i++) {
    const scale = cosDeg((y + nearestY) / 2);
    const square = scale * scale;
    const lengthSquared = edgeX * edgeX * square + edgeY * edgeY;
    if (lengthSquared === 0) break;
    const along = -fromX * edgeX * square - fromY * edgeY;
    share = Math.max(0, Math.min(1, along / lengthSquared));
    nearestY = ay + share * edgeY;
  }
  return distanceBetweenM(y, x, ay + share * edgeY, ax + share * edgeX);
}
