import { describe, expect, it } from "vitest";
import { roadConditions } from "../../../src/detect/conditions/road-conditions.ts";
import type { DetectionContext, DetectorPorts } from "../../../src/domain/detector.ts";
import {
  EventBit,
  LightBit,
  type MotionReport,
  type WeatherReading,
} from "../../../src/domain/observation.ts";
import type { RoadNetwork } from "../../../src/domain/road.ts";
import { NO_PORTS } from "../../../src/stream/detector-ports.ts";
import { frameOf, hazard, motion, onRoad, T0 } from "../../support/frames.ts";
import { providing } from "../../support/ports.ts";
import { Scene, type ScriptedVehicle, storyOf } from "../../support/scene.ts";
import { MOTORWAY } from "../../support/straight-map.ts";

const CONTEXT: DetectionContext = {
  receivedAtMs: T0,
  watermarkMs: T0 - 2_000,
  stations: { get: () => undefined, within: () => [], size: 0 },
  roads: undefined,
  ...NO_PORTS,
};

function sceneWith(ports: Partial<DetectorPorts> = {}, roads?: RoadNetwork): Scene {
  return new Scene([providing(ports), roadConditions()], roads === undefined ? {} : { roads });
}

/** A car that reports so once, at a place and time. */
function lossOfGrip(scene: Scene, stationId: number, atS: number, report: Partial<MotionReport> = {}): void {
  const slip: Partial<MotionReport> = { eventBits: EventBit.abs, accelerationMps2: -2 };
  const where = onRoad((stationId % 7) * 60);
  scene.send(frameOf(motion({ ...where, ...slip, ...report }), { stationId, atMs: T0 + atS * 1_000 }));
}

/** Cars on the same stretch, one every 2 s, that all report so while they are on it. */
function traffic(count: number, report: (i: number) => Partial<MotionReport>): ScriptedVehicle[] {
  return Array.from({ length: count }, (_, i) => ({
    stationId: 1 + i,
    at: (s: number) =>
      s < 2 * i || s > 2 * i + 90 ? undefined : { alongM: (s - 2 * i) * 10, speedMps: 10, ...report(i) },
  }));
}

function weather(reading: Partial<WeatherReading>, stationId: number, atS: number) {
  const all: WeatherReading = {
    type: "weather",
    visibilityM: undefined,
    precipitationMmPerH: undefined,
    airTemperatureC: undefined,
    surfaceTemperatureC: undefined,
    surfaceState: undefined,
    waterFilmMm: undefined,
    windMps: undefined,
    gustMps: undefined,
    friction: undefined,
    ...reading,
  };
  const report = {
    kind: "sensor",
    ...onRoad(200),
    sensorName: "weather-1",
    headingDeg: undefined,
    reading: all,
  } as const;
  return frameOf(report, { stationId, atMs: T0 + atS * 1_000 });
}

