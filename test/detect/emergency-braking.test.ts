import { describe, expect, it } from "vitest";
import { emergencyBraking } from "../../src/detect/emergency-braking.ts";
import type { Detector } from "../../src/domain/detector.ts";
import { ControlBit, EventBit, type MotionReport } from "../../src/domain/observation.ts";
import { frameOf, hazard, motion, T0 } from "../support/frames.ts";
import { Scene, type ScriptedVehicle, storyOf } from "../support/scene.ts";

interface Braking {
  readonly hz: number;
  readonly decelerationMps2: number;
  readonly forS: number;
  readonly fromMps?: number;
  readonly report?: Partial<MotionReport>;
}

/** Drives steadily for 2 s, brakes, and goes on with what speed is left. */
function braking({ hz, decelerationMps2, forS, fromMps = 27.8, report = {} }: Braking): ScriptedVehicle {
  return {
    stationId: 7,
    hz,
    at(s) {
      const brakedS = Math.min(Math.max(0, s - 2), forS);
      const speedMps = Math.max(0, fromMps - decelerationMps2 * brakedS);
      const brakes = s >= 2 && s <= 2 + forS && speedMps > 0;
      return {
        alongM:
          fromMps * Math.min(s, 2) +
          ((fromMps + speedMps) / 2) * brakedS +
          speedMps * Math.max(0, s - 2 - forS),
        speedMps,
        accelerationMps2: brakes ? -decelerationMps2 : 0,
        ...report,
      };
    },
  };
}

function run(vehicle: ScriptedVehicle, untilS = 12): Scene {
  const scene = new Scene([emergencyBraking()]);
  scene.drive([vehicle], 0, untilS);
  return scene;
}

describe("emergency braking from kinematics", () => {
  it.each([
    [10, "2.5"],
    [5, "2.6"],
    [1, "3.0"],
  ])("is confirmed at %i Hz after 500 ms", (hz, at) => {
    const scene = run(braking({ hz, decelerationMps2: 8, forS: 2 }));
    const [first, ...rest] = storyOf(scene.transitions);
    expect(first).toBe(`${at} new confirmed`);
    expect(rest.at(-1)).toMatch(/ended confirmed/);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
  });

  it("tells cause, place, severity and numbers", () => {
    const [alert] = run(braking({ hz: 10, decelerationMps2: 8, forS: 2 })).transitions;
    expect(alert).toMatchObject({
      kind: "emergency-brake",
      causeCode: 99,
      subCauseCode: 1,
      severity: 4,
      headingDeg: 90,
      evidence: { stations: 1, receivers: 1, sources: ["test-gateway"], marks: [] },
    });
    expect(alert?.why).toEqual({
      rule: "emergency-braking/sustained",
      text: "Vehicle brakes at 8 m/s² from 100.1 km/h.",
      measures: [
        { name: "decelerationMps2", observed: 8, threshold: 7 },
        { name: "onsetSpeedKmph", observed: 100.1, threshold: 20 },
        { name: "sustainedMs", observed: 500, threshold: 500 },
      ],
    });
  });

  it("ends 2 s after the last evidence, with a second held by the alert", () => {
    const scene = run(braking({ hz: 10, decelerationMps2: 8, forS: 2 }));
    const end = scene.detections.find(({ phase }) => phase === "end");
    expect((end?.decidedAtMs ?? 0) - T0).toBe(6_050);
    expect(scene.transitions.at(-1)?.detectedAtMs).toBe(T0 + 7_050);
  });

  it("sees one braking in one sample a second if the speed drop proves it", () => {
    const speeds = [27.8, 27.8, 21, 13.5, 13.5];
    const scene = new Scene([emergencyBraking()]);
    for (const [i, speedMps] of speeds.entries()) {
      const accelerationMps2 = i === 2 ? -7.5 : 0;
      scene.send(frameOf(motion({ speedMps, accelerationMps2 }), { atMs: T0 + i * 1_000 }));
    }
    expect(storyOf(scene.transitions)).toEqual(["3.0 new confirmed"]);
  });

  it("sees a braking to standstill between two samples", () => {
    const scene = new Scene([emergencyBraking()]);
    for (const [i, speedMps] of [12, 6.5, 0].entries()) {
      const accelerationMps2 = i === 1 ? -7.5 : 0;
      scene.send(frameOf(motion({ speedMps, accelerationMps2 }), { atMs: T0 + i * 1_000 }));
    }
    expect(storyOf(scene.transitions)).toEqual(["2.0 new confirmed"]);
  });

  it.each([
    ["hard braking that is no emergency", { hz: 10, decelerationMps2: 6.5, forS: 3 }],
    ["a peak below 500 ms", { hz: 10, decelerationMps2: 9, forS: 0.3 }],
    ["braking from below 20 km/h", { hz: 10, decelerationMps2: 8, forS: 2, fromMps: 5 }],
    ["a single sample at 1 Hz without the speed drop", { hz: 1, decelerationMps2: 7.5, forS: 0.2 }],
  ])("stays silent for %s", (_what, script) => {
    expect(run(braking(script)).transitions).toEqual([]);
  });

  it("derives the acceleration where a station never reports one", () => {
    const script = braking({ hz: 10, decelerationMps2: 8, forS: 2, report: { accelerationMps2: undefined } });
    expect(storyOf(run(script).transitions)[0]).toBe("2.6 new confirmed");
  });

  it("begins anew after a gap in the reports", () => {
    const scene = new Scene([emergencyBraking()]);
    for (const atMs of [0, 100, 1_400, 1_500]) {
      const report = motion({ speedMps: 25, accelerationMps2: -8 });
      scene.send(frameOf(report, { atMs: T0 + atMs }));
    }
    expect(scene.transitions).toEqual([]);
  });

  it("ignores reports that come out of order", () => {
    const scene = new Scene([emergencyBraking()]);
    scene.send(frameOf(motion({ accelerationMps2: -8 }), { atMs: T0 + 600 }));
    scene.send(frameOf(motion({ accelerationMps2: -8 }), { atMs: T0, delayMs: 700 }));
    expect(scene.transitions).toEqual([]);
  });

  it("uses late reports only while they are of use", () => {
    const late = (delayMs: number): Scene => {
      const scene = new Scene([emergencyBraking()]);
      const report = motion({ accelerationMps2: -8 });
      for (const atMs of [0, 500]) scene.send(frameOf(report, { atMs: T0 + atMs, delayMs, late: true }));
      return scene;
    };
    expect(late(3_000).transitions[0]?.evidence.marks).toEqual(["late"]);
    expect(late(6_000).transitions).toEqual([]);
  });
});

