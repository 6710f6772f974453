import { describe, expect, it } from "vitest";
import { perceivedStop } from "../../src/detect/stationary-perceived.ts";
import type { Frame } from "../../src/domain/frame.ts";
import type { PerceivedObject, PerceptionReport } from "../../src/domain/observation.ts";
import { frameOf, motion, onRoad, T0 } from "../support/frames.ts";
import { RoadScene, type RoadSceneOptions } from "./hazard/road-scene.ts";
import { DORTMUND } from "./hazard/straight-roads.ts";

interface Sight {
  readonly stationId: number;
  readonly fromS: number;
  readonly toS: number;
  /** Where the observer is and how fast; a roadside unit stands. */
  readonly roadside?: boolean;
  readonly object?: Partial<PerceivedObject> | undefined;
}

const STOP_M = 2_500;

/** An observer that passes, or stands, and reports ten times in five seconds what it sees at 2.5 km. */
function sights({ stationId, fromS, toS, roadside = false, object = {} }: Sight, sees = true): Frame[] {
  const frames: Frame[] = [];
  for (let s = fromS; s < toS; s += 0.5) {
    const atMs = T0 + s * 1_000;
    const place = roadside ? onRoad(STOP_M - 30, 10) : onRoad(STOP_M - 90 + (s - fromS) * 30, -3.5);
    if (!roadside) frames.push(frameOf(motion({ ...place, speedMps: 30 }), { stationId, atMs }));
    const seen: PerceivedObject = {
      objectId: 4,
      measuredAtMs: atMs,
      ...onRoad(STOP_M + (s % 1), 1),
      speedMps: 0,
      headingDeg: undefined,
      lengthM: 4,
      widthM: 2,
      objectClass: "passenger-car",
      classConfidencePct: 90,
      ...object,
    };
    const report: PerceptionReport = {
      kind: "perception",
      stationType: roadside ? "infrastructure" : "passenger-car",
      ...place,
      objects: sees ? [seen] : [],
    };
    frames.push(frameOf(report, { stationId, atMs }));
  }
  return frames;
}

function run(frames: readonly Frame[], untilS: number, options?: RoadSceneOptions): RoadScene {
  const scene = new RoadScene([perceivedStop()], options);
  scene.send(...[...frames].sort((a, b) => a.receivedAtMs - b.receivedAtMs || a.stationId - b.stationId));
  scene.advanceTo(T0 + untilS * 1_000);
  return scene;
}

const first = sights({ stationId: 1, fromS: 10, toS: 16 });
const second = sights({ stationId: 2, fromS: 24, toS: 30 });

describe("a standing vehicle that others see", () => {
  it("is suspected when seen for 5 s, and confirmed by a second observer", () => {
    expect(run(first, 20).book.live()).toMatchObject([
      { kind: "stationary-vehicle", tier: "suspected", causeCode: 94, headingDeg: 90 },
    ]);
    const scene = run([...first, ...second], 40);
    expect(scene.book.live()).toMatchObject([{ tier: "confirmed", evidence: { stations: 2 } }]);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
  });

  it("is confirmed by a roadside unit that keeps seeing it", () => {
    const unit = sights({ stationId: 9, fromS: 10, toS: 30, roadside: true });
    expect(run(unit, 40).book.live()).toMatchObject([{ tier: "confirmed" }]);
  });

  it("is gone when three have passed without seeing it, not before", () => {
    const passing = (n: number): Frame[] =>
      Array.from({ length: n }, (_, i) =>
        sights({ stationId: 20 + i, fromS: 40 + i * 10, toS: 46 + i * 10 }, false),
      ).flat();
    expect(run([...first, ...second, ...passing(2)], 90).book.size).toBe(1);
    expect(run([...first, ...second, ...passing(3)], 90).book.size).toBe(0);
  });
});

describe("what is told to nobody", () => {
  it.each([
    ["a moving vehicle", { speedMps: 8 }],
    ["a thing", { objectClass: "other" as const }],
    ["a vehicle beside the road", onRoad(STOP_M, 14)],
  ])("%s", (_what, object) => {
    const unit = sights({ stationId: 9, fromS: 10, toS: 40, roadside: true, object });
    expect(run(unit, 60).transitions).toEqual([]);
  });

  it("a vehicle in town, at a rest area, before a signal", () => {
    const unit = sights({ stationId: 9, fromS: 10, toS: 40, roadside: true });
    for (const flags of [{ urban: true }, { halting: true }]) {
      expect(run(unit, 60, { roads: [{ ...DORTMUND, flags }] }).transitions).toEqual([]);
    }
    const signal = { roads: [{ ...DORTMUND, linkM: 2_600, flags: { signal: true } }] };
    expect(run(unit, 60, signal).transitions).toEqual([]);
  });

  it("a vehicle in a known queue", () => {
    const traffic = { isCongested: () => false, levelOn: () => "stationary" as const };
    const unit = sights({ stationId: 9, fromS: 10, toS: 40, roadside: true });
    expect(run(unit, 60, { ports: { traffic } }).transitions).toEqual([]);
  });

  it("a short sight, or no map", () => {
    expect(run(sights({ stationId: 1, fromS: 10, toS: 13 }), 30).transitions).toEqual([]);
    expect(run(first, 30, { roads: [] }).transitions).toEqual([]);
  });

  it("observers that are not believed confirm nothing", () => {
    const ports = { trust: { trustOf: () => 0.2 } };
    expect(run([...first, ...second], 40, { ports }).book.live()).toMatchObject([{ tier: "suspected" }]);
  });
});

describe("a restart", () => {
  it("changes nothing", () => {
    const frames = [...first, ...second];
    const straight = run(frames, 60).transitions;
    for (const second of [12, 15, 17, 26, 30]) {
      const scene = new RoadScene([perceivedStop()]);
      for (const frame of frames.sort((a, b) => a.receivedAtMs - b.receivedAtMs)) {
        if (frame.receivedAtMs > T0 + second * 1_000) break;
        scene.send(frame);
      }
      scene.advanceTo(T0 + second * 1_000);
      scene.restartFromSnapshot();
      scene.send(...frames.filter(({ receivedAtMs }) => receivedAtMs > T0 + second * 1_000));
      scene.advanceTo(T0 + 60_000);
      expect(scene.transitions).toEqual(straight);
    }
  });
});