describe("a slippery road", () => {
  it("is suspected by two vehicles that lose their grip and confirmed by three", () => {
    const scene = sceneWith();
    for (const [i, atS] of [1, 11, 21].entries()) lossOfGrip(scene, 1 + i, atS);
    scene.advanceTo(T0 + 30_000);
    expect(storyOf(scene.transitions)).toEqual(["15.0 new suspected", "25.0 updated confirmed"]);
    expect(scene.transitions[1]).toMatchObject({
      kind: "slippery-road",
      causeCode: 6,
      severity: 4,
      headingDeg: 90,
      evidence: { stations: 3, observations: 3 },
      why: {
        rule: "road-conditions/slippery-road",
        measures: [
          { name: "friction", observed: 0.2, threshold: 0.35 },
          { name: "roadUsers", observed: 3, threshold: 2 },
          { name: "trust", observed: 1.5, threshold: 1.5 },
        ],
      },
    });
  });

  it("is a stretch of the carriageway that its witnesses drove on", () => {
    const scene = sceneWith({}, MOTORWAY);
    const cars = [1_000, 1_500, 1_900].map(
      (slipM, i): ScriptedVehicle => ({
        stationId: 1 + i,
        at: (s) => ({
          alongM: 500 + s * 20,
          speedMps: 20,
          accelerationMps2: -1,
          eventBits: Math.abs(500 + s * 20 - slipM) < 20 ? EventBit.tractionControlLoss : 0,
        }),
      }),
    );
    scene.drive(cars, 0, 90);
    const last = scene.transitions.at(-1);
    expect(last).toMatchObject({ tier: "confirmed", headingDeg: 90, outline: { form: "line" } });
    expect(last?.road).toMatchObject({ ref: "A40", direction: "Dortmund" });
    expect(last?.road?.fromKm).toBeCloseTo(0.9, 1);
    expect(last?.road?.toKm).toBeCloseTo(2, 1);
  });

  it("of both carriageways concerns all", () => {
    const scene = sceneWith({}, MOTORWAY);
    const car = (stationId: number, west: boolean): ScriptedVehicle => ({
      stationId,
      at: (s) => ({
        alongM: west ? 3_000 - s * 20 : 1_000 + s * 20,
        rightM: west ? -15 : 0,
        headingDeg: west ? 270 : 90,
        speedMps: 20,
        accelerationMps2: -1,
        eventBits: s === 50 ? EventBit.abs : 0,
      }),
    });
    scene.drive([car(1, false), car(2, true), car(3, false)], 0, 60);
    const last = scene.transitions.at(-1);
    expect(last).toMatchObject({ tier: "confirmed", outline: { form: "line" } });
    expect(last?.headingDeg).toBeUndefined();
    expect(last?.road).toMatchObject({ ref: "A40", direction: "" });
    expect(last?.road?.text).toContain("A40 both directions");
  });

  const trusted: Partial<DetectorPorts> = { trust: { trustOf: () => 1 } };

  it.each([
    ["a second long, at 20 m/s, at low friction", 20, -2, 1_000, ["suspected"]],
    ["as brief as a bump", 20, -2, 100, []],
    ["slow", 8, -2, 1_000, []],
    ["at the friction of a wet road", 20, -4.5, 1_000, []],
  ] as const)(
    "is suspected by one trusted vehicle alone: %s",
    (_, speedMps, accelerationMps2, lastsMs, tiers) => {
      const scene = sceneWith(trusted);
      for (let ms = 0; ms <= lastsMs; ms += 100) {
        const report = { speedMps, accelerationMps2, ...onRoad((ms * speedMps) / 1_000) };
        lossOfGrip(scene, 1, 1 + ms / 1_000, report);
      }
      scene.advanceTo(T0 + 900_000);
      expect(scene.transitions.filter(({ state }) => state === "new").map(({ tier }) => tier)).toEqual(tiers);
    },
  );

  it("by one vehicle of whom nothing is known is not told", () => {
    const scene = sceneWith();
    for (let ms = 0; ms <= 1_000; ms += 100) {
      lossOfGrip(scene, 1, 1 + ms / 1_000, { speedMps: 20, ...onRoad((ms * 20) / 1_000) });
    }
    scene.advanceTo(T0 + 60_000);
    expect(scene.transitions).toEqual([]);
  });

  it("counts witnesses that have left as far as they were trusted, and not at all those found to lie since", () => {
    for (const [later, tiers] of [
      [0.5, ["confirmed"]],
      [0, []],
    ] as const) {
      let firstTrust = 1;
      const trustOf = (id: number): number => (id === 1 ? firstTrust : 0.6);
      const scene = sceneWith({ trust: { trustOf } });
      lossOfGrip(scene, 1, 1);
      scene.advanceTo(T0 + 60_000);
      firstTrust = later;
      lossOfGrip(scene, 2, 61);
      scene.advanceTo(T0 + 70_000);
      expect(scene.transitions.map(({ tier }) => tier)).toEqual(tiers);
    }
  });

  it("ends when the losses are long ago", () => {
    const scene = sceneWith();
    for (let i = 0; i < 4; i++) lossOfGrip(scene, 1 + i, i);
    scene.advanceTo(T0 + 700_000);
    expect(scene.transitions.at(-1)?.state).toBe("ended");
    expect(scene.transitions.at(-1)?.detectedAtMs).toBeGreaterThan(T0 + 400_000);
    const empty = { cells: [], areas: [] };
    const state = { books: [empty, empty, empty, empty] };
    expect(scene.snapshot()).toMatchObject({ detect: { "road-conditions": { state } } });
  });

  it("is shown by cornering as well: 0.6 g across are no sign of ice", () => {
    const scene = sceneWith();
    const swerve = { eventBits: EventBit.stabilityControl, speedMps: 20, yawRateDegps: 17 };
    for (let i = 0; i < 10; i++) lossOfGrip(scene, 1 + i, i, swerve);
    scene.advanceTo(T0 + 30_000);
    expect(scene.transitions).toEqual([]);
  });

  it("is not shown by anti-lock brakes at full deceleration", () => {
    const scene = sceneWith();
    for (let i = 0; i < 10; i++) lossOfGrip(scene, 1 + i, i, { accelerationMps2: -8 });
    scene.advanceTo(T0 + 30_000);
    expect(scene.transitions).toEqual([]);
  });

  it("is not shown by the onset of hard braking: the highest deceleration of a burst counts", () => {
    const scene = sceneWith();
    for (let i = 0; i < 5; i++) {
      lossOfGrip(scene, 1 + i, 10 * i + 1);
      lossOfGrip(scene, 1 + i, 10 * i + 1.4, { accelerationMps2: -8 });
    }
    scene.advanceTo(T0 + 100_000);
    expect(scene.transitions).toEqual([]);
  });

  it("is not told by one faulty car, under several pseudonyms or slow in a car park", () => {
    const alone = sceneWith();
    for (let s = 0; s < 300; s += 5) lossOfGrip(alone, 1, s);
    const changing = sceneWith({ identity: { roadUserOf: () => 1 } });
    for (let s = 0; s < 300; s += 5) lossOfGrip(changing, 1 + s, s);
    const parking = sceneWith();
    for (let s = 0; s < 300; s += 5) lossOfGrip(parking, 1 + s, s, { speedMps: 3 });
    for (const scene of [alone, changing, parking]) {
      scene.advanceTo(T0 + 320_000);
      expect(scene.transitions).toEqual([]);
    }
  });

  it("is not told by stations that are not believed", () => {
    const scene = sceneWith({ trust: { trustOf: () => 0.05 } });
    for (let i = 0; i < 10; i++) lossOfGrip(scene, 1 + i, i);
    scene.advanceTo(T0 + 30_000);
    expect(scene.transitions).toEqual([]);
  });

  it("far apart is not one: 5 km", () => {
    const scene = sceneWith();
    for (let i = 0; i < 6; i++) lossOfGrip(scene, 1 + i, i, onRoad(i * 5_000));
    scene.advanceTo(T0 + 30_000);
    expect(scene.transitions).toEqual([]);
  });

  it("is found by notices of vehicles too, not by those of the road's operator", () => {
    const scene = sceneWith();
    for (let i = 0; i < 3; i++) {
      const notice = hazard({
        causeCode: 6,
        subCauseCode: 5,
        originatingStationId: 50 + i,
        stationType: "passenger-car",
      });
      scene.send(frameOf(notice, { stationId: 50 + i }));
    }
    const operator = hazard({ causeCode: 18, originatingStationId: 99, stationType: "infrastructure" });
    scene.send(frameOf(operator, { stationId: 99 }));
    scene.advanceTo(T0 + 10_000);
    expect(scene.transitions).toMatchObject([{ kind: "slippery-road", tier: "confirmed", subCauseCode: 5 }]);
  });
});

