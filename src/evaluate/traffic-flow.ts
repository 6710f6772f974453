import type { RoadAtlas } from "./road-atlas.ts";
import { quantile } from "./statistics.ts";
import type { VehicleTable } from "./vehicle-table.ts";

/** A vehicle this near a line drives on it. */
const ON_LINE_M = 30;
/** Fewer vehicles tell no free-flow speed. */
const LEAST_SAMPLES = 20;
/** Speed that 85 % keep below, as engineers take for what drivers choose. */
const FREE_FLOW_QUANTILE = 0.85;
/** Upper bound of heavy traffic on the ladder of states. */
const SLOW_SHARE = 0.75;

/** How fast all recorded vehicles drove, cell by cell of 50 m: what the truth files do not tell of slow traffic. */
export class TrafficFlow {
  readonly #table: VehicleTable;
  /** Rows by cell, in the order of time. */
  readonly #rows = new Map<number, number[]>();
  readonly #freeFlowMps = new Map<number, number>();

  constructor(table: VehicleTable, atlas: RoadAtlas, xs: Float64Array, ys: Float64Array) {
    this.#table = table;
    for (let row = 0; row < table.rows; row++) {
      if (Number.isNaN(table.speedMps[row] as number)) continue;
      const heading = table.headingDeg[row] as number;
      const cell = atlas.cellAt(xs[row] as number, ys[row] as number, heading, ON_LINE_M);
      if (cell < 0) continue;
      const rows = this.#rows.get(cell);
      if (rows === undefined) this.#rows.set(cell, [row]);
      else rows.push(row);
    }
  }

  /** Whether traffic in these cells was slower than 75 % of its free-flow speed in a time; undefined where nobody drove. */
  isSlow(cells: Iterable<number>, fromMs: number, toMs: number): boolean | undefined {
    let speed = 0;
    let freeFlow = 0;
    for (const cell of cells) {
      const free = this.#freeFlow(cell);
      if (free === undefined) continue;
      for (const row of this.#rows.get(cell) ?? []) {
        const atMs = this.#table.timeMs[row] as number;
        if (atMs < fromMs || atMs > toMs) continue;
        speed += this.#table.speedMps[row] as number;
        freeFlow += free;
      }
    }
    return freeFlow === 0 ? undefined : speed <= SLOW_SHARE * freeFlow;
  }

  #freeFlow(cell: number): number | undefined {
    const known = this.#freeFlowMps.get(cell);
    if (known !== undefined) return known;
    const rows = this.#rows.get(cell);
    if (rows === undefined || rows.length < LEAST_SAMPLES) return undefined;
    const speeds = rows.map((row) => this.#table.speedMps[row] as number).sort((a, b) => a - b);
    const freeFlow = quantile(speeds, FREE_FLOW_QUANTILE);
    this.#freeFlowMps.set(cell, freeFlow);
    return freeFlow;
  }
}
