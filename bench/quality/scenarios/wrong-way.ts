import { LightBit } from "../../../src/domain/observation.ts";
import { bentLine, type PlanPoint } from "../plan/plane.ts";
import { PlanRoad } from "../plan/road.ts";
import type { Sample } from "../samples.ts";
import { hazardOn, motorwayScenario, SAMPLE_S, type Stage, stage, trackOf } from "./stage.ts";

/** Numbers of injected vehicles start here. */
const GHOST = 90_000;

interface WrongDrive {
  readonly road: PlanRoad;
  /** From here on, against the road, to `toM`. */
  readonly fromM: number;
  readonly toM: number;
  readonly startS: number;
  readonly speedMps: number;
  readonly leftM: number;
}

/** Rows of a vehicle that drives against its road; gets to its speed with 1.5 m/s², ends at `toM`. */
function ghostRows(drive: WrongDrive, number: number): Sample[] {
  const rows: Sample[] = [];
  let atM = drive.fromM;
  let speed = Math.min(5, drive.speedMps);
  for (let step = 0; atM > drive.toM && step < 2_000; step++) {
    const accelerationMps2 = speed < drive.speedMps ? 1.5 : 0;
    rows.push(ghostRow(drive, number, drive.startS + step * SAMPLE_S, atM, speed, accelerationMps2));
    atM -= speed * SAMPLE_S;
    speed = Math.min(drive.speedMps, speed + accelerationMps2 * SAMPLE_S);
  }
  return rows;
}

function ghostRow(
  { road, leftM }: WrongDrive,
  number: number,
  atS: number,
  atM: number,
  speedMps: number,
  accelerationMps2: number,
): Sample {
  const place = road.geo(atM, leftM);
  return {
    atS: Math.round(atS * 10) / 10,
    vehicle: number,
    type: "passengerCar",
    ...place,
    speedMps,
    headingDeg: (road.pose(atM).headingDeg + 180) % 360,
    accelerationMps2,
    road: road.id,
    lane: road.lanes - 1,
    routeM: atM,
    lengthM: 4.6,
    lightBits: LightBit.lowBeam,
    controlBits: 0,
    eventBits: 0,
    role: 0,
    wiperPerMin: 0,
  };
}

function inject(set: Stage, drive: WrongDrive, number: number): void {
  const rows = ghostRows(drive, number).filter(({ atS }) => atS <= set.world.options.durationS);
  const last = rows.at(-1);
  if (last === undefined) return;
  set.injected.push(...rows);
  set.hazards.push(
    hazardOn(drive.road, {
      kind: "wrong-way",
      startS: drive.startS,
      endS: last.atS,
      fromM: last.routeM,
      toM: drive.fromM,
      vehicles: [number],
      track: trackOf(rows),
    }),
  );
}

/** Whole tenths, so that injected rows lie on the grid of the others. */
function gridS(atS: number): number {
  return Math.round(atS * 5) / 5;
}

export const wrongWayMotorway = motorwayScenario(
  {
    name: "wrong-way-motorway",
    victims: ["equipped"],
    title: "A car drives against the traffic of a motorway carriageway in its left lane",
    asks: ["wrong-way"],
    durationS: 240,
  },
  (seed) => {
    const set = stage({ name: "wrong-way-motorway", seed, durationS: 240, perHour: 900 + (seed % 3) * 300 });
    const { chance, main } = set;
    const fromM = chance.between(3_500, 4_500);
    inject(
      set,
      {
        road: main.road,
        fromM,
        toM: fromM - chance.between(500, 2_500),
        startS: gridS(chance.between(60, 90)),
        speedMps: chance.between(14, 33),
        leftM: main.road.laneLeftM(1) + chance.normal(0, 0.3),
      },
      GHOST,
    );
    return set;
  },
);

/** Length of the exit ramp, and how far beside the carriageway it ends. */
const RAMP_M = 350;

export const wrongWayRamp = motorwayScenario(
  {
    name: "wrong-way-ramp",
    victims: ["equipped"],
    title: "A car enters an exit ramp against its traffic and goes on against the carriageway's",
    asks: ["wrong-way"],
    durationS: 240,
  },
  (seed) => {
    const set = stage({ name: "wrong-way-ramp", seed, durationS: 240, perHour: 1_200 });
    const { chance, main, world } = set;
    const noseM = 3_000;
    const ramp = exitRamp(main.road, noseM);
    world.addRoad(ramp, [{ perHour: 240 }]);
    const startS = gridS(chance.between(60, 90));
    const speedMps = chance.between(11, 20);
    const onRamp = {
      road: ramp,
      fromM: ramp.lengthM - 5,
      toM: 5,
      startS,
      speedMps,
      leftM: chance.normal(0, 0.4),
    };
    inject(set, onRamp, GHOST);
    if (chance.happens(0.6)) {
      const endS = set.injected.at(-1)?.atS ?? startS;
      const leftM = main.road.laneLeftM(0);
      const drive = { road: main.road, fromM: noseM - 10, toM: noseM - chance.between(400, 1_500), leftM };
      inject(set, { ...drive, startS: gridS(endS + SAMPLE_S), speedMps: speedMps + 3 }, GHOST);
      joinLast(set);
    }
    return set;
  },
);

/** One drive over two roads is one hazard. */
function joinLast(set: Stage): void {
  const [second, first] = [set.hazards.pop(), set.hazards.pop()];
  if (first === undefined || second === undefined) return;
  set.hazards.push({
    ...first,
    off_s: second.off_s,
    track: [...(first.track ?? []), ...(second.track ?? [])],
  });
}

/** A ramp that leaves to the right and ends at a crossing road. */
function exitRamp(main: PlanRoad, noseM: number): PlanRoad {
  const nose = main.pose(noseM, main.laneLeftM(0));
  const bends = [
    { fromM: 0, toM: 60, turnDeg: 10 },
    { fromM: 60, toM: RAMP_M, turnDeg: 55 },
  ];
  const points: PlanPoint[] = bentLine(nose, nose.headingDeg, RAMP_M, bends);
  return new PlanRoad({
    id: "A900p-exit",
    ref: "A900",
    direction: "AS Mitte",
    points,
    lanes: 1,
    limitKmh: 60,
    flags: { ramp: true },
    divided: true,
    leadsTo: [],
  });
}
