import { shareOf } from "../../../src/evaluate/chance.ts";
import type { Chance } from "../chance.ts";
import type { Car } from "../idm/car.ts";
import { idmAcceleration } from "../idm/following.ts";
import type { RoadTraffic } from "../idm/road-traffic.ts";
import { linkId } from "../plan/map.ts";
import { besideLine } from "../plan/plane.ts";
import { LANE_WIDTH_M, PlanRoad } from "../plan/road.ts";
import { stationIdOf } from "../samples.ts";
import type { Scenario } from "../scenario.ts";
import { DRAWN, finish, type Stage, stage } from "./stage.ts";

const NAME = "control";
const DURATION_S = 1_200;
const LENGTH_M = 24_000;
/** Rows of those whom nobody hears are kept while they are slow: the truth is made of them. */
const SLOW_MPS = 30 / 3.6;
/** Where no share is asked for: that of the densest table. */
const DENSEST = 0.2;

/** Kilometres with an entrance, an exit, a rest area; one interchange in five kilometres, as around cities. */
const ENTRANCES_M = [3_000, 11_000, 18_000] as const;
const EXITS_M = [6_000, 15_000] as const;
const REST_FROM_M = 8_000;
const REST_M = 1_000;
const BENDS = [
  { fromM: 1_500, toM: 2_600, turnDeg: 35 },
  { fromM: 4_200, toM: 5_600, turnDeg: -50 },
  { fromM: 9_500, toM: 10_600, turnDeg: 30 },
  { fromM: 13_000, toM: 14_200, turnDeg: -25 },
  { fromM: 19_500, toM: 21_000, turnDeg: 45 },
];

/**
 * Traffic as it is when nothing is wrong: free to heavy, two to four lanes, lorries at 80, curves, ramps on which some wait
 * to merge, drivers who brake for no reason that matters, a rest area, a street beside the carriageway. Whatever is told of
 * it is false, unless the truth of all vehicles says otherwise. Reports come once a second, and rows of vehicles that nobody
 * hears are left out, so that many hours cost little.
 */
export const control: Scenario = {
  name: NAME,
  engine: "idm",
  title: "Free and heavy traffic on a motorway with ramps and a rest area; nothing is wrong",
  asks: [],
  victims: DRAWN,
  durationS: DURATION_S,
  repeats: 4,
  // Every third run under a bad sky and a bad network.
  channelFor: (seed, asked) => (seed % 3 === 0 ? "harsh" : asked),
  generate: (seed, densest = DENSEST) => finish(NAME, seed, setUp(seed, densest)),
};

function setUp(seed: number, densest: number): Stage {
  // Not in step with the choice of the channel.
  const lanes = 2 + (Math.floor(seed / 3) % 3);
  const perLaneH = [250, 500, 750, 950, 1_150][seed % 5] ?? 500;
  const cutsM = cuts();
  const set = stage({
    name: NAME,
    seed,
    durationS: DURATION_S,
    sampleS: 1,
    stepS: 0.5,
    isKept: ({ number, speedMps }) => speedMps <= SLOW_MPS || shareOf(seed, 1, stationIdOf(number)) < densest,
    lengthM: LENGTH_M,
    lanes,
    limitKmh: [100, 120, 130][(seed >> 1) % 3] ?? 120,
    bends: BENDS,
    perHour: perLaneH * lanes,
    oppositePerHour: (perLaneH * lanes * 2) / 3,
    rising: { cutsM, branches: branches(isRestMapped(seed)) },
  });
  const joints = [
    ...ENTRANCES_M.map((atM, i) => entrance(set, atM, i, cutsM)),
    ...EXITS_M.map((atM, i) => exit(set, atM, i)),
    restArea(set, isRestMapped(seed), cutsM),
  ];
  frontage(set);
  const brakes = set.world.chance("brakes");
  set.world.onStep = (atS) => {
    for (const joint of joints) joint(atS);
    for (const { cars } of [set.main, set.opposite]) tapBrakes(cars, brakes);
  };
  return set;
}

const cuts = (): number[] =>
  [
    ...Array.from({ length: LENGTH_M / 1_000 - 1 }, (_, i) => (i + 1) * 1_000),
    // Where ramps join and leave, unless the road is cut there anyway.
    REST_FROM_M + REST_M,
  ]
    .filter((atM, i, all) => all.indexOf(atM) === i)
    .sort((a, b) => a - b);

const isRestMapped = (seed: number): boolean => seed % 2 === 0;

function branches(restIsMapped: boolean): { atM: number; to: string }[] {
  const exits = EXITS_M.map((atM, i) => ({ atM, to: linkId(exitId(i), 0) }));
  const rest = restIsMapped ? [{ atM: REST_FROM_M, to: linkId(REST_ID, 0) }] : [];
  return [...exits, ...rest];
}

