import { describe, expect, it } from "vitest";
import type { CongestionState } from "../../src/detect/congestion/state.ts";
import { congestionCells, trafficOf } from "../../src/detect/congestion-cells.ts";
import type { Alert } from "../../src/domain/alert.ts";
import type { DetectionContext, StationView, TrafficLookup } from "../../src/domain/detector.ts";
import type { LaneReading, SensorReport } from "../../src/domain/observation.ts";
import { NO_PORTS } from "../../src/stream/detector-ports.ts";
import { frameOf, loop, motion, onRoad, T0 } from "../support/frames.ts";
import { Scene, type ScriptedVehicle, steady } from "../support/scene.ts";
import { freeFlow, queueOf } from "./congestion/queue-scripts.ts";

const KMPH = 1 / 3.6;

function run(vehicles: readonly ScriptedVehicle[], untilS: number): Scene {
  const scene = new Scene([congestionCells()]);
  scene.drive(vehicles, 0, untilS);
  return scene;
}

function measure(alert: Alert | undefined, name: string): number | undefined {
  return alert?.why.measures.find((one) => one.name === name)?.observed;
}

const seconds = (alert: Alert | undefined): number => ((alert?.detectedAtMs ?? 0) - T0) / 1_000;

describe("a queue behind an incident", () => {
  const scene = run(
    [
      ...freeFlow(0, 20, 3),
      ...queueOf({ vehicles: 40, every: 4, fromS: 160, headM: 3_000, spacingM: 20, leavesAtS: 400 }),
      ...freeFlow(420, 30, 5, 28, 700),
    ],
    620,
  );
  const [first] = scene.transitions;
  const last = scene.transitions.at(-1);

  it("is one congestion, told within 40 s of the second vehicle and ended once", () => {
    expect(first).toMatchObject({ kind: "congestion", state: "new", causeCode: 1, tier: "confirmed" });
    expect(seconds(first)).toBeLessThan(204);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(last?.state).toBe("ended");
    expect(last?.why.rule).toBe("congestion-cells/flows-again");
    expect(seconds(last)).toBeGreaterThan(430);
    expect(seconds(last)).toBeLessThan(600);
  });

  it("grows upstream: the place is the tail, the area all of it", () => {
    const longest = scene.transitions.reduce((most, alert) =>
      (measure(alert, "lengthM") ?? 0) > (measure(most, "lengthM") ?? 0) ? alert : most,
    );
    expect(measure(longest, "lengthM")).toBeGreaterThan(600);
    expect(measure(longest, "lengthM")).toBeLessThan(900);
    expect(longest.position.longitudeDeg).toBeLessThan(onRoad(2_500).longitudeDeg);
    expect(longest.position.longitudeDeg).toBeGreaterThan(onRoad(1_900).longitudeDeg);
    expect(longest.headingDeg).toBeCloseTo(90, 0);
    expect(["polygon", "multi-polygon"]).toContain(longest.outline.form);
  });

  it("is updated at most every 5 s", () => {
    const times = scene.transitions.map(({ detectedAtMs }) => detectedAtMs);
    for (const [i, time] of times.entries()) {
      if (i > 0) expect(time - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(5_000);
    }
  });

  it("says how bad it is", () => {
    expect(scene.transitions.some(({ severity, subCauseCode }) => severity === 4 && subCauseCode === 5)).toBe(
      true,
    );
    expect(first?.evidence.stations).toBeGreaterThanOrEqual(2);
  });
});

describe("levels", () => {
  it.each([
    [6, "Traffic is stationary.", 4],
    [22, "Traffic is queuing.", 3],
  ])("%i km/h: %s", (speedKmph, text, severity) => {
    const scene = run(
      [
        ...freeFlow(0, 20, 3),
        ...freeFlow(200, 20, 6, speedKmph * KMPH, 500).map((vehicle) => ({
          ...vehicle,
          at: (s: number) => {
            const moment = vehicle.at(s);
            return moment === undefined ? undefined : { ...moment, alongM: moment.alongM + 1_000 };
          },
        })),
      ],
      320,
    );
    expect(scene.book.live()[0]).toMatchObject({ severity, why: { text } });
  });
});

describe("what is no congestion", () => {
  it("a single slow vehicle in flowing traffic", () => {
    const mower = steady(999, 0, 10 * KMPH);
    expect(run([...freeFlow(0, 120, 3), mower], 400).transitions).toEqual([]);
  });

  it("a single slow vehicle alone on the road, even if it changes its pseudonym", () => {
    const before = steady(998, 100, 10 * KMPH);
    const scene = run(
      [
        ...freeFlow(0, 10, 5),
        { ...before, at: (s) => (s >= 250 ? undefined : before.at(s)) },
        { stationId: 999, at: (s) => (s < 250 ? undefined : before.at(s)) },
      ],
      500,
    );
    expect(scene.transitions).toEqual([]);
  });

  it("two vehicles stopped side by side that others pass", () => {
    const stopped = [0, 1].map((i) => ({
      stationId: 900 + i,
      at: (s: number) => ({ alongM: 1_500 + i * 4, rightM: i * 3.5, speedMps: s < 1 ? 28 : 0 }),
    }));
    expect(run([...freeFlow(0, 60, 5), ...stopped], 300).transitions).toEqual([]);
  });

  it("a red light in town", () => {
    const cycleS = 80;
    const cars = Array.from({ length: 60 }, (_, i): ScriptedVehicle => {
      const arrivesS = 40 + i * 9;
      const inQueue = i % 9;
      const redEndsS = Math.ceil(arrivesS / cycleS) * cycleS;
      const waits = redEndsS - arrivesS < cycleS * 0.6;
      const leavesS = waits ? redEndsS + inQueue * 2 : arrivesS;
      const stopM = 1_000 - (waits ? inQueue * 7 : 0);
      return {
        stationId: 100 + i,
        at(s) {
          if (s < arrivesS - 60 || s > leavesS + 60) return undefined;
          if (s < arrivesS) return { alongM: stopM - (arrivesS - s) * 14, speedMps: 14 };
          if (s < leavesS) return { alongM: stopM, speedMps: 0 };
          return { alongM: stopM + (s - leavesS) * 14, speedMps: 14 };
        },
      };
    });
    expect(run(cars, 600).transitions).toEqual([]);
  });

  it("bicycles on a path beside a motorway", () => {
    const bicycles = freeFlow(100, 10, 5, 4, 700).map((vehicle) => ({
      ...vehicle,
      at: (s: number) => {
        const moment = vehicle.at(s);
        return moment === undefined ? undefined : { ...moment, stationType: "cyclist" as const };
      },
    }));
    expect(run([...freeFlow(0, 20, 3), ...bicycles], 300).transitions).toEqual([]);
  });

  it("reports that are late or have a replaced clock", () => {
    const scene = new Scene([congestionCells()]);
    scene.drive(freeFlow(0, 20, 3), 0, 200);
    for (let s = 200; s < 300; s++) {
      for (let i = 0; i < 6; i++) {
        const report = motion({ ...onRoad(1_000 + i * 20), speedMps: 0 });
        const mark = i % 2 === 0 ? { late: true } : { clockReplaced: true };
        scene.send(frameOf(report, { stationId: 300 + i, atMs: T0 + s * 1_000, ...mark }));
      }
    }
    expect(scene.transitions).toEqual([]);
  });
});

describe("a jam in town", () => {
  it("is told after three minutes at 40 % of the free flow", () => {
    const cars = queueOf({
      vehicles: 12,
      every: 8,
      fromS: 150,
      headM: 1_500,
      spacingM: 12,
      leavesAtS: 600,
      speedMps: 14,
    });
    const scene = run([...freeFlow(0, 15, 4, 14), ...cars], 500);
    expect(scene.transitions[0]?.state).toBe("new");
    expect(seconds(scene.transitions[0])).toBeGreaterThan(330);
    expect(seconds(scene.transitions[0])).toBeLessThan(420);
  });
});

describe("silence", () => {
  const script = [
    ...freeFlow(0, 20, 3),
    ...queueOf({ vehicles: 10, every: 4, fromS: 160, headM: 2_000, spacingM: 20, leavesAtS: 900 }),
  ].map((vehicle) => ({ ...vehicle, at: (s: number) => (s > 260 ? undefined : vehicle.at(s)) }));

  it("keeps the congestion, with falling confidence, until its validity is over", () => {
    const scene = run(script, 500);
    expect(scene.book.live()).toMatchObject([{ kind: "congestion" }]);
    expect(scene.book.live()[0]?.confidencePct).toBeLessThan(60);
    scene.advanceTo(T0 + 1_000_000);
    expect(scene.transitions.at(-1)).toMatchObject({ state: "expired" });
    expect(seconds(scene.transitions.at(-1))).toBeGreaterThan(850);
    expect(scene.book.size).toBe(0);
  });

  it("leaves no stations behind", () => {
    const scene = run(script, 500);
    expect(scene.snapshot()).toMatchObject({
      detect: { "congestion-cells": { state: { visits: [16, ""] } } },
    });
  });
});

describe("two queues that grow together", () => {
  it("are one congestion with the older one's id; the younger one ends as merged", () => {
    // The downstream one is fed by a ramp: nobody passes the other.
    const near = queueOf({
      vehicles: 90,
      every: 4,
      fromS: 160,
      headM: 3_000,
      spacingM: 20,
      leavesAtS: 2_000,
      approachM: 60,
    });
    const far = queueOf({ vehicles: 10, every: 4, fromS: 200, headM: 1_600, spacingM: 20, leavesAtS: 2_000 });
    const renamed = far.map((vehicle) => ({ ...vehicle, stationId: vehicle.stationId + 1_000 }));
    const scene = run([...freeFlow(0, 20, 3), ...near, ...renamed], 620);
    const [older, younger] = scene.transitions.filter(({ state }) => state === "new");
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(2);
    expect(scene.book.live().map(({ alertId }) => alertId)).toEqual([older?.alertId]);
    const end = scene.transitions.find(({ state }) => state === "ended");
    expect(end).toMatchObject({ alertId: younger?.alertId, why: { rule: "congestion-cells/merged" } });
  });
});

describe("loops", () => {
  const reading = (
    scene: Scene,
    atS: number,
    lane: Partial<LaneReading>,
    overrides: Partial<SensorReport> = {},
  ): void => {
    scene.advanceTo(T0 + atS * 1_000);
    const report = loop([lane, { ...lane, vehicles: 8 }], overrides);
    scene.send(frameOf(report, { stationId: 5_000, atMs: T0 + atS * 1_000, delayMs: 0, late: true }));
  };

  const minutes = (scene: Scene, speeds: readonly number[], overrides: Partial<SensorReport> = {}): Scene => {
    for (const [i, speedKmph] of speeds.entries()) {
      reading(scene, i * 60, { meanSpeedMps: speedKmph * KMPH }, overrides);
    }
    scene.advanceTo(T0 + speeds.length * 60_000);
    return scene;
  };

  it("alone show a congestion and its end", () => {
    const scene = minutes(new Scene([congestionCells()]), [100, 98, 102, 15, 12, 14, 90, 95, 100]);
    expect(scene.transitions[0]).toMatchObject({
      state: "new",
      kind: "congestion",
      headingDeg: 90,
      evidence: { stations: 18, sources: ["test-gateway"] },
    });
    expect(seconds(scene.transitions[0])).toBeGreaterThan(180);
    expect(seconds(scene.transitions[0])).toBeLessThan(205);
    expect(scene.transitions.at(-1)).toMatchObject({ state: "ended" });
  });

  it("without a direction show one for all directions", () => {
    const scene = minutes(new Scene([congestionCells()]), [100, 98, 102, 15, 12], { headingDeg: undefined });
    expect(scene.transitions[0]).toMatchObject({ state: "new", headingDeg: undefined });
  });

  it("that never saw free flow say nothing", () => {
    expect(minutes(new Scene([congestionCells()]), [15, 12, 14, 15]).transitions).toEqual([]);
  });

  it("of flowing motorways stay silent", () => {
    const speeds = Array.from({ length: 30 }, (_, i) => 55 + ((i * 37) % 60));
    expect(minutes(new Scene([congestionCells()]), speeds).transitions).toEqual([]);
  });

  it.each([
    ["faulty", { meanSpeedMps: 3, faulty: true }],
    ["without a speed", { meanSpeedMps: undefined }],
    ["without a count", { meanSpeedMps: 3, vehicles: undefined }],
  ])("with lanes that are %s are not used", (_what, lane) => {
    const scene = minutes(new Scene([congestionCells()]), [100, 98, 102]);
    for (let atS = 180; atS <= 480; atS += 60) {
      scene.advanceTo(T0 + atS * 1_000);
      scene.send(frameOf(loop([lane]), { stationId: 5_000, atMs: T0 + atS * 1_000, delayMs: 0 }));
    }
    expect(scene.transitions).toEqual([]);
  });
});

describe("the state of traffic", () => {
  it("is known to others by place and heading", () => {
    const detector = congestionCells();
    let lookup: TrafficLookup | undefined;
    const scene = new Scene([
      {
        ...detector,
        provides(state) {
          lookup = trafficOf(state as CongestionState);
          return { traffic: lookup };
        },
      },
    ]);
    const queue = queueOf({
      vehicles: 10,
      every: 4,
      fromS: 160,
      headM: 2_000,
      spacingM: 20,
      leavesAtS: 900,
    });
    scene.drive([...freeFlow(0, 20, 3), ...queue], 0, 240);
    expect(lookup?.isCongested(onRoad(1_950), 90)).toBe(true);
    expect(lookup?.isCongested(onRoad(1_950), 110)).toBe(true);
    expect(lookup?.isCongested(onRoad(1_950), 270)).toBe(false);
    expect(lookup?.isCongested(onRoad(500), 90)).toBe(false);
  });
});

describe("the end of a slice with tens of thousands of stations", () => {
  const QUEUE = 6;

  /** A queue that forms at once, and a crowd elsewhere that is heard every 30 s. */
  function run(crowd: number, restartEveryTick = false) {
    const detector = congestionCells();
    let state = detector.init();
    const told: { key: string; phase: string; decidedAtMs: number }[] = [];
    const handedPerTick: number[] = [];
    const context = (nowMs: number): DetectionContext => ({
      ...NO_PORTS,
      receivedAtMs: nowMs,
      watermarkMs: nowMs - 2_000,
      stations: { get: () => ({ recentTopSpeedMps: 28 }) as StationView, within: () => [], size: crowd },
      roads: undefined,
    });
    const report = (stationId: number, nowMs: number, alongM: number, speedMps: number) =>
      detector.onItem?.(
        state,
        frameOf(motion({ ...onRoad(alongM), speedMps, headingDeg: 90 }), { stationId, atMs: nowMs }),
        context(nowMs),
        () => {},
      );
    for (let nowMs = T0; nowMs <= T0 + 70_000; nowMs += 50) {
      if (nowMs % 1_000 === 0) for (let i = 0; i < QUEUE; i++) report(1 + i, nowMs, 3_000 - i * 20, 0.5);
      if ((nowMs - T0) % 30_000 === 0) {
        for (let i = 0; i < crowd; i++) report(1_000 + i, nowMs, 20_000 + (i % 500) * 300, 25);
      }
      const before = state.closing?.stationIds.length ?? 0;
      detector.onTick?.(state, nowMs, context(nowMs), (detection) => told.push(detection));
      handedPerTick.push(before - (state.closing?.stationIds.length ?? 0));
      const isClosing = state.closing !== undefined;
      if (restartEveryTick && isClosing) {
        state = detector.restore(JSON.parse(JSON.stringify(detector.snapshot(state))));
      }
    }
    return { told: told.map(({ key, phase, decidedAtMs }) => ({ key, phase, decidedAtMs })), handedPerTick };
  }

  it("is spread over ticks, and tells the same a little later", () => {
    const alone = run(0);
    const crowded = run(25_000);
    expect(alone.told.length).toBeGreaterThan(2);
    expect(Math.max(...crowded.handedPerTick)).toBeLessThanOrEqual(10_000);
    expect(crowded.told.map(({ key, phase }) => `${key} ${phase}`)).toEqual(
      alone.told.map(({ key, phase }) => `${key} ${phase}`),
    );
    for (const [i, { decidedAtMs }] of crowded.told.entries()) {
      expect(decidedAtMs - (alone.told[i]?.decidedAtMs ?? 0)).toBe(100);
    }
  });

  it("goes on from a snapshot taken on the way", () => {
    expect(run(25_000, true).told).toEqual(run(25_000).told);
  });
});
