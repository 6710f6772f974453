/** Side of a square, 1e-7 degree: 0.55 km north, and 0.5 km east at 50° of latitude. */
const CELL_LATITUDE_E7 = 50_000;
const CELL_LONGITUDE_E7 = 72_000;

/**
 * Stations that have fallen silent, by the square of their last place. Squares have hashed numbers: two that share one
 * are told apart by the distances that are computed anyway.
 */
export class SilentGrid {
  readonly #cells = new Map<number, number[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  static cellOf(latitudeE7: number, longitudeE7: number): number {
    return cell(Math.floor(latitudeE7 / CELL_LATITUDE_E7), Math.floor(longitudeE7 / CELL_LONGITUDE_E7));
  }

  add(key: number, stationId: number): void {
    const stations = this.#cells.get(key);
    if (stations === undefined) this.#cells.set(key, [stationId]);
    else stations.push(stationId);
    this.#size++;
  }

  remove(key: number, stationId: number): void {
    const stations = this.#cells.get(key);
    const place = stations?.indexOf(stationId) ?? -1;
    if (stations === undefined || place < 0) return;
    stations[place] = stations[stations.length - 1] as number;
    stations.pop();
    if (stations.length === 0) this.#cells.delete(key);
    this.#size--;
  }

  /** Shows every station of the squares around a place, in no order that means anything. */
  visit(latitudeE7: number, longitudeE7: number, show: (stationId: number) => void): void {
    if (this.#size === 0) return;
    const row = Math.floor(latitudeE7 / CELL_LATITUDE_E7);
    const column = Math.floor(longitudeE7 / CELL_LONGITUDE_E7);
    for (let north = -1; north <= 1; north++) {
      for (let east = -1; east <= 1; east++) {
        const stations = this.#cells.get(cell(row + north, column + east));
        if (stations !== undefined) for (const stationId of stations) show(stationId);
      }
    }
  }
}

function cell(row: number, column: number): number {
  return Math.imul(row, 0x01000193) ^ column;
}
