import { EventBit, LightBit } from "../../../src/domain/observation.ts";
import type { Car } from "../idm/car.ts";
import { hazardOn, lastBefore, motorwayScenario, type Stage, stage } from "./stage.ts";

const HAZARD_LIGHTS = LightBit.leftTurn | LightBit.rightTurn;

/** A vehicle loses its engine, rolls to a halt in its lane and stands; in a third of the runs it drives on later. */
export const breakdown = motorwayScenario(
  {
    name: "breakdown",
    victims: ["equipped", "bare"],
    title: "A vehicle breaks down in a live lane of a two-lane carriageway in free flow",
    asks: ["stationary-vehicle"],
  },
  (seed) => {
    const set = stage({ name: "breakdown", seed, perHour: 1_500 + (seed % 3) * 400 });
    const { chance, main, world } = set;
    const startS = chance.between(60, 100);
    const placeM = chance.between(2_600, 3_600);
    const lane = chance.whole(0, 1);
    const recovers = chance.happens(1 / 3);
    const withLights = chance.happens(0.6);
    set.notes["lane"] = lane;
    set.notes["recovers"] = recovers ? 1 : 0;
    let victim: Car | undefined;
    world.onStep = (atS) => {
      if (victim === undefined && atS >= startS) {
        victim = lastBefore(main, lane, placeM);
        if (victim !== undefined)
          halt(victim, recovers ? atS + 150 : world.options.durationS + 1, -1.8 - chance.share());
      }
      if (victim !== undefined && victim.mark === "victim" && victim.speedMps < 0.1) {
        victim.mark = "standing";
        if (withLights) victim.lightBits |= HAZARD_LIGHTS;
        blockLane(set, victim, victim.stuckUntilS);
      }
      if (victim !== undefined && atS >= victim.stuckUntilS) victim.lightBits &= ~HAZARD_LIGHTS;
    };
    set.nameStop = (number) => (number === victim?.number ? "incident" : undefined);
    return set;
  },
);

function halt(car: Car, untilS: number, mps2: number): void {
  car.mark = "victim";
  car.forcedMps2 = mps2;
  car.brakeToMps = 0;
  car.stuckUntilS = untilS;
  car.mayChangeLane = false;
}

/** Those behind see the standing vehicle from afar and change lane early. */
function blockLane(set: Stage, car: Car, untilS: number): void {
  set.main.obstacles.push({
    atM: car.atM - car.lengthM - 2,
    lanes: [car.lane],
    isActive: (atS) => atS < untilS,
    avoidFromM: 250,
  });
}

/** Several drivers in a row brake as hard as they can; the first ones stay where they are. */
export const crashChain = motorwayScenario(
  {
    name: "crash-chain",
    victims: ["equipped"],
    title: "A driver brakes as hard as he can, those behind brake in turn, the first three stand",
    asks: ["emergency-brake", "hard-brake-chain", "stationary-vehicle"],
    durationS: 240,
  },
  (seed) => {
    const set = stage({ name: "crash-chain", seed, perHour: 2_600, durationS: 240, sampleS: 0.1 });
    const { chance, main, world } = set;
    const startS = chance.between(60, 80);
    const lane = chance.whole(0, 1);
    const placeM = chance.between(2_800, 3_500);
    const victims: Car[] = [];
    const dueS: number[] = [];
    const brakes: Brake[] = [];
    world.onStep = (atS) => {
      if (victims.length === 0 && atS >= startS) {
        const first = lastBefore(main, lane, placeM);
        if (first !== undefined) enlist(first, atS);
      }
      for (const [i, car] of victims.entries())
        if (car.mark === "waits" && atS >= (dueS[i] ?? 0)) brake(car, i);
      for (const car of victims.slice(0, 3)) if (car.mark === "brakes" && car.speedMps < 0.1) stand(car);
    };
    // Where they brake moves upstream at 3 to 6 m/s, as shocks do (about −15 km/h: Treiber and Helbing).
    const enlist = (first: Car, atS: number): void => {
      const cars = main.inLane(lane);
      const from = cars.indexOf(first);
      let dueAtS = atS;
      let ahead = first;
      for (const car of cars.slice(from, from + chance.whole(4, 6))) {
        if (first.atM - car.atM > 250) break;
        car.mark = "waits";
        car.mayChangeLane = false;
        dueAtS += (ahead.atM - car.atM) / (car.speedMps + chance.between(3, 6));
        ahead = car;
        victims.push(car);
        dueS.push(dueAtS);
      }
    };
    const brake = (car: Car, place: number): void => {
      car.mark = "brakes";
      brakes.push({ number: car.number, atS: dueS[place] ?? 0, atM: car.atM });
      car.forcedMps2 = -Math.min(car.driver.hardestMps2 - 0.3, chance.between(7.3, 8));
      car.brakeToMps = place < 3 ? 0 : 3;
      if (place < 3) car.stuckUntilS = 1_000;
    };
    const stand = (car: Car): void => {
      car.mark = "stands";
      set.wrecks.push({ road: main.road.id, atM: car.atM });
      car.lightBits |= HAZARD_LIGHTS;
      if (car === victims[0]) car.eventBits |= EventBit.airbag;
      if (victims.filter(({ mark }) => mark === "stands").length === 1) blockLane(set, car, 1_000);
    };
    set.atEnd.push(() => {
      if (brakes.length > 2) set.hazards.push(chain(set, brakes));
    });
    set.nameStop = (number) =>
      victims.slice(0, 3).some((car) => car.number === number) ? "incident" : undefined;
    return set;
  },
);

