import type { Chance } from "../chance.ts";
import { LANE_WIDTH_M, type PlanRoad } from "../plan/road.ts";
import { Car, drawDriver, drawType } from "./car.ts";
import { idmAcceleration } from "./following.ts";
import { chooseLane } from "./lane-change.ts";
import { LaneOrder } from "./lane-order.ts";
import { type Obstacle, obstacleAhead } from "./obstacle.ts";
import type { Inflow } from "./world.ts";

/** A change of lane takes 3 to 4 s on motorways; sideways speed, m/s. */
const SIDEWAYS_MPS = 1.1;
const CHANGE_PAUSE_S = 4;
/** Drivers look for a better lane once a second; each in its own part of it. */
const LOOK_EVERY_S = 1;
/** Wavering of the foot: standard deviation, m/s², and memory, s (own: gives speeds that vary by about 0.5 m/s). */
const NOISE_MPS2 = 0.15;
const NOISE_MEMORY_S = 3;
/** Beyond it a leader does not matter, m. */
const SIGHT_M = 300;
/** Followers settle at their place by and by and may roll past it by so much, m. */
const HALT_SLACK_M = 1.5;
/** What a dry road gives; brakes reach their hardest on it. */
export const DRY_FRICTION = 1;
const GRAVITY_MPS2 = 9.81;
/** Vehicles that wait to enter where the road is full; the rest drives elsewhere. */
const MAX_WAITING = 40;

interface Entrance {
  readonly inflow: Inflow;
  nextS: number;
  waiting: number;
}

/** The traffic of one road. */
export class RoadTraffic {
  readonly road: PlanRoad;
  readonly cars: Car[] = [];
  readonly obstacles: Obstacle[] = [];
  /** Highest speed at a place besides the limit, e.g. in fog; infinity where free. */
  speedLimitAt: (atM: number, atS: number) => number = () => Number.POSITIVE_INFINITY;
  /** Friction of the road, 0 to 1: nobody brakes harder than it gives. */
  frictionAt: (atM: number, atS: number) => number = () => DRY_FRICTION;
  readonly #chance: Chance;
  readonly #numbers: { next: number };
  readonly #entrances: Entrance[];
  readonly #orders: LaneOrder[];
  #step = 0;
  #atS = 0;

