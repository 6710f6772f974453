import type { AlarmPlace } from "./alarm-input.ts";
import type { Line } from "./line.ts";

/** Wider than what is one stretch off the roads (`OFF_ROAD_M`), up to 86° of latitude. */
const CELL_DEG = 0.05;
const COLUMNS = 360 / CELL_DEG;

type Key = string | number;

/** Alarms by where they are, so that a new alert is held against its neighbours and those of its road, not against all. */
export class LinesByPlace {
  readonly #lines = new Map<Key, Set<Line>>();
  readonly #keysOf = new Map<Line, ReadonlySet<Key>>();

  /** Takes the alarm, or its places as they are now. */
  put(line: Line): void {
    const keys = new Set(line.places.flatMap(keysOf));
    const known = this.#keysOf.get(line);
    if (known !== undefined && known.size === keys.size && [...keys].every((key) => known.has(key))) return;
    this.remove(line);
    this.#keysOf.set(line, keys);
    for (const key of keys) {
      const lines = this.#lines.get(key);
      if (lines === undefined) this.#lines.set(key, new Set([line]));
      else lines.add(line);
    }
  }

  remove(line: Line): void {
    for (const key of this.#keysOf.get(line) ?? []) {
      const lines = this.#lines.get(key);
      lines?.delete(line);
      if (lines?.size === 0) this.#lines.delete(key);
    }
    this.#keysOf.delete(line);
  }

  clear(): void {
    this.#lines.clear();
    this.#keysOf.clear();
  }

  /** All that may be on the stretch of a place, and others, eldest first. */
  near(place: AlarmPlace): Line[] {
    const { row, column } = cellOf(place);
    const found = new Set<Line>(this.#lines.get(roadKey(place) ?? "") ?? []);
    for (let north = -1; north <= 1; north++) {
      for (let east = -1; east <= 1; east++) {
        for (const line of this.#lines.get(cellKey(row + north, column + east)) ?? []) found.add(line);
      }
    }
    return [...found].sort((a, b) => a.ordinal - b.ordinal);
  }
}

function keysOf(place: AlarmPlace): Key[] {
  const { row, column } = cellOf(place);
  const road = roadKey(place);
  return road === undefined ? [cellKey(row, column)] : [cellKey(row, column), road];
}

const cellOf = ({ latitudeDeg, longitudeDeg }: AlarmPlace) => ({
  row: Math.floor(latitudeDeg / CELL_DEG),
  column: Math.floor(longitudeDeg / CELL_DEG),
});

/** Columns go round. */
const cellKey = (row: number, column: number): number =>
  row * COLUMNS + ((((column % COLUMNS) + COLUMNS) % COLUMNS) - COLUMNS / 2);

const roadKey = ({ road }: AlarmPlace): string | undefined => road && `${road.ref} → ${road.direction}`;
