import { describe, expect, it } from "vitest";
import { emergencyVehicle } from "../../../src/detect/hazard/emergency-vehicle.ts";
import type { MotionReport } from "../../../src/domain/observation.ts";
import { onRoad, T0 } from "../../support/frames.ts";
import { Scene, type ScriptedVehicle, storyOf } from "../../support/scene.ts";

const LIT: Partial<MotionReport> = { role: "emergency", lightBar: true, siren: true };

/** Drives at 20 m/s and stands from `stopS` on, with lights on between two times. */
function vehicle(report: Partial<MotionReport>, litS: [number, number], stopS = 1e9): ScriptedVehicle {
  return {
    stationId: 7,
    hz: 2,
    at: (s) => ({
      alongM: 20 * Math.min(s, stopS),
      speedMps: s < stopS ? 20 : 0,
      ...(s >= litS[0] && s < litS[1] ? report : { role: report.role ?? "default" }),
    }),
  };
}

function play(one: ScriptedVehicle, toS: number): Scene {
  const scene = new Scene([emergencyVehicle()]);
  scene.drive([one], 0, toS);
  return scene;
}

describe("an emergency vehicle", () => {
  it("is told from its second lit report until its lights are off", () => {
    const scene = play(vehicle(LIT, [5, 10]), 20);
    const told = scene.transitions;
    expect(storyOf([...told.slice(0, 1), ...told.slice(-1)])).toEqual([
      "5.5 new confirmed",
      "13.6 ended confirmed",
    ]);
    expect(told[0]).toMatchObject({
      kind: "emergency-vehicle",
      causeCode: 95,
      subCauseCode: 1,
      severity: 4,
      headingDeg: 90,
      why: {
        rule: "emergency-vehicle/approaching",
        measures: [
          { name: "aheadM", observed: 600 },
          { name: "litReports", observed: 2, threshold: 2 },
          { name: "litS", observed: 0.5 },
          { name: "speedKmph", observed: 72 },
        ],
      },
    });
  });

  it("concerns those ahead of it and is followed in steps", () => {
    const scene = play(vehicle(LIT, [0, 30]), 29);
    const { outline } = scene.transitions[0] ?? {};
    expect(outline).toEqual({ form: "line", points: [onRoad(10), onRoad(610)] });
    const last = scene.transitions.at(-1);
    expect(last?.state).toBe("updated");
    expect(last?.position.longitudeDeg).toBeGreaterThan(onRoad(450).longitudeDeg);
    expect(scene.transitions.length).toBeLessThan(15);
  });

  it("that stands protects a site, for those behind it", () => {
    const scene = play(vehicle(LIT, [0, 60], 10), 20);
    const site = scene.transitions.at(-1);
    const [behind, here] = site?.outline.form === "line" ? site.outline.points : [];
    expect(behind?.longitudeDeg).toBeCloseTo(onRoad(-300).longitudeDeg, 6);
    expect(here).toEqual(onRoad(200));
    expect(site).toMatchObject({
      subCauseCode: 2,
      why: { rule: "emergency-vehicle/safeguarding" },
    });
  });

  it("that falls silent expires", () => {
    const scene = new Scene([emergencyVehicle()]);
    scene.drive([vehicle(LIT, [0, 5])], 0, 5);
    scene.advanceTo(T0 + 25_000);
    expect(scene.transitions.at(-1)).toMatchObject({ state: "expired" });
    expect(scene.snapshot()).toMatchObject({ detect: { "emergency-vehicle": { state: [] } } });
  });

  it("whose lights are missing in every second report is one alert", () => {
    const scene = new Scene([emergencyVehicle()]);
    const flickering: ScriptedVehicle = {
      stationId: 7,
      hz: 2,
      at: (s) => ({ alongM: 20 * s, speedMps: 20, ...(Number.isInteger(s) ? LIT : {}) }),
    };
    scene.drive([flickering], 0, 20);
    expect(scene.transitions.filter(({ state }) => state !== "updated")).toHaveLength(1);
  });

  it("without a role is suspected by its siren", () => {
    const [first] = play(vehicle({ siren: true }, [0, 10]), 5).transitions;
    expect(first).toMatchObject({ tier: "suspected", severity: 3, confidencePct: 50 });
  });
});

describe("no emergency vehicle", () => {
  it.each<[string, Partial<MotionReport>]>([
    ["works vehicle with its amber light bar", { role: "road-work", lightBar: true }],
    ["abnormal load with its light bar", { role: "special-transport", lightBar: true, siren: true }],
    ["vehicle with a light bar and no role", { lightBar: true }],
    ["emergency vehicle on its way home", { role: "emergency" }],
  ])("is a %s", (_name, report) => {
    expect(play(vehicle(report, [0, 30]), 30).transitions).toEqual([]);
  });

  it("is one noisy report", () => {
    expect(play(vehicle(LIT, [5, 5.5]), 30).transitions).toEqual([]);
  });
});