const exitId = (i: number): string => `A900p-exit-${i + 1}`;
const REST_ID = "A900p-rest";

/** Length of a ramp, of its lane beside the carriageway, and how far off its other end lies, m. */
const RAMP_M = 560;
const BESIDE_M = 300;
const OFF_M = 45;

/** From 0 to 1 without a kink. */
function smooth(share: number): number {
  const t = Math.max(0, Math.min(1, share));
  return t * t * (3 - 2 * t);
}

/** A lane that runs along a road at a distance that changes. */
function laneAlong(main: PlanRoad, fromM: number, lengthM: number, offM: (atM: number) => number) {
  const steps = Math.round(lengthM / 20);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const atM = (i / steps) * lengthM;
    return main.pose(fromM + atM, main.laneLeftM(0) - LANE_WIDTH_M - offM(atM));
  });
}

type Joint = (atS: number) => void;

function entrance({ main, world, wrecks, chance }: Stage, joinM: number, i: number, cutsM: number[]): Joint {
  const fromM = joinM - RAMP_M;
  const points = laneAlong(
    main.road,
    fromM,
    RAMP_M,
    (atM) => OFF_M * (1 - smooth(atM / (RAMP_M - BESIDE_M))),
  );
  const road = new PlanRoad({
    id: `A900p-entrance-${i + 1}`,
    ref: "A900",
    direction: "Ostheim",
    points,
    lanes: 1,
    limitKmh: 100,
    flags: { ramp: true },
    leadsTo: [linkId(main.road.id, cutsM.indexOf(joinM) + 1)],
  });
  const ramp = world.addRoad(road, [{ perHour: chance.between(80, 300) }]);
  ramp.speedLimitAt = (atM) => Math.min(30, 13 + Math.max(0, atM - 180) / 16);
  wrecks.push({ road: road.id, atM: road.lengthM }, { road: main.road.id, atM: joinM });
  const yielding = new Yielding(main);
  return (atS) => {
    yielding.expire(atS);
    for (const car of [...ramp.cars]) {
      waitAtEnd(car, road);
      if (road.lengthM - car.atM > BESIDE_M) continue;
      const atM = joinM - (road.lengthM - car.atM);
      if (mayMerge(main, car, atM)) move(car, ramp, main, atM);
      else yielding.ask(car, atM, atS);
    }
  };
}

/** Drivers of the right lane who ease off for one who wants to merge, as most do. */
class Yielding {
  readonly #main: RoadTraffic;
  readonly #untilS = new Map<Car, number>();

  constructor(main: RoadTraffic) {
    this.#main = main;
  }

  ask(merging: Car, atM: number, atS: number): void {
    const next = this.#main
      .inLane(0)
      .find((car) => car.atM < atM - merging.lengthM && car.atM > atM - YIELD_WITHIN_M);
    if (next === undefined) return;
    next.capMps = Math.max(LEAST_YIELD_MPS, merging.speedMps + 1);
    this.#untilS.set(next, atS + YIELD_S);
  }

  expire(atS: number): void {
    for (const [car, untilS] of this.#untilS) {
      if (atS < untilS) continue;
      car.capMps = Number.POSITIVE_INFINITY;
      this.#untilS.delete(car);
    }
  }
}

const YIELD_WITHIN_M = 90;
const LEAST_YIELD_MPS = 13;
const YIELD_S = 2;

/** Drivers speed up on the lane beside and think of its end late, m. */
const LATE_M = 110;

function waitAtEnd(car: Car, road: PlanRoad): void {
  if (road.lengthM - car.atM > LATE_M) return;
  car.haltAtM = road.lengthM - 6;
  car.haltUntilS = Number.POSITIVE_INFINITY;
}

/** Braking that a driver accepts, and that he asks of the one whom he enters before, m/s². */
const MERGE_MPS2 = -2.5;
const LEAST_GAP_M = 3;

/** As MOBIL has it for changes of lane: nobody has to brake hard. */
function mayMerge(main: RoadTraffic, car: Car, atM: number): boolean {
  for (const other of main.cars) {
    if (other.lane !== 0 || Math.abs(other.atM - atM) > 200) continue;
    const aheadM = other.atM - other.lengthM - atM;
    const behindM = atM - car.lengthM - other.atM;
    if (aheadM < LEAST_GAP_M && behindM < LEAST_GAP_M) return false;
    const braking = aheadM >= LEAST_GAP_M ? brakingOf(car, aheadM, other) : brakingOf(other, behindM, car);
    if (braking < MERGE_MPS2) return false;
  }
  return true;
}

function brakingOf({ driver, speedMps }: Car, gapM: number, leader: Car): number {
  return idmAcceleration(driver, driver.desiredMps, speedMps, gapM, leader.speedMps);
}

