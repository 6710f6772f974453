import { describe, expect, it } from "vitest";
import { congestionRoad } from "../../../../src/detect/congestion-road.ts";
import type { Frame } from "../../../../src/domain/frame.ts";
import type { PerceptionReport } from "../../../../src/domain/observation.ts";
import { frameOf, motion, onRoad, T0 } from "../../../support/frames.ts";
import { RoadScene } from "../../hazard/road-scene.ts";

const PLACE_M = 2_500;

/** A vehicle that drives slowly, as it tells itself, 4 m/s; it was never fast. */
function slow(stationId: number, fromS: number, toS: number, atM = PLACE_M): Frame[] {
  const frames: Frame[] = [];
  for (let s = fromS; s < toS; s += 0.5) {
    const place = onRoad(atM + (s - fromS) * 4, -3.5);
    frames.push(frameOf(motion({ ...place, speedMps: 4 }), { stationId, atMs: T0 + s * 1_000 }));
  }
  return frames;
}

interface Seen {
  readonly observer: number;
  readonly fromS: number;
  readonly toS: number;
  /** Where the objects are at first; they drive 4 m/s. */
  readonly atM: readonly number[];
  readonly rightM?: number;
  readonly speedMps?: number;
}

function seen({ observer, fromS, toS, atM, rightM = -3.5, speedMps = 4 }: Seen): Frame[] {
  const frames: Frame[] = [];
  for (let s = fromS; s < toS; s += 0.5) {
    const atMs = T0 + s * 1_000;
    const report: PerceptionReport = {
      kind: "perception",
      stationType: "passenger-car",
      ...onRoad(PLACE_M, rightM),
      objects: atM.map((firstM, objectId) => ({
        objectId,
        measuredAtMs: atMs,
        ...onRoad(firstM + (s - fromS) * speedMps, rightM),
        speedMps,
        headingDeg: 90,
        lengthM: 4,
        widthM: 2,
        objectClass: "passenger-car",
        classConfidencePct: 90,
      })),
    };
    frames.push(frameOf(report, { stationId: observer, atMs }));
  }
  return frames;
}

const byTime = (frames: readonly Frame[]): Frame[] =>
  [...frames].sort((a, b) => a.receivedAtMs - b.receivedAtMs || a.stationId - b.stationId);

function run(frames: readonly Frame[], untilS = 40, trust = 1): RoadScene {
  const scene = new RoadScene([congestionRoad()], { ports: { trust: { trustOf: () => trust } } });
  scene.send(...byTime(frames));
  scene.advanceTo(T0 + untilS * 1_000);
  return scene;
}

describe("slow vehicles that others see", () => {
  it("are the second witness of one that tells of itself", () => {
    const [first] = run([
      ...slow(1, 10, 30),
      ...seen({ observer: 1, fromS: 10, toS: 30, atM: [PLACE_M + 40] }),
    ]).transitions;
    expect(first).toMatchObject({ kind: "congestion", tier: "suspected" });
    expect((first?.detectedAtMs ?? 0) - T0).toBeLessThan(15_000);
  });

  it("are a queue where three of them are seen from elsewhere, but not two", () => {
    const atM = [PLACE_M, PLACE_M + 30, PLACE_M + 70];
    const [first] = run(seen({ observer: 9, fromS: 10, toS: 30, atM })).transitions;
    expect(first).toMatchObject({ kind: "congestion", tier: "suspected" });
    expect(first?.road?.direction).toBe("Dortmund");
    expect(run(seen({ observer: 9, fromS: 10, toS: 30, atM: atM.slice(1) })).transitions).toEqual([]);
  });

  it("count as many observers as there are, however many they see", () => {
    const atM = [PLACE_M, PLACE_M + 30, PLACE_M + 70, PLACE_M + 110, PLACE_M + 150];
    const one = seen({ observer: 9, fromS: 10, toS: 30, atM });
    expect(run(one).transitions.every(({ tier }) => tier === "suspected")).toBe(true);
    const two = [...one, ...seen({ observer: 8, fromS: 12, toS: 30, atM: atM.map((m) => m + 8) })];
    expect(run(two).transitions.some(({ tier }) => tier === "confirmed")).toBe(true);
  });

  it("are nobody where they tell of themselves, are fast, off the road, or nobody believes the observer", () => {
    const itself = seen({ observer: 9, fromS: 10, toS: 30, atM: [PLACE_M, PLACE_M + 2] });
    expect(run([...slow(1, 10, 30), ...itself]).transitions).toEqual([]);
    const atM = [PLACE_M, PLACE_M + 30, PLACE_M + 70];
    expect(run(seen({ observer: 9, fromS: 10, toS: 30, atM, speedMps: 25 })).transitions).toEqual([]);
    expect(run(seen({ observer: 9, fromS: 10, toS: 30, atM, rightM: 80 })).transitions).toEqual([]);
    expect(run(seen({ observer: 9, fromS: 10, toS: 30, atM }), 40, 0).transitions).toEqual([]);
  });

  it("are forgotten when nobody sees them any more", () => {
    const before = seen({ observer: 9, fromS: 10, toS: 12, atM: [PLACE_M + 40] });
    expect(run([...before, ...slow(1, 20, 40)], 60).transitions).toEqual([]);
  });

  it("survive a restart", () => {
    const frames = byTime([
      ...slow(1, 10, 30),
      ...seen({ observer: 9, fromS: 11, toS: 30, atM: [PLACE_M + 40, PLACE_M + 80] }),
    ]);
    const straight = run(frames, 60).transitions;
    expect(straight.length).toBeGreaterThan(0);
    for (const second of [11, 12, 14, 25]) {
      const scene = new RoadScene([congestionRoad()]);
      const again = new RoadScene([congestionRoad()]);
      for (const one of [scene, again]) {
        one.send(...frames.filter(({ receivedAtMs }) => receivedAtMs <= T0 + second * 1_000));
        one.advanceTo(T0 + second * 1_000);
        if (one === again) one.restartFromSnapshot();
        one.send(...frames.filter(({ receivedAtMs }) => receivedAtMs > T0 + second * 1_000));
        one.advanceTo(T0 + 60_000);
      }
      expect(again.transitions).toEqual(scene.transitions);
    }
  });
});
