import type { GeoPoint, Outline } from "../domain/place.ts";
import { headingDifferenceDeg } from "../geo/geodesy.ts";
import type { Revision } from "./episode.ts";
import type { Ground, Xy } from "./ground.ts";
import type { RoadAtlas } from "./road-atlas.ts";
import { MAX_ACROSS_DEG, type RoadLine } from "./road-line.ts";
import type { Stretch } from "./scene.ts";

/** An outline that follows a road lies this near the line of a drive on it. */
const ASIDE_M = 40;
/** Long edges are looked at in steps of this. */
const STEP_M = 20;
/** An alert for a point covers the cell that the point is in. */
const ON_CELL_M = 30;

/** Where alerts lie on lines and cells. Every revision is looked at once per line. */
export class AlertShapes {
  readonly #ground: Ground;
  readonly #atlas: RoadAtlas;
  readonly #stretches = new Map<RoadLine, WeakMap<Revision, { readonly stretch: Stretch | undefined }>>();
  readonly #cells = new WeakMap<Revision, Int32Array>();
  readonly #cellPlaces: {
    readonly cell: number;
    readonly x: number;
    readonly y: number;
    readonly headingDeg: number;
  }[] = [];

  constructor(ground: Ground, atlas: RoadAtlas) {
    this.#ground = ground;
    this.#atlas = atlas;
    atlas.forEachCell((cell, x, y, headingDeg) => this.#cellPlaces.push({ cell, x, y, headingDeg }));
  }

  /** The part of a line that a revision speaks of; undefined where it lies elsewhere or means other traffic. */
  stretchOn(line: RoadLine, revision: Revision): Stretch | undefined {
    let known = this.#stretches.get(line);
    if (known === undefined) {
      known = new WeakMap();
      this.#stretches.set(line, known);
    }
    let found = known.get(revision);
    if (found === undefined) {
      found = { stretch: this.#find(line, revision) };
      known.set(revision, found);
    }
    return found.stretch;
  }

  #find(line: RoadLine, { outline, headingDeg = Number.NaN }: Revision): Stretch | undefined {
    const alongs =
      outline.form === "point" || outline.form === "line"
        ? this.#points(outline.points).flatMap(({ x, y }) => {
            const spot = line.project(x, y, headingDeg, ASIDE_M);
            return spot === undefined ? [] : [spot.alongM];
          })
        : this.#alongInside(line, outline, headingDeg);
    if (alongs.length === 0) return undefined;
    return { fromM: Math.min(...alongs), toM: Math.max(...alongs) };
  }

  #points(points: readonly GeoPoint[]): readonly Xy[] {
    const corners = points.map((point) => this.#ground.xy(point));
    return corners.flatMap((to, i) => {
      const from = corners[i - 1];
      return from === undefined ? [to] : between(from, to);
    });
  }

  #alongInside(line: RoadLine, outline: Outline, headingDeg: number): readonly number[] {
    const rings = ringsOf(outline).map((ring) => ring.map((point) => this.#ground.xy(point)));
    const boxes = rings.map(boxOf);
    const alongs: number[] = [];
    for (let alongM = 0; alongM <= line.lengthM; alongM += STEP_M / 2) {
      const at = line.pointAt(alongM);
      const isInside = rings.some((ring, i) => boxHolds(boxes[i] as Box, at) && ringHolds(ring, at));
      if (!isInside) continue;
      if (
        !Number.isNaN(headingDeg) &&
        headingDifferenceDeg(line.headingAt(alongM), headingDeg) > MAX_ACROSS_DEG
      )
        continue;
      alongs.push(alongM);
    }
    return alongs;
  }

  /** Numbers of the cells of road that a revision covers. */
  cellsOf(revision: Revision): Int32Array {
    let cells = this.#cells.get(revision);
    if (cells === undefined) {
      cells = Int32Array.from(this.#findCells(revision));
      this.#cells.set(revision, cells);
    }
    return cells;
  }

  #findCells({ outline, headingDeg = Number.NaN }: Revision): ReadonlySet<number> {
    const found = new Set<number>();
    if (outline.form === "point" || outline.form === "line") {
      for (const { x, y } of this.#points(outline.points)) {
        const cell = this.#atlas.cellAt(x, y, headingDeg, ON_CELL_M);
        if (cell >= 0) found.add(cell);
      }
      return found;
    }
    const rings = ringsOf(outline).map((ring) => ring.map((point) => this.#ground.xy(point)));
    const boxes = rings.map(boxOf);
    for (const place of this.#cellPlaces) {
      if (!Number.isNaN(headingDeg) && headingDifferenceDeg(place.headingDeg, headingDeg) > MAX_ACROSS_DEG)
        continue;
      if (rings.some((ring, i) => boxHolds(boxes[i] as Box, place) && ringHolds(ring, place)))
        found.add(place.cell);
    }
    return found;
  }
}

function between(from: Xy, to: Xy): readonly Xy[] {
  const length = Math.sqrt((to.x - from.x) * (to.x - from.x) + (to.y - from.y) * (to.y - from.y));
  const steps = Math.max(1, Math.ceil(length / STEP_M));
  return Array.from({ length: steps }, (_, k) => ({
    x: from.x + ((to.x - from.x) * (k + 1)) / steps,
    y: from.y + ((to.y - from.y) * (k + 1)) / steps,
  }));
}

export function ringsOf(outline: Outline): readonly (readonly GeoPoint[])[] {
  return outline.form === "multi-polygon" ? outline.parts : [outline.points];
}

interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

function boxOf(ring: readonly Xy[]): Box {
  return {
    minX: Math.min(...ring.map(({ x }) => x)),
    minY: Math.min(...ring.map(({ y }) => y)),
    maxX: Math.max(...ring.map(({ x }) => x)),
    maxY: Math.max(...ring.map(({ y }) => y)),
  };
}

function boxHolds(box: Box, { x, y }: Xy): boolean {
  return x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY;
}

function ringHolds(ring: readonly Xy[], { x, y }: Xy): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i] as Xy;
    const b = ring[j] as Xy;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}
