import { describe, expect, it } from "vitest";
import { defaultDetectors } from "../../src/detect/registry.ts";
import { stationaryVehicle } from "../../src/detect/stationary-vehicle.ts";
import { EventBit, LightBit, type MotionReport } from "../../src/domain/observation.ts";
import { frameOf, hazard, motion, onRoad, T0 } from "../support/frames.ts";
import { Scene, type ScriptedVehicle, storyOf } from "../support/scene.ts";

const HAZARD_LIGHTS = { lightBits: LightBit.leftTurn | LightBit.rightTurn } as const;

interface Stop {
  readonly stationId?: number;
  readonly atM: number;
  readonly rightM?: number;
  readonly speedMps?: number;
  readonly hz?: number;
  /** When it comes to a halt, and when it drives on. */
  readonly stopsAtS: number;
  readonly leavesAtS?: number;
  readonly report?: Partial<MotionReport>;
}

/** Arrives steadily, stands at once, and perhaps drives on at the same speed. */
function stopping(stop: Stop): ScriptedVehicle {
  const { stationId = 1, atM, rightM = 0, speedMps = 27, hz = 1, stopsAtS, report = {} } = stop;
  const leavesAtS = stop.leavesAtS ?? Number.POSITIVE_INFINITY;
  return {
    stationId,
    hz,
    at(s) {
      if (s < stopsAtS) return { alongM: atM - (stopsAtS - s) * speedMps, rightM, speedMps };
      if (s < leavesAtS) return { alongM: atM, rightM, speedMps: 0, ...report };
      return { alongM: atM + (s - leavesAtS) * speedMps, rightM, speedMps };
    },
  };
}

function run(vehicles: readonly ScriptedVehicle[], untilS: number): Scene {
  const scene = new Scene([stationaryVehicle()]);
  scene.drive(vehicles, 0, untilS);
  return scene;
}

describe("a breakdown on a fast road", () => {
  it.each([1, 5, 10])("is suspected after 5 s, confirmed after 15 s, at %i Hz", (hz) => {
    const scene = run([stopping({ atM: 2_000, stopsAtS: 10, hz })], 40);
    const [first, second] = scene.detections.filter(({ phase }) => phase !== "extend");
    expect(first).toMatchObject({ phase: "start", tier: "suspected", severity: 3, causeCode: 94 });
    expect(first?.decidedAtMs).toBe(T0 + 15_050);
    expect(second).toMatchObject({ phase: "update", tier: "confirmed", severity: 4 });
    expect((second?.decidedAtMs ?? 0) - T0).toBeLessThanOrEqual(26_100);
    expect((second?.decidedAtMs ?? 0) - T0).toBeGreaterThanOrEqual(25_000);
  });

  it("stays suspected where the vehicle rolls on just before it would be confirmed", () => {
    const stopsAtS = 10;
    const rollsAtS = stopsAtS + 15;
    const rolling: ScriptedVehicle = {
      stationId: 1,
      hz: 1,
      at(s) {
        if (s < stopsAtS) return { alongM: 2_000 - (stopsAtS - s) * 27, rightM: 0, speedMps: 27 };
        if (s < rollsAtS) return { alongM: 2_000, rightM: 0, speedMps: 0 };
        return { alongM: 2_000 + (s - rollsAtS) * 1.5, rightM: 0, speedMps: 1.5 + (s - rollsAtS) };
      },
    };
    const tiers = run([rolling], 40).detections.map(({ tier }) => tier);
    expect(tiers.length).toBeGreaterThan(0);
    expect(new Set(tiers)).toEqual(new Set(["suspected"]));
  });

  it("is told with place, heading and numbers", () => {
    const [alert] = run([stopping({ atM: 2_000, stopsAtS: 10 })], 20).transitions;
    expect(alert).toMatchObject({ kind: "stationary-vehicle", headingDeg: 90, position: onRoad(2_000) });
    expect(alert?.why.measures).toEqual([
      { name: "standingS", observed: 5, threshold: 5 },
      { name: "topSpeedBeforeKmph", observed: 97.2 },
    ]);
  });

  it("ends when it drives on above 5 m/s for 3 s", () => {
    const scene = run([stopping({ atM: 2_000, stopsAtS: 10, leavesAtS: 60 })], 80);
    expect(scene.transitions.at(-1)?.state).toBe("ended");
    expect(scene.detections.at(-1)).toMatchObject({ phase: "end", decidedAtMs: T0 + 63_050 });
  });

  it("ends when it was last heard driving away", () => {
    const vehicle = stopping({ atM: 2_000, stopsAtS: 10, leavesAtS: 60 });
    const scene = run([{ ...vehicle, at: (s) => (s > 60 ? undefined : vehicle.at(s)) }], 90);
    expect(scene.detections.at(-1)).toMatchObject({ phase: "end", decidedAtMs: T0 + 70_050 });
  });

  it("is not ended by creeping, and follows it", () => {
    const vehicle: ScriptedVehicle = {
      stationId: 1,
      at(s) {
        if (s < 10) return { alongM: 2_000 - (10 - s) * 27, speedMps: 27 };
        if (s < 40 || s > 70) return { alongM: s < 40 ? 2_000 : 2_090, speedMps: 0 };
        return { alongM: 2_000 + (s - 40) * 3, speedMps: 3 };
      },
    };
    const scene = run([vehicle], 90);
    expect(scene.book.live()).toHaveLength(1);
    expect(scene.book.live()[0]?.position).toEqual(onRoad(2_090));
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
  });

  it("outlives silence with less confidence until the validity is over", () => {
    const vehicle = stopping({ atM: 2_000, stopsAtS: 10 });
    const silent = { ...vehicle, at: (s: number) => (s > 40 ? undefined : vehicle.at(s)) };
    const scene = run([silent], 300);
    const [live] = scene.book.live();
    expect(live).toMatchObject({ tier: "confirmed", confidencePct: 60 });
    scene.advanceTo(T0 + 700_000);
    expect(storyOf(scene.transitions.slice(-1))).toEqual(["640.0 expired confirmed"]);
  });

  it("stays suspected where it fell silent before it was confirmed", () => {
    const vehicle = stopping({ atM: 2_000, stopsAtS: 10 });
    const scene = run([{ ...vehicle, at: (s) => (s > 17 ? undefined : vehicle.at(s)) }], 60);
    expect(scene.book.live()[0]?.tier).toBe("suspected");
  });
});