function move(car: Car, from: RoadTraffic, to: RoadTraffic, atM: number): void {
  const left = besideM(from, to);
  from.cars.splice(from.cars.indexOf(car), 1);
  to.insert(car);
  Object.assign(car, { lane: 0, atM, haltAtM: Number.NaN, haltUntilS: 0, mark: "", leftM: left });
}

/** Where the lane that a vehicle comes from lies beside the one that it goes to. */
function besideM(from: RoadTraffic, to: RoadTraffic): number {
  return to.road.lanes > from.road.lanes ? to.road.laneLeftM(0) - LANE_WIDTH_M : LANE_WIDTH_M;
}

/** Those of the right lane who leave: every eighth. */
const LEAVING = 8;

function exit(set: Stage, atM: number, i: number): Joint {
  const { main, world } = set;
  const points = laneAlong(main.road, atM, RAMP_M, (at) => OFF_M * smooth((at - 200) / (RAMP_M - 200)));
  const road = new PlanRoad({
    id: exitId(i),
    ref: "A900",
    direction: `AS ${i + 1}`,
    points,
    lanes: 1,
    limitKmh: 100,
    flags: { ramp: true },
  });
  const ramp = world.addRoad(road, []);
  ramp.speedLimitAt = (at) => Math.max(12, 30 - at / 22);
  return () => leave(set, ramp, atM, (car) => (car.number + i) % LEAVING === 0);
}

function leave({ main }: Stage, ramp: RoadTraffic, atM: number, wants: (car: Car) => boolean): void {
  const leaving = main.inLane(0).filter((car) => car.atM >= atM && car.atM < atM + 30 && wants(car));
  for (const car of leaving) move(car, main, ramp, car.atM - atM);
}

/** Vehicles stand for minutes on a way of its own, 25 m off, that the map knows or does not know. */
function restArea(set: Stage, isMapped: boolean, cutsM: number[]): Joint {
  const { main, world, chance, wrecks } = set;
  const off = (atM: number): number => 25 * (smooth((atM - 60) / 200) - smooth((atM - 600) / 200));
  const endM = REST_FROM_M + REST_M;
  const road = new PlanRoad({
    id: REST_ID,
    ref: "A900",
    direction: "Rastplatz Heide",
    points: laneAlong(main.road, REST_FROM_M, REST_M, off),
    lanes: 1,
    limitKmh: 80,
    flags: { ramp: true, halting: true },
    isUnmapped: !isMapped,
    leadsTo: [linkId(main.road.id, cutsM.indexOf(endM) + 1)],
  });
  const area = world.addRoad(road, []);
  area.speedLimitAt = (atM) =>
    atM < 250 ? Math.max(8, 28 - atM / 12) : atM < 650 ? 8 : 8 + (atM - 650) / 14;
  wrecks.push({ road: REST_ID, atM: road.lengthM });
  set.nameStopOn.set(REST_ID, "parking");
  return (atS) => {
    leave(set, area, REST_FROM_M, (car) => car.number % 29 === 0);
    for (const car of [...area.cars]) {
      if (car.mark === "" && car.atM > 120 && car.atM < 300) rest(car, chance, atS);
      if (car.mark === "rests" && atS >= car.haltUntilS) Object.assign(car, { lane: 0, mark: "rested" });
      if (car.mark === "rests" || car.atM < REST_M - 220) continue;
      waitAtEnd(car, road);
      const atM = REST_FROM_M + car.atM;
      if (mayMerge(main, car, atM)) move(car, area, main, atM);
    }
  };
}

function rest(car: Car, chance: Chance, atS: number): void {
  Object.assign(car, {
    mark: "rests",
    lane: -1,
    haltAtM: chance.between(330, 600),
    haltUntilS: atS + chance.between(60, 900),
  });
}

/** A street beside the carriageway of the other direction's traffic, without signals: nobody stands on it. */
function frontage({ main, world, chance }: Stage): void {
  const road = new PlanRoad({
    id: "B288-forth",
    ref: "B288",
    direction: "Markt",
    points: besideLine(main.road.between(12_300, 14_300), -(24 + (main.road.lanes - 2) * 2)),
    lanes: 1,
    limitKmh: 50,
    divided: false,
    flags: { urban: true },
  });
  world.addRoad(road, [{ perHour: chance.between(100, 500) }]);
}

/** Somebody sees a lamp, a sign, a bird: once in about 60 km, 2 to 4 m/s² for a moment. */
function tapBrakes(cars: readonly Car[], chance: Chance): void {
  for (const car of cars) {
    if (car.forcedMps2 !== 0 || car.speedMps < 18 || !chance.happens(TAPS_PER_STEP)) continue;
    car.forcedMps2 = -chance.between(2, Math.min(4, car.driver.hardestMps2 - 1.5));
    car.brakeToMps = car.speedMps - chance.between(2, 6);
  }
}

/** Half a second at 28 m/s is 14 m. */
const TAPS_PER_STEP = 14 / 60_000;
