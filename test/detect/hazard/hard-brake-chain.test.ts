import { describe, expect, it } from "vitest";
import { hardBrakeChain } from "../../../src/detect/hazard/hard-brake-chain.ts";
import { T0 } from "../../support/frames.ts";
import type { ScriptedVehicle } from "../../support/scene.ts";
import { RoadScene, type RoadSceneOptions } from "./road-scene.ts";

interface Brake {
  readonly stationId: number;
  readonly hz?: number;
  readonly brakesAtS: number;
  readonly brakesAtM: number;
  readonly decelerationMps2?: number;
  readonly toMps?: number;
  readonly headingDeg?: number;
  readonly rightM?: number;
}

/** Drives 30 m/s, brakes at a place and time down to a speed, and goes on with that. */
function braking(brake: Brake): ScriptedVehicle {
  const { stationId, hz = 5, brakesAtS, brakesAtM, decelerationMps2 = 5, toMps = 5, ...place } = brake;
  const takesS = (30 - toMps) / decelerationMps2;
  return {
    stationId,
    hz,
    at(s) {
      const t = s - brakesAtS;
      if (t < 0) return { alongM: brakesAtM + t * 30, speedMps: 30, ...place };
      if (t >= takesS) {
        const endM = brakesAtM + ((30 + toMps) / 2) * takesS;
        return { alongM: endM + (t - takesS) * toMps, speedMps: toMps, ...place };
      }
      const speedMps = 30 - decelerationMps2 * t;
      return {
        alongM: brakesAtM + ((30 + speedMps) / 2) * t,
        speedMps,
        accelerationMps2: -decelerationMps2,
        ...place,
      };
    },
  };
}

/** Each brakes two seconds after the one before and 10 m farther upstream: 18 km/h. */
const shock = (count: number, overrides: Partial<Brake> = {}): ScriptedVehicle[] =>
  Array.from({ length: count }, (_, i) =>
    braking({ stationId: i + 1, brakesAtS: 10 + i * 2, brakesAtM: 3_000 - i * 10, ...overrides }),
  );

function run(vehicles: readonly ScriptedVehicle[], untilS = 60, options?: RoadSceneOptions): RoadScene {
  return new RoadScene([hardBrakeChain()], options).drive(vehicles, 0, untilS);
}

describe("a chain of hard brakes", () => {
  it.each([1, 5, 10])("is told with the third, at %i Hz", (hz) => {
    const scene = run(shock(3, { hz }));
    const [alert] = scene.transitions;
    expect(alert).toMatchObject({ kind: "hard-brake-chain", causeCode: 27, subCauseCode: 1, headingDeg: 90 });
    expect(alert?.evidence.stations).toBe(3);
    expect(((alert?.detectedAtMs ?? 0) - T0) / 1_000).toBeLessThan(18);
    const wave = alert?.why.measures.find(({ name }) => name === "waveKmph")?.observed ?? 0;
    expect(wave).toBeGreaterThan(9);
    expect(wave).toBeLessThan(30);
    expect(scene.transitions.at(-1)?.state).toBe("ended");
  });

  it("is one, however long", () => {
    const scene = run(shock(12), 90);
    expect(new Set(scene.transitions.map(({ alertId }) => alertId)).size).toBe(1);
    expect(scene.transitions.at(-2)?.evidence.stations).toBe(12);
  });

  it("is seen without a map", () => {
    expect(run(shock(3), 60, { roads: [] }).transitions[0]?.state).toBe("new");
  });
});

describe("what is no chain", () => {
  it("two vehicles", () => expect(run(shock(2)).transitions).toEqual([]));

  it("one vehicle under three names", () => {
    const ports = { identity: { roadUserOf: (id: number) => Math.min(id, 1) } };
    expect(run(shock(3), 60, { ports }).transitions).toEqual([]);
  });

  it("short brakes", () => expect(run(shock(6, { toMps: 25 })).transitions).toEqual([]));

  it("gentle brakes", () => expect(run(shock(6, { decelerationMps2: 3 })).transitions).toEqual([]));

  it("brakes at one fixed place: a bend or a speed trap", () => {
    const trap = Array.from({ length: 6 }, (_, i) =>
      braking({ stationId: i + 1, brakesAtS: 10 + i * 2, brakesAtM: 3_000 }),
    );
    expect(run(trap).transitions).toEqual([]);
  });

  it("brakes that move downstream", () => {
    const downstream = Array.from({ length: 6 }, (_, i) =>
      braking({ stationId: i + 1, brakesAtS: 10 + i * 2, brakesAtM: 3_000 + i * 10 }),
    );
    expect(run(downstream).transitions).toEqual([]);
  });

  it("brakes far apart in time or place", () => {
    const slow = Array.from({ length: 4 }, (_, i) =>
      braking({ stationId: i + 1, brakesAtS: 10 + i * 12, brakesAtM: 3_000 - i * 20 }),
    );
    const wide = Array.from({ length: 4 }, (_, i) =>
      braking({ stationId: i + 1, brakesAtS: 10 + i, brakesAtM: 4_000 - i * 320 }),
    );
    expect(run(slow, 90).transitions).toEqual([]);
    expect(run(wide, 90).transitions).toEqual([]);
  });

  it("brakes on both carriageways", () => {
    const [first, second, third] = shock(3);
    const other: ScriptedVehicle = {
      stationId: 2,
      hz: 5,
      at: (s) => ({ alongM: 0, ...second?.at(s), headingDeg: 270, rightM: -18 }),
    };
    expect(run([first, other, third].filter((one) => one !== undefined)).transitions).toEqual([]);
  });

  it("ghosts", () => {
    const ports = { trust: { trustOf: () => 0.3 } };
    expect(run(shock(4), 60, { ports }).transitions).toEqual([]);
  });
});

describe("a restart", () => {
  it("changes nothing", () => {
    const straight = run(shock(5)).transitions;
    expect(straight.length).toBeGreaterThan(2);
    for (const second of [9, 11, 13, 15, 17, 19, 23, 40]) {
      const scene = new RoadScene([hardBrakeChain()]);
      scene.drive(shock(5), 0, second);
      scene.restartFromSnapshot();
      scene.drive(shock(5), second, 60);
      expect(scene.transitions).toEqual(straight);
    }
  });
});