describe("reduced visibility", () => {
  const fog = { lightBits: LightBit.lowBeam | LightBit.fog };

  it("is told where most vehicles have fog lights on", () => {
    const scene = sceneWith();
    scene.drive(
      traffic(6, (i) => (i === 3 ? { lightBits: LightBit.lowBeam } : fog)),
      0,
      60,
    );
    const [first] = scene.transitions;
    expect(first).toMatchObject({
      kind: "reduced-visibility",
      causeCode: 18,
    });
    expect(first?.headingDeg).toBeUndefined();
    expect(scene.transitions.at(-1)).toMatchObject({ tier: "confirmed", severity: 4 });
    const share = scene.transitions.at(-1)?.why.measures.find(({ name }) => name === "sharePct");
    expect(share?.observed).toBeGreaterThanOrEqual(75);
  });

  it("is not told where some do among many", () => {
    const scene = sceneWith();
    scene.drive(
      traffic(20, (i) => (i % 5 === 0 ? fog : { lightBits: LightBit.lowBeam })),
      0,
      100,
    );
    expect(scene.transitions).toEqual([]);
  });

  it("is one alert that grows to what its witnesses span, whoever comes and goes beside it", () => {
    const scene = sceneWith({}, MOTORWAY);
    const bank = (alongM: number) => alongM > 1_200 && alongM < 2_300;
    const cars = Array.from(
      { length: 16 },
      (_, i): ScriptedVehicle => ({
        stationId: 1 + i,
        at: (s) => {
          const alongM = 20 * (s - 12 * i);
          if (alongM < 0 || alongM > 4_000) return undefined;
          const says = bank(alongM) && i % 4 !== 3;
          return { alongM, speedMps: 20, ...(says ? fog : { lightBits: LightBit.lowBeam }) };
        },
      }),
    );
    scene.drive(cars, 0, 240);
    expect(scene.transitions.map(({ state }) => state).filter((state) => state !== "updated")).toEqual([
      "new",
    ]);
    const last = scene.transitions.at(-1);
    expect(last).toMatchObject({ tier: "confirmed", outline: { form: "line" } });
    expect(last?.headingDeg).toBeUndefined();
    expect(last?.road?.fromKm).toBeGreaterThan(1.05);
    expect(last?.road?.fromKm).toBeLessThan(1.3);
    expect(last?.road?.toKm).toBeGreaterThan(2.2);
    expect(last?.road?.toKm).toBeLessThan(2.45);
  });

  it("is told in one place though many drive with fog lights in clear air elsewhere", () => {
    const scene = sceneWith({}, MOTORWAY);
    const bank = (alongM: number) => alongM > 4_000 && alongM < 5_000;
    const cars = Array.from(
      { length: 40 },
      (_, i): ScriptedVehicle => ({
        stationId: 1 + i,
        at: (s) => {
          const alongM = 25 * (s - 5 * i);
          if (alongM < 0 || alongM > 9_000) return undefined;
          const says = i % 6 === 0 || (bank(alongM) && i % 3 !== 0);
          return { alongM, speedMps: 25, ...(says ? fog : { lightBits: LightBit.lowBeam }) };
        },
      }),
    );
    scene.drive(cars, 0, 300);
    const last = scene.transitions.at(-1);
    expect(last).toMatchObject({ kind: "reduced-visibility", tier: "confirmed" });
    expect(new Set(scene.transitions.map(({ alertId }) => alertId)).size).toBe(1);
    expect(last?.road?.fromKm).toBeGreaterThan(3);
    expect(last?.road?.toKm).toBeLessThan(6);
  });

  it("is measured by fixed sensors: suspected at once, confirmed by the third reading, over when it clears", () => {
    const scene = sceneWith();
    for (let s = 1; s <= 241; s += 60) scene.send(weather({ visibilityM: 60 }, 500, s));
    scene.send(weather({ visibilityM: 3_000 }, 500, 301));
    scene.advanceTo(T0 + 310_000);
    expect(storyOf(scene.transitions)).toEqual([
      "5.0 new suspected",
      "125.0 updated confirmed",
      "308.0 ended confirmed",
    ]);
    expect(scene.transitions[1]).toMatchObject({
      subCauseCode: 1,
      why: {
        text: "A fixed sensor tells of fog.",
        measures: [{ name: "roadUsers" }, { name: "trust" }, { observed: 60, threshold: 200 }],
      },
    });
  });
});

