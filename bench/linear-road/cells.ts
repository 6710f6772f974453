import { AVERAGE_MINUTES, type Rules, roundHalfUp, tollFor } from "./rules.ts";

/** Cells of one direction of an expressway; a power of two above the 100 segments, so that parts of a cell are bits. */
export const CELLS_PER_ROAD = 128;

/** A road is one direction of an expressway; a cell is one segment of a road. */
export function cellOf(expressway: number, direction: number, segment: number): number {
  return (expressway * 2 + direction) * CELLS_PER_ROAD + segment;
}

/** Integers per cell: two lines of the cache. */
const ROW = 32;

// Columns of a cell's row.
/** Minute that average and toll were made for. */
const MADE_FOR = 0;
const AVERAGE = 1;
const TOLL = 2;
/** Newest minute with a report. */
const NEWEST = 3;
/** From this minute on an accident that is not cleared concerns drivers; 0: there is none. */
const ZONE_FROM = 4;
/** Up to this minute an accident that was cleared concerns drivers. */
const ZONE_UNTIL = 5;
/** Minutes: six of four columns each, minute modulo 6. */
const MINUTES = 8;
const KEPT_MINUTES = AVERAGE_MINUTES + 1;
const MINUTE_COLUMNS = 4;
const STAMP = 0;
const VEHICLES = 1;
const SPEED_SUM = 2;
const REPORTS = 3;

/** Average speeds that are not sums over reports, see `AverageRule`. */
export interface AverageSource {
  /** Mean before a minute, mph, exact; NaN without any report. */
  averageBefore(cell: number, minute: number): number;
}

/**
 * Statistics by cell and minute, and what they mean for drivers. A report costs one line of the cache; average and toll of a
 * cell are made once a minute.
 */
export class CellTable {
  #rows = new Int32Array(0);
  readonly #rules: Rules;
  readonly #averages: AverageSource | undefined;

  constructor(rules: Rules, averages?: AverageSource) {
    this.#rules = rules;
    this.#averages = averages;
  }

  /** Makes room for a road. */
  reach(cell: number): void {
    if ((cell + 1) * ROW <= this.#rows.length) return;
    const roads = Math.floor(cell / CELLS_PER_ROAD) + 1;
    const larger = new Int32Array(Math.max(roads * CELLS_PER_ROAD * ROW, this.#rows.length * 2));
    larger.set(this.#rows);
    this.#rows = larger;
  }

  get cells(): number {
    return this.#rows.length / ROW;
  }

  /** Counts one report. `isFirst`: the vehicle's first in this cell and minute. */
  count(cell: number, minute: number, speedMph: number, isFirst: boolean): void {
    const rows = this.#rows;
    const row = cell * ROW;
    const at = row + MINUTES + (minute % KEPT_MINUTES) * MINUTE_COLUMNS;
    if (rows[at] !== minute) {
      // A minute that was given up already, six or more behind, is of no use to anybody.
      if ((rows[at] as number) > minute) return;
      rows[at] = minute;
      rows[at + VEHICLES] = 0;
      rows[at + SPEED_SUM] = 0;
      rows[at + REPORTS] = 0;
    }
    if (isFirst) rows[at + VEHICLES] = (rows[at + VEHICLES] as number) + 1;
    rows[at + SPEED_SUM] = (rows[at + SPEED_SUM] as number) + speedMph;
    rows[at + REPORTS] = (rows[at + REPORTS] as number) + 1;
    if (minute >= (rows[row + NEWEST] as number)) rows[row + NEWEST] = minute;
    else rows[row + MADE_FOR] = 0;
  }

  /** Average speed of the five minutes before, as told to drivers; 0 without reports. */
  average(cell: number, minute: number): number {
    this.#make(cell, minute);
    return this.#rows[cell * ROW + AVERAGE] as number;
  }

  /** Toll where no accident is near. */
  toll(cell: number, minute: number): number {
    this.#make(cell, minute);
    return this.#rows[cell * ROW + TOLL] as number;
  }

  /** Vehicles in a minute that is among the last six. */
  vehicles(cell: number, minute: number): number {
    const at = this.#minute(cell, minute);
    return at < 0 ? 0 : (this.#rows[at + VEHICLES] as number);
  }

  /** Whether an accident in this cell concerns those who enter its zone in a minute. */
  isBlocked(cell: number, minute: number): boolean {
    const row = cell * ROW;
    const from = this.#rows[row + ZONE_FROM] as number;
    return (from > 0 && minute >= from) || minute <= (this.#rows[row + ZONE_UNTIL] as number);
  }

  /** @param from first minute in which an uncleared accident counts, 0 where there is none */
  setZone(cell: number, from: number, until: number): void {
    this.#rows[cell * ROW + ZONE_FROM] = from;
    this.#rows[cell * ROW + ZONE_UNTIL] = until;
  }

  zoneUntil(cell: number): number {
    return this.#rows[cell * ROW + ZONE_UNTIL] as number;
  }

  #minute(cell: number, minute: number): number {
    if (minute < 1) return -1;
    const at = cell * ROW + MINUTES + (minute % KEPT_MINUTES) * MINUTE_COLUMNS;
    return this.#rows[at + STAMP] === minute ? at : -1;
  }

  #make(cell: number, minute: number): void {
    const rows = this.#rows;
    const row = cell * ROW;
    if (rows[row + MADE_FOR] === minute) return;
    const exact = this.#averages?.averageBefore(cell, minute) ?? this.#averageOfReports(cell, minute);
    const told = Number.isNaN(exact) ? 0 : roundHalfUp(exact);
    const held = this.#averages === undefined ? told : exact;
    rows[row + MADE_FOR] = minute;
    rows[row + AVERAGE] = told;
    rows[row + TOLL] = tollFor(this.vehicles(cell, minute - 1), held, this.#rules.freeVehicles);
  }

  #averageOfReports(cell: number, minute: number): number {
    let sum = 0;
    let reports = 0;
    for (let back = 1; back <= AVERAGE_MINUTES; back++) {
      const at = this.#minute(cell, minute - back);
      if (at < 0) continue;
      sum += this.#rows[at + SPEED_SUM] as number;
      reports += this.#rows[at + REPORTS] as number;
    }
    return reports === 0 ? Number.NaN : sum / reports;
  }

  /** Rows of cells that hold anything. */
  snapshot(): number[][] {
    const saved: number[][] = [];
    for (let cell = 0; cell < this.cells; cell++) {
      const row = this.#rows.subarray(cell * ROW, (cell + 1) * ROW);
      if (row.some((value) => value !== 0)) saved.push([cell, ...row]);
    }
    return saved;
  }

  restore(saved: readonly (readonly number[])[]): void {
    this.#rows = new Int32Array(0);
    for (const [cell = 0, ...row] of saved) {
      this.reach(cell);
      this.#rows.set(row, cell * ROW);
    }
  }

  /** Gives other expressways the state of the first one. */
  replicate(copies: number): void {
    const perExpressway = 2 * CELLS_PER_ROAD * ROW;
    this.reach(copies * 2 * CELLS_PER_ROAD - 1);
    for (let copy = 1; copy < copies; copy++) this.#rows.copyWithin(copy * perExpressway, 0, perExpressway);
  }
}
