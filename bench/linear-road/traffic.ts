import { AccidentBook } from "./accidents.ts";
import type { Accounts } from "./accounts.ts";
import { ANSWER_TYPE, type AnswerRows, type Totals } from "./answers.ts";
import { CELLS_PER_ROAD, CellTable, cellOf } from "./cells.ts";
import type { RoadReport } from "./reports.ts";
import {
  ENTRY_LANE,
  EXIT_LANE,
  minuteOf,
  REENTRY_S,
  REPORTS_TO_STAND,
  type Rules,
  ZONE_SEGMENTS,
} from "./rules.ts";
import {
  LANE_MASK,
  SPILLED_BIT,
  STANDING_MASK,
  STANDING_SHIFT,
  V,
  type VehicleTable,
  WAITING_BIT,
} from "./vehicles.ts";
import { VisitAverages } from "./visits.ts";

/** What the queries on position reports share. */
export interface TrafficParts {
  readonly rules: Rules;
  readonly vehicles: VehicleTable;
  readonly accounts: Accounts;
  readonly answers: AnswerRows;
  readonly totals: Totals;
}

const SAME_ROAD = ~(CELLS_PER_ROAD - 1);

/**
 * The queries on position reports: who stands and what accidents that makes, whom to notify of tolls and accidents, what to
 * charge, and the statistics that tolls are made of. One report costs a row of its vehicle and a row of its cell.
 */
export class Traffic {
  readonly cells: CellTable;
  readonly book: AccidentBook;
  readonly visits: VisitAverages | undefined;
  /** Reports of vehicles that had left by the exit lane and came back by another lane than the entry. */
  ignored = 0;
  readonly #rules: Rules;
  readonly #vehicles: VehicleTable;
  readonly #accounts: Accounts;
  readonly #answers: AnswerRows;
  readonly #totals: Totals;
  /** Cells beyond two in which a vehicle was counted within the present minute; hardly ever needed. */
  readonly #spilled = new Map<number, Set<number>>();
  #timeS = -1;
  #minute = 0;

  constructor({ rules, vehicles, accounts, answers, totals }: TrafficParts) {
    this.#rules = rules;
    this.#vehicles = vehicles;
    this.#accounts = accounts;
    this.#answers = answers;
    this.#totals = totals;
    this.visits = rules.average === "vehicle-minutes" ? new VisitAverages() : undefined;
    this.cells = new CellTable(rules, this.visits);
    this.book = new AccidentBook(rules.accidents, this.cells);
  }

  take(vehicle: number, report: RoadReport): void {
    const { timeS, lane, positionFt } = report;
    const cell = cellOf(report.expressway, report.direction, report.segment);
    this.cells.reach(cell);
    if (timeS !== this.#timeS) {
      this.#timeS = timeS;
      this.#minute = minuteOf(timeS);
    }
    const row = this.#vehicles.rowOf(vehicle);
    const { rows } = this.#vehicles;
    const state = rows[row + V.state] as number;
    const lastCell = (rows[row + V.cell] as number) - 1;
    const lastLane = state & LANE_MASK;
    const standing = (state >>> STANDING_SHIFT) & STANDING_MASK;
    let isNew = lastCell < 0 || (lastCell & SAME_ROAD) !== (cell & SAME_ROAD);
    if (!isNew) {
      if (lane === ENTRY_LANE && timeS > (rows[row + V.time] as number) + REENTRY_S) isNew = true;
      else if (lastLane === EXIT_LANE && lane !== ENTRY_LANE) {
        this.ignored++;
        return;
      }
    }
    let standingNow = 1;
    if (!isNew && positionFt === rows[row + V.position] && lane === lastLane) {
      standingNow = Math.min(standing + 1, STANDING_MASK);
      if (standingNow === REPORTS_TO_STAND) this.book.stand(vehicle, cell, lane, positionFt, timeS);
    } else {
      if (this.#mayHaveStood(standing, isNew)) {
        this.book.leave(vehicle, lastCell, lastLane, rows[row + V.position] as number, timeS);
      }
      if (isNew || cell !== lastCell) this.#enter(vehicle, row, cell, report, isNew);
    }
    const marks = this.#count(vehicle, row, cell, report.speedMph, state);
    rows[row + V.time] = timeS;
    rows[row + V.cell] = cell + 1;
    rows[row + V.position] = positionFt;
    rows[row + V.state] = lane | (standingNow << STANDING_SHIFT) | marks;
  }

