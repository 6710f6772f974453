import { boxHolds, type GeoBox, type GeoPoint, type Outline } from "../domain/place.ts";
import { boxesAround, flatBoxes, WHOLE_EARTH } from "./box.ts";
import { LEAST_METRES_PER_DEGREE } from "./geodesy.ts";
import { isWithinOfPath, type Path, pathFrom, pathOf, pathsCross, ringHolds } from "./path.ts";
import { RingTable } from "./ring-table.ts";

/** Where a subscription or query applies. Rings are closed implicitly; a repeated first point at the end is allowed. */
export type Shape =
  | { readonly type: "everywhere" }
  | { readonly type: "box"; readonly box: GeoBox }
  | { readonly type: "polygon"; readonly ring: readonly GeoPoint[] }
  | { readonly type: "circle"; readonly center: GeoPoint; readonly radiusM: number }
  | { readonly type: "corridor"; readonly line: readonly GeoPoint[]; readonly halfWidthM: number };

/** A shape with its bounding boxes and tables, made once per subscription. */
export interface PreparedShape {
  readonly shape: Shape;
  /** Boxes, none of which crosses the antimeridian, that together hold the whole shape. */
  readonly boxes: readonly GeoBox[];
  contains(latitudeDeg: number, longitudeDeg: number): boolean;
  /** True where the outline and the shape have a point in common; borders belong to both. */
  intersects(outline: Outline): boolean;
}

/** The shape must have passed `shapeProblem`. Polygons have straight edges in longitude and latitude (RFC 7946). */
export function prepareShape(shape: Shape): PreparedShape {
  switch (shape.type) {
    case "everywhere":
      return new Everywhere(shape);
    case "box":
      return new Area(shape, boxPath(shape.box), flatBoxes(shape.box));
    case "polygon":
      return new Area(shape, pathOf(shape.ring, true), undefined);
    case "circle":
      return new Neighbourhood(shape, pathOf([shape.center], false), shape.radiusM);
    case "corridor":
      return new Neighbourhood(shape, pathOf(shape.line, false), shape.halfWidthM);
  }
}

/** The one predicate that decides whether an alert concerns a subscription. A bare shape is prepared for the call. */
export function shapeIntersectsOutline(shape: Shape | PreparedShape, outline: Outline): boolean {
  return ("boxes" in shape ? shape : prepareShape(shape)).intersects(outline);
}

/** Boxes that hold the outline, none of which crosses the antimeridian: what `AreaIndex.candidates` is asked with. */
export function outlineBoxes(outline: Outline): readonly GeoBox[] {
  return outlineParts(outline).flatMap(({ path }) =>
    boxesAround(path.minX, path.minY, path.maxX, path.maxY, 0),
  );
}

interface OutlinePart {
  readonly path: Path;
  readonly isArea: boolean;
}

/** An alert's outline meets many subscriptions in turn. */
const partsOf = new WeakMap<Outline, readonly OutlinePart[]>();

function outlineParts(outline: Outline): readonly OutlinePart[] {
  let parts = partsOf.get(outline);
  if (parts === undefined) {
    parts = makeParts(outline);
    partsOf.set(outline, parts);
  }
  return parts;
}

function makeParts(outline: Outline): readonly OutlinePart[] {
  switch (outline.form) {
    case "point":
      return outline.points.map((point) => ({ path: pathOf([point], false), isArea: false }));
    case "line":
      return outline.points.length === 0 ? [] : [{ path: pathOf(outline.points, false), isArea: false }];
    case "polygon":
      return outline.points.length === 0 ? [] : [{ path: pathOf(outline.points, true), isArea: true }];
    case "multi-polygon":
      return outline.parts
        .filter((ring) => ring.length > 0)
        .map((ring) => ({ path: pathOf(ring, true), isArea: true }));
  }
}

/** Moves that bring a path to the copy of the plane where another one lies. */
const SHIFTS_DEG = [0, -360, 360] as const;

class Everywhere implements PreparedShape {
  readonly shape: Shape;
  readonly boxes: readonly GeoBox[] = [WHOLE_EARTH];

  constructor(shape: Shape) {
    this.shape = shape;
  }

