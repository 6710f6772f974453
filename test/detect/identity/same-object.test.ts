import { describe, expect, it } from "vitest";
import {
  type Sighting,
  sameObjectDistanceM,
  stationOfObject,
} from "../../../src/detect/identity/same-object.ts";
import type { PerceivedObject } from "../../../src/domain/observation.ts";
import { frameOf, motion, onRoad, T0 } from "../../support/frames.ts";
import { Stations } from "../../support/scene.ts";

const car: Sighting = { ...onRoad(0), speedMps: 20, headingDeg: 90, observedAtMs: T0 };

describe("one object or two", () => {
  it("carries the older sighting on to the newer one's moment, whichever comes first", () => {
    const later: Sighting = { ...car, ...onRoad(5), observedAtMs: T0 + 250 };
    expect(sameObjectDistanceM(car, later)).toBeLessThan(0.2);
    expect(sameObjectDistanceM(later, car)).toBe(sameObjectDistanceM(car, later));
  });

  it("allows 3 m and half a metre per second, 15 degrees, 300 ms", () => {
    expect(sameObjectDistanceM(car, { ...car, ...onRoad(2.9) })).toBeCloseTo(2.9, 1);
    expect(sameObjectDistanceM(car, { ...car, ...onRoad(3.1) })).toBeUndefined();
    expect(sameObjectDistanceM(car, { ...car, headingDeg: 105 })).toBe(0);
    expect(sameObjectDistanceM(car, { ...car, headingDeg: 106 })).toBeUndefined();
    expect(sameObjectDistanceM(car, { ...car, ...onRoad(6), observedAtMs: T0 + 300 })).toBeDefined();
    expect(sameObjectDistanceM(car, { ...car, ...onRoad(6), observedAtMs: T0 + 301 })).toBeUndefined();
  });

  it("asks no heading of what stands", () => {
    const standing = { ...car, speedMps: 0.5 };
    expect(sameObjectDistanceM(standing, { ...standing, headingDeg: 300 })).toBe(0);
  });
});

describe("the station that an object is", () => {
  const stations = new Stations();
  const send = (stationId: number, alongM: number, rightM: number, parts: object = {}) => {
    const report = motion({ ...onRoad(alongM, rightM), ...parts });
    stations.take(frameOf(report, { stationId }), report);
  };
  send(1, 0, 0);
  send(2, 0, 3.7);
  send(3, 40, 0, { stationType: "pedestrian", speedMps: 1 });
  const object = (alongM: number, rightM: number, parts: Partial<PerceivedObject> = {}): PerceivedObject => ({
    objectId: 7,
    measuredAtMs: T0,
    ...onRoad(alongM, rightM),
    speedMps: 27.8,
    headingDeg: 90,
    lengthM: undefined,
    widthM: undefined,
    objectClass: "passenger-car",
    classConfidencePct: undefined,
    ...parts,
  });

  it("is the nearest within the gates", () => {
    expect(stationOfObject(object(0.5, 1), stations)?.stationId).toBe(1);
    expect(stationOfObject(object(0.5, 2.8), stations)?.stationId).toBe(2);
    expect(stationOfObject(object(10, 0), stations)).toBeUndefined();
  });

  it("is on foot only where the object is", () => {
    expect(stationOfObject(object(40, 0, { speedMps: 1 }), stations)).toBeUndefined();
    const walker = object(40, 0, { speedMps: 1, objectClass: "pedestrian" });
    expect(stationOfObject(walker, stations)?.stationId).toBe(3);
  });
});
