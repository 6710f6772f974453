import { MAX_ACROSS_DEG, type RoadLine, SQUARE_M, segmentSquares, squareKey } from "./road-line.ts";

/** Length of a cell of road, m: the resolution of current services (RWS: 50 m). */
export const CELL_M = 50;

/** A place on one of the lines. */
export interface AtlasSpot {
  /** Place in `lines`. */
  readonly line: number;
  readonly alongM: number;
}

/** All lines of an evaluation, and all their cells of 50 m with one number each. */
export class RoadAtlas {
  readonly #lines: RoadLine[] = [];
  readonly #firstCell: number[] = [];
  readonly #squares = new Map<number, number[]>();
  #cells = 0;

  get lines(): readonly RoadLine[] {
    return this.#lines;
  }

  get cells(): number {
    return this.#cells;
  }

  get lengthM(): number {
    return this.#lines.reduce((sum, { lengthM }) => sum + lengthM, 0);
  }

  add(line: RoadLine): void {
    const index = this.#lines.length;
    this.#lines.push(line);
    this.#firstCell.push(this.#cells);
    this.#cells += Math.max(1, Math.ceil(line.lengthM / CELL_M));
    for (let segment = 0; segment + 1 < line.xs.length; segment++) {
      for (const key of segmentSquares(line, segment)) {
        const list = this.#squares.get(key);
        if (list === undefined) this.#squares.set(key, [index, segment]);
        else list.push(index, segment);
      }
    }
  }

  /** Number of the nearest cell within `withinM` (at most 64) that is driven as `headingDeg` says; −1 where there is none. */
  cellAt(x: number, y: number, headingDeg: number, withinM: number): number {
    const spot = this.spotAt(x, y, headingDeg, withinM);
    return spot === undefined
      ? -1
      : (this.#firstCell[spot.line] as number) + Math.floor(spot.alongM / CELL_M);
  }

  /** The nearest place on a line likewise; undefined where there is none. */
  spotAt(x: number, y: number, headingDeg: number, withinM: number): AtlasSpot | undefined {
    let best = withinM;
    let found: AtlasSpot | undefined;
    for (let i = -1; i <= 1; i++) {
      for (let j = -1; j <= 1; j++) {
        const list = this.#squares.get(squareKey(x + i * SQUARE_M, y + j * SQUARE_M));
        if (list === undefined) continue;
        for (let k = 0; k < list.length; k += 2) {
          const index = list[k] as number;
          const line = this.#lines[index] as RoadLine;
          const segment = list[k + 1] as number;
          const spot = line.spotOn(segment, x, y);
          if (spot.asideM >= best) continue;
          if (!Number.isNaN(headingDeg) && line.acrossDeg(segment, headingDeg) > MAX_ACROSS_DEG) continue;
          best = spot.asideM;
          found = { line: index, alongM: spot.alongM };
        }
      }
    }
    return found;
  }

  /** Calls back for the middle of every cell. */
  forEachCell(visit: (cell: number, x: number, y: number, headingDeg: number) => void): void {
    this.#lines.forEach((line, index) => {
      const first = this.#firstCell[index] as number;
      const cells = Math.max(1, Math.ceil(line.lengthM / CELL_M));
      for (let k = 0; k < cells; k++) {
        const alongM = Math.min(line.lengthM, (k + 0.5) * CELL_M);
        const { x, y } = line.pointAt(alongM);
        visit(first + k, x, y, line.headingAt(alongM));
      }
    });
  }
}
