import { describe, expect, it } from "vitest";
import { queueEnd } from "../../../src/detect/hazard/queue-end.ts";
import type { RoadQueue, TrafficLookup } from "../../../src/domain/detector.ts";
import { T0 } from "../../support/frames.ts";
import { type ScriptedVehicle, steady } from "../../support/scene.ts";
import { RoadScene, type RoadSceneOptions } from "./road-scene.ts";
import { DORTMUND, MOTORWAY } from "./straight-roads.ts";

/** Comes at 30 m/s, brakes at a rate to a crawl at a place, and crawls on. */
function joining(stationId: number, atS: number, atM: number, decelerationMps2 = 4.5): ScriptedVehicle {
  const takesS = 28 / decelerationMps2;
  const brakesAtM = atM - 16 * takesS;
  return {
    stationId,
    hz: 2,
    at(s) {
      const t = s - atS;
      if (t < 0) return { alongM: brakesAtM + t * 30, speedMps: 30 };
      if (t >= takesS) return { alongM: atM + (t - takesS) * 2, speedMps: 2 };
      const speedMps = 30 - decelerationMps2 * t;
      return {
        alongM: brakesAtM + ((30 + speedMps) / 2) * t,
        speedMps,
        accelerationMps2: -decelerationMps2,
      };
    },
  };
}

const crawler = (stationId: number, fromM: number): ScriptedVehicle => ({
  stationId,
  at: (s) => ({ alongM: fromM + s * 1.5, speedMps: 1.5 }),
});

function run(vehicles: readonly ScriptedVehicle[], untilS = 60, options?: RoadSceneOptions): RoadScene {
  return new RoadScene([queueEnd()], options).drive(vehicles, 0, untilS);
}

/** A queue towards Dortmund whose tail moves upstream from 5 km at 4 m/s between two moments. */
function queueTo(fromS: number, toS: number, level: RoadQueue["level"] = "queuing"): TrafficLookup {
  let askedAt = 0;
  return {
    isCongested: () => false,
    queuesOn(route) {
      // Asked once a second of every route.
      if (route.index !== 0) return [];
      const s = askedAt++;
      if (s < fromS || s >= toS) return [];
      const tailM = 5_000 - (s - fromS) * 4;
      return [{ key: "q", tailM, headM: 6_000, tailSpeedMps: -4, tailSigmaM: 15, level, vehicles: 6 }];
    },
  };
}

const trusted = { trust: { trustOf: () => 1 } };
const approaching = Array.from({ length: 30 }, (_, i) => steady(100 + i, i * 5, 30));

describe("a vehicle that brakes into slow traffic", () => {
  it("tells of the end of a queue at once", () => {
    const scene = run([crawler(1, 3_050), joining(2, 10, 3_000)], 60, { ports: trusted });
    const [alert] = scene.transitions;
    expect(alert).toMatchObject({ kind: "queue-end", causeCode: 27, subCauseCode: 1, headingDeg: 90 });
    expect(((alert?.detectedAtMs ?? 0) - T0) / 1_000).toBeLessThan(17);
    expect(alert?.why.rule).toBe("queue-end/braked-into-slow");
    expect(alert?.why.measures.map(({ name }) => name)).toEqual([
      "approachKmph",
      "brakedIntoIt",
      "differenceKmph",
      "meanDecelerationMps2",
      "queueKmph",
      "tailMovesKmph",
      "vehicles",
    ]);
    expect(scene.transitions.at(-1)?.state).toBe("ended");
  });

  it.each([
    [{ tunnel: true }, 4],
    [{ bend: true }, 3],
    [{ crest: true }, 2],
  ])("behind %o says so", (flags, subCauseCode) => {
    const roads = [{ ...DORTMUND, flags }];
    const scene = run([crawler(1, 3_050), joining(2, 10, 3_000)], 40, { roads, ports: trusted });
    expect(scene.transitions[0]?.subCauseCode).toBe(subCauseCode);
  });

  it("is nothing where nobody slow is ahead, it brakes gently, or is not believed", () => {
    expect(run([joining(2, 10, 3_000)], 40, { ports: trusted }).transitions).toEqual([]);
    const gentle = [crawler(1, 3_050), joining(2, 10, 3_000, 2.5)];
    expect(run(gentle, 40, { ports: trusted }).transitions).toEqual([]);
    const ghosts = { trust: { trustOf: () => 0.5 } };
    expect(run([crawler(1, 3_050), joining(2, 10, 3_000)], 40, { ports: ghosts }).transitions).toEqual([]);
  });

  it("is nothing in town, at signals and on ramps", () => {
    for (const flags of [{ urban: true }, { signal: true }, { ramp: true }]) {
      const roads = [{ ...DORTMUND, flags }];
      const scene = run([crawler(1, 3_050), joining(2, 10, 3_000)], 40, { roads, ports: trusted });
      expect(scene.transitions).toEqual([]);
    }
  });
});

describe("a queue that congestion knows", () => {
  it("has a dangerous end where others approach fast; it follows the tail and ends with it", () => {
    const scene = run(approaching, 90, { ports: { traffic: queueTo(20, 60) } });
    expect(new Set(scene.transitions.map(({ alertId }) => alertId)).size).toBe(1);
    expect(scene.transitions[0]?.why.rule).toBe("queue-end/fast-approach");
    expect(scene.transitions[0]?.road?.text).toBe("A40 → Dortmund");
    const last = scene.transitions.at(-1);
    expect(last?.state).toBe("ended");
    expect(last?.road?.toKm).toBeCloseTo(4.85, 1);
  });

  it("where nobody is heard the free flow counts", () => {
    expect(run([], 60, { ports: { traffic: queueTo(20, 50) } }).transitions[0]?.state).toBe("new");
  });

  it("has none where others approach slowly, or it is only slow itself", () => {
    const slow = Array.from(
      { length: 40 },
      (_, i): ScriptedVehicle => ({
        stationId: 100 + i,
        at: (s) => ({ alongM: 4_000 + (i - 20) * 50 + s * 12, speedMps: 12 }),
      }),
    );
    expect(run(slow, 60, { ports: { traffic: queueTo(20, 40) } }).transitions).toEqual([]);
    for (const level of ["slow", "heavy"] as const) {
      const ports = { traffic: queueTo(20, 50, level) };
      expect(run(approaching, 60, { ports }).transitions, level).toEqual([]);
    }
  });

  it("takes over what a braking has told", () => {
    const ports = { traffic: queueTo(30, 60), ...trusted };
    const scene = run([crawler(1, 5_050), joining(2, 10, 5_000)], 80, { ports });
    expect(new Set(scene.transitions.map(({ alertId }) => alertId)).size).toBe(1);
    expect(scene.transitions.at(-1)?.why.rule).toBe("queue-end/fast-approach");
  });
});

describe("a restart", () => {
  it("changes nothing", () => {
    const vehicles = [crawler(1, 3_050), joining(2, 10, 3_000), joining(3, 14, 2_990)];
    const options = { roads: MOTORWAY, ports: trusted };
    const straight = run(vehicles, 60, options).transitions;
    expect(straight.length).toBeGreaterThan(1);
    for (const second of [9, 11, 13, 16, 17, 30]) {
      const scene = new RoadScene([queueEnd()], options);
      scene.drive(vehicles, 0, second);
      scene.restartFromSnapshot();
      scene.drive(vehicles, second, 60);
      expect(scene.transitions).toEqual(straight);
    }
  });
});
