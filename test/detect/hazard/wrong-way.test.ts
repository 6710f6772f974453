import { describe, expect, it } from "vitest";
import { wrongWay } from "../../../src/detect/hazard/wrong-way.ts";
import type { MotionReport, PerceivedObject, PerceptionReport } from "../../../src/domain/observation.ts";
import { frameOf, motion, onRoad, T0 } from "../../support/frames.ts";
import { type ScriptedVehicle, storyOf } from "../../support/scene.ts";
import { RoadScene, type RoadSceneOptions } from "./road-scene.ts";
import { backOf, DORTMUND, MOTORWAY, type StraightRoad } from "./straight-roads.ts";

interface Drive extends Partial<MotionReport> {
  readonly rightM?: number;
  readonly hz?: number;
  readonly untilS?: number;
}

/** Drives back along the carriageway to Dortmund from its 8th kilometre. */
function ghost({ rightM = 0, hz = 1, speedMps = 30, untilS = 1e9, ...report }: Drive = {}): ScriptedVehicle {
  return {
    stationId: 7,
    hz,
    at: (s) =>
      s > untilS
        ? undefined
        : { alongM: 8_000 - s * (speedMps ?? 30), rightM, speedMps, headingDeg: 270, ...report },
  };
}

function run(vehicles: readonly ScriptedVehicle[], untilS: number, options?: RoadSceneOptions): RoadScene {
  return new RoadScene([wrongWay()], options).drive(vehicles, 0, untilS);
}

describe("a wrong-way driver", () => {
  it.each([
    [1, 30],
    [5, 20],
    [10, 35],
    [10, 8],
  ])("is confirmed within 3 s and 100 m, at %i Hz and %i m/s", (hz, speedMps) => {
    const scene = run([ghost({ hz, speedMps })], 30);
    const confirmed = scene.transitions.find(({ tier }) => tier === "confirmed");
    expect((confirmed?.detectedAtMs ?? Number.POSITIVE_INFINITY) - T0).toBeLessThanOrEqual(3_100);
    expect((((confirmed?.detectedAtMs ?? 0) - T0) / 1_000) * speedMps).toBeLessThanOrEqual(100);
    expect(confirmed).toMatchObject({ kind: "wrong-way", causeCode: 14, subCauseCode: 2, severity: 5 });
    expect(scene.book.live()).toHaveLength(1);
  });

  it("is told with its course, way and the road ahead of it", () => {
    const scene = run([ghost()], 10);
    const alert = scene.transitions.find(({ tier }) => tier === "confirmed");
    expect(alert?.headingDeg).toBe(90);
    expect(alert?.why.measures.map(({ name }) => name)).toEqual([
      "againstForS",
      "clearanceM",
      "courseDeg",
      "drivenM",
      "reports",
      "speedKmph",
    ]);
    expect(alert?.outline.form).toBe("line");
    const points = alert?.outline.form === "line" ? alert.outline.points : [];
    expect(points[0]?.longitudeDeg).toBeCloseTo(onRoad(4_940).longitudeDeg, 4);
  });

  it("moves, and keeps its id", () => {
    const scene = run([ghost()], 60);
    expect(new Set(scene.transitions.map(({ alertId }) => alertId)).size).toBe(1);
    expect(scene.book.live()[0]?.position.longitudeDeg).toBeCloseTo(onRoad(8_000 - 59 * 30).longitudeDeg, 2);
  });

  it("ends when it turns", () => {
    const turning: ScriptedVehicle = {
      stationId: 7,
      at: (s) =>
        s < 20
          ? { alongM: 8_000 - s * 30, speedMps: 30, headingDeg: 270 }
          : { alongM: 7_400 + (s - 20) * 20, speedMps: 20, headingDeg: 90 },
    };
    const scene = run([turning], 40);
    expect(storyOf(scene.transitions).at(-1)).toBe("22.1 ended confirmed");
    expect(scene.transitions.at(-1)?.why.rule).toBe("wrong-way/turned-or-left");
  });

  it("ends when it stands for long: that is a stationary vehicle", () => {
    const stopping: ScriptedVehicle = {
      stationId: 7,
      at: (s) => ({ alongM: 8_000 - Math.min(s, 20) * 30, speedMps: s < 20 ? 30 : 0, headingDeg: 270 }),
    };
    expect(run([stopping], 60).transitions.at(-1)?.why.rule).toBe("wrong-way/stands");
  });

  it("expires 30 s after its last word", () => {
    const scene = run([ghost({ untilS: 10 })], 60);
    expect(storyOf(scene.transitions).at(-1)).toBe("40.0 expired confirmed");
  });

  it("on a ramp is one too", () => {
    const ramp: StraightRoad = {
      ...DORTMUND,
      id: "ramp",
      divided: false,
      oneWay: true,
      lanes: 1,
      flags: { ramp: true },
    };
    expect(run([ghost({ speedMps: 12 })], 10, { roads: [ramp] }).book.live()).toHaveLength(1);
  });

  it("stays suspected where its only witness is not believed", () => {
    const ports = { trust: { trustOf: () => 0.1 } };
    expect(run([ghost()], 20, { ports }).book.live()[0]?.tier).toBe("suspected");
  });
});

