import type { GeoPoint } from "../../domain/place.ts";
import { bearingDeg, distanceM, longitudeDifferenceDeg, metresPerDegree } from "../geodesy.ts";

const E7 = 1e7;
const HALF_TURN_E7 = 180 * E7;
const TURN_E7 = 360 * E7;

/** Segments that may be farther than the best before a search along the line gives up. */
const PATIENCE = 3;

/** Segments passed between two reports of a station that drives along: 3 m at 10 Hz, 50 m at most. */
const MOST_WALKED = 4;

/** Where a point lies beside a line. Written by `LinkLine.project`; one object is used again and again. */
export class Projection {
  segment = 0;
  /** Along the line, clamped to it, m. */
  offsetM = Number.NaN;
  /** Left positive, m. Beyond an end: from the line as if it went on. */
  lateralM = Number.NaN;
  /** How far beyond the beginning (negative) or the end (positive), along the line, m; 0 beside it. */
  beyondM = Number.NaN;
  /** From the nearest point of the line, m. */
  distanceM = Number.NaN;
}

/**
 * The line of a link in a plane of its own, m east and north of its first point. Distances in it are within 0.1 % for
 * links up to 20 km; lengths along it are those of the ellipsoid.
 */
export class LinkLine {
  readonly points: readonly GeoPoint[];
  readonly lengthM: number;
  readonly segments: number;
  /** Direction of each segment, degrees from north. */
  readonly headingsDeg: Float64Array;
  /** Metres from the beginning to each vertex. */
  readonly alongM: Float64Array;
  /** Plane length of each segment, m, and the inverse of its square. */
  readonly #lengths: Float64Array;
  readonly #inverses: Float64Array;
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;
  readonly #latitudeE7: number;
  readonly #longitudeE7: number;
  readonly #eastM: number;
  readonly #northM: number;

  /** Needs two points or more that differ one by one. */
  constructor(points: readonly GeoPoint[]) {
    const first = points[0] as GeoPoint;
    const middle = points[points.length >> 1] as GeoPoint;
    const { northM, eastM } = metresPerDegree((first.latitudeDeg + middle.latitudeDeg) / 2);
    this.points = points;
    this.segments = points.length - 1;
    this.#latitudeE7 = Math.round(first.latitudeDeg * E7);
    this.#longitudeE7 = Math.round(first.longitudeDeg * E7);
    this.#eastM = eastM / E7;
    this.#northM = northM / E7;
    this.#xs = Float64Array.from(
      points,
      ({ longitudeDeg }) => longitudeDifferenceDeg(first.longitudeDeg, longitudeDeg) * eastM,
    );
    this.#ys = Float64Array.from(points, ({ latitudeDeg }) => (latitudeDeg - first.latitudeDeg) * northM);
    this.alongM = new Float64Array(points.length);
    this.headingsDeg = new Float64Array(this.segments);
    for (let i = 0; i < this.segments; i++) {
      const [from, to] = [points[i] as GeoPoint, points[i + 1] as GeoPoint];
      this.alongM[i + 1] = (this.alongM[i] as number) + distanceM(from, to);
      this.headingsDeg[i] = bearingDeg(from, to);
    }
    this.lengthM = this.alongM[this.segments] as number;
    this.#lengths = new Float64Array(this.segments);
    this.#inverses = new Float64Array(this.segments);
    for (let i = 0; i < this.segments; i++) {
      const dx = (this.#xs[i + 1] as number) - (this.#xs[i] as number);
      const dy = (this.#ys[i + 1] as number) - (this.#ys[i] as number);
      this.#lengths[i] = Math.sqrt(dx * dx + dy * dy);
      this.#inverses[i] = 1 / (dx * dx + dy * dy);
    }
  }

  /** The segment that holds a place. */
  segmentAt(offsetM: number): number {
    let low = 0;
    let high = this.segments - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.alongM[middle] as number) <= offsetM) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The point of the line at a place, which is clamped. Not rounded. */
  pointAt(offsetM: number): GeoPoint {
    const i = this.segmentAt(offsetM);
    const [from, to] = [this.points[i] as GeoPoint, this.points[i + 1] as GeoPoint];
    const start = this.alongM[i] as number;
    const share = (offsetM - start) / ((this.alongM[i + 1] as number) - start);
    const t = Math.max(0, Math.min(1, share));
    const eastDeg = longitudeDifferenceDeg(from.longitudeDeg, to.longitudeDeg);
    return {
      latitudeDeg: from.latitudeDeg + t * (to.latitudeDeg - from.latitudeDeg),
      longitudeDeg: from.longitudeDeg + t * eastDeg,
    };
  }

  /** The nearest place of all segments from `first` to before `end`. */
  project(latitudeE7: number, longitudeE7: number, first: number, end: number, out: Projection): void {
    const x = this.#x(longitudeE7);
    const y = this.#y(latitudeE7);
    let best = first;
    let bestSquare = Number.POSITIVE_INFINITY;
    for (let i = first; i < end; i++) {
      const square = this.#squareTo(i, x, y);
      if (square >= bestSquare) continue;
      best = i;
      bestSquare = square;
    }
    this.#place(best, x, y, bestSquare, out);
  }

