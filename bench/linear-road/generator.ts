import { seededRandom } from "../support/random.ts";
import { FIRST_DAY, LAST_DAY, REPORT_INTERVAL_S, SEGMENT_FT, SEGMENTS } from "./rules.ts";
import { emptyTuple, TUPLE_TYPE, type Tuple } from "./tuples.ts";

/** Traffic to be made. Times in seconds, rates per second and expressway. */
export interface TrafficPlan {
  readonly seed: number;
  readonly expressways: number;
  readonly seconds: number;
  /** Vehicles that enter at the ends of the run and at its middle; a parabola between them. */
  readonly inflow: { readonly ends: number; readonly middle: number };
  /** Segments in which vehicles enter, first and last. */
  readonly entries: readonly [number, number];
  /** Segments that a vehicle drives, least and most; the road's end comes first. */
  readonly trip: readonly [number, number];
  /** From one accident cleared to the next begun, on one expressway, least and most. */
  readonly accidentPauseS: readonly [number, number];
  /** How long the vehicles stand, least and most. */
  readonly accidentS: readonly [number, number];
  readonly reentryShare: number;
  /** Requests per report. */
  readonly balanceShare: number;
  readonly expenditureShare: number;
}

/** Three hours of one expressway or several, as large as the public generator's (its peak: 2,946 tuples a second each). */
export const THREE_HOURS: TrafficPlan = {
  seed: 1,
  expressways: 1,
  seconds: 10_800,
  inflow: { ends: 26, middle: 44 },
  entries: [0, SEGMENTS - 1],
  trip: [8, 36],
  accidentPauseS: [300, 900],
  accidentS: [600, 1_200],
  reentryShare: 0.1,
  balanceShare: 0.005,
  expenditureShare: 0.001,
};

const FIRST_VEHICLE = 100;
const REENTRY_AFTER_S = [1_000, 2_000] as const;
const FREE_SPEED_MPH = 70;
const LEAST_SPEED_MPH = 12;
const ENTRY_SPEED_MPH = 30;
const EXIT_SPEED_MPH = 10;
/** Vehicles of a segment that do not yet slow each other, and those that cost a further mile per hour. */
const FREE_FLOW_VEHICLES = 72;
const VEHICLES_PER_MPH = 22;
const SPEED_SPREAD_MPH = 19;
/** Speed beside an accident and in the segment upstream of it. */
const PASSING_MPH = 15;
const QUEUEING_MPH = 22;
/** Feet in 30 s at one mile per hour. */
const FT_PER_MPH = 44;
const ROAD_FT = SEGMENTS * SEGMENT_FT;
/** The second vehicle of an accident comes from at most so far behind. */
const CRASH_WITHIN_FT = 1_000;

interface Vehicle {
  readonly id: number;
  expressway: number;
  direction: number;
  positionFt: number;
  speedMph: number;
  lane: number;
  exitSegment: number;
  stands: boolean;
}

interface Wreck {
  readonly first: Vehicle;
  readonly segment: number;
  second: Vehicle | undefined;
  clearAtS: number;
}

interface Expressway {
  wreck: Wreck | undefined;
  nextAccidentS: number;
}

/**
 * Our own traffic: vehicles enter, report every 30 s, keep the speed that the density of their segment allows, and leave by
 * the exit lane. One accident at a time per expressway: a vehicle stops in a travel lane and one from behind stops at the same
 * place. Same seed, same tuples, on every machine: integers and a parabola instead of a sine.
 */
export class TrafficGenerator {
  readonly #plan: TrafficPlan;
  readonly #random: () => number;
  readonly #tuple: Tuple = emptyTuple();
  /** Vehicles by the second of the half minute in which they report. */
  readonly #due: Vehicle[][] = Array.from({ length: REPORT_INTERVAL_S }, () => []);
  readonly #returning = new Map<number, Vehicle[]>();
  readonly #expressways: Expressway[];
  /** Vehicles by expressway, direction and segment. */
  readonly #density: Int32Array;
  #nextVehicle = FIRST_VEHICLE;
  #nextQuery = 1;
  #owed = 0;
  /** Accidents of which both vehicles stand. */
  accidents = 0;

