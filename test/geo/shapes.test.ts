import {
  booleanIntersects,
  booleanPointInPolygon,
  lineString,
  polygon,
  point as turfPoint,
} from "@turf/turf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxHolds, type GeoBox, type GeoPoint, type Outline, roundE7 } from "../../src/domain/place.ts";
import { corridorOutline } from "../../src/geo/corridor-outline.ts";
import { destinationPoint, distanceM } from "../../src/geo/geodesy.ts";
import { outlineBoxes, prepareShape, type Shape, shapeIntersectsOutline } from "../../src/geo/shapes.ts";
import { anyPoint, CENTERS, pointNear } from "./arbitraries.ts";

const DUISBURG: GeoPoint = { latitudeDeg: 51.43, longitudeDeg: 6.76 };
const FIJI: GeoPoint = { latitudeDeg: -17, longitudeDeg: 180 };

const at = (latitudeDeg: number, longitudeDeg: number): GeoPoint => ({ latitudeDeg, longitudeDeg });
const position = (p: GeoPoint): [number, number] => [p.longitudeDeg, p.latitudeDeg];
const closed = (ring: readonly GeoPoint[]) => [...ring, ring[0]!].map(position);

/** Star-shaped rings about a centre: simple by construction, with bays and spikes. */
function star(center: GeoPoint, spreadDeg: number): fc.Arbitrary<readonly GeoPoint[]> {
  const radius = fc.double({ min: 0.1, max: 1, noNaN: true });
  return fc.array(radius, { minLength: 3, maxLength: 60 }).map((radii) =>
    radii.map((r, i) => {
      const angle = (i / radii.length) * 2 * Math.PI;
      const longitude = center.longitudeDeg + spreadDeg * r * Math.cos(angle);
      return at(
        roundE7(center.latitudeDeg + spreadDeg * r * Math.sin(angle)),
        roundE7(longitude > 180 ? longitude - 360 : longitude),
      );
    }),
  );
}

/** Longitudes west of the antimeridian are taken as east of it, as turf knows no wrapping. */
const unwrapped = (p: GeoPoint): GeoPoint =>
  p.longitudeDeg < -90 ? at(p.latitudeDeg, p.longitudeDeg + 360) : p;

describe("polygon", () => {
  it.each([
    ["Duisburg", DUISBURG],
    ["antimeridian", FIJI],
  ])("holds what turf says it holds (%s)", (_, center) => {
    fc.assert(
      fc.property(star(center, 0.1), fc.array(pointNear(center, 0.12), { maxLength: 30 }), (ring, points) => {
        const shape = prepareShape({ type: "polygon", ring });
        const oracle = polygon([closed(ring.map(unwrapped))]);
        for (const p of points) {
          const expected = booleanPointInPolygon(position(unwrapped(p)), oracle);
          expect(shape.contains(p.latitudeDeg, p.longitudeDeg)).toBe(expected);
        }
      }),
    );
  });

  it("holds its border and corners, with or without a repeated last point", () => {
    const ring = [at(0, 0), at(0, 2), at(2, 2), at(2, 0)];
    for (const shape of [
      prepareShape({ type: "polygon", ring }),
      prepareShape({ type: "polygon", ring: [...ring, at(0, 0)] }),
    ]) {
      for (const [lat, lon] of [
        [0, 0],
        [0, 1],
        [2, 2],
        [1, 2],
        [1, 1],
      ] as const)
        expect(shape.contains(lat, lon)).toBe(true);
      for (const [lat, lon] of [
        [-1e-7, 1],
        [1, 2.0000001],
        [3, 3],
      ] as const)
        expect(shape.contains(lat, lon)).toBe(false);
    }
  });

  it.each([
    ["Duisburg", DUISBURG],
    ["antimeridian", FIJI],
  ])("meets the outlines that turf says it meets (%s)", (_, center) => {
    const line = fc.array(pointNear(center, 0.15), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(
        star(center, 0.1),
        line,
        star(at(center.latitudeDeg + 0.1, center.longitudeDeg), 0.05),
        (ring, path, other) => {
          const shape = prepareShape({ type: "polygon", ring });
          const oracle = polygon([closed(ring.map(unwrapped))]);
          const flat = path.map(unwrapped);
          expect(shape.intersects({ form: "line", points: path })).toBe(
            booleanIntersects(oracle, lineString(flat.map(position))),
          );
          expect(shape.intersects({ form: "point", points: [path[0]!] })).toBe(
            booleanIntersects(oracle, turfPoint(position(flat[0]!))),
          );
          const polygons = { form: "multi-polygon", parts: [other] } as const;
          const expected = booleanIntersects(oracle, polygon([closed(other.map(unwrapped))]));
          expect(shape.intersects(polygons)).toBe(expected);
          expect(
            shapeIntersectsOutline({ type: "polygon", ring: other }, { form: "polygon", points: ring }),
          ).toBe(expected);
        },
      ),
    );
  });

  it("meets an outline inside it and one around it", () => {
    const small: Outline = { form: "polygon", points: [at(1, 1), at(1, 1.1), at(1.1, 1)] };
    const large = [at(0, 0), at(0, 3), at(3, 3), at(3, 0)];
    expect(shapeIntersectsOutline({ type: "polygon", ring: large }, small)).toBe(true);
    expect(
      shapeIntersectsOutline({ type: "polygon", ring: small.points }, { form: "polygon", points: large }),
    ).toBe(true);
  });
});

