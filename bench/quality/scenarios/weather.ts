import { EventBit, LightBit } from "../../../src/domain/observation.ts";
import type { Car } from "../idm/car.ts";
import { DRY_FRICTION } from "../idm/road-traffic.ts";
import type { PlanRoad } from "../plan/road.ts";
import type { ExtraMessage } from "../samples.ts";
import { rounded } from "../truth/queues.ts";
import { hazardOn, motorwayScenario, type Stage, stage } from "./stage.ts";

/** A roadside weather station tells this often, s. */
const WEATHER_EVERY_S = 30;

interface Reading {
  readonly visibility_m?: number;
  readonly precipitation_cmm_per_h?: number;
  readonly friction_pct?: number;
  readonly surface_temperature_dc?: number;
  readonly water_film_cmm?: number;
}

function weatherStation(
  road: PlanRoad,
  atM: number,
  untilS: number,
  readingAt: (atS: number) => Reading,
): ExtraMessage[] {
  const { latitudeDeg, longitudeDeg } = road.geo(atM, -8);
  const position = {
    latitude_e7: Math.round(latitudeDeg * 1e7),
    longitude_e7: Math.round(longitudeDeg * 1e7),
  };
  const messages: ExtraMessage[] = [];
  for (let atS = 10; atS < untilS; atS += WEATHER_EVERY_S) {
    const sensor = { position, sensor_name: "weather-1", weather: readingAt(atS) };
    messages.push({ atS, source: "weather-1", item: { station_id: 900_001, sensor } });
  }
  return messages;
}

/** Which vehicles can tell of the weather at all: lamps and wipers that the bus does not know say nothing. */
function tells(car: Car, portion: number): boolean {
  return (car.number * 7919) % 100 < portion * 100;
}

/** Ice on 600 m: those who cross it slip, some of them so that ABS or ESP works. */
export const slippery = motorwayScenario(
  {
    name: "slippery",
    title: "600 m of the road are icy; ABS and ESP work on one in four vehicles that cross them",
    asks: ["slippery-road"],
  },
  (seed) => {
    const set = stage({ name: "slippery", seed, perHour: 1_400 });
    const { chance, main, world } = set;
    const fromM = chance.between(2_000, 3_000);
    const toM = fromM + 600;
    const startS = chance.between(40, 70);
    main.speedLimitAt = (atM, atS) =>
      atS > startS && atM > fromM && atM < toM ? 24 : Number.POSITIVE_INFINITY;
    const friction = world.chance("ice").between(0.25, 0.35);
    main.frictionAt = (atM, atS) => (atS > startS && atM > fromM && atM < toM ? friction : DRY_FRICTION);
    set.notes["friction"] = rounded(friction, 2);
    const witnesses: number[] = [];
    const slipping = new Map<Car, number>();
    world.onStep = (atS) => {
      for (const car of main.cars) {
        const isOn = atS > startS && car.atM > fromM && car.atM < toM;
        if (isOn && car.mark === "") slip(car, atS);
        const until = slipping.get(car);
        if (until !== undefined && atS > until) calm(car);
      }
      strayBraking(set, atS);
    };
    const slip = (car: Car, atS: number): void => {
      car.mark = "crossed";
      if (!chance.happens(0.25)) return;
      slipping.set(car, atS + chance.between(0.8, 2.5));
      car.eventBits |= chance.happens(0.5) ? EventBit.abs : EventBit.stabilityControl;
      if (chance.happens(0.3)) car.eventBits |= EventBit.tractionControlLoss;
      car.forcedMps2 = -chance.between(1, 2.5);
      car.brakeToMps = car.speedMps - 3;
      witnesses.push(car.number);
    };
    const calm = (car: Car): void => {
      slipping.delete(car);
      car.eventBits = 0;
    };
    const endS = world.options.durationS;
    set.atEnd.push(() =>
      set.hazards.push(
        hazardOn(main.road, { kind: "slippery-road", startS, endS, fromM, toM, vehicles: witnesses }),
      ),
    );
    return set;
  },
);

/** One driver on the dry carriageway brakes until ABS works: one witness is no slippery road. */
function strayBraking(set: Stage, atS: number): void {
  if (atS !== 150 && atS !== 152) return;
  const car = set.opposite.inLane(0).find(({ atM }) => atM < 3_000);
  if (car === undefined) return;
  car.eventBits = atS === 150 ? EventBit.abs : 0;
  if (atS === 150) {
    car.forcedMps2 = -6;
    car.brakeToMps = 12;
  }
}

