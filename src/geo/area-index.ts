import RBush from "rbush";
import type { GeoBox } from "../domain/place.ts";
import { flatBoxes } from "./box.ts";

interface Entry<T> {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly id: string;
  readonly item: T;
}

/** Bounding boxes of things that rarely change, such as subscription areas. Boxes may cross the antimeridian. */
export class AreaIndex<T> {
  readonly #tree = new RBush<Entry<T>>();
  readonly #entries = new Map<string, readonly Entry<T>[]>();

  get size(): number {
    return this.#entries.size;
  }

  /** Replaces what stood under the id. */
  add(id: string, boxes: readonly GeoBox[], item: T): void {
    this.remove(id);
    const entries = boxes.flatMap((box) => flatBoxes(box).map((flat) => entryOf(flat, id, item)));
    for (const entry of entries) this.#tree.insert(entry);
    this.#entries.set(id, entries);
  }

  /** False where nothing stood under the id. */
  remove(id: string): boolean {
    const entries = this.#entries.get(id);
    if (entries === undefined) return false;
    for (const entry of entries) this.#tree.remove(entry);
    return this.#entries.delete(id);
  }

  /** Items with a box that touches one of the given, each once, sorted by id: the order of an R-tree depends on its history. */
  candidates(box: GeoBox | readonly GeoBox[]): T[] {
    const found = new Map<string, T>();
    const boxes: readonly GeoBox[] = "southDeg" in box ? [box] : box;
    for (const flat of boxes.flatMap(flatBoxes)) {
      for (const { id, item } of this.#tree.search(extent(flat))) found.set(id, item);
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  }
}

function extent(box: GeoBox): { minX: number; minY: number; maxX: number; maxY: number } {
  return { minX: box.westDeg, minY: box.southDeg, maxX: box.eastDeg, maxY: box.northDeg };
}

function entryOf<T>(box: GeoBox, id: string, item: T): Entry<T> {
  return { ...extent(box), id, item };
}