  constructor(plan: TrafficPlan) {
    this.#plan = plan;
    this.#random = seededRandom(plan.seed);
    this.#density = new Int32Array(plan.expressways * 2 * SEGMENTS);
    this.#expressways = Array.from({ length: plan.expressways }, () => ({
      wreck: undefined,
      nextAccidentS: this.#between(plan.accidentPauseS),
    }));
  }

  /** Ids of vehicles and queries that were given out end before these. */
  get ids(): { vehicles: number; queries: number } {
    return { vehicles: this.#nextVehicle, queries: this.#nextQuery };
  }

  /**
   * @param take is given the same object each time, sorted by time
   * @param untilS ends early; the traffic up to there is the same
   */
  run(take: (tuple: Tuple) => void, untilS = this.#plan.seconds): void {
    for (let second = 0; second < Math.min(untilS, this.#plan.seconds); second++) {
      this.#clearWrecks(second);
      this.#admit(second);
      this.#report(second, take);
    }
  }

  #admit(second: number): void {
    const { inflow, seconds, expressways } = this.#plan;
    const course = (2 * second) / seconds - 1;
    const perExpressway = inflow.ends + (inflow.middle - inflow.ends) * (1 - course * course);
    this.#owed += perExpressway * expressways;
    for (const vehicle of this.#returning.get(second) ?? []) this.#enter(vehicle, second);
    this.#returning.delete(second);
    for (; this.#owed >= 1; this.#owed--) {
      this.#enter(
        {
          id: this.#nextVehicle++,
          expressway: 0,
          direction: 0,
          positionFt: 0,
          speedMph: 0,
          lane: 0,
          exitSegment: 0,
          stands: false,
        },
        second,
      );
    }
  }

  #enter(vehicle: Vehicle, second: number): void {
    const { entries, trip, expressways } = this.#plan;
    const direction = this.#below(2);
    const segment = this.#between(entries);
    const way = direction === 0 ? 1 : -1;
    vehicle.expressway = this.#below(expressways);
    vehicle.direction = direction;
    vehicle.exitSegment = Math.min(Math.max(segment + way * this.#between(trip), 0), SEGMENTS - 1);
    vehicle.positionFt = segment * SEGMENT_FT + (direction === 0 ? 0 : SEGMENT_FT - 1);
    vehicle.speedMph = ENTRY_SPEED_MPH;
    vehicle.lane = 0;
    this.#crowd(vehicle, 1);
    this.#due[second % REPORT_INTERVAL_S]?.push(vehicle);
    vehicle.stands = false;
  }

  #report(second: number, take: (tuple: Tuple) => void): void {
    const due = this.#due[second % REPORT_INTERVAL_S] ?? [];
    let kept = 0;
    for (const vehicle of due) {
      const isNew = vehicle.lane === 0 && vehicle.speedMph === ENTRY_SPEED_MPH;
      const stays = isNew ? true : this.#drive(vehicle, second);
      this.#emit(vehicle, second, take);
      if (isNew) vehicle.speedMph++;
      if (stays) due[kept++] = vehicle;
      else this.#leave(vehicle, second);
    }
    due.length = kept;
  }

  /** Half a minute on. False: the vehicle has left. */
  #drive(vehicle: Vehicle, second: number): boolean {
    if (vehicle.stands) return true;
    this.#crowd(vehicle, -1);
    const before = vehicle.speedMph;
    vehicle.speedMph = this.#speed(vehicle);
    const distance = Math.floor(((before + vehicle.speedMph) * FT_PER_MPH) / 2);
    const moved = vehicle.positionFt + (vehicle.direction === 0 ? distance : -distance);
    vehicle.positionFt = Math.min(Math.max(moved, 0), ROAD_FT - 1);
    vehicle.lane = 1 + this.#below(3);
    const segment = segmentOf(vehicle);
    const left = vehicle.direction === 0 ? segment >= vehicle.exitSegment : segment <= vehicle.exitSegment;
    if (left) {
      vehicle.lane = 4;
      vehicle.speedMph = EXIT_SPEED_MPH;
      return false;
    }
    this.#crowd(vehicle, 1);
    this.#crash(vehicle, second);
    return true;
  }

  #speed(vehicle: Vehicle): number {
    const density = this.#density[this.#cellOf(vehicle)] ?? 0;
    const allowed =
      FREE_SPEED_MPH - Math.max(0, Math.floor((density - FREE_FLOW_VEHICLES) / VEHICLES_PER_MPH));
    const near = this.#speedNearWreck(vehicle);
    const wished = Math.min(Math.max(allowed, LEAST_SPEED_MPH), near);
    return Math.max(wished + this.#below(SPEED_SPREAD_MPH) - (SPEED_SPREAD_MPH >> 1), 1);
  }

  #speedNearWreck(vehicle: Vehicle): number {
    const wreck = this.#expressways[vehicle.expressway]?.wreck;
    if (wreck?.second === undefined || wreck.first.direction !== vehicle.direction) return FREE_SPEED_MPH;
    const ahead = (wreck.segment - segmentOf(vehicle)) * (vehicle.direction === 0 ? 1 : -1);
    if (ahead === 0) return PASSING_MPH;
    return ahead === 1 ? QUEUEING_MPH : FREE_SPEED_MPH;
  }

  /** Lets a vehicle be the first or the second of an accident, where one is due. */
  #crash(vehicle: Vehicle, second: number): void {
    const expressway = this.#expressways[vehicle.expressway];
    if (expressway === undefined) return;
    const { wreck } = expressway;
    if (wreck === undefined) {
      if (second < expressway.nextAccidentS) return;
      const clearAtS = second + this.#between(this.#plan.accidentS);
      expressway.wreck = { first: vehicle, segment: segmentOf(vehicle), second: undefined, clearAtS };
      stop(vehicle);
    } else if (wreck.second === undefined && isBehind(vehicle, wreck.first)) {
      wreck.second = vehicle;
      wreck.clearAtS = second + this.#between(this.#plan.accidentS);
      this.accidents++;
      vehicle.positionFt = wreck.first.positionFt;
      vehicle.lane = wreck.first.lane;
      stop(vehicle);
    }
  }

  #clearWrecks(second: number): void {
    for (const expressway of this.#expressways) {
      const { wreck } = expressway;
      if (wreck === undefined || second < wreck.clearAtS) continue;
      wreck.first.stands = false;
      if (wreck.second !== undefined) wreck.second.stands = false;
      expressway.wreck = undefined;
      expressway.nextAccidentS = second + this.#between(this.#plan.accidentPauseS);
    }
  }

  #leave(vehicle: Vehicle, second: number): void {
    if (this.#random() >= this.#plan.reentryShare) return;
    const back = second + this.#between(REENTRY_AFTER_S);
    const list = this.#returning.get(back) ?? [];
    list.push(vehicle);
    this.#returning.set(back, list);
  }

  #emit(vehicle: Vehicle, second: number, take: (tuple: Tuple) => void): void {
    const tuple = this.#tuple;
    tuple.type = TUPLE_TYPE.position;
    tuple.timeS = second;
    tuple.vehicle = vehicle.id;
    tuple.speedMph = vehicle.speedMph;
    tuple.expressway = vehicle.expressway;
    tuple.lane = vehicle.lane;
    tuple.direction = vehicle.direction;
    tuple.segment = segmentOf(vehicle);
    tuple.positionFt = vehicle.positionFt;
    tuple.queryId = -1;
    tuple.day = -1;
    take(tuple);
    const dice = this.#random();
    const { balanceShare, expenditureShare } = this.#plan;
    if (dice < balanceShare) this.#ask(TUPLE_TYPE.balance, vehicle, take);
    else if (dice < balanceShare + expenditureShare) this.#ask(TUPLE_TYPE.expenditure, vehicle, take);
  }

  #ask(type: number, vehicle: Vehicle, take: (tuple: Tuple) => void): void {
    const tuple = this.#tuple;
    const isPast = type === TUPLE_TYPE.expenditure;
    tuple.type = type;
    tuple.speedMph = -1;
    tuple.expressway = isPast ? vehicle.expressway : -1;
    tuple.lane = -1;
    tuple.direction = -1;
    tuple.segment = -1;
    tuple.positionFt = -1;
    tuple.queryId = this.#nextQuery++;
    tuple.day = isPast ? this.#between([FIRST_DAY, LAST_DAY]) : -1;
    take(tuple);
  }

  #cellOf(vehicle: Vehicle): number {
    return (vehicle.expressway * 2 + vehicle.direction) * SEGMENTS + segmentOf(vehicle);
  }

  #crowd(vehicle: Vehicle, change: number): void {
    const cell = this.#cellOf(vehicle);
    this.#density[cell] = (this.#density[cell] ?? 0) + change;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #between([least, most]: readonly [number, number]): number {
    return least + this.#below(most - least + 1);
  }
}

function segmentOf({ positionFt }: Vehicle): number {
  return Math.floor(positionFt / SEGMENT_FT);
}

function stop(vehicle: Vehicle): void {
  vehicle.stands = true;
  vehicle.speedMph = 0;
}

function isBehind(vehicle: Vehicle, first: Vehicle): boolean {
  if (vehicle.direction !== first.direction || segmentOf(vehicle) !== segmentOf(first)) return false;
  const behindFt = (first.positionFt - vehicle.positionFt) * (first.direction === 0 ? 1 : -1);
  return behindFt >= 0 && behindFt <= CRASH_WITHIN_FT;
}
