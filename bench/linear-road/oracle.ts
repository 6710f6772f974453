/**
 * The answers, worked out in the plainest way: every report is kept, every figure is made anew from the definitions, and
 * nothing is shared with the detectors but the constants of the benchmark. Slow; for tuples sorted by time.
 */
import { ANSWER_TYPE, type Answer, noTotals, type Totals } from "./answers.ts";
import type { ExpenditureTable } from "./expenditures.ts";
import { downstream, minuteOf, type Rules, roundHalfUp, tollFor } from "./rules.ts";
import type { Tuple } from "./tuples.ts";

/** Everything that a run has to tell. */
export interface OracleResult {
  readonly totals: Totals;
  /** In the order of the reports; the accident notice before the toll of the same report. */
  readonly notices: readonly Answer[];
  /** In the order of the requests. */
  readonly accountAnswers: readonly Answer[];
}

/** One stay of a vehicle on one direction of an expressway. */
interface Trip {
  readonly road: string;
  readonly reports: Tuple[];
  /** Notified for the present segment. */
  toll: number;
}

interface Charge {
  readonly vehicle: number;
  readonly timeS: number;
  readonly toll: number;
}

interface Crash {
  readonly road: string;
  readonly segment: number;
  readonly place: string;
  readonly vehicles: readonly number[];
  readonly foundS: number;
  clearedS: number | undefined;
}

const BALANCE_BASE = 2 ** 30;

class Oracle {
  readonly #rules: Rules;
  readonly #trips = new Map<number, Trip>();
  /** Reports by road, segment and minute. */
  readonly #reports = new Map<string, Tuple[]>();
  /** Averages by the same key: a minute that is over does not change. */
  readonly #averages = new Map<string, number>();
  /** Who stands where, in the order in which they came to stand. */
  readonly #standing = new Map<string, number[]>();
  readonly #crashes: Crash[] = [];
  readonly charges: Charge[] = [];
  readonly notices: Answer[] = [];
  readonly totals = noTotals();

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  report(tuple: Tuple): void {
    const trip = this.#tripOf(tuple);
    const last = trip.reports.at(-1);
    if (last?.lane === 4 && tuple.lane !== 0) return;
    trip.reports.push(tuple);
    if (last !== undefined && isSamePlace(last, tuple)) this.#standStill(trip, tuple);
    else this.#move(trip, last, tuple);
    const key = `${trip.road}/${tuple.segment}/${minuteOf(tuple.timeS)}`;
    const list = this.#reports.get(key);
    if (list === undefined) this.#reports.set(key, [tuple]);
    else list.push(tuple);
  }

  #tripOf(tuple: Tuple): Trip {
    const road = `${tuple.expressway}/${tuple.direction}`;
    const before = this.#trips.get(tuple.vehicle);
    const last = before?.reports.at(-1);
    const isBack = tuple.lane === 0 && last !== undefined && tuple.timeS > last.timeS + 60;
    if (before !== undefined && before.road === road && !isBack) return before;
    if (last !== undefined && this.#rules.accidents === "every") this.#leave(last, tuple.timeS);
    const trip = { road, reports: [], toll: 0 };
    this.#trips.set(tuple.vehicle, trip);
    return trip;
  }

