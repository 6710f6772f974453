import RBush from "rbush";
import type { GeoBox, GeoPoint } from "../domain/place.ts";
import { boxesAround, boxHolds, flatBoxes } from "./box.ts";
import { distanceBetweenM, LEAST_METRES_PER_DEGREE } from "./geodesy.ts";
import { type PreparedShape, prepareShape } from "./shapes.ts";
import { cosDeg } from "./trigonometry.ts";

const E7 = 1e7;

/**
 * Half the side of a box, m. With 100,000 cars on 400 roads that report every 4 m (EN 302 637-2 §6.1.3), a report cost
 * 566 ns at 25 m, 317 at 50, 163 at 100, 139 at 150; a query of 150 m took 19 to 30 µs, more with larger boxes.
 */
const SLACK_M = 100;

/** Children per node of the tree; 12 and 16 were no faster. */
const NODE_SIZE = 9;

/** How far ahead of a point that has left its box the new box is placed, in parts of the slack; 0 costs 292 ns a report. */
const LEAD = 0.75;

/**
 * Something that moves in a `SlackIndex`. Position and box stand in whole 1e-7 degrees, the resolution of every message:
 * V8 keeps such integers in the object itself, where each number with a fraction would be an object of its own and
 * another miss of the cache. The box is empty (`minX > maxX`) while the point is in no index.
 */
export class SlackPoint {
  /** Unsigned; results are sorted by it. */
  readonly key: number;
  latitudeE7 = 0;
  longitudeE7 = 0;
  minX = 1;
  minY = 0;
  maxX = 0;
  maxY = 0;

  constructor(key: number) {
    this.key = key;
  }

  get latitudeDeg(): number {
    return this.latitudeE7 / E7;
  }

  get longitudeDeg(): number {
    return this.longitudeE7 / E7;
  }
}

/**
 * Moving points in an R-tree of padded boxes: a point touches the tree only when it leaves its box. Queries are exact,
 * since candidates are judged by their true position, and their results are sorted: the order of an R-tree depends on
 * its history.
 */
export class SlackIndex<P extends SlackPoint> {
  readonly #tree = new RBush<P>(NODE_SIZE);
  readonly #slackE7: number;
  #size = 0;

  constructor(slackM: number = SLACK_M) {
    this.#slackE7 = Math.round((slackM / LEAST_METRES_PER_DEGREE) * E7);
  }

  get size(): number {
    return this.#size;
  }

  has(point: P): boolean {
    return point.minX <= point.maxX;
  }

  /** Adds the point or moves it. The position is rounded to 1e-7 degrees, as `roundE7` does. */
  set(point: P, latitudeDeg: number, longitudeDeg: number): void {
    const x = Math.round(longitudeDeg * E7);
    const y = Math.round(latitudeDeg * E7);
    point.longitudeE7 = x;
    point.latitudeE7 = y;
    if (x >= point.minX && x <= point.maxX && y >= point.minY && y <= point.maxY) return;
    this.#reinsert(point, x, y);
  }

  /** Does nothing where the point is not in the index. */
  delete(point: P): void {
    if (!this.has(point)) return;
    // The box that the tree knows still stands in the point, so the tree descends straight to it.
    this.#tree.remove(point);
    this.#size -= 1;
    point.minX = 1;
    point.maxX = 0;
  }

  inBox(box: GeoBox): P[] {
    return this.#select(flatBoxes(box), (point) => boxHolds(box, point.latitudeDeg, point.longitudeDeg));
  }

  within(center: GeoPoint, radiusM: number): P[] {
    return this.#around(center, radiusM).sort(byKey);
  }

  /** The ring must have passed `shapeProblem`. */
  inPolygon(ring: readonly GeoPoint[]): P[] {
    return this.inShape(prepareShape({ type: "polygon", ring }));
  }

  inShape(shape: PreparedShape): P[] {
    return this.#select(shape.boxes, (point) => shape.contains(point.latitudeDeg, point.longitudeDeg));
  }

  /** The `k` nearest points, nearest first, equal distances by key. */
  nearest(center: GeoPoint, k: number): P[] {
    if (k <= 0) return [];
    let radiusM = 100;
    let found = this.#around(center, radiusM);
    while (found.length < k && found.length < this.#size && radiusM < 4e7) {
      radiusM *= 4;
      found = this.#around(center, radiusM);
    }
    return sortedByDistance(found, center).slice(0, k);
  }

  #around(center: GeoPoint, radiusM: number): P[] {
    const { latitudeDeg, longitudeDeg } = center;
    const boxes = boxesAround(longitudeDeg, latitudeDeg, longitudeDeg, latitudeDeg, radiusM);
    return this.#find(
      boxes,
      (point) =>
        distanceBetweenM(latitudeDeg, longitudeDeg, point.latitudeDeg, point.longitudeDeg) <= radiusM,
    );
  }

  #select(boxes: readonly GeoBox[], accepts: (point: P) => boolean): P[] {
    return this.#find(boxes, accepts).sort(byKey);
  }

  #find(boxes: readonly GeoBox[], accepts: (point: P) => boolean): P[] {
    const [only, ...others] = boxes.map((box) => this.#tree.search(searchExtent(box)).filter(accepts));
    // A padded box that reaches into two search boxes is found twice.
    return others.length === 0 ? (only ?? []) : [...new Set([only ?? [], ...others].flat())];
  }

  #reinsert(point: P, x: number, y: number): void {
    const slackX = Math.round(this.#slackE7 / Math.max(0.01, cosDeg(point.latitudeDeg)));
    const slackY = this.#slackE7;
    let centerX = x;
    let centerY = y;
    if (this.has(point)) {
      // What leaves a box to the east will go on east: the new box lies ahead.
      centerX += lead(x - (point.minX + point.maxX) / 2, slackX);
      centerY += lead(y - (point.minY + point.maxY) / 2, slackY);
      this.#tree.remove(point);
    } else {
      this.#size += 1;
    }
    point.minX = centerX - slackX;
    point.maxX = centerX + slackX;
    point.minY = centerY - slackY;
    point.maxY = centerY + slackY;
    this.#tree.insert(point);
  }
}

function lead(moved: number, slack: number): number {
  return Math.round(Math.max(-slack, Math.min(slack, moved)) * LEAD);
}

function byKey(a: SlackPoint, b: SlackPoint): number {
  return a.key - b.key;
}

/** One unit of margin keeps a position that was rounded to the grid inside its search box. */
function searchExtent(box: GeoBox): { minX: number; minY: number; maxX: number; maxY: number } {
  return {
    minX: Math.floor(box.westDeg * E7) - 1,
    minY: Math.floor(box.southDeg * E7) - 1,
    maxX: Math.ceil(box.eastDeg * E7) + 1,
    maxY: Math.ceil(box.northDeg * E7) + 1,
  };
}

function sortedByDistance<P extends SlackPoint>(points: readonly P[], center: GeoPoint): P[] {
  return points
    .map((point) => ({
      point,
      lengthM: distanceBetweenM(
        center.latitudeDeg,
        center.longitudeDeg,
        point.latitudeDeg,
        point.longitudeDeg,
      ),
    }))
    .sort((a, b) => a.lengthM - b.lengthM || a.point.key - b.point.key)
    .map(({ point }) => point);
}