describe("heavy precipitation", () => {
  it("is told where most vehicles wipe fast for long", () => {
    const scene = sceneWith();
    scene.drive(
      traffic(5, () => ({ wiperRatePerMin: 60 })),
      0,
      60,
    );
    expect(scene.transitions[0]).toMatchObject({ kind: "heavy-precipitation", causeCode: 19 });
    expect(scene.transitions.at(-1)).toMatchObject({ tier: "confirmed" });
  });

  it("is not told by washing windscreens, drizzle, or one among many", () => {
    for (const rate of [
      (_i: number, s: number) => (s % 60 < 8 ? 60 : 0),
      () => 40,
      (i: number) => (i % 4 === 0 ? 60 : 15),
    ]) {
      const scene = sceneWith();
      const cars = traffic(12, () => ({})).map(
        (car, i): ScriptedVehicle => ({
          ...car,
          at: (s) => {
            const moment = car.at(s);
            return moment === undefined ? undefined : { ...moment, wiperRatePerMin: rate(i, s) };
          },
        }),
      );
      scene.drive(cars, 0, 100);
      expect(scene.transitions).toEqual([]);
    }
  });

  it.each([
    [{ precipitationMmPerH: 12, airTemperatureC: 8 }, 1],
    [{ precipitationMmPerH: 4, airTemperatureC: -1 }, 2],
  ] as const)("is measured: %o", (reading, subCauseCode) => {
    const scene = sceneWith();
    scene.send(weather(reading, 500, 1));
    scene.advanceTo(T0 + 10_000);
    expect(scene.transitions).toMatchObject([
      { kind: "heavy-precipitation", subCauseCode, tier: "suspected" },
    ]);
  });
});

