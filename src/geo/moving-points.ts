import { boxHolds, type GeoBox, type GeoPoint } from "../domain/place.ts";
import { keepReads } from "../domain/prefetch.ts";
import type { Region } from "../domain/subscription.ts";
import { boxesAround, flatBoxes } from "./box.ts";
import {
  CellBlocks,
  columnBitsOf,
  DATE_LINE,
  type Extent,
  ROW_BITS,
  SOUTH_POLE,
  WORDS_OF_FOUND,
} from "./cell-blocks.ts";
import { CellLists, ENTRY_KEY, ENTRY_ROW, ENTRY_WORDS, endOf, NO_CHUNK, nextOf } from "./cell-lists.ts";
import { Circle } from "./circle.ts";
import { doubled } from "./doubled.ts";
import { distanceBetweenM } from "./geodesy.ts";

const E7 = 1e7;
const WHOLE_TURN = 2 * DATE_LINE;

/** Words of a point: its place, the address of its entry (0: in no cell) and its key. */
const X = 0;
const Y = 1;
const ENTRY = 2;
const KEY = 3;
const WORDS = 4;
const FIRST_POINTS = 131_072;
const FIRST_FOUND = 256;

/** The height within the cell is in the low bits of an offset. */
const OFFSET_Y = (1 << ROW_BITS) - 1;

/** Up to so many results are sorted by insertion. */
const FEW = 40;

/** Places in whole 1e-7 degrees, borders included; west is not east of east. */
export interface E7Extent {
  readonly westE7: number;
  readonly southE7: number;
  readonly eastE7: number;
  readonly northE7: number;
}

type Judge = (latitudeDeg: number, longitudeDeg: number) => boolean;

/**
 * Points that move, each a row number of the caller's with a key by which results are sorted, since their order in cells
 * depends on history. Places are whole 1e-7 degrees, the resolution of every message. Queries are exact.
 */
export class MovingPoints {
  /** Rows that the last query has found; as many as it returned. */
  rows = new Int32Array(FIRST_FOUND);
  #points = new Int32Array(FIRST_POINTS * WORDS);
  #size = 0;
  #found = 0;
  #keys = new Float64Array(FIRST_FOUND);
  readonly #lists = new CellLists();
  readonly #blocks = new CellBlocks();
  readonly #circle = new Circle();

  get size(): number {
    return this.#size;
  }

  has(row: number): boolean {
    const at = row * WORDS + ENTRY;
    return at < this.#points.length && this.#points[at] !== 0;
  }

  /** Adds the point or moves it. The key is unsigned and stays. */
  set(row: number, key: number, latitudeE7: number, longitudeE7: number): void {
    const at = row * WORDS;
    if (at >= this.#points.length) this.#grow(at);
    const points = this.#points;
    const x = longitudeE7 + DATE_LINE;
    const y = latitudeE7 + SOUTH_POLE;
    const entry = points[at + ENTRY] as number;
    if (entry !== 0) {
      const bits = columnBitsOf(y);
      const sameRow = y >>> ROW_BITS === (points[at + Y] as number) >>> ROW_BITS;
      if (sameRow && x >>> bits === (points[at + X] as number) >>> bits) {
        points[at + X] = x;
        points[at + Y] = y;
        this.#lists.words[entry] = offsetAt(x, y);
        return;
      }
      this.#leave(at);
    }
    points[at + X] = x;
    points[at + Y] = y;
    points[at + KEY] = key;
    this.#enter(row, x, y);
  }

  /** Does nothing where the point is not in the index. */
  delete(row: number): void {
    if (this.has(row)) this.#leave(row * WORDS);
  }

  /** Sorted by key, as all results but those of `nearest`. */
  inBox(box: GeoBox): number {
    return this.#select(flatBoxes(box), (latitudeDeg, longitudeDeg) =>
      boxHolds(box, latitudeDeg, longitudeDeg),
    );
  }

