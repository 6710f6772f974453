import { describe, expect, it } from "vitest";
import { collisionRisk } from "../../../src/detect/hazard/collision-risk.ts";
import type { MotionReport, PerceptionReport } from "../../../src/domain/observation.ts";
import { automation, frameOf, motion, onRoad, ROAD_ORIGIN, T0 } from "../../support/frames.ts";
import { type ScriptedVehicle, steady } from "../../support/scene.ts";
import { RoadScene, type RoadSceneOptions } from "./road-scene.ts";
import { DORTMUND, MOTORWAY, type StraightRoad } from "./straight-roads.ts";

interface Leg extends Partial<MotionReport> {
  readonly stationId: number;
  readonly hz?: number;
  readonly fromM: number;
  readonly rightM?: number;
  readonly mps: number;
  readonly untilS?: number;
}

/** Drives straight along the road. */
function along({
  stationId,
  hz = 10,
  fromM,
  rightM = 0,
  mps,
  untilS = 1e9,
  ...report
}: Leg): ScriptedVehicle {
  return {
    stationId,
    hz,
    at: (s) => (s > untilS ? undefined : { alongM: fromM + s * mps, rightM, speedMps: mps, ...report }),
  };
}

/** Drives northwards across the road: passes its middle at a time and place. */
function across({
  stationId,
  hz = 10,
  fromM,
  mps,
  untilS = 1e9,
  ...report
}: Leg & { atS: number }): ScriptedVehicle {
  const { atS, ...rest } = report;
  return {
    stationId,
    hz,
    at: (s) =>
      s > untilS
        ? undefined
        : { alongM: fromM, rightM: (atS - s) * mps, speedMps: mps, headingDeg: 0, ...rest },
  };
}

function run(vehicles: readonly ScriptedVehicle[], untilS = 30, options?: RoadSceneOptions): RoadScene {
  return new RoadScene([collisionRisk()], options).drive(vehicles, 0, untilS);
}

const noMap = { roads: [] };
const country: StraightRoad = { ...DORTMUND, divided: false, oneWay: false };

describe("a vehicle that drives up to another", () => {
  it.each([
    ["on the map", undefined],
    ["off the map", noMap],
  ])("is told with cause 97/1 (%s)", (_where, options) => {
    const crash = [
      along({ stationId: 1, fromM: 0, mps: 30, untilS: 9.4 }),
      along({ stationId: 2, fromM: 200, mps: 8 }),
    ];
    const [alert] = run(crash, 20, options).transitions;
    expect(alert).toMatchObject({ kind: "collision-risk", causeCode: 97, subCauseCode: 1 });
    const names = alert?.why.measures.map(({ name }) => name);
    expect(names).toEqual(["closingKmph", "distanceM", "requiredMps2", "timeToCollisionS"]);
    const ttc = alert?.why.measures.find(({ name }) => name === "timeToCollisionS")?.observed ?? 9;
    expect(ttc).toBeGreaterThan(0.8);
    expect(ttc).toBeLessThanOrEqual(2);
  });

  it("is one alert, which ends", () => {
    const crash = [
      along({ stationId: 1, fromM: 0, mps: 30, untilS: 9.4 }),
      along({ stationId: 2, fromM: 200, mps: 8 }),
    ];
    const { transitions } = run(crash, 40);
    expect(transitions.map(({ state }) => state)).toEqual(["new", "ended"]);
  });

  it("is nothing in another lane", () => {
    const passing = [
      along({ stationId: 1, fromM: 0, mps: 30 }),
      along({ stationId: 2, fromM: 200, rightM: 3.5, mps: 8 }),
    ];
    expect(run(passing).transitions).toEqual([]);
    expect(run(passing, 30, noMap).transitions).toEqual([]);
  });

  it("is nothing where it brakes already", () => {
    const braking: ScriptedVehicle = {
      stationId: 1,
      hz: 10,
      at: (s) => {
        const t = Math.min(3, Math.max(0, s - 2));
        const speedMps = 30 - 7.5 * t;
        const alongM = Math.min(s, 2) * 30 + (30 - 3.75 * t) * t + Math.max(0, s - 5) * 7.5;
        return { alongM, speedMps, accelerationMps2: t > 0 && t < 3 ? -7.5 : 0 };
      },
    };
    expect(run([braking, along({ stationId: 2, fromM: 88, mps: 8 })], 8).transitions).toEqual([]);
  });
});