describe("box", () => {
  it("holds what boxHolds says, over the antimeridian too", () => {
    const edge = fc.double({ min: -180, max: 180, noNaN: true }).map(roundE7);
    fc.assert(
      fc.property(edge, edge, fc.array(anyPoint(90), { maxLength: 40 }), (westDeg, eastDeg, points) => {
        fc.pre(westDeg !== eastDeg);
        const box: GeoBox = { southDeg: -30, westDeg, northDeg: 60, eastDeg };
        const shape = prepareShape({ type: "box", box });
        for (const p of points) {
          expect(shape.contains(p.latitudeDeg, p.longitudeDeg)).toBe(
            boxHolds(box, p.latitudeDeg, p.longitudeDeg),
          );
          expect(shape.intersects({ form: "point", points: [p] })).toBe(
            boxHolds(box, p.latitudeDeg, p.longitudeDeg),
          );
        }
      }),
    );
  });

  it("covers the whole Earth, and is met by a line that only passes through", () => {
    const all: Shape = { type: "box", box: { southDeg: -90, westDeg: -180, northDeg: 90, eastDeg: 180 } };
    expect(shapeIntersectsOutline(all, { form: "point", points: [at(90, -180)] })).toBe(true);
    const strip: Shape = { type: "box", box: { southDeg: -1, westDeg: 179.9, northDeg: 1, eastDeg: -179.9 } };
    expect(shapeIntersectsOutline(strip, { form: "line", points: [at(0, 179), at(0, -179)] })).toBe(true);
    expect(shapeIntersectsOutline(strip, { form: "line", points: [at(0, 179), at(0, 179.8)] })).toBe(false);
  });
});