  inShape(shape: Region): number {
    return this.#select(shape.boxes, (latitudeDeg, longitudeDeg) =>
      shape.contains(latitudeDeg, longitudeDeg),
    );
  }

  within(center: GeoPoint, radiusM: number): number {
    this.#found = 0;
    this.#circle.set(center, radiusM);
    const { extent } = this.#circle;
    if (extent === undefined) return this.#withinBoxes(center, radiusM);
    this.#takeCircle(extent);
    return this.#finish(false);
  }

  /** The `k` nearest points, nearest first, equal distances by key. */
  nearest(center: GeoPoint, k: number): number {
    if (k <= 0) return 0;
    let radiusM = 100;
    while (this.within(center, radiusM) < Math.min(k, this.#size) && radiusM < 4e7) radiusM *= 4;
    const distances = Array.from({ length: this.#found }, (_, i) => {
      const row = this.rows[i] as number;
      const at = row * WORDS;
      return {
        row,
        lengthM: distanceBetweenM(
          center.latitudeDeg,
          center.longitudeDeg,
          this.#latitudeE7(at) / E7,
          this.#longitudeE7(at) / E7,
        ),
      };
    });
    // Equal ones stay sorted by key.
    distances.sort((a, b) => a.lengthM - b.lengthM);
    for (const [i, { row }] of distances.entries()) this.rows[i] = row;
    return Math.min(k, this.#found);
  }

  /**
   * Visits every point of an extent, borders included, in no particular order and without sorting, which costs more than the
   * visits where there are thousands. The index must not change meanwhile.
   */
  eachIn(extent: E7Extent, visit: (row: number, latitudeE7: number, longitudeE7: number) => void): void {
    const minX = extent.westE7 + DATE_LINE;
    const maxX = extent.eastE7 + DATE_LINE;
    const minY = extent.southE7 + SOUTH_POLE;
    const maxY = extent.northE7 + SOUTH_POLE;
    const cells = this.#blocks.cellsIn({ minX, minY, maxX, maxY });
    const { found } = this.#blocks;
    const { words } = this.#lists;
    for (let i = 0; i < cells; i += WORDS_OF_FOUND) {
      const bottom = (found[i + 1] as number) * (1 << ROW_BITS);
      const left = (found[i + 2] as number) * (1 << columnBitsOf(bottom));
      for (let chunk = found[i] as number; chunk !== NO_CHUNK; chunk = nextOf(words[chunk] as number)) {
        const end = endOf(chunk, words[chunk] as number);
        for (let at = chunk + 1; at < end; at += ENTRY_WORDS) {
          const offset = words[at] as number;
          const y = bottom + (offset & OFFSET_Y);
          const x = left + (offset >>> ROW_BITS);
          if (x < minX || x > maxX || y < minY || y > maxY) continue;
          visit(words[at + ENTRY_ROW] as number, y - SOUTH_POLE, x - DATE_LINE);
        }
      }
    }
  }

  #latitudeE7(at: number): number {
    return (this.#points[at + Y] as number) - SOUTH_POLE;
  }

  #longitudeE7(at: number): number {
    return ((this.#points[at + X] as number) >>> 0) - DATE_LINE;
  }

  #enter(row: number, x: number, y: number): void {
    const cell = this.#blocks.enter(x, y);
    const first = this.#lists.firstWithRoom(this.#blocks.heads[cell] as number);
    this.#blocks.heads[cell] = first;
    this.#points[row * WORDS + ENTRY] = this.#lists.push(
      first,
      offsetAt(x, y),
      row,
      this.#points[row * WORDS + KEY] as number,
    );
    this.#size++;
  }

  /** The last entry of the cell moves into the place of the one that goes. */
  #leave(at: number): void {
    const points = this.#points;
    const { heads } = this.#blocks;
    const cell = this.#blocks.cellAt((points[at + X] as number) >>> 0, points[at + Y] as number);
    const first = heads[cell] as number;
    const hole = points[at + ENTRY] as number;
    points[this.#lists.fill(hole, first) * WORDS + ENTRY] = hole;
    points[at + ENTRY] = 0;
    heads[cell] = this.#lists.pop(first);
    this.#blocks.leave(cell);
    this.#size--;
  }

  #select(boxes: readonly GeoBox[], accepts: Judge): number {
    this.#found = 0;
    for (const box of boxes) this.#takeBox(extentOf(box));
    let kept = 0;
    for (let i = 0; i < this.#found; i++) {
      const row = this.rows[i] as number;
      const at = row * WORDS;
      if (!accepts(this.#latitudeE7(at) / E7, this.#longitudeE7(at) / E7)) continue;
      this.#keys[kept] = this.#keys[i] as number;
      this.rows[kept++] = row;
    }
    this.#found = kept;
    return this.#finish(boxes.length > 1);
  }

  #withinBoxes({ latitudeDeg, longitudeDeg }: GeoPoint, radiusM: number): number {
    const boxes = boxesAround(longitudeDeg, latitudeDeg, longitudeDeg, latitudeDeg, radiusM);
    for (const box of boxes) this.#takeCircle(extentOf(box));
    return this.#finish(boxes.length > 1);
  }

  #takeCircle(extent: Extent): void {
    const end = this.#blocks.cellsIn(extent);
    const { found } = this.#blocks;
    const { words } = this.#lists;
    // All first chunks are read ahead: their misses overlap. Queries take 0.75 to 0.9 of the time.
    let ahead = 0;
    for (let at = 0; at < end; at += WORDS_OF_FOUND) ahead ^= words[found[at] as number] as number;
    keepReads(ahead);
    for (let at = 0; at < end; at += WORDS_OF_FOUND) {
      this.#takeNear(found[at] as number, found[at + 1] as number, found[at + 2] as number);
    }
  }

  #takeNear(first: number, row: number, column: number): void {
    const { words } = this.#lists;
    const { x, y, northM, eastM, insideM2, outsideM2 } = this.#circle;
    const bottom = row * (1 << ROW_BITS) - y;
    const left = shortWay(column * (1 << columnBitsOf(row << ROW_BITS)) - x);
    for (let chunk = first; chunk !== NO_CHUNK; chunk = nextOf(words[chunk] as number)) {
      const end = endOf(chunk, words[chunk] as number);
      for (let at = chunk + 1; at < end; at += ENTRY_WORDS) {
        const offset = words[at] as number;
        const north = (bottom + (offset & OFFSET_Y)) * northM;
        const east = (left + (offset >>> ROW_BITS)) * eastM;
        const square = north * north + east * east;
        if (square > outsideM2) continue;
        const found = words[at + ENTRY_ROW] as number;
        if (square <= insideM2 || this.#isInCircle(found)) this.#add(found, words[at + ENTRY_KEY] as number);
      }
    }
  }

  #takeBox(extent: Extent): void {
    const cells = this.#blocks.cellsIn(extent);
    const { found } = this.#blocks;
    const { words } = this.#lists;
    for (let i = 0; i < cells; i += WORDS_OF_FOUND) {
      for (let chunk = found[i] as number; chunk !== NO_CHUNK; chunk = nextOf(words[chunk] as number)) {
        const end = endOf(chunk, words[chunk] as number);
        for (let at = chunk + 1; at < end; at += ENTRY_WORDS) {
          this.#add(words[at + ENTRY_ROW] as number, words[at + ENTRY_KEY] as number);
        }
      }
    }
  }

  #isInCircle(row: number): boolean {
    const at = row * WORDS;
    return this.#circle.holds(this.#latitudeE7(at), this.#longitudeE7(at));
  }

  #add(row: number, key: number): void {
    if (this.#found === this.rows.length) {
      this.rows = doubled(this.rows);
      const keys = new Float64Array(this.rows.length);
      keys.set(this.#keys);
      this.#keys = keys;
    }
    this.#keys[this.#found] = key >>> 0;
    this.rows[this.#found++] = row;
  }

  #finish(hasTwins: boolean): number {
    if (this.#found > FEW) this.#sortMany();
    else for (let i = 1; i < this.#found; i++) this.#insert(i);
    if (hasTwins) this.#dropTwins();
    return this.#found;
  }

  /** Brings one result among those before it. */
  #insert(i: number): void {
    const keys = this.#keys;
    const { rows } = this;
    const row = rows[i] as number;
    const key = keys[i] as number;
    let at = i;
    for (; at > 0 && (keys[at - 1] as number) > key; at--) {
      keys[at] = keys[at - 1] as number;
      rows[at] = rows[at - 1] as number;
    }
    keys[at] = key;
    rows[at] = row;
  }

  #sortMany(): void {
    this.rows.subarray(0, this.#found).sort((a, b) => this.#keyOf(a) - this.#keyOf(b));
  }

  /** Equal ones stand side by side: what lies in two boxes, or in a cell that two boxes share, was found twice. */
  #dropTwins(): void {
    const { rows } = this;
    let kept = 0;
    for (let i = 0; i < this.#found; i++) {
      if (i === 0 || rows[i] !== rows[i - 1]) rows[kept++] = rows[i] as number;
    }
    this.#found = kept;
  }

  #keyOf(row: number): number {
    return (this.#points[row * WORDS + KEY] as number) >>> 0;
  }

  #grow(least: number): void {
    let points = doubled(this.#points);
    while (points.length <= least) points = doubled(points);
    this.#points = points;
  }
}

/** A place within its cell as one word. */
function offsetAt(x: number, y: number): number {
  const columnMask = (1 << columnBitsOf(y)) - 1;
  return ((x & columnMask) << ROW_BITS) | (y & OFFSET_Y);
}

/** Places are rounded to the grid, so one unit of margin keeps those on the border. */
function extentOf({ southDeg, westDeg, northDeg, eastDeg }: GeoBox): Extent {
  return {
    minX: Math.max(0, Math.floor(westDeg * E7) + DATE_LINE - 1),
    minY: Math.max(0, Math.floor(southDeg * E7) + SOUTH_POLE - 1),
    maxX: Math.min(2 * DATE_LINE, Math.ceil(eastDeg * E7) + DATE_LINE + 1),
    maxY: Math.min(2 * SOUTH_POLE, Math.ceil(northDeg * E7) + SOUTH_POLE + 1),
  };
}

function shortWay(x: number): number {
  if (x > DATE_LINE) return x - WHOLE_TURN;
  return x < -DATE_LINE ? x + WHOLE_TURN : x;
}
