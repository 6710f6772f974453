import { describe, expect, it } from "vitest";
import { Check } from "../../../src/detect/trust/evidence.ts";
import { EventBit, LightBit, type MotionReport } from "../../../src/domain/observation.ts";
import { destinationPoint } from "../../../src/geo/geodesy.ts";
import { frameOf, motion, onRoad, T0 } from "../../support/frames.ts";
import { type Place, report, TrustScene } from "./trust-scene.ts";

/** One vehicle's reports, once a second. */
function drive(
  stationId: number,
  seconds: number,
  at: (s: number) => Place,
  options: { hz?: number; receiver?: (s: number) => string; fromS?: number } = {},
) {
  const { hz = 1, receiver = () => "rsu-1", fromS = 0 } = options;
  return Array.from({ length: Math.round(seconds * hz) }, (_, i) => {
    const s = fromS + i / hz;
    return report(stationId, s, at(s), receiver(s));
  });
}

const cruise = (s: number): Place => ({ alongM: 28 * s, speedMps: 28 });

function trustAfter(frames: readonly ReturnType<typeof report>[]): number {
  const scene = new TrustScene();
  scene.play(frames);
  return scene.trustOf(1);
}

describe("trust of honest stations", () => {
  it("is a half for a station that nobody knows, and grows with reports that fit", () => {
    const scene = new TrustScene();
    expect(scene.trustOf(1)).toBe(0.5);
    scene.play(drive(1, 1, cruise));
    expect(scene.trustOf(1)).toBe(0.5);
    scene.play(drive(1, 3, cruise, { fromS: 1 }));
    expect(scene.trustOf(1)).toBeGreaterThanOrEqual(0.75);
    scene.play(drive(1, 30, cruise, { fromS: 4 }));
    expect(scene.trustOf(1)).toBeGreaterThan(0.9);
  });

  it("holds through a bend at the limit of grip, at 1 and at 10 Hz", () => {
    for (const hz of [1, 10]) {
      const radiusM = 60;
      const speedMps = 20;
      const frames = drive(
        1,
        20,
        (s) => {
          const angleDeg = ((speedMps * s) / radiusM) * (180 / Math.PI);
          const place = destinationPoint(onRoad(0), angleDeg - 90, radiusM);
          const headingDeg = ((angleDeg % 360) + 360) % 360;
          return { alongM: 0, ...place, speedMps, headingDeg, accelerationMps2: 0 };
        },
        { hz },
      );
      expect(trustAfter(frames)).toBeGreaterThan(0.9);
    }
  });

  it("does not fall with missing speeds, missing headings, reversing, or a gap of a minute", () => {
    const variants: Partial<MotionReport>[] = [
      { speedMps: undefined },
      { headingDeg: undefined },
      { speedMps: 2, driveDirection: "backward" },
    ];
    for (const variant of variants) {
      expect(trustAfter(drive(1, 60, (s) => ({ alongM: 28 * s, ...variant })))).toBeGreaterThanOrEqual(0.5);
    }
    const frames = [...drive(1, 20, cruise), ...drive(1, 20, cruise, { fromS: 50 })];
    expect(trustAfter(frames)).toBeGreaterThan(0.9);
  });
});

