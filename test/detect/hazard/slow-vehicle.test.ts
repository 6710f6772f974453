import { describe, expect, it } from "vitest";
import { slowVehicle } from "../../../src/detect/hazard/slow-vehicle.ts";
import type { MotionReport } from "../../../src/domain/observation.ts";
import { T0 } from "../../support/frames.ts";
import { type ScriptedVehicle, steady, storyOf } from "../../support/scene.ts";
import { RoadScene, type RoadSceneOptions } from "./road-scene.ts";
import { DORTMUND, VENLO } from "./straight-roads.ts";

function mower(
  overrides: Partial<MotionReport> & { untilS?: number; afterMps?: number } = {},
): ScriptedVehicle {
  const { untilS = 1e9, afterMps = 30, ...report } = overrides;
  return {
    stationId: 5,
    at: (s) =>
      s < untilS
        ? { alongM: 2_000 + s * 12, speedMps: 12, ...report }
        : { alongM: 2_000 + untilS * 12 + (s - untilS) * afterMps, speedMps: afterMps, ...report },
  };
}

/** A car at 30 m/s every four seconds, all along the road. */
const traffic = Array.from(
  { length: 60 },
  (_, i): ScriptedVehicle => ({
    stationId: 100 + i,
    at: (s) => ({ alongM: s * 30 - (i - 20) * 120, rightM: -3.5, speedMps: 30 }),
  }),
);

function run(vehicles: readonly ScriptedVehicle[], untilS: number, options?: RoadSceneOptions): RoadScene {
  return new RoadScene([slowVehicle()], options).drive(vehicles, 0, untilS);
}

describe("a slow vehicle", () => {
  it("is confirmed after 30 s where others flow", () => {
    const scene = run([mower(), ...traffic], 60);
    const [alert] = scene.transitions;
    expect(alert).toMatchObject({ kind: "slow-vehicle", tier: "confirmed", causeCode: 26, state: "new" });
    expect(((alert?.detectedAtMs ?? 0) - T0) / 1_000).toBeGreaterThanOrEqual(30);
    expect(((alert?.detectedAtMs ?? 0) - T0) / 1_000).toBeLessThanOrEqual(32);
    expect(alert?.why.measures.map(({ name }) => name)).toEqual(["flowingVehicles", "slowForS", "speedKmph"]);
  });

  it("is followed and ends when it drives on", () => {
    const scene = run([mower({ untilS: 80 }), ...traffic], 120);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(scene.transitions.filter(({ state }) => state === "updated").length).toBeGreaterThan(3);
    expect(scene.transitions.at(-1)?.state).toBe("ended");
  });

  it("alone on the road is suspected after 90 s", () => {
    expect(storyOf(run([mower()], 120).transitions)[0]).toMatch(/^9\d\.\d new suspected/);
  });

  it("says what it is", () => {
    const scene = run([mower({ role: "special-transport" }), ...traffic], 40);
    expect(scene.transitions[0]?.subCauseCode).toBe(3);
  });
});