  /**
   * The validator looks for every vehicle that moves among those that stand, and not for those that begin anew: one that
   * stood, began anew and came back to the segment still clears its accident when it moves.
   */
  #mayHaveStood(standing: number, isNew: boolean): boolean {
    if (this.#rules.accidents === "every") return standing >= REPORTS_TO_STAND;
    return !isNew && this.book.hasAny;
  }

  /** The vehicle reports from a segment for the first time: what it has to pay there, and for the one before. */
  #enter(vehicle: number, row: number, cell: number, report: RoadReport, isNew: boolean): void {
    const { timeS, lane } = report;
    const minute = this.#minute;
    let toll = 0;
    if (lane !== EXIT_LANE) {
      toll = this.cells.toll(cell, minute);
      const road = cell >>> ROAD_SHIFT;
      const blocked = this.book.mayBlock(road, minute) ? this.#blockedAhead(cell, report, minute) : -1;
      if (blocked >= 0) {
        toll = 0;
        this.#totals.accidentsNotified++;
        this.#answers.add(ANSWER_TYPE.accident, vehicle, timeS, blocked, road);
      }
      this.#totals.tollsNotified++;
      this.#totals.tollsNotifiedSum += toll;
      this.#answers.add(ANSWER_TYPE.toll, vehicle, timeS, this.cells.average(cell, minute), toll);
    }
    const { rows } = this.#vehicles;
    const due = rows[row + V.toll] as number;
    if (due > 0 && !isNew) this.#charge(vehicle, row, timeS, due);
    rows[row + V.toll] = toll;
  }

  #charge(vehicle: number, row: number, timeS: number, toll: number): void {
    this.#totals.tollsCharged += toll;
    this.#vehicles.charge(row, toll);
    if (((this.#vehicles.rows[row + V.state] as number) & WAITING_BIT) !== 0) {
      this.#accounts.chargeWaiting(vehicle, timeS, toll);
    }
  }

  /** The nearest segment with an accident, this one or up to four downstream; −1 where there is none. */
  #blockedAhead(cell: number, { direction, segment }: RoadReport, minute: number): number {
    const step = direction === 0 ? 1 : -1;
    for (let ahead = 0; ahead < ZONE_SEGMENTS; ahead++) {
      const there = segment + ahead * step;
      if (there < 0 || there >= CELLS_PER_ROAD) return -1;
      if (this.cells.isBlocked(cell + ahead * step, minute)) return there;
    }
    return -1;
  }

  /** Counts the report in its cell, the vehicle once a minute. Returns the marks of the row's state. */
  #count(vehicle: number, row: number, cell: number, speedMph: number, state: number): number {
    const { rows } = this.#vehicles;
    const minute = this.#minute;
    const lastCell = (rows[row + V.cell] as number) - 1;
    let marks = state & (WAITING_BIT | SPILLED_BIT);
    let isFirst = true;
    if (lastCell < 0 || minuteOf(rows[row + V.time] as number) !== minute) {
      rows[row + V.otherCell] = 0;
      if ((marks & SPILLED_BIT) !== 0) {
        this.#spilled.delete(vehicle);
        marks &= ~SPILLED_BIT;
      }
    } else if (cell === lastCell) {
      isFirst = false;
    } else {
      const other = (rows[row + V.otherCell] as number) - 1;
      rows[row + V.otherCell] = lastCell + 1;
      if (other === cell) isFirst = false;
      else if (other >= 0) {
        isFirst = this.#spill(vehicle, other, cell);
        marks |= SPILLED_BIT;
      }
    }
    this.cells.count(cell, minute, speedMph, isFirst);
    this.visits?.note(vehicle, cell, minute, speedMph);
    return marks;
  }

  /** Keeps a third cell of a minute; tells whether the present one is new in it. */
  #spill(vehicle: number, other: number, cell: number): boolean {
    const cells = this.#spilled.get(vehicle) ?? new Set<number>();
    cells.add(other);
    this.#spilled.set(vehicle, cells);
    return !cells.has(cell);
  }

  snapshotSpilled(): (readonly number[])[] {
    return [...this.#spilled].map(([vehicle, cells]) => [vehicle, ...cells]);
  }

  restoreSpilled(saved: readonly (readonly number[])[]): void {
    this.#spilled.clear();
    for (const [vehicle = 0, ...cells] of saved) this.#spilled.set(vehicle, new Set(cells));
  }
}

const ROAD_SHIFT = 7;
