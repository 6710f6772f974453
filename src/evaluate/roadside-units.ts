/** Roadside units stand about 2 km apart. */
const APART_M = 2_000;

/**
 * Which unit hears what is sent at a place: one unit per square. A unit stands at one place only; where there are more
 * squares than units, the last ones share theirs with the first.
 */
export class RoadsideUnits {
  readonly #most: number;
  readonly #byCell = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  nearest(x: number, y: number): number {
    return this.#unitOf(Math.floor(x / APART_M), Math.floor(y / APART_M));
  }

  /** The unit of the square beyond the nearest edge. */
  secondNearest(x: number, y: number): number {
    const column = Math.floor(x / APART_M);
    const row = Math.floor(y / APART_M);
    const east = x / APART_M - column - 0.5;
    const north = y / APART_M - row - 0.5;
    if (Math.abs(east) >= Math.abs(north)) return this.#unitOf(column + (east < 0 ? -1 : 1), row);
    return this.#unitOf(column, row + (north < 0 ? -1 : 1));
  }

  /** Numbers are given in the order in which units hear something. */
  #unitOf(column: number, row: number): number {
    const cell = `${column}/${row}`;
    let unit = this.#byCell.get(cell);
    if (unit === undefined) {
      unit = this.#byCell.size % this.#most;
      this.#byCell.set(cell, unit);
    }
    return unit;
  }
}
