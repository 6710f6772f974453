import { kinks, polygon } from "@turf/turf";
import type { GeoBox, GeoPoint } from "../domain/place.ts";
import { metresPerDegree } from "./geodesy.ts";
import { pathOf } from "./path.ts";
import type { Shape } from "./shapes.ts";

/** Most points of a ring or line: the search for self-intersections takes about 8 ms then (measured, quadratic). */
export const MAX_SHAPE_POINTS = 1_000;

/** Reaches across a large country; more is "everywhere". */
export const MAX_RADIUS_M = 500_000;

/** A corridor follows a road. */
export const MAX_HALF_WIDTH_M = 5_000;

/** A polygon smaller than one parking space is a slip of the pen. */
const MIN_AREA_M2 = 10;

/** What is wrong with a shape that a user sent: `field` within the shape (e.g. `ring[2].latitudeDeg`), one sentence in `text`. */
export interface ShapeProblem {
  readonly field: string;
  readonly text: string;
}

/** Undefined where the shape can be used. Takes up to 10 ms for large rings: once per subscription, never per message. */
export function shapeProblem(shape: Shape): ShapeProblem | undefined {
  switch (shape.type) {
    case "everywhere":
      return undefined;
    case "box":
      return boxProblem(shape.box);
    case "polygon":
      return pointsProblem("ring", shape.ring, 3) ?? ringProblem(shape.ring);
    case "circle":
      return pointProblem("center", shape.center) ?? lengthProblem("radiusM", shape.radiusM, MAX_RADIUS_M);
    case "corridor":
      return (
        pointsProblem("line", shape.line, 2) ??
        lengthProblem("halfWidthM", shape.halfWidthM, MAX_HALF_WIDTH_M)
      );
  }
}

function boxProblem(box: GeoBox): ShapeProblem | undefined {
  const corners =
    rangeProblem("box.southDeg", box.southDeg, 90) ??
    rangeProblem("box.northDeg", box.northDeg, 90) ??
    rangeProblem("box.westDeg", box.westDeg, 180) ??
    rangeProblem("box.eastDeg", box.eastDeg, 180);
  if (corners !== undefined) return corners;
  if (box.southDeg >= box.northDeg) return { field: "box.southDeg", text: "must lie south of northDeg" };
  if (box.westDeg === box.eastDeg) return { field: "box.westDeg", text: "must differ from eastDeg" };
  return undefined;
}

function ringProblem(ring: readonly GeoPoint[]): ShapeProblem | undefined {
  const path = pathOf(ring, true);
  const points = Array.from(path.xs, (x, i): [number, number] => [x, path.ys[i] as number]);
  const distinct = points.filter(
    ([x, y], i) => i === 0 || x !== points[i - 1]?.[0] || y !== points[i - 1]?.[1],
  );
  const [first] = distinct;
  if (first === undefined || distinct.length < 3) {
    return { field: "ring", text: "needs 3 points that differ" };
  }
  const last = distinct.at(-1) ?? first;
  if (Math.abs(last[0] - first[0]) > 180) {
    return { field: "ring", text: "must not go round a pole; use a box or a circle there" };
  }
  if (areaM2(distinct) < MIN_AREA_M2)
    return { field: "ring", text: `must enclose at least ${MIN_AREA_M2} m²` };
  const [crossing] = kinks(polygon([[...distinct, first]])).features;
  if (crossing !== undefined) {
    const [longitude, latitude] = crossing.geometry.coordinates;
    const place = `latitude ${latitude?.toFixed(5)}, longitude ${longitude?.toFixed(5)}`;
    return { field: "ring", text: `must not touch or cross itself, which it does at ${place}` };
  }
  return undefined;
}

/** Area between straight edges in longitude and latitude, not between geodesics: three points on one edge enclose nothing. */
function areaM2(ring: readonly (readonly [number, number])[]): number {
  let doubled = 0;
  let [beforeX, beforeY] = ring.at(-1) ?? [0, 0];
  for (const [x, y] of ring) {
    doubled += beforeX * y - x * beforeY;
    [beforeX, beforeY] = [x, y];
  }
  const { northM, eastM } = metresPerDegree(beforeY);
  return (Math.abs(doubled) / 2) * northM * eastM;
}

function pointsProblem(field: string, points: readonly GeoPoint[], least: number): ShapeProblem | undefined {
  if (points.length < least || points.length > MAX_SHAPE_POINTS) {
    return { field, text: `must have ${least} to ${MAX_SHAPE_POINTS} points, has ${points.length}` };
  }
  for (const [i, point] of points.entries()) {
    const problem = pointProblem(`${field}[${i}]`, point);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function pointProblem(field: string, point: GeoPoint): ShapeProblem | undefined {
  return (
    rangeProblem(`${field}.latitudeDeg`, point.latitudeDeg, 90) ??
    rangeProblem(`${field}.longitudeDeg`, point.longitudeDeg, 180)
  );
}

function rangeProblem(field: string, value: number, limit: number): ShapeProblem | undefined {
  if (Number.isFinite(value) && Math.abs(value) <= limit) return undefined;
  return { field, text: `must lie within ±${limit} degrees, is ${value}` };
}

function lengthProblem(field: string, value: number, limitM: number): ShapeProblem | undefined {
  if (value >= 1 && value <= limitM) return undefined;
  return { field, text: `must be 1 to ${limitM} m, is ${value}` };
}
