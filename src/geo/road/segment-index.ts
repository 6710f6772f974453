import RBush from "rbush";
import type { GeoPoint } from "../../domain/place.ts";
import { boxesAround } from "../box.ts";
import { pathOf } from "../path.ts";
import type { LinkLine } from "./link-line.ts";

/** Segments of one entry: fewer make the tree large, more make its boxes coarse. */
const RUN_SEGMENTS = 4;

/** A few segments of one link. */
export interface SegmentRun {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly link: number;
  readonly first: number;
  /** Behind its last segment. */
  readonly end: number;
}

/** Links by place: bulk-loaded runs of segments, in degrees. Never changes. */
export class SegmentIndex {
  readonly #tree = new RBush<SegmentRun>();

  constructor(lines: readonly LinkLine[]) {
    this.#tree.load(lines.flatMap((line, link) => runsOf(line, link)));
  }

  /** Runs whose box comes within `withinM` of a point, sorted by link and place: an R-tree's order is nobody's promise. */
  around(point: GeoPoint, withinM: number): SegmentRun[] {
    const { latitudeDeg: y, longitudeDeg: x } = point;
    const found: SegmentRun[] = [];
    for (const box of boxesAround(x, y, x, y, withinM)) {
      const { westDeg, southDeg, eastDeg, northDeg } = box;
      found.push(...this.#tree.search({ minX: westDeg, minY: southDeg, maxX: eastDeg, maxY: northDeg }));
    }
    return found.sort((a, b) => a.link - b.link || a.first - b.first);
  }
}

function runsOf({ points, segments }: LinkLine, link: number): SegmentRun[] {
  const runs: SegmentRun[] = [];
  for (let first = 0; first < segments; first += RUN_SEGMENTS) {
    const end = Math.min(segments, first + RUN_SEGMENTS);
    const { minX, minY, maxX, maxY } = pathOf(points.slice(first, end + 1), false);
    for (const box of boxesAround(minX, minY, maxX, maxY, 0)) {
      const { westDeg, southDeg, eastDeg, northDeg } = box;
      runs.push({ minX: westDeg, minY: southDeg, maxX: eastDeg, maxY: northDeg, link, first, end });
    }
  }
  return runs;
}
