import type { AlertKind } from "../domain/alert.ts";
import type { GeoPoint } from "../domain/place.ts";

/** Height of a strip, degrees: 1.1 km, more than any distance of merging. */
const STRIP_DEG = 0.01;

/**
 * Live alerts by kind and strip of latitude, to find what a new detection may belong to. A country has hundreds of
 * strips and a few live alerts of one kind in each.
 */
export class PlaceIndex {
  readonly #strips = new Map<AlertKind, Map<number, Set<string>>>();

  clear(): void {
    this.#strips.clear();
  }

  add(id: string, kind: AlertKind, place: GeoPoint): void {
    let strips = this.#strips.get(kind);
    if (strips === undefined) {
      strips = new Map();
      this.#strips.set(kind, strips);
    }
    const strip = stripOf(place);
    const ids = strips.get(strip);
    if (ids === undefined) strips.set(strip, new Set([id]));
    else ids.add(id);
  }

  remove(id: string, kind: AlertKind, place: GeoPoint): void {
    const strips = this.#strips.get(kind);
    const strip = stripOf(place);
    const ids = strips?.get(strip);
    if (ids?.delete(id) === true && ids.size === 0) strips?.delete(strip);
  }

  /** Ids of the kind within at least 1.1 km north and south, in no particular order. */
  *near(kind: AlertKind, place: GeoPoint): Generator<string> {
    const strips = this.#strips.get(kind);
    if (strips === undefined) return;
    const middle = stripOf(place);
    for (let strip = middle - 1; strip <= middle + 1; strip++) {
      const ids = strips.get(strip);
      if (ids !== undefined) yield* ids;
    }
  }
}

function stripOf({ latitudeDeg }: GeoPoint): number {
  return Math.floor(latitudeDeg / STRIP_DEG);
}