describe("who is no wrong-way driver", () => {
  it("reverses", () => {
    expect(run([ghost({ speedMps: 4 })], 30).transitions).toEqual([]);
    expect(run([ghost({ speedMps: 9, driveDirection: "backward" })], 30).transitions).toEqual([]);
  });

  it("drives on the other carriageway, with noise up to 4 m", () => {
    const vehicles = Array.from(
      { length: 20 },
      (_, i): ScriptedVehicle => ({
        stationId: i + 1,
        at: (s) => ({
          alongM: 8_000 - s * 30,
          rightM: -18 + (i % 3) * 3.5 + (((s * 7 + i * 3) % 9) - 4),
          speedMps: 30,
          headingDeg: 270,
        }),
      }),
    );
    expect(run(vehicles, 120).transitions).toEqual([]);
  });

  it("drove on the other carriageway before: an error of its position carries it over the median for some seconds", () => {
    const drifting: ScriptedVehicle = {
      stationId: 1,
      at: (s) => ({
        alongM: 8_000 - s * 30,
        rightM: s < 30 || s > 52 ? -10 : Math.min(-3, -10 + (s - 30) * 0.7),
        speedMps: 30,
        headingDeg: 270,
      }),
    };
    const roads = [DORTMUND, backOf(DORTMUND, "A40 near by", 12)];
    expect(run([drifting], 90, { roads }).transitions).toEqual([]);
  });

  it("drove there before, however long the error of its position lasts", () => {
    const shifted: ScriptedVehicle = {
      stationId: 1,
      at: (s) => ({
        alongM: 9_000 - s * 30,
        rightM: s < 30 ? -10 : Math.min(-3, -10 + (s - 30) * 0.7),
        speedMps: 30,
        headingDeg: 270,
      }),
    };
    const roads = [DORTMUND, backOf(DORTMUND, "A40 near by", 12)];
    expect(run([shifted], 130, { roads }).transitions).toEqual([]);
  });

  const NEAR = [DORTMUND, backOf(DORTMUND, "A40 near by", 12)];

  it("is the new name of one that drove with this course and was not told", () => {
    const driver = { ...ghost({ rightM: -2 }) };
    const identity = { roadUserOf: (id: number) => (id === 7 ? 3 : id) };
    const unsure = { roads: NEAR, confidence: 0.5 };
    expect(run([driver], 30, unsure).transitions).not.toEqual([]);
    expect(run([driver], 30, { ...unsure, ports: { identity } }).transitions).toEqual([]);
    // Where the matcher is sure, a name that is linked wrongly keeps nobody from being warned.
    expect(run([driver], 30, { roads: NEAR, ports: { identity } }).transitions).not.toEqual([]);
  });

  it("drives on a frontage road beside the carriageway", () => {
    const frontage: StraightRoad = { ...backOf(DORTMUND, "frontage", -9), lanes: 1, divided: false };
    const scene = run([ghost({ rightM: 6 })], 60, { roads: [...MOTORWAY, frontage] });
    expect(scene.transitions).toEqual([]);
  });

  it("drives on a two-way road", () => {
    const rural: StraightRoad = { ...DORTMUND, divided: false, oneWay: false };
    expect(run([ghost()], 30, { roads: [rural] }).transitions).toEqual([]);
  });

  it("turns at a junction: two reports", () => {
    expect(run([ghost({ untilS: 1, speedMps: 8 })], 30).transitions).toEqual([]);
  });

  it("is a cyclist", () => {
    expect(run([ghost({ speedMps: 7, stationType: "cyclist" })], 30).transitions).toEqual([]);
  });
});

describe("where positions are blurred", () => {
  /** Forty vehicles that drive the right way; of every ten so many are told beside the lanes. */
  const traffic = (besideOfTen: number): ScriptedVehicle[] =>
    Array.from({ length: 40 }, (_, i) => ({
      stationId: 100 + i,
      at: (s: number) => ({ alongM: i * 100 + s * 25, rightM: i % 10 < besideOfTen ? 8 : 1, speedMps: 25 }),
    }));
  const late: ScriptedVehicle = { ...ghost(), at: (s) => (s < 20 ? undefined : ghost().at(s)) };
  const seconds = (besideOfTen: number): number[] =>
    run([...traffic(besideOfTen), late], 100).transitions.map(({ beganAtMs }) => (beganAtMs - T0) / 1_000);

  it("a vehicle beside the other carriageway is told when its error would be over", () => {
    const [clear] = seconds(0);
    const [blurred, ...others] = seconds(2);
    expect(clear).toBeLessThan(24);
    expect(blurred).toBeGreaterThan(79);
    expect(blurred).toBeLessThan(85);
    expect(new Set([blurred, ...others]).size).toBe(1);
  });
});

