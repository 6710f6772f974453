import { describe, expect, it } from "vitest";
import { congestionCells } from "../../../../src/detect/congestion-cells.ts";
import { congestionRoad } from "../../../../src/detect/congestion-road.ts";
import type { SensorReport } from "../../../../src/domain/observation.ts";
import { frameOf, loop, onRoad, T0 } from "../../../support/frames.ts";
import { Scene } from "../../../support/scene.ts";
import { MOTORWAY } from "../../../support/straight-map.ts";
import { queueOf } from "../queue-scripts.ts";

const KMPH = 1 / 3.6;

/** One reading a minute, of two lanes, at 3,000 m unless told otherwise. */
function minutes(scene: Scene, speeds: readonly number[], overrides: Partial<SensorReport> = {}): Scene {
  for (const [i, speedKmph] of speeds.entries()) {
    const atMs = T0 + i * 60_000;
    scene.advanceTo(atMs);
    const lane = { meanSpeedMps: speedKmph * KMPH };
    const report = loop([lane, { ...lane, vehicles: 8 }], { ...onRoad(3_000), ...overrides });
    scene.send(frameOf(report, { stationId: 5_000, atMs, delayMs: 0, late: true }));
  }
  scene.advanceTo(T0 + speeds.length * 60_000);
  return scene;
}

const onMotorway = (): Scene => new Scene([congestionCells(), congestionRoad()], { roads: MOTORWAY });

describe("loops on a mapped road", () => {
  it("show a congestion with the first slow reading, once, and its end with the first flowing one", () => {
    const scene = minutes(onMotorway(), [100, 98, 15, 12, 14, 90, 95]);
    expect(scene.transitions[0]).toMatchObject({
      state: "new",
      kind: "congestion",
      tier: "confirmed",
      road: { ref: "A40", direction: "Dortmund" },
      evidence: { stations: 18, sources: ["test-gateway"] },
    });
    expect(scene.transitions[0]?.detectedAtMs).toBeLessThan(T0 + 121_000);
    const last = scene.transitions.at(-1);
    expect(last?.state).toBe("ended");
    expect(last?.detectedAtMs).toBeGreaterThan(T0 + 300_000);
    expect(last?.detectedAtMs).toBeLessThan(T0 + 310_000);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
  });

  it("stay silent where traffic flows, and where one vehicle crawls", () => {
    const speeds = Array.from({ length: 20 }, (_, i) => 55 + ((i * 37) % 60));
    expect(minutes(onMotorway(), speeds).transitions).toEqual([]);
    const scene = onMotorway();
    const mower = loop([{ vehicles: 1, meanSpeedMps: 3 }], onRoad(3_000));
    scene.send(frameOf(mower, { stationId: 5_000, atMs: T0, delayMs: 0 }));
    scene.advanceTo(T0 + 60_000);
    expect(scene.transitions).toEqual([]);
  });

  it("and vehicles make one queue", () => {
    const scene = onMotorway();
    scene.drive(
      queueOf({ vehicles: 6, every: 4, fromS: 60, headM: 3_040, spacingM: 20, leavesAtS: 900 }),
      0,
      100,
    );
    const report = loop([{ meanSpeedMps: 2 }], onRoad(3_000));
    scene.send(frameOf(report, { stationId: 5_000, atMs: T0 + 100_000, delayMs: 0 }));
    scene.advanceTo(T0 + 120_000);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(scene.book.live()).toHaveLength(1);
  });

  it("that do not tell their direction are left to the cells where both carriageways are near", () => {
    const scene = minutes(onMotorway(), [100, 98, 102, 15, 12], {
      ...onRoad(3_000, -7),
      headingDeg: undefined,
    });
    expect(scene.transitions[0]).toMatchObject({ state: "new", headingDeg: undefined });
  });

  it("survive a restart", () => {
    const scene = onMotorway();
    minutes(scene, [100, 15]);
    scene.restartFromSnapshot();
    const again = JSON.stringify(scene.snapshot());
    scene.restartFromSnapshot();
    expect(JSON.stringify(scene.snapshot())).toBe(again);
    expect(scene.book.live()).toHaveLength(1);
  });
});