describe("emergency braking of heavy vehicles", () => {
  it("is confirmed beyond 4 m/s²", () => {
    const truck = { stationType: "heavy-truck" } as const;
    const scene = run(braking({ hz: 10, decelerationMps2: 4.5, forS: 3, report: truck }));
    expect(storyOf(scene.transitions)[0]).toBe("2.5 new confirmed");
    expect(scene.transitions[0]?.why.measures[0]).toMatchObject({ threshold: 4.1 });
  });

  it("is not seen in what heavy vehicles do every day, nor in cars", () => {
    const bus = { stationType: "bus" } as const;
    expect(run(braking({ hz: 10, decelerationMps2: 4, forS: 3, report: bus })).transitions).toEqual([]);
    expect(run(braking({ hz: 10, decelerationMps2: 4.5, forS: 3 })).transitions).toEqual([]);
  });
});

const slippery = (friction: number | undefined): Detector<unknown> => ({
  name: "weather",
  snapshotVersion: 1,
  init: () => 0,
  provides: () => ({ conditions: { frictionNear: () => friction } }),
  snapshot: () => 0,
  restore: () => 0,
});

describe("emergency braking on a slippery road", () => {
  it.each([
    [undefined, 4, 0],
    [0.9, 6.5, 0],
    [0.4, 4, 1],
    [0.4, 3.2, 0],
    [0.05, 2.6, 1],
    [0.05, 2.2, 0],
    // Ice near by, and not where somebody brakes harder than ice gives.
    [0.2, 6, 0],
    [0.2, 7.5, 1],
  ])("friction %s, %d m/s²: %i alerts", (friction, decelerationMps2, alerts) => {
    const scene = new Scene([slippery(friction), emergencyBraking()]);
    scene.drive([braking({ hz: 10, decelerationMps2, forS: 2 })], 0, 12);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(alerts);
  });
});

it("a truck that brakes as trucks do in traffic is no emergency on ice", () => {
  const report = { stationType: "heavy-truck" } as const;
  for (const [decelerationMps2, alerts] of [
    [2.3, 0],
    [2.8, 1],
  ] as const) {
    const scene = new Scene([slippery(0.05), emergencyBraking()]);
    scene.drive([braking({ hz: 10, decelerationMps2, forS: 2, report })], 0, 12);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(alerts);
  }
});

