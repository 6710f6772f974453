import type { AverageSource } from "./cells.ts";
import { AVERAGE_MINUTES } from "./rules.ts";

interface Visit {
  readonly cell: number;
  speedSum: number;
  reports: number;
}

interface VehicleMinute {
  minute: number;
  readonly visits: Visit[];
}

/** Sum of the vehicles' means in a cell and minute, as an exact fraction of `UNIT`. */
interface CellMinute {
  meanSum: number;
  vehicles: number;
}

/** Divisible by all counts of reports up to 12 in one minute, so that sums of means do not depend on their order. */
const UNIT = 27_720;

/** The mean over reports of one vehicle in one minute, in integers. */
export function meanInUnits(speedSum: number, reports: number): number {
  return Math.floor((speedSum * UNIT) / reports);
}

/** The paper's average: means of means. Kept apart with maps, because only comparisons need it. */
export class VisitAverages implements AverageSource {
  readonly #vehicles = new Map<number, VehicleMinute>();
  readonly #cells = new Map<number, Map<number, CellMinute>>();

  note(vehicle: number, cell: number, minute: number, speedMph: number): void {
    const visit = this.#visitOf(vehicle, cell, minute);
    const mean = this.#minuteOf(cell, minute);
    if (visit.reports === 0) mean.vehicles++;
    else mean.meanSum -= meanInUnits(visit.speedSum, visit.reports);
    visit.speedSum += speedMph;
    visit.reports++;
    mean.meanSum += meanInUnits(visit.speedSum, visit.reports);
  }

  averageBefore(cell: number, minute: number): number {
    const means: number[] = [];
    for (let back = 1; back <= AVERAGE_MINUTES; back++) {
      const mean = this.#cells.get(cell)?.get(minute - back);
      if (mean !== undefined) means.push(mean.meanSum / mean.vehicles / UNIT);
    }
    return means.reduce((sum, mean) => sum + mean, 0) / means.length;
  }

  #visitOf(vehicle: number, cell: number, minute: number): Visit {
    let known = this.#vehicles.get(vehicle);
    if (known?.minute !== minute) {
      known = { minute, visits: [] };
      this.#vehicles.set(vehicle, known);
    }
    const before = known.visits.find((visit) => visit.cell === cell);
    if (before !== undefined) return before;
    const visit = { cell, speedSum: 0, reports: 0 };
    known.visits.push(visit);
    return visit;
  }

  #minuteOf(cell: number, minute: number): CellMinute {
    let minutes = this.#cells.get(cell);
    if (minutes === undefined) {
      minutes = new Map();
      this.#cells.set(cell, minutes);
    }
    const known = minutes.get(minute);
    if (known !== undefined) return known;
    const made = { meanSum: 0, vehicles: 0 };
    minutes.set(minute, made);
    minutes.delete(minute - AVERAGE_MINUTES - 1);
    return made;
  }

  snapshot(): SavedVisits {
    return {
      vehicles: [...this.#vehicles].map(([vehicle, { minute, visits }]) => ({
        vehicle,
        minute,
        visits: visits.map((visit) => ({ ...visit })),
      })),
      cells: [...this.#cells].map(([cell, minutes]) => ({
        cell,
        minutes: [...minutes].map(([minute, mean]) => ({ minute, ...mean })),
      })),
    };
  }

  restore(saved: SavedVisits): void {
    this.#vehicles.clear();
    this.#cells.clear();
    for (const { vehicle, minute, visits } of saved.vehicles) {
      this.#vehicles.set(vehicle, { minute, visits: visits.map((visit) => ({ ...visit })) });
    }
    for (const { cell, minutes } of saved.cells) {
      const means = minutes.map(({ minute, meanSum, vehicles }): [number, CellMinute] => [
        minute,
        { meanSum, vehicles },
      ]);
      this.#cells.set(cell, new Map(means));
    }
  }
}

export interface SavedVisits {
  readonly vehicles: readonly {
    readonly vehicle: number;
    readonly minute: number;
    readonly visits: readonly {
      readonly cell: number;
      readonly speedSum: number;
      readonly reports: number;
    }[];
  }[];
  readonly cells: readonly {
    readonly cell: number;
    readonly minutes: readonly {
      readonly minute: number;
      readonly meanSum: number;
      readonly vehicles: number;
    }[];
  }[];
}