  #standStill(trip: Trip, tuple: Tuple): void {
    const four = trip.reports.slice(-4);
    const five = trip.reports.slice(-5);
    const stands = four.length === 4 && four.every((report) => isSamePlace(report, tuple));
    const stoodBefore = five.length === 5 && five.every((report) => isSamePlace(report, tuple));
    if (stands && !stoodBefore) this.#stand(tuple);
  }

  #stand(tuple: Tuple): void {
    const every = this.#rules.accidents === "every";
    if (every && (tuple.lane < 1 || tuple.lane > 3)) return;
    const place = placeOf(tuple);
    const others = this.#standing.get(place) ?? [];
    if (others.includes(tuple.vehicle)) return;
    if (!every && others.length >= 2) return;
    const vehicles = [...others, tuple.vehicle];
    this.#standing.set(place, vehicles);
    if (vehicles.length < 2) return;
    const road = `${tuple.expressway}/${tuple.direction}`;
    const isKnown = every
      ? this.#crashes.some((crash) => crash.place === place && crash.clearedS === undefined)
      : this.#crashes.some((crash) => crash.road === road && crash.segment === tuple.segment);
    if (isKnown) return;
    const { segment, timeS } = tuple;
    this.#crashes.push({ road, segment, place, vehicles, foundS: timeS, clearedS: undefined });
    this.totals.accidentsFound++;
  }

  #move(trip: Trip, last: Tuple | undefined, tuple: Tuple): void {
    if (last !== undefined) this.#leave(last, tuple.timeS);
    if (last === undefined || last.segment !== tuple.segment) this.#enter(trip, tuple);
  }

  /** The vehicle is no longer where it last reported from. */
  #leave(last: Tuple, timeS: number): void {
    const place = placeOf(last);
    const others = this.#standing.get(place);
    const rest = (others ?? []).filter((vehicle) => vehicle !== last.vehicle);
    if (others !== undefined) this.#standing.set(place, rest);
    const road = `${last.expressway}/${last.direction}`;
    for (const crash of this.#crashes) {
      if (crash.clearedS !== undefined) continue;
      const isOver =
        this.#rules.accidents === "every"
          ? crash.place === place && rest.length < 2
          : crash.road === road && crash.segment === last.segment && crash.vehicles.includes(last.vehicle);
      if (isOver) crash.clearedS = timeS;
    }
  }

  #enter(trip: Trip, tuple: Tuple): void {
    const { vehicle, timeS, segment } = tuple;
    const minute = minuteOf(timeS);
    let toll = 0;
    if (tuple.lane !== 4) {
      const average = this.#averageBefore(trip.road, segment, minute);
      const told = Number.isNaN(average) ? 0 : roundHalfUp(average);
      const held = this.#rules.average === "reports" ? told : average;
      toll = tollFor(this.#vehiclesIn(trip.road, segment, minute - 1), held, this.#rules.freeVehicles);
      const blocked = this.#blockedAhead(trip.road, tuple, minute);
      if (blocked !== undefined) {
        toll = 0;
        this.totals.accidentsNotified++;
        const road = tuple.expressway * 2 + tuple.direction;
        this.notices.push({ type: ANSWER_TYPE.accident, who: vehicle, timeS, value: blocked, extra: road });
      }
      this.totals.tollsNotified++;
      this.totals.tollsNotifiedSum += toll;
      this.notices.push({ type: ANSWER_TYPE.toll, who: vehicle, timeS, value: told, extra: toll });
    }
    if (trip.toll > 0) {
      this.charges.push({ vehicle, timeS, toll: trip.toll });
      this.totals.tollsCharged += trip.toll;
    }
    trip.toll = toll;
  }

  #blockedAhead(road: string, tuple: Tuple, minute: number): number | undefined {
    for (let distance = 0; distance <= 4; distance++) {
      const segment = downstream(tuple.segment, tuple.direction, distance);
      const blocks = this.#crashes.some((crash) => {
        if (crash.road !== road || crash.segment !== segment) return false;
        const isTold = minute > minuteOf(crash.foundS);
        const isOver = crash.clearedS !== undefined && minute > minuteOf(crash.clearedS);
        return isTold && !isOver;
      });
      if (blocks) return segment;
    }
    return undefined;
  }

  #vehiclesIn(road: string, segment: number, minute: number): number {
    const reports = this.#reports.get(`${road}/${segment}/${minute}`) ?? [];
    return new Set(reports.map(({ vehicle }) => vehicle)).size;
  }

  #averageBefore(road: string, segment: number, minute: number): number {
    const key = `${road}/${segment}/${minute}`;
    const known = this.#averages.get(key);
    if (known !== undefined) return known;
    const minutes = [1, 2, 3, 4, 5].map(
      (back) => this.#reports.get(`${road}/${segment}/${minute - back}`) ?? [],
    );
    const average =
      this.#rules.average === "reports"
        ? mean(minutes.flat().map(({ speedMph }) => speedMph))
        : mean(minutes.filter((reports) => reports.length > 0).map(meanOfVehicles));
    this.#averages.set(key, average);
    return average;
  }
}

function isSamePlace(one: Tuple, other: Tuple): boolean {
  return one.lane === other.lane && one.positionFt === other.positionFt;
}

function placeOf({ expressway, direction, lane, positionFt }: Tuple): string {
  return `${expressway}/${direction}/${lane}/${positionFt}`;
}

/** NaN without values. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Means of integers in 27,720ths, exact for up to 12 reports of a vehicle in a minute; more are cut there. */
const UNIT = 27_720;

function meanOfVehicles(reports: readonly Tuple[]): number {
  const speeds = new Map<number, number[]>();
  for (const { vehicle, speedMph } of reports)
    speeds.set(vehicle, [...(speeds.get(vehicle) ?? []), speedMph]);
  const means = [...speeds.values()].map((own) => {
    const sum = own.reduce((total, speed) => total + speed, 0);
    return Math.floor((sum * UNIT) / own.length);
  });
  return means.reduce((sum, value) => sum + value, 0) / means.length / UNIT;
}

/** Works out everything that has to be told about tuples sorted by time. */
export function solve(tuples: readonly Tuple[], rules: Rules, table: ExpenditureTable): OracleResult {
  const oracle = new Oracle(rules);
  for (const tuple of tuples) if (tuple.type === 0) oracle.report(tuple);
  const { totals, notices, charges } = oracle;
  const balances = chargesByVehicle(charges);
  const accountAnswers: Answer[] = [];
  for (const { type, vehicle, timeS, queryId, day, expressway } of tuples) {
    if (type === 2) {
      const own = (balances.get(vehicle) ?? []).filter((charge) => charge.timeS <= timeS);
      const sum = own.reduce((total, { toll }) => total + toll, 0);
      totals.balancesAnswered++;
      const parts = { value: sum % BALANCE_BASE, extra: Math.floor(sum / BALANCE_BASE) };
      accountAnswers.push({ type: ANSWER_TYPE.balance, who: queryId, timeS, ...parts });
    } else if (type === 3) {
      const toll = table.tollOf(vehicle, day, expressway);
      if (toll === undefined) continue;
      totals.expendituresAnswered++;
      accountAnswers.push({ type: ANSWER_TYPE.expenditure, who: queryId, timeS, value: toll, extra: 0 });
    }
  }
  return { totals, notices, accountAnswers };
}

function chargesByVehicle(charges: readonly Charge[]): Map<number, Charge[]> {
  const byVehicle = new Map<number, Charge[]>();
  for (const charge of charges) {
    const own = byVehicle.get(charge.vehicle);
    if (own === undefined) byVehicle.set(charge.vehicle, [charge]);
    else own.push(charge);
  }
  return byVehicle;
}