describe("emergency braking of several vehicles", () => {
  const behind = (gapM: number): ScriptedVehicle => {
    const first = braking({ hz: 10, decelerationMps2: 8, forS: 2 });
    return {
      ...first,
      stationId: 8,
      at(s) {
        const own = first.at(s - 0.6);
        return own === undefined ? undefined : { ...own, alongM: (own.alongM ?? 0) - gapM + 0.6 * 27.8 };
      },
    };
  };

  it.each([
    [15, 1],
    [45, 2],
  ])("%d m apart is %d alerts: each is told where drivers meet it", (gapM, alerts) => {
    const scene = new Scene([emergencyBraking()]);
    scene.drive([braking({ hz: 10, decelerationMps2: 8, forS: 2 }), behind(gapM)], 1, 12);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(alerts);
  });
});

describe("emergency braking from flags", () => {
  const control = { controlBits: ControlBit.brakePedal | ControlBit.emergencyBrake };
  const flag = { format: "bsm", eventBits: EventBit.hardBraking } as const;

  it.each([
    [
      "emergency brake control with matching deceleration",
      { ...control, accelerationMps2: -8 },
      "confirmed",
      4,
    ],
    ["emergency brake control while it builds up", { ...control, accelerationMps2: -3 }, "suspected", 3],
    [
      "emergency brake control without acceleration",
      { ...control, accelerationMps2: undefined },
      "suspected",
      3,
    ],
    ["hard braking flag without acceleration", { ...flag, accelerationMps2: undefined }, "suspected", 3],
    ["hard braking flag at 0.4 g", { ...flag, accelerationMps2: -4 }, "suspected", 3],
    [
      "a flag at unknown speed",
      { ...flag, accelerationMps2: undefined, speedMps: undefined },
      "suspected",
      3,
    ],
  ])("takes %s at once", (_what, report, tier, severity) => {
    const scene = new Scene([emergencyBraking()]);
    scene.send(frameOf(motion(report)));
    expect(scene.transitions).toMatchObject([{ state: "new", tier, severity }]);
  });

  it.each([
    ["accelerates", { ...control, accelerationMps2: 1 }],
    ["rolls at walking pace", { ...control, accelerationMps2: -8, speedMps: 2 }],
  ])("ignores flags of a vehicle that %s", (_what, report) => {
    const scene = new Scene([emergencyBraking()]);
    scene.send(frameOf(motion(report)));
    expect(scene.transitions).toEqual([]);
  });

  it("counts from a source that is behind with its clock", () => {
    const scene = new Scene([emergencyBraking()]);
    const report = motion({ controlBits: ControlBit.emergencyBrake, accelerationMps2: -6 });
    scene.send(frameOf(report, { delayMs: 5_100, late: true }));
    expect(scene.transitions).toMatchObject([{ tier: "suspected", evidence: { marks: ["late"] } }]);
    expect(scene.transitions[0]?.validUntilMs).toBeGreaterThan(T0 + 5_100);
  });

  it("confirms a suspicion once the braking is sustained", () => {
    const scene = new Scene([emergencyBraking()]);
    for (let i = 0; i < 8; i++) {
      const report = motion({ ...flag, accelerationMps2: -7.5, speedMps: 25 - i * 0.75 });
      scene.send(frameOf(report, { atMs: T0 + i * 100 }));
    }
    expect(storyOf(scene.transitions)).toEqual(["0.0 new suspected", "0.5 updated confirmed"]);
  });

  it("counts further receivers of the same report", () => {
    const scene = new Scene([emergencyBraking()]);
    scene.send(frameOf(motion(flag)), frameOf(motion(control), { stationId: 2 }));
    scene.send(frameOf(motion({ ...flag, accelerationMps2: undefined })));
    scene.corroborate({ stationId: 1, observedAtMs: T0, receiver: "rsu-2" }, T0 + 40);
    scene.advanceTo(T0 + 10_000);
    expect(scene.transitions.at(-1)).toMatchObject({ state: "ended", evidence: { receivers: 2 } });
  });
});

describe("emergency braking of one vehicle, told twice", () => {
  it("is one alert with the vehicle's own notice", () => {
    const scene = new Scene();
    scene.drive([braking({ hz: 10, decelerationMps2: 8, forS: 2 })], 0, 2.7);
    const notice = hazard({ causeCode: 99, subCauseCode: 1, validityS: 2, detectionAtMs: T0 + 2_700 });
    scene.send(frameOf(notice, { stationId: 7, atMs: T0 + 2_700 }));
    expect(scene.book.live()).toHaveLength(1);
    scene.advanceTo(T0 + 20_000);
    expect(scene.transitions.filter(({ state }) => state === "new")).toHaveLength(1);
    expect(scene.book.size).toBe(0);
  });
});