/** Fog on 1.2 km: drivers slow down and switch lamps on; a weather station at its edge sees it. */
export const fog = motorwayScenario(
  {
    name: "fog",
    title: "Fog on 1.2 km: drivers slow down and switch fog lamps on; a weather station reads 70 m of sight",
    asks: ["reduced-visibility"],
  },
  (seed) => {
    const set = stage({ name: "fog", seed, perHour: 1_500 });
    const { chance, main, opposite, world } = set;
    const fromM = chance.between(1_600, 2_400);
    const toM = fromM + 1_200;
    const startS = chance.between(40, 70);
    const inFog = (atM: number, atS: number): boolean => atS > startS && atM > fromM && atM < toM;
    main.speedLimitAt = (atM, atS) => (inFog(atM, atS) ? 19 : Number.POSITIVE_INFINITY);
    opposite.speedLimitAt = (atM, atS) =>
      inFog(opposite.road.lengthM - atM, atS) ? 19 : Number.POSITIVE_INFINITY;
    world.onStep = (atS) => {
      for (const traffic of [main, opposite]) {
        for (const car of traffic.cars) {
          const axisM = traffic === main ? car.atM : traffic.road.lengthM - car.atM;
          const isOn = inFog(axisM, atS) && tells(car, 0.7);
          car.lightBits = isOn ? LightBit.lowBeam | LightBit.fog : 0;
        }
      }
    };
    if (seed % 2 === 0) {
      const reading = (atS: number): Reading => ({ visibility_m: atS > startS ? 70 : 4_000 });
      set.extras.push(...weatherStation(main.road, (fromM + toM) / 2, world.options.durationS, reading));
    }
    set.notes["weather_station"] = seed % 2 === 0 ? 1 : 0;
    pushBoth(set, "reduced-visibility", startS, fromM, toM);
    return set;
  },
);

/** The hazard of an area concerns both carriageways. */
function pushBoth(
  set: Stage,
  kind: "reduced-visibility" | "heavy-precipitation",
  startS: number,
  fromM: number,
  toM: number,
): void {
  const { main, opposite, world } = set;
  const endS = world.options.durationS;
  const lengthM = opposite.road.lengthM;
  set.hazards.push(
    hazardOn(main.road, { kind, startS, endS, fromM, toM, vehicles: [] }),
    hazardOn(opposite.road, { kind, startS, endS, fromM: lengthM - toM, toM: lengthM - fromM, vehicles: [] }),
  );
}

/** A cloudburst on 1.5 km: wipers at their fastest, speeds down. */
export const cloudburst = motorwayScenario(
  {
    name: "cloudburst",
    title:
      "A cloudburst on 1.5 km: wipers at their fastest, drivers slow down; elsewhere wipers rest or crawl",
    asks: ["heavy-precipitation"],
  },
  (seed) => {
    const set = stage({ name: "cloudburst", seed, perHour: 1_500 });
    const { chance, main, opposite, world } = set;
    const fromM = chance.between(1_500, 2_200);
    const toM = fromM + 1_500;
    const startS = chance.between(40, 70);
    const inRain = (atM: number, atS: number): boolean => atS > startS && atM > fromM && atM < toM;
    main.speedLimitAt = (atM, atS) => (inRain(atM, atS) ? 22 : Number.POSITIVE_INFINITY);
    opposite.speedLimitAt = (atM, atS) =>
      inRain(opposite.road.lengthM - atM, atS) ? 22 : Number.POSITIVE_INFINITY;
    world.onStep = (atS) => {
      for (const traffic of [main, opposite]) {
        for (const car of traffic.cars) {
          if (!tells(car, 0.7)) continue;
          const axisM = traffic === main ? car.atM : traffic.road.lengthM - car.atM;
          car.wiperPerMin = inRain(axisM, atS) ? 70 : car.number % 5 === 0 ? 20 : 0;
          car.lightBits = inRain(axisM, atS) ? LightBit.lowBeam : 0;
        }
      }
    };
    if (seed % 2 === 0) {
      const reading = (atS: number): Reading => ({ precipitation_cmm_per_h: atS > startS ? 6_000 : 50 });
      set.extras.push(...weatherStation(main.road, (fromM + toM) / 2, world.options.durationS, reading));
    }
    pushBoth(set, "heavy-precipitation", startS, fromM, toM);
    return set;
  },
);
