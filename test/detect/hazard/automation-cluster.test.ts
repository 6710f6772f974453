import { describe, expect, it } from "vitest";
import { automationCluster } from "../../../src/detect/hazard/automation-cluster.ts";
import type { Frame } from "../../../src/domain/frame.ts";
import type { AutomationReport } from "../../../src/domain/observation.ts";
import type { RoadNetwork } from "../../../src/domain/road.ts";
import { automation, frameOf, motion, onRoad, T0 } from "../../support/frames.ts";
import { Scene } from "../../support/scene.ts";
import { MOTORWAY } from "../../support/straight-map.ts";

interface Fleet {
  readonly vehicles: number;
  /** What a vehicle tells at a place, m; undefined for nothing. */
  readonly event: (vehicle: number, alongM: number) => Partial<AutomationReport> | undefined;
  readonly roads?: RoadNetwork | undefined;
  readonly restartAt?: number;
}

/** Automated vehicles, one every 30 s, that drive 6 km at 25 m/s and report every 4 s. */
function play({ vehicles, event, restartAt, ...rest }: Fleet): Scene {
  const roads = "roads" in rest ? rest.roads : MOTORWAY;
  const frames: Frame[] = [];
  for (let v = 0; v < vehicles; v++) {
    for (let step = 0; step < 60; step++) {
      const alongM = step * 100;
      const at = { stationId: 100 + v, atMs: T0 + v * 30_000 + step * 4_000 };
      frames.push(frameOf(motion({ ...onRoad(alongM), speedMps: 25 }), at));
      if (step === 0) frames.push(frameOf(automation({ event: "engaged", ...onRoad(alongM) }), at));
      const told = event(v, alongM);
      if (told !== undefined)
        frames.push(frameOf(automation({ ...onRoad(alongM), ...told }), { ...at, atMs: at.atMs + 1 }));
    }
  }
  frames.sort((a, b) => a.observedAtMs - b.observedAtMs || a.stationId - b.stationId);
  const scene = new Scene([automationCluster()], roads === undefined ? {} : { roads });
  for (const [i, frame] of frames.entries()) {
    if (i === restartAt) scene.restartFromSnapshot();
    scene.send(frame);
  }
  scene.advanceTo((frames.at(-1)?.receivedAtMs ?? T0) + 60_000);
  return scene;
}

const TAKEOVER: Partial<AutomationReport> = { event: "takeover-request", leadTimeMs: 4_000, cause: 3 };

describe("places where automation gives up", () => {
  const here: Fleet = { vehicles: 20, event: (v, m) => (m === 3_200 && v % 4 === 0 ? TAKEOVER : undefined) };

  it("are told with the numbers of the test, and what the vehicles say of the cause", () => {
    const scene = play(here);
    const [first] = scene.transitions;
    expect(first).toMatchObject({
      kind: "automation-cluster",
      tier: "confirmed",
      causeCode: 99,
      severity: 3,
      road: { ref: "A40", direction: "Dortmund", fromKm: 3, toKm: 3.5 },
      evidence: { stations: 3 },
    });
    expect(first?.why.text).toBe(
      "Automation gave up in 3 of 9 automated passages (takeover requests, mostly for lane markings); chance would give fewer than 0.01. The cause is in the road.",
    );
    const measures = Object.fromEntries(
      first?.why.measures.map(({ name, observed }) => [name, observed]) ?? [],
    );
    expect(measures).toMatchObject({ vehicles: 3, passages: 9 });
    expect(measures["oddsOneIn"]).toBeGreaterThan(1e5);
  });

  it("are found without a map as well", () => {
    expect(play({ ...here, roads: undefined }).transitions[0]?.kind).toBe("automation-cluster");
  });

  it("end when nothing happens there any more", () => {
    const scene = play(here);
    scene.advanceTo(T0 + 3 * 3_600_000);
    expect(["ended", "expired"]).toContain(scene.transitions.at(-1)?.state);
    expect(scene.snapshot()).toMatchObject({
      detect: { "automation-cluster": { state: { places: [], told: [], engaged: [] } } },
    });
  });

  it("survive a restart", () => {
    const straight = play(here).transitions;
    for (const restartAt of [30, 300, 800, 1_150])
      expect(play({ ...here, restartAt }).transitions).toEqual(straight);
  });
});

describe("no such place", () => {
  it.each<[string, Fleet["event"]]>([
    [
      "where the driver took over by choice",
      (v, m) => (m === 3_200 && v % 4 === 0 ? { event: "disengagement", cause: 8 } : undefined),
    ],
    [
      "where a vehicle has a fault of its own",
      (v, m) => (m === 3_200 && v % 4 === 0 ? { event: "disengagement", cause: 6 } : undefined),
    ],
    [
      "at the planned end of the design domain",
      (_v, m) => (m === 3_200 ? { event: "takeover-request", leadTimeMs: 15_000, cause: 0 } : undefined),
    ],
    [
      "where the end is announced",
      (_v, m) => (m === 3_200 ? { event: "design-domain-exit-ahead", cause: 1 } : undefined),
    ],
    ["where one vehicle fails again and again", (v, m) => (v === 3 && m % 500 === 0 ? TAKEOVER : undefined)],
    ["for two vehicles", (v, m) => (m === 3_200 && v < 2 ? TAKEOVER : undefined)],
    [
      "in weather that is bad everywhere",
      (v, m) => ((v * 7 + m / 100) % 23 === 0 ? { ...TAKEOVER, cause: 1 } : undefined),
    ],
  ])("is %s", (_name, event) => {
    expect(play({ vehicles: 20, event }).transitions).toEqual([]);
  });

  it("is where three of thousands give up: exposure counts", () => {
    const scene = new Scene([automationCluster()]);
    for (let v = 0; v < 6_000; v++) {
      const event = v % 2_000 === 0 ? ("hard-intervention" as const) : ("status" as const);
      scene.send(frameOf(automation({ event }), { stationId: 10 + v, atMs: T0 + v * 500 }));
    }
    scene.advanceTo(T0 + 3_100_000);
    expect(scene.transitions).toEqual([]);
  });
});