describe("a weather station", () => {
  it.each<[Partial<WeatherReading>, number, number]>([
    [{ surfaceState: "ice" }, 6, 5],
    [{ surfaceState: "wet", surfaceTemperatureC: -1 }, 6, 6],
    [{ waterFilmMm: 3 }, 7, 0],
    [{ friction: 0.3 }, 6, 0],
    [{ gustMps: 26 }, 17, 1],
    [{ windMps: 35 }, 17, 3],
  ])("tells of %o", (reading, causeCode, subCauseCode) => {
    const scene = sceneWith();
    scene.send(weather(reading, 500, 1));
    scene.advanceTo(T0 + 10_000);
    expect(scene.transitions).toMatchObject([{ causeCode, subCauseCode }]);
  });

  it.each<Partial<WeatherReading>>([
    { surfaceState: "wet", surfaceTemperatureC: 4, friction: 0.6 },
    { surfaceState: "dry", surfaceTemperatureC: -8, visibilityM: 800, precipitationMmPerH: 3, gustMps: 15 },
  ])("has nothing to tell of %o", (reading) => {
    const scene = sceneWith();
    for (let s = 1; s < 600; s += 60) scene.send(weather(reading, 500, s));
    expect(scene.transitions).toEqual([]);
  });

  it("tells others how much grip there is, near it and for as long as it holds", () => {
    const detector = roadConditions();
    const state = detector.init();
    const port = detector.provides?.(state, undefined).conditions;
    expect(port?.frictionNear(onRoad(200))).toBeUndefined();
    detector.onItem?.(state, weather({ surfaceState: "snow" }, 500, 1), CONTEXT, () => {});
    expect(port?.frictionNear(onRoad(400))).toBe(0.25);
    expect(port?.frictionNear(onRoad(5_000))).toBeUndefined();
    detector.onTick?.(state, T0 + 1_000_000, CONTEXT, () => {});
    expect(port?.frictionNear(onRoad(400))).toBeUndefined();
  });
});

describe("a restart", () => {
  it("changes nothing", () => {
    const play = (restartsAtS: readonly number[]): unknown => {
      const scene = sceneWith();
      const cars = traffic(8, (i) => ({
        lightBits: i % 3 === 0 ? LightBit.lowBeam : LightBit.fog,
        wiperRatePerMin: i % 2 === 0 ? 60 : 20,
        eventBits: i === 5 ? EventBit.abs : 0,
        accelerationMps2: -1,
      }));
      for (let s = 0; s < 400; s++) {
        if (restartsAtS.includes(s)) scene.restartFromSnapshot();
        scene.drive(cars, s, s + 1);
      }
      return scene.transitions;
    };
    const straight = play([]);
    expect(straight).not.toEqual([]);
    for (const atS of [7, 31, 60, 95, 180]) expect(play([atS])).toEqual(straight);
  });
});