describe("crossing courses", () => {
  const crossroads = [
    country,
    { ...country, id: "side", from: onRoad(500, 300), headingDeg: 0, lengthM: 600 },
  ];

  it.each([
    ["on the map", { roads: crossroads }],
    ["off the map", noMap],
  ])("at one time are told (%s)", (_where, options) => {
    const crash = [
      along({ stationId: 1, fromM: 500 - 15 * 10, mps: 15, untilS: 9.9 }),
      across({ stationId: 2, fromM: 500, mps: 14, atS: 10, untilS: 9.9 }),
    ];
    expect(run(crash, 20, options).transitions[0]).toMatchObject({
      kind: "collision-risk",
      subCauseCode: 2,
      state: "new",
    });
  });

  it("one after the other are not", () => {
    const passing = [
      along({ stationId: 1, fromM: 500 - 15 * 10, mps: 15 }),
      across({ stationId: 2, fromM: 500, mps: 14, atS: 12 }),
    ];
    expect(run(passing, 20, noMap).transitions).toEqual([]);
  });

  it("on a bridge are not", () => {
    const roads = [country, { ...crossroads[1], level: 1 } as StraightRoad];
    const passing = [
      along({ stationId: 1, fromM: 500 - 15 * 10, mps: 15 }),
      across({ stationId: 2, fromM: 500, mps: 14, atS: 10 }),
    ];
    expect(run(passing, 20, { roads }).transitions).toEqual([]);
  });
});

describe("courses that bend", () => {
  const radiusM = 15;
  const mps = 8;

  /** Drives along the road and turns left from its 500th metre at 10 s. */
  const turner: ScriptedVehicle = {
    stationId: 1,
    hz: 10,
    at(s) {
      if (s < 10) return { alongM: 500 - (10 - s) * mps, speedMps: mps };
      const deg = Math.min(90, (((s - 10) * mps) / radiusM) * (180 / Math.PI));
      const rad = (deg * Math.PI) / 180;
      const onM = Math.max(0, (s - 10) * mps - (radiusM * Math.PI) / 2);
      return {
        alongM: 500 + radiusM * Math.sin(rad),
        rightM: -radiusM * (1 - Math.cos(rad)) - onM,
        speedMps: mps,
        headingDeg: 90 - deg,
      };
    },
  };

  /** Comes towards it on the other side of the road, and is at 509 m at this time. */
  const oncoming = (atS: number): ScriptedVehicle => ({
    stationId: 2,
    hz: 10,
    at: (s) => ({ alongM: 509 + (atS - s) * 12, rightM: -3.5, speedMps: 12, headingDeg: 270 }),
  });

  it("who turns left into the way of oncoming traffic is told before they meet", () => {
    const [alert] = run([turner, oncoming(11.3)], 11.2, noMap).transitions;
    expect(alert).toMatchObject({ kind: "collision-risk", subCauseCode: 2 });
    expect((alert?.detectedAtMs ?? 0) - T0).toBeGreaterThan(10_000);
  });

  it("who turns before or behind oncoming traffic is not", () => {
    expect(run([turner, oncoming(8)], 20, noMap).transitions).toEqual([]);
    expect(run([turner, oncoming(15)], 20, noMap).transitions).toEqual([]);
  });

  it("who only wavers is not", () => {
    const wavering: ScriptedVehicle = {
      stationId: 1,
      hz: 10,
      at: (s) => ({ alongM: 100 + s * 12, speedMps: 12, headingDeg: 90 + (Math.round(s * 10) % 2) }),
    };
    expect(run([wavering, oncoming(25)], 40, noMap).transitions).toEqual([]);
  });

  it("what an automated vehicle plans counts before it turns, and after a restart", () => {
    const straight = along({ stationId: 1, fromM: 380, mps: 10 });
    const vehicles = [straight, oncoming(12.6)];
    const plan = [
      { at: 11, ...onRoad(490) },
      { at: 12, ...onRoad(500) },
      { at: 13.2, ...onRoad(508, -7) },
    ].map(({ at, ...place }) => ({ ...place, atMs: T0 + at * 1_000, speedMps: 10 }));
    expect(run(vehicles, 12, noMap).transitions).toEqual([]);
    for (const restartS of [undefined, 11.1]) {
      const scene = new RoadScene([collisionRisk()], noMap);
      scene.drive(vehicles, 0, 11);
      scene.send(frameOf(automation({ plannedPath: plan }), { stationId: 1, atMs: T0 + 11_000 }));
      if (restartS !== undefined) {
        scene.drive(vehicles, 11, restartS);
        scene.restartFromSnapshot();
      }
      scene.drive(vehicles, restartS ?? 11, 12);
      expect(scene.transitions[0]).toMatchObject({ kind: "collision-risk", subCauseCode: 2 });
    }
  });
});