interface Brake {
  readonly number: number;
  readonly atS: number;
  readonly atM: number;
}

/** From the third brake on, because three are a chain, until the last is over. */
function chain(set: Stage, brakes: readonly Brake[]) {
  const places = brakes.map(({ atM }) => atM);
  return hazardOn(set.main.road, {
    kind: "hard-brake-chain",
    startS: brakes[2]?.atS ?? 0,
    endS: (brakes.at(-1)?.atS ?? 0) + 3,
    fromM: Math.min(...places),
    toM: Math.max(...places),
    vehicles: brakes.map(({ number }) => number),
  });
}

/** An accident across all lanes: nothing passes for four minutes, then all at once. */
export const fullClosure = motorwayScenario(
  {
    name: "full-closure",
    victims: ["drawn"],
    title: "An accident closes all lanes; a queue stands behind it and clears after it",
    asks: ["stationary-vehicle", "congestion", "queue-end", "blockage"],
    durationS: 480,
  },
  (seed) => {
    const set = stage({ name: "full-closure", seed, perHour: 2_300 + (seed % 3) * 300, durationS: 480 });
    const { chance, main, world } = set;
    const startS = chance.between(50, 80);
    // Long enough for 300 m of queue at the least flow: shorter ones would not count.
    const openS = startS + chance.between(205, 255);
    const placeM = chance.between(3_300, 3_900);
    const victims: Car[] = [];
    world.onStep = (atS) => {
      if (victims.length === 0 && atS >= startS) {
        for (const lane of [0, 1]) {
          const car = lastBefore(main, lane, placeM);
          if (car === undefined) continue;
          halt(car, openS, -5.2);
          car.lightBits |= HAZARD_LIGHTS;
          victims.push(car);
        }
      }
      for (const car of victims) {
        if (car.mark === "victim" && car.speedMps < 0.1) {
          car.mark = "standing";
          set.wrecks.push({ road: main.road.id, atM: car.atM });
          if (victims.every(({ mark }) => mark === "standing")) set.hazards.push(blocked(set, victims, atS));
        }
        if (atS >= openS) car.lightBits &= ~HAZARD_LIGHTS;
      }
    };
    set.nameStop = (number) => (victims.some((car) => car.number === number) ? "incident" : undefined);
    return set;
  },
);

function blocked(set: Stage, victims: readonly Car[], atS: number) {
  return hazardOn(set.main.road, {
    kind: "blockage",
    startS: atS,
    endS: Math.min(victims[0]?.stuckUntilS ?? 0, set.world.options.durationS),
    fromM: Math.min(...victims.map(({ atM }) => atM)),
    toM: Math.max(...victims.map(({ atM }) => atM)),
    vehicles: victims.map(({ number }) => number),
  });
}