describe("circle", () => {
  it("holds exactly what lies within its radius, anywhere on Earth", () => {
    const radius = fc.double({ min: 1, max: 500_000, noNaN: true });
    const center = fc.oneof(anyPoint(90), fc.constantFrom(...CENTERS));
    const reach = fc.double({ min: 0, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        center,
        radius,
        fc.double({ min: 0, max: 360, noNaN: true }),
        reach,
        (from, radiusM, heading, share) => {
          const shape = prepareShape({ type: "circle", center: from, radiusM });
          const p = destinationPoint(from, heading, radiusM * share);
          expect(shape.contains(p.latitudeDeg, p.longitudeDeg)).toBe(distanceM(from, p) <= radiusM);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("meets a line whose ends are both far away, and a polygon around it", () => {
    const circle: Shape = { type: "circle", center: DUISBURG, radiusM: 500 };
    const passing = { form: "line", points: [at(51.43, 6.5), at(51.433, 7)] } as const;
    expect(shapeIntersectsOutline(circle, passing)).toBe(true);
    expect(shapeIntersectsOutline({ ...circle, radiusM: 100 }, passing)).toBe(false);
    const ring = [at(51, 6), at(51, 7), at(52, 7), at(52, 6)];
    expect(shapeIntersectsOutline(circle, { form: "polygon", points: ring })).toBe(true);
    expect(
      shapeIntersectsOutline({ ...circle, center: at(53, 6.5) }, { form: "polygon", points: ring }),
    ).toBe(false);
  });

  it("judges a line of any length like its points, to 0.2 %", () => {
    const radius = fc.double({ min: 100, max: 200_000, noNaN: true });
    const line = fc.tuple(pointNear(DUISBURG, 2), pointNear(DUISBURG, 2));
    fc.assert(
      fc.property(line, radius, ([a, b], radiusM) => {
        const nearest = nearestSampleM(DUISBURG, [a, b]);
        fc.pre(Math.abs(nearest / radiusM - 1) > 2e-3);
        const circle: Shape = { type: "circle", center: DUISBURG, radiusM };
        expect(shapeIntersectsOutline(circle, { form: "line", points: [a, b] })).toBe(nearest < radiusM);
      }),
    );
  });
});

/** Least distance to points sampled on the edges. */
function nearestSampleM(from: GeoPoint, line: readonly GeoPoint[]): number {
  let least = Infinity;
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b] = [line[i]!, line[i + 1]!];
    for (let k = 0; k <= 500; k++) {
      const share = k / 500;
      const east = a.longitudeDeg + share * (b.longitudeDeg - a.longitudeDeg);
      least = Math.min(
        least,
        distanceM(from, at(a.latitudeDeg + share * (b.latitudeDeg - a.latitudeDeg), east)),
      );
    }
  }
  return least;
}

describe("corridor", () => {
  const route = fc.array(pointNear(DUISBURG, 0.1), { minLength: 2, maxLength: 8 });
  const halfWidth = fc.double({ min: 50, max: 5_000, noNaN: true });

  it("holds what lies within its half width of the route", () => {
    fc.assert(
      fc.property(route, halfWidth, pointNear(DUISBURG, 0.15), (line, halfWidthM, p) => {
        const nearest = nearestSampleM(p, line);
        // The samples stand up to 30 m apart.
        fc.pre(Math.abs(nearest - halfWidthM) > 2 + 225 / Math.max(1, nearest));
        const shape = prepareShape({ type: "corridor", line, halfWidthM });
        expect(shape.contains(p.latitudeDeg, p.longitudeDeg)).toBe(nearest < halfWidthM);
        expect(shape.intersects({ form: "point", points: [p] })).toBe(nearest < halfWidthM);
      }),
    );
  });

  it("meets a line that crosses it between points", () => {
    const corridor: Shape = { type: "corridor", line: [at(51.4, 6.6), at(51.4, 6.9)], halfWidthM: 20 };
    expect(shapeIntersectsOutline(corridor, { form: "line", points: [at(51.3, 6.7), at(51.5, 6.7)] })).toBe(
      true,
    );
    expect(shapeIntersectsOutline(corridor, { form: "line", points: [at(51.41, 6.7), at(51.5, 6.7)] })).toBe(
      false,
    );
    const over: Shape = { type: "corridor", line: [at(-17, 179.9), at(-17, -179.9)], halfWidthM: 20 };
    expect(shapeIntersectsOutline(over, { form: "line", points: [at(-18, -179.95), at(-16, -179.95)] })).toBe(
      true,
    );
    expect(
      shapeIntersectsOutline(over, {
        form: "polygon",
        points: [at(-18, 179), at(-18, -179), at(-16, -179), at(-16, 179)],
      }),
    ).toBe(true);
  });

  it("is drawn around its route", () => {
    const line = [at(51.4, 6.6), at(51.42, 6.7), at(51.41, 6.9)];
    const outline = corridorOutline(line, 500);
    if (outline?.form !== "multi-polygon") throw new Error("a corridor is drawn as polygons");
    const distances = outline.parts.flat().map((p) => nearestSampleM(p, line));
    expect(Math.min(...distances)).toBeGreaterThan(470);
    expect(Math.max(...distances)).toBeLessThan(520);
  });
});

describe("boxes", () => {
  it("hold every point of their shape and never cross the antimeridian", () => {
    const center = fc.oneof(fc.constantFrom(...CENTERS), anyPoint(85));
    const reach = fc.double({ min: 1, max: 5_000, noNaN: true });
    fc.assert(
      fc.property(center, reach, fc.double({ min: 0, max: 360, noNaN: true }), (from, radiusM, heading) => {
        const p = destinationPoint(from, heading, radiusM * 0.999);
        const line = [from, destinationPoint(from, 45, 10_000)];
        for (const shape of [
          prepareShape({ type: "circle", center: from, radiusM }),
          prepareShape({ type: "corridor", line, halfWidthM: radiusM }),
        ]) {
          expect(shape.boxes.some((box) => boxHolds(box, p.latitudeDeg, p.longitudeDeg))).toBe(true);
          expect(shape.boxes.every((box) => box.westDeg <= box.eastDeg)).toBe(true);
        }
      }),
    );
  });

  it("split an outline that crosses the antimeridian", () => {
    expect(outlineBoxes({ form: "line", points: [at(1, 179), at(2, -179)] })).toEqual([
      { southDeg: 1, westDeg: 179, northDeg: 2, eastDeg: 180 },
      { southDeg: 1, westDeg: -180, northDeg: 2, eastDeg: -179 },
    ]);
  });

  it("are everywhere for everything", () => {
    const shape = prepareShape({ type: "everywhere" });
    expect(shape.contains(0, 0)).toBe(true);
    expect(shape.intersects({ form: "point", points: [DUISBURG] })).toBe(true);
    expect(shape.boxes).toEqual([{ southDeg: -90, westDeg: -180, northDeg: 90, eastDeg: 180 }]);
  });
});