describe("what is no risk", () => {
  it("dense traffic", () => {
    const dense = Array.from({ length: 40 }, (_, i) =>
      along({ stationId: i + 1, hz: 2, fromM: i * 15, rightM: (i % 2) * 3.5, mps: 20 + (i % 3) }),
    );
    expect(run(dense, 3).transitions).toEqual([]);
  });

  it("oncoming traffic on the other carriageway or lane, parked cars beside the road", () => {
    const oncoming = Array.from({ length: 10 }, (_, i) =>
      along({ stationId: 50 + i, hz: 5, fromM: 1_000 + i * 60, rightM: -3.5, mps: -20, headingDeg: 270 }),
    ).map(
      (one): ScriptedVehicle => ({
        ...one,
        at: (s) => ({ ...one.at(s), alongM: one.at(s)?.alongM ?? 0, speedMps: 20 }),
      }),
    );
    const parked = Array.from({ length: 10 }, (_, i) =>
      along({ stationId: 80 + i, hz: 1, fromM: 300 + i * 20, rightM: 3.2, mps: 0 }),
    );
    const cars = [steady(1, 0, 15, 10), ...oncoming, ...parked];
    expect(run(cars, 40, noMap).transitions).toEqual([]);
    expect(run(cars, 40, { roads: MOTORWAY }).transitions).toEqual([]);
  });
});

describe("vulnerable road users", () => {
  const walker = (atS: number, overrides: Partial<MotionReport> = {}): ScriptedVehicle =>
    across({
      stationId: 9,
      hz: 2,
      fromM: 500,
      mps: 1.5,
      atS,
      stationType: "pedestrian",
      format: "vam",
      lengthM: undefined,
      ...overrides,
    });
  const car = along({ stationId: 1, fromM: 500 - 15 * 10, mps: 15 });

  it("who step into the way are told with cause 97/4", () => {
    expect(run([car, walker(10)], 20, noMap).transitions[0]).toMatchObject({
      kind: "vru-risk",
      causeCode: 97,
      subCauseCode: 4,
      severity: 5,
    });
  });

  it("who cross behind or well before are not, nor who walk beside", () => {
    expect(run([car, walker(14)], 20, noMap).transitions).toEqual([]);
    expect(run([car, walker(6)], 20, noMap).transitions).toEqual([]);
    const beside = along({ stationId: 9, hz: 2, fromM: 400, rightM: 3, mps: 1.4, stationType: "pedestrian" });
    expect(run([car, beside], 30, noMap).transitions).toEqual([]);
  });

  it("that only a sensor sees count", () => {
    const scene = new RoadScene([collisionRisk()], noMap);
    for (let i = 0; i < 100; i++) {
      const s = i / 10;
      const atMs = T0 + i * 100;
      scene.send(frameOf(motion({ ...onRoad(350 + s * 15), speedMps: 15 }), { stationId: 1, atMs }));
      const report: PerceptionReport = {
        kind: "perception",
        stationType: "infrastructure",
        ...ROAD_ORIGIN,
        objects: [
          {
            objectId: 1,
            measuredAtMs: atMs,
            ...onRoad(500, (10 - s) * 1.5),
            speedMps: 1.5,
            headingDeg: 0,
            lengthM: undefined,
            widthM: undefined,
            objectClass: "pedestrian",
            classConfidencePct: 80,
          },
        ],
      };
      scene.send(frameOf(report, { stationId: 77, atMs }));
    }
    expect(scene.transitions[0]).toMatchObject({ kind: "vru-risk", subCauseCode: 4 });
  });
});

describe("a restart", () => {
  it("changes nothing", () => {
    const crash = [
      along({ stationId: 1, fromM: 0, mps: 30, untilS: 9.4 }),
      along({ stationId: 2, fromM: 200, mps: 8 }),
    ];
    const straight = run(crash, 20).transitions;
    for (const second of [2, 7, 8, 9, 10, 12]) {
      const scene = new RoadScene([collisionRisk()]);
      scene.drive(crash, 0, second);
      scene.restartFromSnapshot();
      scene.drive(crash, second, 20);
      expect(scene.transitions).toEqual(straight);
    }
  });
});