  /**
   * The nearest place around a segment that was nearest a moment ago: goes along the line, first forwards, while it gets
   * nearer. A line that comes back to itself has several such places.
   */
  projectFrom(segment: number, latitudeE7: number, longitudeE7: number, out: Projection): void {
    const x = this.#x(longitudeE7);
    const y = this.#y(latitudeE7);
    let best = segment;
    let bestSquare = this.#squareTo(segment, x, y);
    for (let i = segment + 1; i < this.segments && i <= best + PATIENCE; i++) {
      const square = this.#squareTo(i, x, y);
      if (square >= bestSquare) continue;
      best = i;
      bestSquare = square;
    }
    for (let i = segment - 1; i >= 0 && i >= best - PATIENCE; i--) {
      const square = this.#squareTo(i, x, y);
      if (square >= bestSquare) continue;
      best = i;
      bestSquare = square;
    }
    this.#place(best, x, y, bestSquare, out);
  }

  /**
   * `projectFrom` for a station that has moved a little along the line: goes straight to the segment beside it. False where
   * there is none within a few segments. One piece, because numbers that pass between functions may be put on the heap.
   */
  glide(segment: number, latitudeE7: number, longitudeE7: number, out: Projection): boolean {
    let east = longitudeE7 - this.#longitudeE7;
    if (east > HALF_TURN_E7) east -= TURN_E7;
    else if (east < -HALF_TURN_E7) east += TURN_E7;
    const x = east * this.#eastM;
    const y = (latitudeE7 - this.#latitudeE7) * this.#northM;
    let i = segment;
    let step = 0;
    for (let walked = 0; walked <= MOST_WALKED; walked++) {
      const ax = this.#xs[i] as number;
      const ay = this.#ys[i] as number;
      const dx = (this.#xs[i + 1] as number) - ax;
      const dy = (this.#ys[i + 1] as number) - ay;
      const share = ((x - ax) * dx + (y - ay) * dy) * (this.#inverses[i] as number);
      if (share >= 0 && share <= 1) {
        const start = this.alongM[i] as number;
        const lateralM = (dx * (y - ay) - dy * (x - ax)) / (this.#lengths[i] as number);
        out.segment = i;
        out.offsetM = start + share * ((this.alongM[i + 1] as number) - start);
        out.lateralM = lateralM;
        out.distanceM = lateralM < 0 ? -lateralM : lateralM;
        out.beyondM = 0;
        return true;
      }
      const next = share > 1 ? 1 : -1;
      // Outside of a bend a point is beside neither segment, and nearest to the vertex between them.
      if (next === -step) {
        this.#place(i, x, y, this.#squareTo(i, x, y), out);
        return true;
      }
      step = next;
      i += step;
      if (i < 0 || i >= this.segments) return false;
    }
    return false;
  }

  /** Way east from one longitude to another, m. */
  eastM(fromE7: number, toE7: number): number {
    const difference = toE7 - fromE7;
    if (difference > HALF_TURN_E7) return (difference - TURN_E7) * this.#eastM;
    return (difference < -HALF_TURN_E7 ? difference + TURN_E7 : difference) * this.#eastM;
  }

  northM(fromE7: number, toE7: number): number {
    return (toE7 - fromE7) * this.#northM;
  }

  #x(longitudeE7: number): number {
    return this.eastM(this.#longitudeE7, longitudeE7);
  }

  #y(latitudeE7: number): number {
    return this.northM(this.#latitudeE7, latitudeE7);
  }

  #squareTo(i: number, x: number, y: number): number {
    const ax = this.#xs[i] as number;
    const ay = this.#ys[i] as number;
    const dx = (this.#xs[i + 1] as number) - ax;
    const dy = (this.#ys[i + 1] as number) - ay;
    const share = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
    const t = share < 0 ? 0 : share > 1 ? 1 : share;
    const ex = x - ax - t * dx;
    const ey = y - ay - t * dy;
    return ex * ex + ey * ey;
  }

  #place(i: number, x: number, y: number, square: number, out: Projection): void {
    const ax = this.#xs[i] as number;
    const ay = this.#ys[i] as number;
    const dx = (this.#xs[i + 1] as number) - ax;
    const dy = (this.#ys[i + 1] as number) - ay;
    const lengthSquare = dx * dx + dy * dy;
    const share = ((x - ax) * dx + (y - ay) * dy) / lengthSquare;
    const cross = dx * (y - ay) - dy * (x - ax);
    const start = this.alongM[i] as number;
    const lengthM = (this.alongM[i + 1] as number) - start;
    const t = share < 0 ? 0 : share > 1 ? 1 : share;
    const isBeyondEnd = share > 1 && i === this.segments - 1;
    const isBeforeBegin = share < 0 && i === 0;
    out.segment = i;
    out.offsetM = start + t * lengthM;
    out.distanceM = Math.sqrt(square);
    if (isBeyondEnd || isBeforeBegin) {
      out.beyondM = isBeyondEnd ? (share - 1) * lengthM : share * lengthM;
      out.lateralM = cross / Math.sqrt(lengthSquare);
    } else {
      out.beyondM = 0;
      out.lateralM = cross < 0 ? -out.distanceM : out.distanceM;
    }
  }
}
