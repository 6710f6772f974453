import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bearingDeg,
  destinationPoint,
  distanceM,
  headingDifferenceDeg,
  LocalPlane,
  longitudeDifferenceDeg,
  metresPerDegree,
  normalLongitudeDeg,
} from "../../src/geo/geodesy.ts";
import { atan2Deg, cosDeg, sinDeg } from "../../src/geo/trigonometry.ts";
import { anyPoint } from "./arbitraries.ts";
import { geodesicM } from "./vincenty.ts";

const point = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });

describe("trigonometry", () => {
  it("agrees with the platform's to 1e-15", () => {
    fc.assert(
      fc.property(fc.double({ min: -720, max: 720, noNaN: true }), (deg) => {
        expect(Math.abs(sinDeg(deg) - Math.sin((deg / 180) * Math.PI))).toBeLessThan(3e-15);
        expect(Math.abs(cosDeg(deg) - Math.cos((deg / 180) * Math.PI))).toBeLessThan(3e-15);
      }),
    );
  });

  it("is exact at quarter turns", () => {
    expect([0, 90, 180, 270, 360, -90].map((deg) => sinDeg(deg) + 0)).toEqual([0, 1, 0, -1, 0, -1]);
    expect([0, 90, 180, 270, 360, -90].map((deg) => cosDeg(deg) + 0)).toEqual([1, 0, -1, 0, 1, 0]);
  });

  it("finds the angle in every quadrant", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        (y, x) => {
          const expected = x === 0 && y === 0 ? 0 : (Math.atan2(y + 0, x + 0) * 180) / Math.PI;
          expect(Math.abs(atan2Deg(y, x) - expected)).toBeLessThan(1e-13);
        },
      ),
    );
  });
});

describe("distanceM", () => {
  it("is within 0.1 % of the geodesic below 20 km, poles and antimeridian included", () => {
    const bearing = fc.double({ min: 0, max: 360, noNaN: true });
    const length = fc.double({ min: 1, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(anyPoint(89.5), bearing, length, (from, heading, lengthM) => {
        const to = destinationPoint(from, heading, lengthM);
        const exact = geodesicM(from, to);
        expect(Math.abs(distanceM(from, to) - exact)).toBeLessThan(exact * 1e-4 + 1e-6);
        expect(Math.abs(exact - lengthM)).toBeLessThan(lengthM * 1e-3);
      }),
    );
  });

  it("is symmetric, and within 0.6 % between places far apart", () => {
    fc.assert(
      fc.property(anyPoint(80), anyPoint(80), (a, b) => {
        expect(distanceM(a, b)).toBe(distanceM(b, a));
        const exact = geodesicM(a, b);
        if (exact > 1 && exact < 18e6) expect(Math.abs(distanceM(a, b) / exact - 1)).toBeLessThan(6e-3);
      }),
    );
  });

  it("knows some distances", () => {
    expect(distanceM(point(51, 7), point(51, 7))).toBe(0);
    expect(distanceM(point(0, 179.9), point(0, -179.9))).toBeCloseTo(22_263.9, 0);
    expect(distanceM(point(90, 0), point(90, 123))).toBeLessThan(1e-6);
    expect(distanceM(point(0, 0), point(1, 0))).toBeCloseTo(110_574.4, 0);
  });
});

describe("bearingDeg", () => {
  it("undoes destinationPoint", () => {
    const length = fc.double({ min: 10, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(
        anyPoint(85),
        fc.double({ min: 0, max: 360, noNaN: true }),
        length,
        (from, heading, lengthM) => {
          const bearing = bearingDeg(from, destinationPoint(from, heading, lengthM));
          expect(headingDifferenceDeg(bearing, heading)).toBeLessThan(0.02);
          expect(bearing).toBeGreaterThanOrEqual(0);
          expect(bearing).toBeLessThan(360);
        },
      ),
    );
  });

  it("knows the compass", () => {
    const here = point(51.4, 6.8);
    expect(bearingDeg(here, point(51.5, 6.8))).toBe(0);
    expect(bearingDeg(here, point(51.3, 6.8))).toBe(180);
    expect(bearingDeg(here, point(51.4, 6.81))).toBeCloseTo(90, 1);
    expect(bearingDeg(point(0, 180), point(0, -179))).toBeCloseTo(90, 9);
    expect(bearingDeg(here, here)).toBe(0);
  });
});

describe("angles", () => {
  it("differ by at most 180", () => {
    expect(headingDifferenceDeg(350, 10)).toBe(20);
    expect(headingDifferenceDeg(10, 350)).toBe(20);
    expect(headingDifferenceDeg(0, 180)).toBe(180);
    expect(headingDifferenceDeg(90, 90)).toBe(0);
  });

  it("go the short way over the antimeridian", () => {
    expect(longitudeDifferenceDeg(179, -179)).toBe(2);
    expect(longitudeDifferenceDeg(-179, 179)).toBe(-2);
    expect(normalLongitudeDeg(-180)).toBe(180);
    expect(normalLongitudeDeg(540)).toBe(180);
    expect(normalLongitudeDeg(-190)).toBe(170);
    expect(normalLongitudeDeg(6.8)).toBe(6.8);
  });
});

describe("LocalPlane", () => {
  it("agrees with distanceM nearby and undoes itself", () => {
    const offset = fc.double({ min: -5_000, max: 5_000, noNaN: true });
    fc.assert(
      fc.property(anyPoint(50), offset, offset, (origin, northM, eastM) => {
        const plane = new LocalPlane(origin);
        const there = plane.point(northM, eastM);
        expect(plane.northM(there.latitudeDeg)).toBeCloseTo(northM, 4);
        expect(plane.eastM(there.longitudeDeg)).toBeCloseTo(eastM, 4);
        const direct = Math.sqrt(northM * northM + eastM * eastM);
        expect(Math.abs(distanceM(origin, there) - direct)).toBeLessThan(direct * 1e-3 + 1e-6);
      }),
    );
  });

  it("knows a degree at Duisburg", () => {
    const { northM, eastM } = metresPerDegree(51.43);
    expect(northM).toBeCloseTo(111_257, -1);
    expect(eastM).toBeCloseTo(69_555, -2);
  });
});