describe("signs of distress", () => {
  it.each([
    ["hazard lights", HAZARD_LIGHTS, "15.1 new confirmed", 0],
    ["a disabled-vehicle flag", { eventBits: EventBit.disabledVehicle }, "10.1 new confirmed", 2],
    ["an airbag flag", { eventBits: EventBit.airbag }, "10.1 new confirmed", 3],
  ])("%s count on any road", (_what, report, story, subCauseCode) => {
    const scene = run([stopping({ atM: 500, speedMps: 10, stopsAtS: 10, report })], 30);
    expect(storyOf(scene.transitions)).toEqual([story]);
    expect(scene.transitions[0]?.subCauseCode).toBe(subCauseCode);
  });

  it.each([
    [EventBit.airbag, 1],
    [0, 0],
  ])("from a clock that is half a minute behind count (flags %i: %i alerts)", (eventBits, alerts) => {
    const scene = new Scene([stationaryVehicle()]);
    scene.send(
      frameOf(motion({ speedMps: 0, eventBits, ...HAZARD_LIGHTS }), { delayMs: 30_000, late: true }),
    );
    scene.advanceTo(T0 + 31_000);
    expect(scene.transitions).toHaveLength(alerts);
  });

  it("hazard lights of a bus at its stop say nothing", () => {
    const report = { ...HAZARD_LIGHTS, stationType: "bus" } as const;
    expect(run([stopping({ atM: 500, speedMps: 10, stopsAtS: 10, report })], 60).transitions).toEqual([]);
  });

  it("hazard lights that were switched off again say nothing", () => {
    const vehicle = stopping({ atM: 500, speedMps: 10, stopsAtS: 10 });
    const blinking: ScriptedVehicle = {
      stationId: 1,
      at(s) {
        const moment = vehicle.at(s);
        return moment === undefined ? undefined : { ...moment, ...(s >= 10 && s < 13 ? HAZARD_LIGHTS : {}) };
      },
    };
    expect(run([blinking], 60).transitions).toEqual([]);
  });
});

describe("vehicles that are no hazard", () => {
  it("a red light in town is silent", () => {
    const cars = [0, 1, 2].map((i) =>
      stopping({ stationId: i + 1, atM: 500 - i * 8, speedMps: 14, stopsAtS: 20 + i * 3, leavesAtS: 80 }),
    );
    expect(run(cars, 120).transitions).toEqual([]);
  });

  it("stop and go with halts below 5 s is silent", () => {
    const vehicle: ScriptedVehicle = {
      stationId: 1,
      at: (s) => ({ alongM: s * 4, speedMps: s < 5 ? 27 : s % 8 < 4 ? 0 : 6 }),
    };
    expect(run([vehicle], 120).transitions).toEqual([]);
  });

  it("creeping below walking pace is no standing", () => {
    const vehicle: ScriptedVehicle = {
      stationId: 1,
      at: (s) => (s < 5 ? { alongM: s * 27, speedMps: 27 } : { alongM: 135 + (s - 5) * 3, speedMps: 0.9 }),
    };
    expect(run([vehicle], 60).transitions).toEqual([]);
  });

  it.each(["pedestrian", "cyclist", "tram", "infrastructure"] as const)(
    "a standing %s is silent",
    (stationType) => {
      const report = { stationType, ...HAZARD_LIGHTS };
      expect(run([stopping({ atM: 500, stopsAtS: 10, report })], 40).transitions).toEqual([]);
    },
  );

  it("position noise at standstill does not hide a breakdown", () => {
    const vehicle: ScriptedVehicle = {
      stationId: 1,
      at: (s) =>
        s < 10
          ? { alongM: 2_000 - (10 - s) * 27, speedMps: 27 }
          : { alongM: 2_000 + ((s * 7) % 5) - 2, rightM: ((s * 3) % 4) - 2, speedMps: 0.2 },
    };
    expect(storyOf(run([vehicle], 40).transitions)[0]).toBe("15.1 new suspected");
  });
});

