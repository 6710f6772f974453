import { describe, expect, it } from "vitest";
import { mobileWorks } from "../../../src/detect/hazard/mobile-works.ts";
import type { MotionReport } from "../../../src/domain/observation.ts";
import type { RoadNetwork } from "../../../src/domain/road.ts";
import { frameOf, hazard, onRoad, T0, termination } from "../../support/frames.ts";
import { Scene, type ScriptedVehicle, storyOf } from "../../support/scene.ts";
import { MOTORWAY, straightMap } from "../../support/straight-map.ts";

const WORKS: Partial<MotionReport> = { role: "road-work", lightBar: true };

function worker(
  speedMps: (s: number) => number,
  report: (s: number) => Partial<MotionReport> = () => WORKS,
): ScriptedVehicle {
  let alongM = 1_000;
  let lastS = 0;
  return {
    stationId: 7,
    at: (s) => {
      alongM += (s - lastS) * speedMps(s);
      lastS = s;
      return { alongM, speedMps: speedMps(s), ...report(s) };
    },
  };
}

function play(vehicle: ScriptedVehicle, toS: number, roads: RoadNetwork | undefined = MOTORWAY): Scene {
  const scene = new Scene([mobileWorks()], { roads });
  scene.drive([vehicle], 0, toS);
  return scene;
}

describe("mobile road works", () => {
  it("are told while the vehicle works, for those behind it, and end when it drives on", () => {
    const scene = play(
      worker((s) => (s < 60 ? 4 : 22)),
      120,
    );
    expect(storyOf([...scene.transitions.slice(0, 1), ...scene.transitions.slice(-1)])).toEqual([
      "5.0 new confirmed",
      "92.0 ended confirmed",
    ]);
    expect(scene.transitions[0]).toMatchObject({
      kind: "roadworks",
      causeCode: 3,
      subCauseCode: 3,
      severity: 3,
      outline: { form: "line" },
      why: {
        rule: "mobile-works/moving",
        measures: [
          { name: "speedKmph", observed: 14.4, threshold: 30 },
          { name: "workingS", observed: 5, threshold: 5 },
        ],
      },
    });
    expect(scene.transitions[0]?.road?.toKm).toBeCloseTo(1.02, 1);
  });

  it("are stationary where it stands", () => {
    expect(
      play(
        worker(() => 0),
        20,
      ).transitions[0],
    ).toMatchObject({ subCauseCode: 4 });
  });

  it("are one site while it moves up", () => {
    const scene = play(
      worker((s) => (s % 60 < 40 ? 0 : 8)),
      300,
    );
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(scene.book.size).toBe(1);
  });

  it("are a suspicion where there is no map: it may be a yard", () => {
    const scene = new Scene([mobileWorks()]);
    scene.drive([worker(() => 0)], 0, 20);
    expect(scene.transitions[0]?.tier).toBe("suspected");
  });

  it("survive a restart", () => {
    const straight = play(
      worker((s) => (s < 30 ? 4 : 22)),
      100,
    ).transitions;
    for (const atS of [3, 20, 45]) {
      const scene = new Scene([mobileWorks()], { roads: MOTORWAY });
      const vehicle = worker((s) => (s < 30 ? 4 : 22));
      scene.drive([vehicle], 0, atS);
      scene.restartFromSnapshot();
      scene.drive([vehicle], atS, 100);
      expect(scene.transitions).toEqual(straight);
    }
  });

  it.each<[string, ScriptedVehicle, RoadNetwork?]>([
    ["a works vehicle on its way", worker(() => 22)],
    [
      "one without light bar",
      worker(
        () => 4,
        () => ({ role: "road-work" }),
      ),
    ],
    [
      "another vehicle with a light bar",
      worker(
        () => 4,
        () => ({ lightBar: true }),
      ),
    ],
    [
      "one beside the road",
      { stationId: 7, at: () => ({ alongM: 1_000, rightM: 80, speedMps: 0, ...WORKS }) },
    ],
    [
      "one in a rest area",
      worker(() => 0),
      straightMap({ id: "r", route: "r", fromM: 0, toM: 4_000, properties: { halting: true } }),
    ],
    ["a short stop", worker((s) => (s % 20 < 3 ? 4 : 22))],
  ])("are not told by %s", (_name, vehicle, roads) => {
    expect(play(vehicle, 120, roads).transitions).toEqual([]);
  });

  it("are not told twice where a notice tells of the site, until it is cancelled", () => {
    const scene = new Scene([mobileWorks()], { roads: MOTORWAY });
    const vehicle = worker(() => 0);
    scene.send(frameOf(hazard({ causeCode: 3, position: onRoad(1_200) }), { stationId: 900 }));
    scene.drive([vehicle], 1, 30);
    expect(scene.transitions).toEqual([]);
    scene.send(frameOf(termination("cancellation"), { stationId: 900, atMs: T0 + 30_000 }));
    scene.drive([vehicle], 31, 40);
    expect(scene.transitions).toHaveLength(1);
  });
});
