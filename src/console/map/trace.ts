import { at, type LinkShape } from "./road-shapes.ts";

/** Where a line is drawn: pixels = fraction × scale − offset. */
export interface Projection {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** Longest step to the side at a bend: sharper ones would shoot out (miter limit). */
const MOST_MITER = 2;

/**
 * Adds a link, or the part of it between two places of its route, to the path; shifted to the right of the direction of
 * travel by so many pixels, so that the directions of a road lie beside each other.
 */
export function trace(
  context: CanvasRenderingContext2D,
  { points, metres }: LinkShape,
  { scale, x: left, y: top }: Projection,
  sidePixels: number,
  fromM = Number.NEGATIVE_INFINITY,
  toM = Number.POSITIVE_INFINITY,
): void {
  const count = metres.length;
  let begun = false;
  const put = (x: number, y: number): void => {
    if (begun) context.lineTo(x, y);
    else context.moveTo(x, y);
    begun = true;
  };
  for (let i = 0; i < count; i++) {
    const here = at(metres, i);
    const next = i + 1 < count ? at(metres, i + 1) : here;
    if (next < fromM || here > toM) continue;
    const [sideX, sideY] = side(points, i, count, sidePixels);
    if (here >= fromM)
      put(at(points, 2 * i) * scale - left + sideX, at(points, 2 * i + 1) * scale - top + sideY);
    if (i + 1 === count) break;
    for (const cut of [fromM, toM]) {
      if (cut <= here || cut >= next) continue;
      const share = (cut - here) / (next - here);
      const x = at(points, 2 * i) + share * (at(points, 2 * i + 2) - at(points, 2 * i));
      const y = at(points, 2 * i + 1) + share * (at(points, 2 * i + 3) - at(points, 2 * i + 1));
      put(x * scale - left + sideX, y * scale - top + sideY);
    }
  }
}

/** The step to the right at a point: along the halved angle of the lines that meet there. */
function side(points: Float64Array, i: number, count: number, pixels: number): readonly [number, number] {
  if (pixels === 0) return [0, 0];
  const [inX, inY] = direction(points, Math.max(0, i - 1));
  const [outX, outY] = direction(points, Math.min(count - 2, i));
  const [x, y] = [-(inY + outY), inX + outX];
  const length = Math.hypot(x, y);
  if (length < 0.2) return [-outY * pixels, outX * pixels];
  // |in + out| = 2 cos(half angle): the miter is 1 / cos of it.
  const miter = Math.min(MOST_MITER, 2 / length);
  return [(x / length) * pixels * miter, (y / length) * pixels * miter];
}

function direction(points: Float64Array, i: number): readonly [number, number] {
  const x = at(points, 2 * i + 2) - at(points, 2 * i);
  const y = at(points, 2 * i + 3) - at(points, 2 * i + 1);
  const length = Math.hypot(x, y);
  return length === 0 ? [1, 0] : [x / length, y / length];
}
