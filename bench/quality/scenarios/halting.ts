import type { Car } from "../idm/car.ts";
import type { RoadTraffic } from "../idm/road-traffic.ts";
import { STEP_S } from "../idm/world.ts";
import { bentLine } from "../plan/plane.ts";
import { PlanRoad } from "../plan/road.ts";
import type { Scenario } from "../scenario.ts";
import { town } from "./signals.ts";
import { DRAWN, finish, motorwayScenario, stage } from "./stage.ts";

const PUBLIC_TRANSPORT = 1;
/** A stop in a bay beside the lane, and one in the lane itself. */
const STOPS = [
  { atM: 420, fromM: 370, toM: 440, inBay: true },
  { atM: 900, fromM: 850, toM: 920, inBay: false },
  { atM: 1_450, fromM: 1_400, toM: 1_470, inBay: true },
];

/** When its time is up: puts a vehicle that halted beside the road back into the lane, or lets it wait for room. */
function rejoin(traffic: RoadTraffic, car: Car, atS: number): boolean {
  if (atS + STEP_S < car.haltUntilS || car.haltUntilS === Number.POSITIVE_INFINITY) return false;
  const isNear = (other: Car): boolean =>
    other.atM - other.lengthM < car.atM + 6 &&
    other.atM > car.atM - car.lengthM - 8 - Math.max(0, other.speedMps * 2.5);
  const isTaken = traffic.inLane(0).some(isNear);
  if (isTaken) car.haltUntilS = atS + 1;
  else car.lane = 0;
  return !isTaken;
}

export const busStops: Scenario = {
  name: "bus-stops",
  title: "Buses halt in bays and in the lane; those behind wait or pass",
  asks: [],
  durationS: 420,
  victims: DRAWN,
  engine: "idm",
  generate: (seed) => {
    const haltingM = STOPS.map(({ fromM, toM }) => ({ fromM, toM }));
    const set = town({
      name: "bus-stops",
      seed,
      durationS: 420,
      signalsM: [1_150],
      haltingM,
      greenS: () => 40,
      perHour: 320,
    });
    const { chance, main, world } = set;
    const served = new Map<Car, number>();
    const buses = new Set<number>();
    world.onStep = (atS) => {
      if (Math.round(atS * 10) % 700 === 100) sendBus();
      for (const car of main.cars) if (car.role === PUBLIC_TRANSPORT) serve(car, atS);
    };
    const sendBus = (): void => {
      const first = main.inLane(0).at(-1);
      if (first !== undefined && first.atM < 30) return;
      const bus = world.addCar(main, "bus", 0, 6, 11);
      bus.role = PUBLIC_TRANSPORT;
      buses.add(bus.number);
      served.set(bus, 0);
    };
    const serve = (bus: Car, atS: number): void => {
      const place = served.get(bus) ?? 0;
      const stop = STOPS[place];
      if (bus.lane < 0) rejoin(main, bus, atS);
      if (stop === undefined) return;
      if (Number.isNaN(bus.haltAtM) && bus.atM > stop.atM - 150) {
        bus.haltAtM = stop.atM;
        bus.haltUntilS = Number.POSITIVE_INFINITY;
      }
      const isArriving = bus.haltAtM === stop.atM && bus.haltUntilS === Number.POSITIVE_INFINITY;
      if (isArriving && stop.inBay && bus.lane === 0 && bus.atM > stop.fromM) bus.lane = -1;
      if (isArriving && bus.speedMps < 0.3 && stop.atM - bus.atM < 12)
        bus.haltUntilS = atS + chance.between(18, 45);
      const hasServed = !Number.isNaN(bus.haltAtM) && bus.haltUntilS !== Number.POSITIVE_INFINITY;
      if (hasServed && atS + STEP_S >= bus.haltUntilS && bus.lane === 0) {
        bus.haltAtM = Number.NaN;
        served.set(bus, place + 1);
      }
    };
    set.nameStop = (number, routeM) => {
      const atStop = STOPS.some(({ fromM, toM }) => routeM > fromM - 80 && routeM < toM + 10);
      return buses.has(number) && atStop ? "bus_stop" : "signal";
    };
    return finish("bus-stops", seed, set);
  },
};

/** Vehicles that park beside a street and in a rest area of the motorway. */
export const parking: Scenario = {
  name: "parking",
  title: "Cars park at the kerb of a street, deliveries among them, and drive off again",
  asks: [],
  durationS: 420,
  victims: DRAWN,
  engine: "idm",
  generate: (seed) => {
    const set = town({
      name: "parking",
      seed,
      durationS: 420,
      signalsM: [1_650],
      haltingM: [{ fromM: 500, toM: 800 }],
      greenS: () => 45,
      perHour: 380,
    });
    const { chance, main, world } = set;
    const parked = new Set<number>();
    world.onStep = (atS) => {
      if (Math.round(atS * 10) % 200 === 0) pickOne(atS);
      for (const car of main.cars) if (car.mark === "parks") park(car, atS);
    };
    const pickOne = (atS: number): void => {
      const car = main.inLane(0).find(({ atM, mark }) => atM < 350 && mark === "");
      if (car === undefined) return;
      car.mark = "parks";
      car.haltAtM = chance.between(520, 780);
      car.haltUntilS = atS + chance.between(60, 260);
      parked.add(car.number);
    };
    const park = (car: Car, atS: number): void => {
      if (car.lane === 0 && car.haltAtM - car.atM < 25 && atS < car.haltUntilS) car.lane = -1;
      if (car.lane < 0 && rejoin(main, car, atS)) car.mark = "gone";
    };
    set.nameStop = (number, routeM) => (parked.has(number) && routeM < 1_000 ? "parking" : "signal");
    return finish("parking", seed, set);
  },
};

/** A rest area: a way of its own beside the carriageway on which vehicles stand for minutes. */
export const restArea = motorwayScenario(
  {
    name: "rest-area",
    title: "Vehicles stand in a rest area 15 m beside the carriageway; nothing is wrong",
    asks: [],
  },
  (seed) => {
    const set = stage({ name: "rest-area", seed, perHour: 1_400 });
    const { chance, main, world } = set;
    const from = main.road.pose(2_200, main.road.laneLeftM(0) - 4);
    const bends = [
      { fromM: 0, toM: 40, turnDeg: 12 },
      { fromM: 60, toM: 110, turnDeg: -12 },
      { fromM: 430, toM: 480, turnDeg: -8 },
    ];
    const area = new PlanRoad({
      id: "A900p-rest-area",
      ref: "A900",
      direction: "Rastplatz Heide",
      points: bentLine(from, from.headingDeg, 520, bends),
      lanes: 1,
      limitKmh: 40,
      flags: { ramp: true, halting: true },
    });
    const traffic = world.addRoad(area, [{ perHour: 90 }]);
    world.onStep = (atS) => {
      for (const car of traffic.cars) {
        if (car.mark === "" && car.atM > 90) {
          car.mark = "parks";
          car.haltAtM = Math.min(430, car.atM + chance.between(30, 280));
          car.haltUntilS = atS + chance.between(60, 240);
          car.lane = -1;
        }
        if (car.mark === "parks" && rejoin(traffic, car, atS)) car.mark = "gone";
      }
    };
    set.nameStopOn.set(area.id, "parking");
    return set;
  },
);
