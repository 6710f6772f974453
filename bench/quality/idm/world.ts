import { Chance } from "../chance.ts";
import type { PlanRoad } from "../plan/road.ts";
import type { Sample } from "../samples.ts";
import { Car, type CarType, drawDriver, drawType } from "./car.ts";
import { RoadTraffic } from "./road-traffic.ts";
import { sampleOf } from "./sampling.ts";

export interface WorldOptions {
  readonly seed: number;
  readonly durationS: number;
  /** Between two rows of a vehicle, s; a multiple of the step. */
  readonly sampleS: number;
  /** Step of the simulation, s; a tenth where absent. Half a second is near enough where nobody has to stand (own: no queue forms that a tenth would not form). */
  readonly stepS?: number;
  /** Vehicles whose rows are kept; all where absent. */
  readonly isKept?: (car: Car) => boolean;
}

/** Where vehicles enter. Rates are vehicles per hour over all lanes. */
export interface Inflow {
  readonly perHour: number | ((atS: number) => number);
  /** Draws the type; traffic of a motorway where absent. */
  readonly type?: (chance: Chance) => CarType;
  /** Enters in the middle of the road and in this lane (a side street); at its beginning in any lane where absent. */
  readonly atM?: number;
  readonly lane?: number;
  /** How far a vehicle drives before it turns off; to the end where absent. */
  readonly exitAtM?: (chance: Chance) => number;
}

/** Step of the simulation, s: tenth seconds resolve a CAM's shortest interval (EN 302 637-2, 6.1.3). */
export const STEP_S = 0.1;

/** Before second 0 traffic sorts itself out: those who were put too near to something have braked by then. */
const WARM_UP_S = 20;

/**
 * Vehicles on roads of several lanes: car following by the Intelligent Driver Model, changes of lane after MOBIL, and
 * whatever a scenario orders. The same seed gives the same traffic.
 */
export class World {
  readonly options: WorldOptions;
  readonly roads: RoadTraffic[] = [];
  readonly samples: Sample[] = [];
  /** Called before every step, for what a scenario orders. */
  onStep: (atS: number) => void = () => undefined;
  readonly #numbers = { next: 1 };

  constructor(options: WorldOptions) {
    this.options = options;
  }

  chance(...parts: readonly (string | number)[]): Chance {
    return new Chance("world", this.options.seed, ...parts);
  }

  /** Adds a road with its traffic; where `filled`, vehicles already drive on all of it at the beginning. */
  addRoad(road: PlanRoad, inflows: readonly Inflow[], filled = true): RoadTraffic {
    const traffic = new RoadTraffic(road, inflows, this.chance("road", road.id), this.#numbers);
    if (filled) traffic.fill();
    this.roads.push(traffic);
    return traffic;
  }

  /** A vehicle that a scenario needs; it drives on by the rules of the others. */
  addCar(traffic: RoadTraffic, type: CarType, lane: number, atM: number, speedMps: number): Car {
    const chance = this.chance("car", this.#numbers.next);
    const driver = drawDriver(chance, type, traffic.road.limitMps);
    const car = new Car(this.#numbers.next++, type, driver, lane, atM, speedMps);
    traffic.insert(car);
    return car;
  }

  drawType(chance: Chance): CarType {
    return drawType(chance);
  }

  run(): readonly Sample[] {
    const { durationS, sampleS, stepS = STEP_S } = this.options;
    const steps = Math.round(durationS / stepS);
    const every = Math.round(sampleS / stepS);
    for (let step = -Math.round(WARM_UP_S / stepS); step <= steps; step++) {
      const atS = Math.round(step * stepS * 10) / 10;
      this.onStep(atS);
      for (const traffic of this.roads) traffic.step(atS, stepS);
      if (step >= 0 && step % every === 0) this.#sample(atS);
    }
    return this.samples;
  }

  #sample(atS: number): void {
    const { isKept } = this.options;
    for (const traffic of this.roads) {
      for (const car of traffic.cars) {
        if (isKept === undefined || isKept(car)) this.samples.push(sampleOf(traffic.road, car, atS));
      }
    }
  }
}