  contains(): boolean {
    return true;
  }

  intersects(): boolean {
    return true;
  }
}

/** A ring and what it encloses. */
class Area implements PreparedShape {
  readonly shape: Shape;
  readonly boxes: readonly GeoBox[];
  readonly #ring: Path;
  readonly #table: RingTable;

  constructor(shape: Shape, ring: Path, boxes: readonly GeoBox[] | undefined) {
    this.shape = shape;
    this.#ring = ring;
    this.#table = new RingTable(ring);
    this.boxes = boxes ?? boxesAround(ring.minX, ring.minY, ring.maxX, ring.maxY, 0);
  }

  contains(latitudeDeg: number, longitudeDeg: number): boolean {
    if (!this.boxes.some((box) => boxHolds(box, latitudeDeg, longitudeDeg))) return false;
    return SHIFTS_DEG.some((shiftDeg) => this.#table.holds(longitudeDeg + shiftDeg, latitudeDeg));
  }

  intersects(outline: Outline): boolean {
    return outlineParts(outline).some((part) => SHIFTS_DEG.some((shiftDeg) => this.#meets(part, shiftDeg)));
  }

  #meets({ path, isArea }: OutlinePart, shiftDeg: number): boolean {
    const ring = this.#ring;
    if (path.maxX + shiftDeg < ring.minX || path.minX + shiftDeg > ring.maxX) return false;
    if (path.maxY < ring.minY || path.minY > ring.maxY) return false;
    if (this.#table.holds((path.xs[0] as number) + shiftDeg, path.ys[0] as number)) return true;
    if (isArea && ringHolds(path, (ring.xs[0] as number) - shiftDeg, ring.ys[0] as number)) return true;
    return pathsCross(ring, path, shiftDeg);
  }
}

/** All places within a distance of a point or line. */
class Neighbourhood implements PreparedShape {
  readonly shape: Shape;
  readonly boxes: readonly GeoBox[];
  readonly #path: Path;
  readonly #limitM: number;
  readonly #limitDeg: number;

  constructor(shape: Shape, path: Path, limitM: number) {
    this.shape = shape;
    this.#path = path;
    this.#limitM = limitM;
    this.#limitDeg = limitM / LEAST_METRES_PER_DEGREE;
    this.boxes = boxesAround(path.minX, path.minY, path.maxX, path.maxY, limitM);
  }

  contains(latitudeDeg: number, longitudeDeg: number): boolean {
    if (!this.boxes.some((box) => boxHolds(box, latitudeDeg, longitudeDeg))) return false;
    return this.#isNear(this.#path, longitudeDeg, latitudeDeg);
  }

  intersects(outline: Outline): boolean {
    return outlineParts(outline).some((part) => this.#meets(part));
  }

  #meets({ path, isArea }: OutlinePart): boolean {
    const own = this.#path;
    if (path.maxY < own.minY - this.#limitDeg || path.minY > own.maxY + this.#limitDeg) return false;
    if (this.#isAnyNear(own, path) || this.#isAnyNear(path, own)) return true;
    return SHIFTS_DEG.some(
      (shiftDeg) =>
        (isArea && ringHolds(path, (own.xs[0] as number) - shiftDeg, own.ys[0] as number)) ||
        pathsCross(own, path, shiftDeg),
    );
  }

  /** Two lines that do not cross are closest at an end of one of their edges. */
  #isAnyNear(path: Path, others: Path): boolean {
    return others.xs.some((x, i) => this.#isNear(path, x, others.ys[i] as number));
  }

  #isNear(path: Path, x: number, y: number): boolean {
    return isWithinOfPath(path, x, y, this.#limitM, this.#limitDeg);
  }
}

/** A box as a ring; its east goes beyond 180 where it crosses the antimeridian. */
function boxPath({ southDeg, westDeg, northDeg, eastDeg }: GeoBox): Path {
  const east = eastDeg < westDeg ? eastDeg + 360 : eastDeg;
  const xs = Float64Array.of(westDeg, east, east, westDeg);
  return pathFrom(xs, Float64Array.of(southDeg, southDeg, northDeg, northDeg), true);
}
