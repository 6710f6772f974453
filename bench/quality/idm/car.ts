import type { Chance } from "../chance.ts";

export type CarType = "passengerCar" | "lightTruck" | "heavyTruck" | "bus";

/** How somebody drives: parameters of the Intelligent Driver Model (Treiber, Hennecke, Helbing 2000). */
export interface DriverParameters {
  readonly desiredMps: number;
  readonly headwayS: number;
  readonly jamGapM: number;
  readonly accelerationMps2: number;
  readonly comfortableMps2: number;
  /** Hardest braking that tyres and brakes give. */
  readonly hardestMps2: number;
}

/** One vehicle of the simulation; changes in place. */
export class Car {
  readonly number: number;
  readonly type: CarType;
  readonly lengthM: number;
  readonly driver: DriverParameters;
  /** Lane, 0 the right one; −1 the hard shoulder or a bay, out of traffic. */
  lane: number;
  /** Front bumper along the road, m. */
  atM: number;
  speedMps: number;
  accelerationMps2 = 0;
  /** Wavering of the foot, m/s². */
  noiseMps2 = 0;
  /** Place across the road, left positive from the middle of the carriageway; follows the lane. */
  leftM: number;
  /** Earliest time of the next change of lane, s. */
  changeAfterS = Number.NEGATIVE_INFINITY;
  /** Drives no faster; infinity where nothing holds it back. */
  capMps = Number.POSITIVE_INFINITY;
  /** Halts with its front at this place until `haltUntilS`; NaN where it does not. */
  haltAtM = Number.NaN;
  haltUntilS = 0;
  /** Brakes so hard until it drives `brakeToMps`; 0 where nothing is forced. */
  forcedMps2 = 0;
  brakeToMps = 0;
  /** Stands until then whatever lies ahead, s; the wreck of a crash, the breakdown. */
  stuckUntilS = Number.NEGATIVE_INFINITY;
  mayChangeLane = true;
  /** Leaves the simulation here, m. */
  exitAtM = Number.POSITIVE_INFINITY;
  lightBits = 0;
  controlBits = 0;
  eventBits = 0;
  role = 0;
  wiperPerMin = 0;
  /** For scenarios: what it is marked as, e.g. `victim`. */
  mark = "";

  constructor(
    number: number,
    type: CarType,
    driver: DriverParameters,
    lane: number,
    atM: number,
    speedMps: number,
  ) {
    this.number = number;
    this.type = type;
    this.lengthM = LENGTHS_M[type];
    this.driver = driver;
    this.lane = lane;
    this.atM = atM;
    this.speedMps = speedMps;
    this.leftM = Number.NaN;
  }
}

const LENGTHS_M: Readonly<Record<CarType, number>> = {
  passengerCar: 4.6,
  lightTruck: 6.5,
  heavyTruck: 16.5,
  bus: 12,
};

/** Shares of heavy and light trucks on a German motorway by day, rounded (own: from fixtures/sumo). */
const HEAVY_SHARE = 0.12;
const LIGHT_SHARE = 0.1;

export function drawType(chance: Chance): CarType {
  const share = chance.share();
  if (share < HEAVY_SHARE) return "heavyTruck";
  return share < HEAVY_SHARE + LIGHT_SHARE ? "lightTruck" : "passengerCar";
}

/** Trucks are limited to 80 km/h on motorways and drive up to 88 (StVO § 3; limiters at 90). */
const TRUCK_MPS = 23.6;

export function drawDriver(chance: Chance, type: CarType, limitMps: number): DriverParameters {
  const heavy = type === "heavyTruck" || type === "bus";
  const wanted = limitMps * chance.normal(type === "passengerCar" ? 1.02 : 0.97, 0.07);
  return {
    desiredMps: heavy ? Math.min(wanted, chance.normal(TRUCK_MPS, 0.7)) : wanted,
    headwayS: heavy ? chance.normal(1.6, 0.2) : chance.normal(1.15, 0.2),
    jamGapM: chance.normal(2.3, 0.3),
    accelerationMps2: heavy ? chance.normal(0.8, 0.1) : chance.normal(1.5, 0.2),
    comfortableMps2: chance.normal(1.9, 0.2),
    hardestMps2: heavy ? 5.5 : 8.5,
  };
}
