import { headingDifferenceDeg } from "../geo/geodesy.ts";
import { courseDeg, type Xy } from "./ground.ts";

/** Place on a line: metres from its beginning in the direction of travel, and from the line. */
export interface LineSpot {
  readonly alongM: number;
  readonly asideM: number;
}

/** Traffic that runs more than this across belongs to another road, as in delivery. */
export const MAX_ACROSS_DEG = 60;

/** Segments are found by squares of this size; lookups reach one square around. */
const SQUARE_M = 64;

/** Half of the plane in squares: keys of two numbers in one. */
const HALF = 1 << 20;

export const squareKey = (x: number, y: number): number =>
  (Math.floor(x / SQUARE_M) + HALF) * 2 * HALF + Math.floor(y / SQUARE_M) + HALF;

/** A line in the direction of travel, measured in metres. */
export class RoadLine {
  readonly name: string;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** Metres from the beginning at each point. */
  readonly alongM: Float64Array;
  readonly lengthM: number;
  readonly #squares = new Map<number, number[]>();

  constructor(name: string, points: readonly Xy[]) {
    this.name = name;
    this.xs = Float64Array.from(points, ({ x }) => x);
    this.ys = Float64Array.from(points, ({ y }) => y);
    this.alongM = new Float64Array(points.length);
    for (let i = 1; i < points.length; i++) {
      const dx = this.#x(i) - this.#x(i - 1);
      const dy = this.#y(i) - this.#y(i - 1);
      this.alongM[i] = (this.alongM[i - 1] as number) + Math.sqrt(dx * dx + dy * dy);
    }
    this.lengthM = this.alongM.at(-1) ?? 0;
    for (let i = 0; i + 1 < points.length; i++) this.#enter(i);
  }

  /** Nearest place within `withinM` (at most 64) where traffic runs as `headingDeg` says; NaN = any direction. */
  project(x: number, y: number, headingDeg: number, withinM: number): LineSpot | undefined {
    let best = withinM;
    let found: LineSpot | undefined;
    for (let i = -1; i <= 1; i++) {
      for (let j = -1; j <= 1; j++) {
        const segments = this.#squares.get(squareKey(x + i * SQUARE_M, y + j * SQUARE_M));
        if (segments === undefined) continue;
        for (const segment of segments) {
          const spot = this.spotOn(segment, x, y);
          if (spot.asideM > best || (spot.asideM === best && found !== undefined)) continue;
          if (!Number.isNaN(headingDeg) && this.acrossDeg(segment, headingDeg) > MAX_ACROSS_DEG) continue;
          best = spot.asideM;
          found = spot;
        }
      }
    }
    return found;
  }

  spotOn(segment: number, x: number, y: number): LineSpot {
    const ax = this.#x(segment);
    const ay = this.#y(segment);
    const dx = this.#x(segment + 1) - ax;
    const dy = this.#y(segment + 1) - ay;
    const lengthSquared = dx * dx + dy * dy;
    const t =
      lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / lengthSquared));
    const ox = x - ax - t * dx;
    const oy = y - ay - t * dy;
    return {
      alongM: (this.alongM[segment] as number) + t * Math.sqrt(lengthSquared),
      asideM: Math.sqrt(ox * ox + oy * oy),
    };
  }

  acrossDeg(segment: number, headingDeg: number): number {
    return headingDifferenceDeg(this.segmentHeadingDeg(segment), headingDeg);
  }

  segmentHeadingDeg(segment: number): number {
    return courseDeg(this.#x(segment + 1) - this.#x(segment), this.#y(segment + 1) - this.#y(segment));
  }

  headingAt(alongM: number): number {
    return this.segmentHeadingDeg(this.#segmentAt(alongM));
  }

  pointAt(alongM: number): Xy {
    const i = this.#segmentAt(alongM);
    const from = this.alongM[i] as number;
    const length = (this.alongM[i + 1] as number) - from;
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, (alongM - from) / length));
    return {
      x: this.#x(i) + t * (this.#x(i + 1) - this.#x(i)),
      y: this.#y(i) + t * (this.#y(i + 1) - this.#y(i)),
    };
  }

  #segmentAt(alongM: number): number {
    let low = 0;
    let high = this.xs.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.alongM[middle] as number) <= alongM) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** All squares that the segment passes; steps of half a square miss none by more than the reach of a lookup. */
  #enter(segment: number): void {
    for (const key of segmentSquares(this, segment)) {
      const list = this.#squares.get(key);
      if (list === undefined) this.#squares.set(key, [segment]);
      else list.push(segment);
    }
  }

  #x(i: number): number {
    return this.xs[i] as number;
  }

  #y(i: number): number {
    return this.ys[i] as number;
  }
}

/** Keys of the squares along a segment. */
export function segmentSquares(line: RoadLine, segment: number): ReadonlySet<number> {
  const ax = line.xs[segment] as number;
  const ay = line.ys[segment] as number;
  const bx = line.xs[segment + 1] as number;
  const by = line.ys[segment + 1] as number;
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  const steps = Math.max(1, Math.ceil(length / (SQUARE_M / 2)));
  const keys = new Set<number>();
  for (let k = 0; k <= steps; k++)
    keys.add(squareKey(ax + ((bx - ax) * k) / steps, ay + ((by - ay) * k) / steps));
  return keys;
}

export { SQUARE_M };