describe("a perceived wrong-way driver", () => {
  const objectAt = (s: number, overrides: Partial<PerceivedObject> = {}): PerceivedObject => ({
    objectId: 3,
    measuredAtMs: T0 + s * 1_000,
    ...onRoad(7_000 - s * 30),
    speedMps: 30,
    headingDeg: 270,
    lengthM: 4.5,
    widthM: 1.8,
    objectClass: "passenger-car",
    classConfidencePct: 90,
    ...overrides,
  });
  const seen = (overrides: Partial<PerceivedObject> = {}): RoadScene => {
    const scene = new RoadScene([wrongWay()]);
    for (let s = 0; s < 5; s += 0.5) {
      const atMs = T0 + s * 1_000;
      scene.send(frameOf(motion({ ...onRoad(6_000 + s * 20), speedMps: 20 }), { stationId: 1, atMs }));
      const report: PerceptionReport = {
        kind: "perception",
        stationType: "passenger-car",
        ...onRoad(6_000 + s * 20),
        objects: [objectAt(s, overrides)],
      };
      scene.send(frameOf(report, { stationId: 1, atMs }));
    }
    return scene;
  };

  it("is told", () => {
    expect(seen().book.live()).toEqual([
      expect.objectContaining({
        kind: "wrong-way",
        tier: "confirmed",
        why: expect.objectContaining({ rule: "wrong-way/perceived" }),
      }),
    ]);
  });

  it("is not one where it drives on the other carriageway, with us, or is no vehicle", () => {
    const other = (s: number) => onRoad(7_000 - s * 30, -18);
    expect(seen({ ...other(0) }).transitions).toEqual([]);
    expect(seen({ headingDeg: 90 }).transitions).toEqual([]);
    expect(seen({ objectClass: "cyclist" }).transitions).toEqual([]);
  });
});

describe("a restart", () => {
  it("at any second changes nothing", () => {
    const turning: ScriptedVehicle = {
      stationId: 7,
      hz: 2,
      at: (s) =>
        s < 10
          ? { alongM: 8_000 - s * 30, speedMps: 30, headingDeg: 270 }
          : { alongM: 7_700 + (s - 10) * 20, speedMps: 20, headingDeg: 90 },
    };
    const straight = run([turning], 20).transitions;
    expect(straight.length).toBeGreaterThan(3);
    for (let second = 0; second < 14; second++) {
      const scene = new RoadScene([wrongWay()]);
      scene.drive([turning], 0, second);
      scene.restartFromSnapshot();
      scene.drive([turning], second, 20);
      expect(scene.transitions).toEqual(straight);
    }
  });
});

describe("a map that does not fit its traffic", () => {
  /** Everybody drives against the map, one vehicle every 8 s. */
  const stream = (count: number): ScriptedVehicle[] =>
    Array.from(
      { length: count },
      (_, i): ScriptedVehicle => ({
        stationId: 100 + i,
        at: (s) =>
          s < i * 8 ? undefined : { alongM: 8_000 - (s - i * 8) * 30, speedMps: 30, headingDeg: 270 },
      }),
    );

  it("tells of two and then is silent, with the reason", () => {
    const scene = run(stream(20), 200);
    expect(scene.transitions.filter(({ state }) => state === "new").length).toBeLessThanOrEqual(2);
    expect(scene.transitions.find(({ state }) => state === "ended")?.why.rule).toBe("wrong-way/map-in-doubt");
    expect(scene.book.size).toBe(0);
  });

  it("is not blamed for one of many, nor for those who are not believed", () => {
    const right = Array.from(
      { length: 30 },
      (_, i): ScriptedVehicle => ({
        stationId: 200 + i,
        at: (s) => ({ alongM: 2_000 + s * 30 + i * 100, speedMps: 30 }),
      }),
    );
    const told = (scene: RoadScene): number =>
      scene.transitions.filter(({ state, tier }) => state !== "ended" && tier === "confirmed").length;
    expect(told(run([ghost(), ...right], 30))).toBeGreaterThan(0);
    const ports = { trust: { trustOf: (id: number) => (id >= 100 ? 0.1 : 0.5) } };
    const late = ghost();
    const real: ScriptedVehicle = { ...late, at: (s) => (s < 60 ? undefined : late.at(s - 60)) };
    expect(told(run([...stream(6), real], 90, { ports }))).toBeGreaterThan(0);
  });

  it("is doubted after a restart as before", () => {
    const vehicles = stream(6);
    const straight = run(vehicles, 80).transitions;
    for (const second of [5, 12, 17, 19, 40]) {
      const scene = new RoadScene([wrongWay()]);
      scene.drive(vehicles, 0, second);
      scene.restartFromSnapshot();
      scene.drive(vehicles, second, 80);
      expect(scene.transitions).toEqual(straight);
    }
  });
});