  constructor(road: PlanRoad, inflows: readonly Inflow[], chance: Chance, numbers: { next: number }) {
    this.road = road;
    this.#chance = chance;
    this.#numbers = numbers;
    this.#entrances = inflows.map((inflow) => ({ inflow, nextS: 0, waiting: 0 }));
    this.#orders = Array.from({ length: road.lanes }, () => new LaneOrder());
    for (const entrance of this.#entrances) entrance.nextS = this.#nextArrivalS(entrance.inflow, 0);
  }

  insert(car: Car): void {
    car.leftM = this.road.laneLeftM(car.lane);
    this.cars.push(car);
  }

  /** Puts vehicles on the whole road as if traffic had flowed for long. */
  fill(): void {
    const inflow = this.#entrances[0]?.inflow;
    if (inflow === undefined) return;
    const perHour = rateOf(inflow, 0);
    if (perHour <= 0) return;
    const meanGapM = (this.road.limitMps * 0.9 * 3600 * this.road.lanes) / perHour;
    for (let lane = 0; lane < this.road.lanes; lane++) {
      for (let atM = this.#chance.between(10, meanGapM); atM < this.road.lengthM - 10; ) {
        const car = this.#newCar(inflow, lane, atM);
        car.speedMps = Math.min(car.driver.desiredMps, this.road.limitMps, this.speedLimitAt(atM, 0));
        this.insert(car);
        atM += Math.max(car.lengthM + 25, meanGapM * this.#chance.between(0.5, 1.5));
      }
    }
  }

  step(atS: number, stepS: number): void {
    this.#atS = atS;
    this.#step++;
    this.#enter(atS);
    this.#sort();
    this.#changeLanes(atS, Math.max(1, Math.round(LOOK_EVERY_S / stepS)));
    this.#accelerate(atS, stepS);
    this.#move(stepS);
  }

  /** Vehicles in a lane, front first, as of the last step. */
  inLane(lane: number): readonly Car[] {
    return this.#orders[lane]?.cars ?? [];
  }

  #sort(): void {
    for (const order of this.#orders) order.clear();
    for (const car of this.cars) this.#orders[car.lane]?.cars.push(car);
    for (const order of this.#orders) order.cars.sort((a, b) => b.atM - a.atM || a.number - b.number);
  }

  #enter(atS: number): void {
    for (const entrance of this.#entrances) {
      while (atS >= entrance.nextS) {
        entrance.waiting = Math.min(MAX_WAITING, entrance.waiting + 1);
        entrance.nextS += this.#nextArrivalS(entrance.inflow, entrance.nextS);
      }
      if (entrance.waiting > 0 && this.#tryEnter(entrance.inflow)) entrance.waiting--;
    }
  }

  #nextArrivalS(inflow: Inflow, atS: number): number {
    const perHour = rateOf(inflow, atS);
    return perHour <= 0 ? 10 : this.#chance.waitS(perHour / 3600);
  }

  #tryEnter(inflow: Inflow): boolean {
    const atM = inflow.atM ?? 5;
    const lane = inflow.lane ?? this.#freestLane(atM);
    const { leader, follower } = this.#orders[lane]?.around(atM) ?? {};
    const gapM = leader === undefined ? Number.POSITIVE_INFINITY : leader.atM - leader.lengthM - atM;
    const leaderMps = leader?.speedMps ?? this.road.limitMps;
    if (gapM < 8 + leaderMps * 1.1) return false;
    if (follower !== undefined && atM - follower.atM < 12 + follower.speedMps * 1.5) return false;
    const car = this.#newCar(inflow, lane, atM);
    car.speedMps = Math.min(
      car.driver.desiredMps,
      inflow.atM === undefined ? Math.max(leaderMps, gapM / 3) : 5,
    );
    this.insert(car);
    this.#orders[lane]?.cars.splice(this.#orders[lane]?.indexAt(atM) ?? 0, 0, car);
    return true;
  }

  #freestLane(atM: number): number {
    const rooms = this.#orders.map((order) => order.around(atM).leader?.atM ?? Number.POSITIVE_INFINITY);
    const free = rooms.flatMap((roomM, lane) => (roomM > 150 ? [lane] : []));
    if (free.length > 0) return free[this.#chance.whole(0, free.length - 1)] ?? 0;
    return rooms.indexOf(Math.max(...rooms));
  }

  #newCar(inflow: Inflow, lane: number, atM: number): Car {
    const type = inflow.type?.(this.#chance) ?? drawType(this.#chance);
    const driver = drawDriver(this.#chance, type, this.road.limitMps);
    const car = new Car(this.#numbers.next++, type, driver, lane, atM, 0);
    car.exitAtM = inflow.exitAtM?.(this.#chance) ?? Number.POSITIVE_INFINITY;
    return car;
  }

  #desiredOf = (car: Car): number =>
    Math.min(car.driver.desiredMps, car.capMps, this.speedLimitAt(car.atM, this.#atS));

  #changeLanes(atS: number, everySteps: number): void {
    for (const car of this.cars) {
      if ((this.#step + car.number) % everySteps !== 0 || !this.#mayLook(car, atS)) continue;
      const choice = {
        here: this.#following(car, car.lane, atS),
        inLane: (lane: number) => (lane < this.road.lanes ? this.#following(car, lane, atS) : undefined),
        mustLeave: this.#isBlockedAhead(car, car.lane, atS),
        isBlocked: (lane: number) => this.#isBlockedAhead(car, lane, atS),
      };
      const lane = chooseLane(car, choice, this.#orders, this.#desiredOf);
      if (lane !== car.lane) this.#change(car, lane, atS);
    }
  }

  #mayLook(car: Car, atS: number): boolean {
    return (
      car.mayChangeLane &&
      car.lane >= 0 &&
      atS >= car.changeAfterS &&
      car.forcedMps2 === 0 &&
      atS >= car.stuckUntilS
    );
  }

  #change(car: Car, lane: number, atS: number): void {
    const from = this.#orders[car.lane]?.cars;
    from?.splice(from.indexOf(car), 1);
    car.lane = lane;
    car.changeAfterS = atS + CHANGE_PAUSE_S;
    const order = this.#orders[lane];
    order?.cars.splice(order.indexAt(car.atM), 0, car);
  }

  #isBlockedAhead(car: Car, lane: number, atS: number): boolean {
    const standing = this.obstacles.some(
      (o) =>
        o.avoidFromM > 0 &&
        o.lanes.includes(lane) &&
        o.atM > car.atM &&
        o.atM - car.atM < o.avoidFromM &&
        o.isActive(atS),
    );
    return standing;
  }

  /** Acceleration behind whatever is next in a lane: a vehicle, an obstacle, the place to halt. */
  #following(car: Car, lane: number, atS: number): number {
    const { driver, speedMps } = car;
    const desired = this.#desiredOf(car);
    const leader = this.#leaderIn(car, lane);
    let least = idmAcceleration(driver, desired, speedMps, Number.POSITIVE_INFINITY, 0);
    if (leader !== undefined) {
      const gapM = leader.atM - leader.lengthM - car.atM;
      if (gapM < SIGHT_M)
        least = Math.min(least, idmAcceleration(driver, desired, speedMps, gapM, leader.speedMps));
    }
    const obstacle = obstacleAhead(this.obstacles, lane, car.atM, speedMps, atS);
    if (obstacle !== undefined && obstacle.atM - car.atM < SIGHT_M) {
      least = Math.min(least, idmAcceleration(driver, desired, speedMps, obstacle.atM - car.atM, 0));
    }
    if (car.haltAtM + HALT_SLACK_M >= car.atM && atS < car.haltUntilS && car.haltAtM - car.atM < SIGHT_M) {
      least = Math.min(
        least,
        idmAcceleration(driver, desired, speedMps, car.haltAtM - car.atM + driver.jamGapM, 0),
      );
    }
    return least;
  }

  #leaderIn(car: Car, lane: number): Car | undefined {
    const order = this.#orders[lane];
    if (order === undefined) return undefined;
    const index = order.indexAt(car.atM);
    const ahead = order.cars[index - 1];
    // Of two fronts at one place the smaller number leads; nobody follows himself.
    return ahead === car ? order.cars[index - 2] : ahead;
  }

  #accelerate(atS: number, stepS: number): void {
    for (const car of this.cars) {
      const keep = 1 - stepS / NOISE_MEMORY_S;
      car.noiseMps2 = keep * car.noiseMps2 + Math.sqrt(1 - keep * keep) * this.#chance.normal(0, NOISE_MPS2);
      const noise = car.speedMps > 1 ? car.noiseMps2 : 0;
      let wished = this.#following(car, car.lane, atS) + noise;
      if (car.forcedMps2 < 0) {
        if (car.speedMps <= car.brakeToMps + 0.05) car.forcedMps2 = 0;
        else wished = Math.min(wished, car.forcedMps2);
      }
      if (atS < car.stuckUntilS) wished = car.speedMps > 0 ? Math.min(wished, car.forcedMps2, -1) : 0;
      car.accelerationMps2 = Math.max(wished, -GRAVITY_MPS2 * this.frictionAt(car.atM, this.#atS));
    }
  }

  #move(stepS: number): void {
    for (const car of this.cars) {
      const before = car.speedMps;
      car.speedMps = Math.max(0, before + car.accelerationMps2 * stepS);
      car.accelerationMps2 = (car.speedMps - before) / stepS;
      car.atM += ((before + car.speedMps) / 2) * stepS;
      const targetM = car.lane < 0 ? this.road.laneLeftM(0) - LANE_WIDTH_M : this.road.laneLeftM(car.lane);
      const offM = targetM - car.leftM;
      if (offM !== 0 && car.speedMps > 0.5)
        car.leftM += Math.sign(offM) * Math.min(Math.abs(offM), SIDEWAYS_MPS * stepS);
    }
    this.#leave();
  }

  #leave(): void {
    const kept = this.cars.filter((car) => car.atM < Math.min(car.exitAtM, this.road.lengthM));
    if (kept.length === this.cars.length) return;
    this.cars.length = 0;
    this.cars.push(...kept);
  }
}

function rateOf(inflow: Inflow, atS: number): number {
  return typeof inflow.perHour === "number" ? inflow.perHour : inflow.perHour(atS);
}