describe("queues", () => {
  const breakdown = stopping({ stationId: 1, atM: 2_000, stopsAtS: 10 });
  const queue = Array.from({ length: 12 }, (_, i) =>
    stopping({
      stationId: 10 + i,
      atM: 1_988 - Math.floor(i / 2) * 9,
      rightM: (i % 2) * 3.5,
      stopsAtS: 20 + i * 5,
    }),
  );

  it("that form behind a breakdown leave its alert alone and raise no other", () => {
    const scene = run([breakdown, ...queue], 200);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(scene.book.live()).toHaveLength(1);
    expect(scene.book.live()[0]?.position).toEqual(onRoad(2_000));
  });

  it("are silent inside while they dissolve from the head", () => {
    const cars = Array.from({ length: 10 }, (_, i) =>
      stopping({ stationId: 10 + i, atM: 1_950 - i * 25, stopsAtS: 20 + i * 3, leavesAtS: 60 + i * 6 }),
    );
    const head = stopping({ stationId: 1, atM: 2_000, stopsAtS: 10, leavesAtS: 55 });
    const scene = run([head, ...cars], 200);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(scene.book.size).toBe(0);
  });

  it("stay silent where few are equipped but the place is known to be congested", () => {
    const congested = { isCongested: () => true };
    const base = stationaryVehicle();
    const scene = new Scene([
      {
        name: "known-congestion",
        snapshotVersion: 1,
        init: () => 0,
        provides: () => ({ traffic: congested }),
        snapshot: () => 0,
        restore: () => 0,
      },
      base,
    ]);
    scene.drive([stopping({ atM: 2_000, stopsAtS: 10 })], 0, 120);
    expect(scene.transitions).toEqual([]);
  });

  it("do not silence an airbag", () => {
    const crashed = stopping({
      stationId: 5,
      atM: 1_900,
      stopsAtS: 40,
      report: { eventBits: EventBit.airbag },
    });
    const scene = run([breakdown, ...queue, crashed], 60);
    expect(scene.transitions.filter(({ severity }) => severity === 5)).toHaveLength(1);
  });

  it("of the opposite carriageway do not silence a breakdown", () => {
    const opposite = Array.from({ length: 5 }, (_, i) => {
      const script = stopping({
        stationId: 50 + i,
        atM: 2_020 + i * 20,
        rightM: -12,
        speedMps: 10,
        stopsAtS: 5,
      });
      return { ...script, at: (s: number) => ({ alongM: 0, ...script.at(s), headingDeg: 270 }) };
    });
    const scene = run([breakdown, ...opposite], 30);
    expect(storyOf(scene.transitions)[0]).toBe("15.1 new suspected");
  });
});

describe("several reports of one stop", () => {
  it("two vehicles side by side are one alert until both have left", () => {
    const left = stopping({ stationId: 1, atM: 2_000, stopsAtS: 10, leavesAtS: 60 });
    const right = stopping({ stationId: 2, atM: 2_003, rightM: 3.5, stopsAtS: 12, leavesAtS: 90 });
    const scene = run([left, right], 120);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(scene.transitions.at(-1)).toMatchObject({ state: "ended" });
    expect(scene.transitions.at(-1)?.detectedAtMs).toBeGreaterThan(T0 + 93_000);
  });

  it("a relayed notice of the same vehicle joins, and says what happened", () => {
    const scene = new Scene(defaultDetectors());
    scene.drive([stopping({ stationId: 1, atM: 2_000, stopsAtS: 10 })], 0, 20);
    const notice = hazard({
      causeCode: 94,
      subCauseCode: 2,
      position: onRoad(2_005),
      detectionAtMs: T0 + 20_000,
    });
    scene.send(frameOf(notice, { stationId: 1, atMs: T0 + 20_000 }));
    scene.advanceTo(T0 + 25_000);
    expect(scene.book.live()).toHaveLength(1);
    expect(scene.book.live()[0]).toMatchObject({
      tier: "confirmed",
      subCauseCode: 2,
      evidence: { stations: 1 },
    });
  });
});