describe("a real emergency", () => {
  const lights = LightBit.leftTurn | LightBit.rightTurn;
  const emergencies: Readonly<Record<string, (s: number) => Place>> = {
    "hard stop at the limit of grip": (s) => {
      const braking = Math.min(Math.max(0, s - 20), 3);
      const speedMps = Math.max(0, 30 - 10 * braking);
      const acceleration = s > 20 && s <= 23 ? -10 : 0;
      return {
        alongM: 30 * Math.min(s, 20) + 30 * braking - 5 * braking * braking,
        speedMps,
        accelerationMps2: acceleration,
      };
    },
    "crash into something rigid, without any flag": (s) => ({
      alongM: 30 * Math.min(s, 20.4),
      speedMps: s < 20.4 ? 30 : 0,
    }),
    "crash with airbag": (s) => ({
      alongM: 30 * Math.min(s, 20.4),
      speedMps: s < 20.4 ? 30 : 0,
      eventBits: s < 20.4 ? 0 : EventBit.airbag,
    }),
    "spin of three turns": (s) => ({
      alongM: 30 * Math.min(s, 20) + (s > 20 ? Math.min(s - 20, 4) * 15 : 0),
      speedMps: s < 20 ? 30 : Math.max(0, 30 - 7.5 * (s - 20)),
      headingDeg: s < 20 || s > 24 ? 90 : (90 + 270 * (s - 20)) % 360,
    }),
    "sensors dead after the impact": (s) => ({
      alongM: 30 * Math.min(s, 20),
      speedMps: s < 20 ? 30 : undefined,
      headingDeg: s < 20 ? 90 : undefined,
      accelerationMps2: undefined,
    }),
    "speed sensor stuck, with hazard lights": (s) => ({
      alongM: 30 * Math.min(s, 20),
      speedMps: 30,
      lightBits: s < 20 ? 0 : lights,
    }),
  };
  for (const [name, at] of Object.entries(emergencies)) {
    for (const hz of [1, 10]) {
      it(`is believed more than not: ${name}, ${hz} Hz`, () => {
        expect(trustAfter(drive(1, 80, at, { hz }))).toBeGreaterThanOrEqual(0.5);
      });
    }
  }

  it("stays believed while those behind brake for it", () => {
    const crash = drive(1, 60, (s) => ({ alongM: 30 * Math.min(s, 20), speedMps: s < 20 ? 30 : 0 }));
    const others = Array.from({ length: 8 }, (_, i) =>
      drive(10 + i, 60, (s) => {
        const startM = -200 * (i + 1);
        const brakes = Math.max(0, s - 20 - i * 5);
        const speedMps = Math.max(5, 30 - 4 * brakes);
        const way =
          brakes === 0
            ? 30 * s
            : 30 * (20 + i * 5) + 30 * Math.min(brakes, 6.25) - 2 * Math.min(brakes, 6.25) ** 2;
        return { alongM: startM + way + Math.max(0, brakes - 6.25) * 5, rightM: 3.7, speedMps };
      }),
    ).flat();
    expect(trustAfter([...crash, ...others])).toBeGreaterThanOrEqual(0.5);
  });
});

