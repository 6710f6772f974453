import { describe, expect, it } from "vitest";
import { automationHazard } from "../../src/detect/automation-hazard.ts";
import { automation, frameOf, motion, onRoad, T0 } from "../support/frames.ts";
import { Scene, storyOf } from "../support/scene.ts";

describe("minimal-risk manoeuvres", () => {
  it("are a hazard from their start to their end", () => {
    const scene = new Scene([automationHazard()]);
    scene.send(frameOf(automation()));
    const ended = automation({ event: "minimal-risk-manoeuvre-ended", ...onRoad(80), occurrence: 2 });
    scene.send(frameOf(ended, { atMs: T0 + 9_000 }));
    scene.advanceTo(T0 + 20_000);
    expect(storyOf(scene.transitions)).toEqual(["0.0 new confirmed", "10.1 ended confirmed"]);
    expect(scene.transitions[0]).toMatchObject({
      kind: "minimal-risk-manoeuvre",
      causeCode: 99,
      subCauseCode: 8,
      severity: 4,
      why: { measures: [{ name: "saeLevel", observed: 4 }] },
    });
  });

  it("move with their vehicle", () => {
    const scene = new Scene([automationHazard()]);
    scene.send(frameOf(automation()));
    for (let s = 1; s <= 8; s++) {
      const report = motion({ ...onRoad(20 * s), speedMps: 20 });
      scene.send(frameOf(report, { atMs: T0 + s * 1_000 }));
    }
    expect(scene.book.live()[0]?.position).toEqual(onRoad(160));
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
  });

  it("expire where the end is never told, whatever the vehicle reports", () => {
    const scene = new Scene([automationHazard()]);
    scene.send(frameOf(automation()));
    for (let s = 10; s < 200; s += 10) {
      const report = motion({ ...onRoad(100), speedMps: 0 });
      scene.send(frameOf(report, { atMs: T0 + s * 1_000 }));
    }
    expect(scene.transitions.at(-1)?.state).toBe("expired");
    expect(scene.snapshot()).toMatchObject({ detect: { "automation-hazard": { state: [] } } });
  });

  it("are not begun by other events", () => {
    const scene = new Scene([automationHazard()]);
    for (const [i, event] of (["engaged", "takeover-request", "disengagement"] as const).entries()) {
      scene.send(frameOf(automation({ event }), { atMs: T0 + i }));
    }
    scene.send(frameOf(automation({ event: "minimal-risk-manoeuvre-ended" }), { atMs: T0 + 10 }));
    expect(scene.transitions).toEqual([]);
  });
});