describe("who is not slow", () => {
  it("a truck at 80 km/h", () => {
    const truck: ScriptedVehicle = {
      stationId: 5,
      at: (s) => ({ alongM: 2_000 + s * 22, speedMps: 22, stationType: "heavy-truck" }),
    };
    expect(run([truck, ...traffic], 120).transitions).toEqual([]);
  });

  it("a vehicle in a queue, at its tail, or in a convoy", () => {
    const queue = Array.from(
      { length: 20 },
      (_, i): ScriptedVehicle => ({
        stationId: 10 + i,
        at: (s) => ({ alongM: 2_000 + s * 8 - i * 40, speedMps: 8 }),
      }),
    );
    const alerts = run(queue, 80).transitions;
    expect(alerts).toEqual([]);
  });

  it("the first of a queue that rolls, whom nobody passes", () => {
    const held = Array.from(
      { length: 6 },
      (_, i): ScriptedVehicle => ({
        stationId: 10 + i,
        at: (s) => ({ alongM: 2_000 - i * 80 + s * 6, speedMps: 6 }),
      }),
    );
    const before = Array.from(
      { length: 5 },
      (_, i): ScriptedVehicle => ({
        stationId: 60 + i,
        at: (s) => ({ alongM: 2_020 + i * 100 + s * 30, rightM: -3.5, speedMps: 30 }),
      }),
    );
    expect(run([...held, ...before], 200).transitions).toEqual([]);
    const declared: ScriptedVehicle = {
      stationId: 9,
      at: (s) => ({ alongM: 2_080 + s * 6, speedMps: 6, role: "special-transport" }),
    };
    const [alert] = run([declared, ...held], 100).transitions;
    expect(alert).toMatchObject({ kind: "slow-vehicle", tier: "suspected", subCauseCode: 3 });
  });

  it("anybody where all drive slowly, and are free of it farther on", () => {
    const inFog = Array.from({ length: 30 }, (_, i): ScriptedVehicle => {
      const wayM = (s: number): number => s * 18 - i * 90;
      return {
        stationId: 100 + i,
        at: (s) =>
          wayM(s) < 1_500
            ? { alongM: 1_000 + wayM(s), speedMps: 18 }
            : { alongM: 2_500 + (wayM(s) - 1_500) * 1.6, speedMps: 29 },
      };
    });
    expect(run(inFog, 150).transitions).toEqual([]);
  });

  it("the only equipped vehicle of a known jam", () => {
    const ports = { traffic: { isCongested: () => true, levelOn: () => "queuing" as const } };
    expect(run([mower()], 200, { ports }).transitions).toEqual([]);
  });

  it("a vehicle on a ramp, in town, at a rest area", () => {
    for (const flags of [{ ramp: true }, { urban: true }, { halting: true }, { signal: true }]) {
      expect(run([mower(), ...traffic], 100, { roads: [{ ...DORTMUND, flags }] }).transitions).toEqual([]);
    }
  });

  it("anybody on a slow road", () => {
    const roads = [{ ...DORTMUND, limitMps: 50 / 3.6 }];
    expect(run([steady(5, 0, 6)], 150, { roads }).transitions).toEqual([]);
  });

  it("a cyclist, or what flows on the other carriageway is no evidence", () => {
    expect(run([mower({ stationType: "cyclist" }), ...traffic], 60).transitions).toEqual([]);
    const other = traffic.map(
      ({ stationId }, i): ScriptedVehicle => ({
        stationId,
        at: (s) => ({ alongM: 4_000 - s * 30 + i * 100, rightM: -18, speedMps: 30, headingDeg: 270 }),
      }),
    );
    expect(run([mower(), ...other], 60, { roads: [DORTMUND, VENLO] }).transitions).toEqual([]);
  });

  it("a ghost among ghosts confirms nothing", () => {
    const ports = { trust: { trustOf: () => 0.1 } };
    const scene = run([mower(), ...traffic], 80, { ports });
    expect(new Set(scene.transitions.map(({ tier }) => tier))).toEqual(new Set(["suspected"]));
  });
});

describe("a new pseudonym", () => {
  it("changes nothing", () => {
    const ports = { identity: { roadUserOf: (id: number) => (id === 6 ? 5 : id) } };
    const before = mower();
    const scene = run(
      [
        { stationId: 5, at: (s) => (s < 50 ? before.at(s) : undefined) },
        { stationId: 6, at: (s) => (s < 51 ? undefined : before.at(s)) },
        ...traffic,
      ],
      150,
      { ports },
    );
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(scene.book.live()[0]?.position.longitudeDeg).toBeCloseTo(
      run([before, ...traffic], 150).book.live()[0]?.position.longitudeDeg ?? 0,
      3,
    );
  });
});

describe("a restart", () => {
  it("changes nothing", () => {
    const vehicles = [mower({ untilS: 50 }), ...traffic.slice(0, 30)];
    const straight = run(vehicles, 80).transitions;
    expect(straight.length).toBeGreaterThan(2);
    for (const second of [7, 29, 31, 45, 55, 61]) {
      const scene = new RoadScene([slowVehicle()]);
      scene.drive(vehicles, 0, second);
      scene.restartFromSnapshot();
      scene.drive(vehicles, second, 80);
      expect(scene.transitions).toEqual(straight);
    }
  });
});
