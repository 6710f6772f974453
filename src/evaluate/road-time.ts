import type { AlertShapes } from "./alert-shape.ts";
import { type Episode, revisionAt, startOf } from "./episode.ts";
import { asksFor, type HazardClass, isClaim } from "./hazard-class.ts";
import { CELL_M } from "./road-atlas.ts";
import { type PlacedEvent, type Scene, stretchAt } from "./scene.ts";

/**
 * Cells of 50 m × 1 s of directed road. `claimed` and `true` count cells outside don't-care events; `hard` are claimed cells
 * further from every event of the kind than the tolerance and a minute.
 */
export interface RoadTime {
  readonly claimed: number;
  readonly true: number;
  readonly both: number;
  readonly hard: number;
}

const SECOND_MS = 1_000;
/** After a queue has gone the last vehicles still gather speed. */
const AFTER_MS = 60_000;
const BEFORE_MS = 5_000;
/** Vehicles of an event may drive this far from the line of a route. */
const ASIDE_M = 40;

/** What the truth says of each cell and second, for one hazard; computed once and used for every seed. */
export class TruthCells {
  readonly #scene: Scene;
  readonly #events: readonly PlacedEvent[];
  readonly #hazardClass: HazardClass;
  readonly #cache = new Map<string, ReadonlySet<number>>();

  constructor(scene: Scene, hazardClass: HazardClass) {
    this.#scene = scene;
    this.#hazardClass = hazardClass;
    this.#events = scene.events.filter(
      ({ event, line }) => asksFor(hazardClass, event) && line !== undefined,
    );
  }

  get hasEvents(): boolean {
    return this.#events.length > 0;
  }

  measure(shapes: AlertShapes, episodes: readonly Episode[]): RoadTime {
    const { fromMs, toMs } = this.#scene;
    const ofKind = episodes.filter(({ kind }) => kind === this.#hazardClass.kind);
    let claimedCells = 0;
    let trueCells = 0;
    let both = 0;
    let hard = 0;
    for (let atMs = fromMs; atMs < toMs; atMs += SECOND_MS) {
      const claimed = this.#claimedAt(shapes, ofKind, atMs);
      const isTrue = this.#cellsAt(atMs, 0, "counts");
      const excused = this.#cellsAt(atMs, 1, "dont-care");
      trueCells += isTrue.size;
      if (claimed.size === 0) continue;
      const around = this.#cellsAt(atMs, this.#hazardClass.toleranceM / CELL_M, "around");
      for (const cell of claimed) {
        if (isTrue.has(cell)) both++;
        else if (excused.has(cell)) continue;
        else if (!around.has(cell)) hard++;
        claimedCells++;
      }
    }
    return { claimed: claimedCells, true: trueCells, both, hard };
  }

  #claimedAt(shapes: AlertShapes, episodes: readonly Episode[], atMs: number): ReadonlySet<number> {
    const cells = new Set<number>();
    for (const episode of episodes) {
      if (startOf(episode) > atMs || episode.endMs <= atMs) continue;
      const revision = revisionAt(episode, atMs);
      if (!isClaim(episode.kind, revision)) continue;
      for (const cell of shapes.cellsOf(revision)) cells.add(cell);
    }
    return cells;
  }

  /** Cells of the events at a time, widened by a number of cells up and down the road. */
  #cellsAt(atMs: number, widerBy: number, what: "counts" | "dont-care" | "around"): ReadonlySet<number> {
    const key = `${what} ${atMs}`;
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const cells = new Set<number>();
    for (const placed of this.#events) {
      const { onMs, offMs, dontCare } = placed.event;
      const isWide = what === "around";
      if (atMs < onMs - (isWide ? BEFORE_MS : 0) || atMs > offMs + (isWide ? AFTER_MS : 0)) continue;
      if (!isWide && (dontCare === undefined) !== (what === "counts")) continue;
      this.#addCells(cells, placed, atMs, widerBy * CELL_M);
    }
    this.#cache.set(key, cells);
    return cells;
  }

  #addCells(cells: Set<number>, placed: PlacedEvent, atMs: number, widerM: number): void {
    const { line } = placed;
    const stretch = stretchAt(placed, atMs);
    if (line === undefined || stretch === undefined) return;
    const fromM = Math.max(0, stretch.fromM - widerM);
    const toM = Math.min(line.lengthM, stretch.toM + widerM);
    for (let alongM = fromM; alongM < toM + CELL_M / 2; alongM += CELL_M / 2) {
      const at = Math.min(alongM, toM);
      const { x, y } = line.pointAt(at);
      const cell = this.#scene.atlas.cellAt(x, y, line.headingAt(at), ASIDE_M);
      if (cell >= 0) cells.add(cell);
    }
  }
}