describe("what no honest station does", () => {
  it("a frozen position with speed", () => {
    const scene = new TrustScene();
    scene.play(drive(1, 30, (s) => ({ alongM: s < 5 ? 28 * s : 140, speedMps: 28 })));
    expect(scene.trustOf(1)).toBeLessThan(0.1);
    expect(scene.failed(1) & Check.frozen).not.toBe(0);
  });

  it("jumps again and again", () => {
    const scene = new TrustScene();
    scene.play(drive(1, 20, (s) => ({ alongM: 28 * s + (s % 2) * 90, speedMps: 28 })));
    expect(scene.trustOf(1)).toBeLessThan(0.1);
    expect(scene.failed(1) & Check.jump).not.toBe(0);
  });

  it("a way that does not fit the speed, however steady", () => {
    const scene = new TrustScene();
    scene.play(drive(1, 30, (s) => ({ alongM: 28 * s, speedMps: 10 })));
    expect(scene.trustOf(1)).toBeLessThan(0.1);
    expect(scene.failed(1) & Check.way).not.toBe(0);
  });

  it("one jump alone, as at a tunnel's exit, is forgiven", () => {
    const frames = drive(1, 60, (s) => ({ alongM: 28 * s + (s < 20 ? 0 : 80), speedMps: 28 }));
    expect(trustAfter(frames.slice(0, 22))).toBeLessThan(0.5);
    expect(trustAfter(frames)).toBeGreaterThan(0.9);
  });

  it("reports refused by validation, counted once a second", () => {
    const scene = new TrustScene();
    scene.play(drive(1, 5, cruise));
    for (let i = 0; i < 60; i++) {
      const receivedAtMs = T0 + 5_000 + i * 100;
      const refusal = { stationId: 1, rejected: "implausible-jump", receivedAtMs } as const;
      scene.detector.onRefusal?.(scene.state, refusal, scene.context(receivedAtMs), () => {});
    }
    expect(scene.trustOf(1)).toBeLessThan(0.1);
    const single = new TrustScene();
    single.play(drive(1, 5, cruise));
    const refusal = { stationId: 1, rejected: "implausible-jump", receivedAtMs: T0 + 5_000 } as const;
    for (let i = 0; i < 9; i++) {
      single.detector.onRefusal?.(single.state, refusal, single.context(T0 + 5_000), () => {});
    }
    expect(single.trustOf(1)).toBeGreaterThan(0.2);
  });

  it("is heard beyond the range of a roadside unit whose place is known", () => {
    const rsu = (name: string, alongM: number) =>
      Array.from({ length: 5 }, (_, i) =>
        frameOf(motion({ ...onRoad(alongM, 20), stationType: "infrastructure", speedMps: 0 }), {
          stationId: 5_000 + alongM,
          atMs: T0 + i * 1_000,
          receiver: name,
        }),
      );
    const heard = (s: number) => (28 * s < 1_400 ? "rsu-0" : "rsu-2");
    const honest = Array.from({ length: 12 }, (_, i) =>
      drive(100 + i, 130, (s) => ({ alongM: 28 * s, rightM: i * 3, speedMps: 28 }), { receiver: heard }),
    ).flat();
    const ghost = drive(
      1,
      130,
      (s) => ({ alongM: 28 * Math.min(s, 25), speedMps: s < 25 ? 28 : 0, accelerationMps2: undefined }),
      { receiver: heard },
    );
    const scene = new TrustScene();
    scene.play([...rsu("rsu-0", 0), ...rsu("rsu-2", 2_800), ...honest, ...ghost]);
    expect(scene.failed(1) & Check.range).not.toBe(0);
    expect(scene.trustOf(1)).toBeLessThan(0.1);
    for (let i = 0; i < 12; i++) expect(scene.trustOf(100 + i)).toBeGreaterThan(0.9);
  });

  it("a roadside unit that lies about its own place makes nobody a liar", () => {
    const rsu = Array.from({ length: 5 }, (_, i) =>
      frameOf(motion({ ...onRoad(50_000), stationType: "infrastructure" }), {
        stationId: 5_000,
        atMs: T0 + i * 1_000,
      }),
    );
    const honest = Array.from({ length: 12 }, (_, i) =>
      drive(100 + i, 60, (s) => ({ alongM: 28 * s, rightM: i * 3, speedMps: 28 })),
    ).flat();
    const scene = new TrustScene();
    scene.play([...rsu, ...honest]);
    for (let i = 0; i < 12; i++) expect(scene.trustOf(100 + i)).toBeGreaterThan(0.9);
  });

  it("a ghost stops without braking and traffic drives through it", () => {
    const ghost = drive(1, 90, (s) => ({ alongM: 28 * Math.min(s, 20), speedMps: s < 20 ? 28 : 0 }));
    const traffic = Array.from({ length: 12 }, (_, i) =>
      drive(10 + i, 90, (s) => ({
        alongM: 28 * s - 100 * (i + 1),
        rightM: (i % 3) * 3.7 - 3.7,
        speedMps: 28,
      })),
    ).flat();
    const scene = new TrustScene();
    scene.play([...ghost, ...traffic]);
    expect(scene.failed(1) & Check.passedThrough).not.toBe(0);
    expect(scene.trustOf(1)).toBeLessThan(0.15);
    for (let i = 0; i < 12; i++) expect(scene.trustOf(10 + i)).toBeGreaterThan(0.9);
  });

  it("reports that come faster than any station may send", () => {
    const scene = new TrustScene();
    scene.play(drive(1, 10, cruise, { hz: 20 }));
    expect(scene.failed(1) & Check.hurried).not.toBe(0);
    const usual = new TrustScene();
    usual.play(drive(1, 10, cruise, { hz: 10 }));
    expect(usual.failed(1)).toBe(0);
  });
});

describe("state of trust", () => {
  it("is the same after a restart at any moment", () => {
    const frames = [
      ...drive(1, 60, (s) => ({ alongM: 28 * Math.min(s, 20), speedMps: s < 20 ? 28 : 0 })),
      ...drive(2, 30, (s) => ({ alongM: 28 * s - 100, speedMps: 28 })),
      ...drive(3, 30, (s) => ({ alongM: 28 * s - 100, speedMps: 28 }), { fromS: 30 }),
      ...drive(4, 60, (s) => ({ alongM: 28 * s + (s % 2) * 90, rightM: 50, speedMps: 28 })),
    ].sort((a, b) => a.receivedAtMs - b.receivedAtMs || a.stationId - b.stationId);
    const straight = new TrustScene();
    straight.play(frames);
    const broken = new TrustScene();
    for (let i = 0; i < frames.length; i += 7) {
      broken.play(frames.slice(i, i + 7));
      broken.restart();
    }
    expect(broken.detector.snapshot(broken.state)).toEqual(straight.detector.snapshot(straight.state));
    expect(straight.roadUserOf(3)).toBe(2);
  });

  it("forgets stations a minute after their last message", () => {
    const scene = new TrustScene();
    scene.play(drive(1, 10, cruise));
    scene.advanceS(55);
    expect(scene.state.table.size).toBe(1);
    scene.advanceS(10);
    expect(scene.state.table.size).toBe(0);
    expect(scene.trustOf(1)).toBe(0.5);
  });
});
