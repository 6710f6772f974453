import type { GeoBox, GeoPoint, Outline } from "../domain/place.ts";

/** Where a subscription or query applies. Rings are closed implicitly; a repeated first point at the end is allowed. */
export type Shape =
  | { readonly type: "everywhere" }
  | { readonly type: "box"; readonly box: GeoBox }
  | { readonly type: "polygon"; readonly ring: readonly GeoPoint[] }
  | { readonly type: "circle"; readonly center: GeoPoint; readonly radiusM: number }
  | { readonly type: "corridor"; readonly line: readonly GeoPoint[]; readonly halfWidthM: number };

/** What is wrong with a shape that a user sent: `field` within the shape (e.g. `ring[2].latitudeDeg`), one sentence in `text`. */
export interface ShapeProblem {
  readonly field: string;
  readonly text: string;
}

/** A shape with its bounding boxes and tables, made once per subscription. */
export interface PreparedShape {
  readonly shape: Shape;
  /** One or two boxes, none of which crosses the antimeridian, that together hold the whole shape. */
  readonly boxes: readonly GeoBox[];
  contains(latitudeDeg: number, longitudeDeg: number): boolean;
  /** True where the outline and the shape have a point in common; borders belong to both. */
  intersects(outline: Outline): boolean;
}

/** Undefined where the shape can be used. */
export function shapeProblem(_shape: Shape): ShapeProblem | undefined {
  throw new Error("not yet");
}

/** The shape must have passed `shapeProblem`. */
export function prepareShape(_shape: Shape): PreparedShape {
  throw new Error("not yet");
}

/** The one predicate that decides whether an alert concerns a subscription. A bare shape is prepared for the call. */
export function shapeIntersectsOutline(_shape: Shape | PreparedShape, _outline: Outline): boolean {
  throw new Error("not yet");
}

/** Boxes that hold the outline, none of which crosses the antimeridian: what `AreaIndex.candidates` is asked with. */
export function outlineBoxes(_outline: Outline): readonly GeoBox[] {
  throw new Error("not yet");
}
