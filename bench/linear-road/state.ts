import type { SnapshotValue } from "../../src/domain/snapshot.ts";
import type { SavedBook } from "./accidents.ts";
import { Accounts, type SavedAccounts } from "./accounts.ts";
import { AnswerRows, noTotals, type Totals } from "./answers.ts";
import { CELLS_PER_ROAD } from "./cells.ts";
import type { ExpenditureTable } from "./expenditures.ts";
import type { Rules } from "./rules.ts";
import { Traffic } from "./traffic.ts";
import { ROW, VehicleTable } from "./vehicles.ts";
import type { SavedVisits } from "./visits.ts";

/** What a run is made with. */
export interface RoadOptions {
  readonly rules: Rules;
  readonly expenditures: ExpenditureTable;
  /** Vehicles that room is made for. */
  readonly expectedVehicles?: number;
}

/** State of the queries. Both detectors work on it: a report and a balance meet in the row of a vehicle. */
export class RoadState {
  readonly options: RoadOptions;
  readonly vehicles: VehicleTable;
  readonly totals: Totals = noTotals();
  /** Notifications that the present record caused, for whoever sent it. */
  readonly notices = new AnswerRows();
  /** Answers about accounts that the present tick made due; `accounts.askers` tells for whom. */
  readonly accountAnswers = new AnswerRows();
  readonly accounts: Accounts;
  readonly traffic: Traffic;

  constructor(options: RoadOptions) {
    const { rules, expenditures, expectedVehicles } = options;
    this.options = options;
    this.vehicles = new VehicleTable(expectedVehicles);
    this.accounts = new Accounts(this.vehicles, expenditures, this.accountAnswers, this.totals);
    this.traffic = new Traffic({
      rules,
      vehicles: this.vehicles,
      accounts: this.accounts,
      answers: this.notices,
      totals: this.totals,
    });
  }

  /** Forgets the answers given so far: they have been delivered. */
  clearAnswers(): void {
    this.notices.clear();
    this.accountAnswers.clear();
    this.accounts.askers.length = 0;
  }

  /**
   * Copies what expressway 0 has come to, vehicles and all, to further expressways: what they would have come to by the same
   * traffic. Waiting requests and vehicles in three cells within a minute are not copied: warm up without them.
   */
  replicate(copies: number, vehicleStride: number): void {
    this.vehicles.replicate(copies, vehicleStride, 2 * CELLS_PER_ROAD);
    this.traffic.cells.replicate(copies);
    this.traffic.book.replicate(copies, vehicleStride);
  }

  snapshot(): SnapshotValue {
    const { traffic, vehicles } = this;
    const saved: SavedState = {
      totals: { ...this.totals },
      ignored: traffic.ignored,
      vehicles: [...vehicles.entries()].map(([vehicle, row]) => [
        vehicle,
        ...vehicles.rows.subarray(row, row + ROW),
      ]),
      cells: traffic.cells.snapshot(),
      spilled: traffic.snapshotSpilled(),
      book: traffic.book.snapshot(),
      visits: traffic.visits?.snapshot() ?? null,
      accounts: this.accounts.snapshot(),
    };
    return saved as unknown as SnapshotValue;
  }

  restore(value: SnapshotValue): void {
    const saved = value as unknown as SavedState;
    const { traffic, vehicles } = this;
    Object.assign(this.totals, saved.totals);
    traffic.ignored = saved.ignored;
    for (const [vehicle = 0, ...row] of saved.vehicles) {
      const at = vehicles.rowOf(vehicle);
      vehicles.rows.set(row, at);
    }
    traffic.cells.restore(saved.cells);
    traffic.restoreSpilled(saved.spilled);
    traffic.book.restore(saved.book);
    if (saved.visits !== null) traffic.visits?.restore(saved.visits);
    this.accounts.restore(saved.accounts);
  }
}

interface SavedState {
  readonly totals: Totals;
  readonly ignored: number;
  readonly vehicles: readonly (readonly number[])[];
  readonly cells: readonly (readonly number[])[];
  readonly spilled: readonly (readonly number[])[];
  readonly book: SavedBook;
  readonly visits: SavedVisits | null;
  readonly accounts: SavedAccounts;
}
