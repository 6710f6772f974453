import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxHolds, type GeoBox, type GeoPoint } from "../../src/domain/place.ts";
import { distanceM } from "../../src/geo/geodesy.ts";
import { MovingPoints } from "../../src/geo/moving-points.ts";
import { prepareShape } from "../../src/geo/shapes.ts";
import { CENTERS, pointNear } from "./arbitraries.ts";

interface Step {
  readonly row: number;
  /** Undefined: the point is deleted. */
  readonly to: GeoPoint | undefined;
}

interface Model extends GeoPoint {
  readonly row: number;
  readonly key: number;
}

const E7 = 1e7;

/** Keys are ids: unsigned, and in another order than rows. */
const keyOf = (row: number): number => (row * 1_104_729_001) % 4_294_967_296;

/** Moves about one of the centres, short and long, with deletions. */
const scene = (spreadDeg: number) =>
  fc.constantFrom(...CENTERS).chain((center) =>
    fc.record({
      center: fc.constant(center),
      query: pointNear(center, spreadDeg),
      steps: fc.array(
        fc.record({
          row: fc.integer({ min: 0, max: 60 }),
          to: fc.option(pointNear(center, spreadDeg), { nil: undefined, freq: 8 }),
        }),
        { maxLength: 200 },
      ),
    }),
  );

function play(steps: readonly Step[]): { index: MovingPoints; model: Model[] } {
  const index = new MovingPoints();
  const points = new Map<number, Model>();
  for (const { row, to } of steps) {
    if (to === undefined) {
      index.delete(row);
      points.delete(row);
      continue;
    }
    const latitudeE7 = Math.round(to.latitudeDeg * E7);
    const longitudeE7 = Math.round(to.longitudeDeg * E7);
    index.set(row, keyOf(row), latitudeE7, longitudeE7);
    points.set(row, { row, key: keyOf(row), latitudeDeg: latitudeE7 / E7, longitudeDeg: longitudeE7 / E7 });
  }
  return { index, model: [...points.values()].sort((a, b) => a.key - b.key) };
}

/** What `eachIn` visits of the part of a box that does not cross the antimeridian, by row. */
function visited(index: MovingPoints, { southDeg, westDeg, northDeg, eastDeg }: GeoBox): unknown[] {
  const places: { row: number; latitudeE7: number; longitudeE7: number }[] = [];
  const extent = { southE7: e7(southDeg), westE7: e7(westDeg), northE7: e7(northDeg), eastE7: e7(eastDeg) };
  index.eachIn(extent, (row, latitudeE7, longitudeE7) => places.push({ row, latitudeE7, longitudeE7 }));
  return places.sort((a, b) => a.row - b.row);
}

function visitable(model: readonly Model[], box: GeoBox): unknown[] {
  return model
    .map(({ row, latitudeDeg, longitudeDeg }) => ({
      row,
      latitudeE7: e7(latitudeDeg),
      longitudeE7: e7(longitudeDeg),
    }))
    .filter(
      ({ latitudeE7, longitudeE7 }) =>
        latitudeE7 >= e7(box.southDeg) &&
        latitudeE7 <= e7(box.northDeg) &&
        longitudeE7 >= e7(box.westDeg) &&
        longitudeE7 <= e7(box.eastDeg),
    )
    .sort((a, b) => a.row - b.row);
}

/** Without a negative zero. */
const e7 = (deg: number): number => Math.round(deg * E7) + 0;

const rows = (points: readonly Model[]): number[] => points.map(({ row }) => row);
const found = (index: MovingPoints, count: number): number[] => [...index.rows.subarray(0, count)];

describe("MovingPoints", () => {
  // From a few cells to hundreds of kilometres, where the tree of blocks answers.
  it.each([0.001, 0.03, 3])("equals brute force in every query, by size, within %s°", (spreadDeg) => {
    const radius = fc.double({ min: 0, max: spreadDeg * 100_000, noNaN: true });
    fc.assert(
      fc.property(scene(spreadDeg), radius, fc.integer({ min: 0, max: 70 }), (s, radiusM, k) => {
        const { index, model } = play(s.steps);
        expect(index.size).toBe(model.length);
        const near = model.filter((point) => distanceM(s.query, point) <= radiusM);
        expect(found(index, index.within(s.query, radiusM))).toEqual(rows(near));
        const sorted = [...model].sort(
          (a, b) => distanceM(s.query, a) - distanceM(s.query, b) || a.key - b.key,
        );
        expect(found(index, index.nearest(s.query, k))).toEqual(rows(sorted.slice(0, k)));
        const box = boxAt(s.query, spreadDeg);
        const inside = model.filter((point) => boxHolds(box, point.latitudeDeg, point.longitudeDeg));
        expect(found(index, index.inBox(box))).toEqual(rows(inside));
        expect(visited(index, box)).toEqual(visitable(model, box));
      }),
      { numRuns: 300 },
    );
  });

  it("finds a point on the antimeridian within less than a double tells apart there", () => {
    for (const [longitudeDeg, radiusM] of [
      [180, 1.5e-9],
      [180, 1e-8],
      [-180, 1.5e-9],
      [180, 0],
    ] as const) {
      const index = new MovingPoints();
      index.set(0, 0, -165_000_000, 1_800_000_000);
      expect(index.within({ latitudeDeg: -16.5, longitudeDeg }, radiusM)).toBe(1);
    }
  });

  it("equals brute force where points lie on the bound of the circle", () => {
    fc.assert(
      fc.property(scene(0.01), fc.nat(), (s, choice) => {
        const { index, model } = play(s.steps);
        fc.pre(model.length > 0);
        const radiusM = distanceM(s.query, model[choice % model.length] as Model);
        for (const bound of [radiusM, radiusM * (1 - 1e-12), radiusM * (1 + 1e-12)]) {
          const near = model.filter((point) => distanceM(s.query, point) <= bound);
          expect(found(index, index.within(s.query, bound))).toEqual(rows(near));
        }
      }),
    );
  });

  it("equals brute force in polygons", () => {
    fc.assert(
      fc.property(
        scene(0.03),
        fc.array(fc.double({ min: 0.005, max: 0.03, noNaN: true }), { minLength: 3, maxLength: 8 }),
        (s, radii) => {
          fc.pre(Math.abs(s.center.latitudeDeg) < 80);
          const { index, model } = play(s.steps);
          const ring = radii.map((r, i) => turned(s.center, r, (i / radii.length) * 2 * Math.PI));
          const shape = prepareShape({ type: "polygon", ring });
          const inside = model.filter((point) => shape.contains(point.latitudeDeg, point.longitudeDeg));
          expect(found(index, index.inShape(shape))).toEqual(rows(inside));
        },
      ),
    );
  });

  it("keeps points that move by single units across the borders of cells", () => {
    // 2^16 units are the side of a block from the south pole, 2^14 of a cell.
    for (const border of [7_938 << 16, (7_938 << 16) + (1 << 14)]) {
      const index = new MovingPoints();
      const latitudeE7 = (step: number): number => border - 900_000_000 + step;
      for (let step = -3; step <= 3; step++) {
        for (let row = 0; row < 20; row++) index.set(row, row, latitudeE7(step), 67_600_000 + row);
        const place = { latitudeDeg: latitudeE7(step) / E7, longitudeDeg: 6.76 };
        expect(index.within(place, 1)).toBe(20);
        expect(index.within({ ...place, latitudeDeg: latitudeE7(step - 200) / E7 }, 1)).toBe(0);
      }
    }
  });

  it("forgets a point that was deleted, and takes it back", () => {
    const index = new MovingPoints();
    const place = { latitudeDeg: 51, longitudeDeg: 6 };
    index.set(7, 7, 510_000_000, 60_000_000);
    index.delete(7);
    index.delete(7);
    index.delete(1_000_000);
    expect(index.size).toBe(0);
    expect(index.has(7)).toBe(false);
    expect(index.within(place, 1_000)).toBe(0);
    index.set(7, 7, 510_000_000, 60_000_000);
    expect(found(index, index.within(place, 0))).toEqual([7]);
  });

  it("finds both sides of the antimeridian, and 180° from −180°", () => {
    const index = new MovingPoints();
    index.set(2, 2, 0, -1_800_000_000);
    index.set(1, 1, 0, 1_799_999_000);
    expect(found(index, index.within({ latitudeDeg: 0, longitudeDeg: 180 }, 50))).toEqual([1, 2]);
    for (const eastDeg of [180, -179]) {
      const box = { southDeg: -1, westDeg: 179, northDeg: 1, eastDeg };
      expect(found(index, index.inBox(box))).toEqual([1, 2]);
    }
  });

  it("finds everybody around a pole once", () => {
    const index = new MovingPoints();
    for (let row = 0; row < 360; row++) index.set(row, row, 899_990_000, (row - 180) * 10_000_000);
    expect(index.within({ latitudeDeg: 90, longitudeDeg: 0 }, 150)).toBe(360);
    expect(index.within({ latitudeDeg: 89.9999, longitudeDeg: 180 }, 150)).toBe(360);
    expect(index.within({ latitudeDeg: 90, longitudeDeg: 0 }, 100)).toBe(0);
  });

  it("holds more than it began with, many in one place, and empties again", () => {
    const index = new MovingPoints();
    const many = 150_000;
    const far = (row: number): number => -800_000_000 + row * 1_000;
    for (let row = 0; row < many; row++)
      index.set(row, row, row < 2_000 ? 510_000_000 : far(row), 60_000_000);
    expect(index.within({ latitudeDeg: 51, longitudeDeg: 6 }, 1)).toBe(2_000);
    const earth = { southDeg: -90, westDeg: -180, northDeg: 90, eastDeg: 180 };
    expect(index.inBox(earth)).toBe(many);
    expect(index.rows.subarray(0, many).every((row, i) => row === i)).toBe(true);
    for (let row = 0; row < many; row++) index.delete(row);
    expect(index.inBox(earth)).toBe(0);
  });
});

function boxAt({ latitudeDeg, longitudeDeg }: GeoPoint, sizeDeg: number): GeoBox {
  const east = longitudeDeg + sizeDeg;
  return {
    southDeg: Math.max(-90, latitudeDeg - sizeDeg / 2),
    westDeg: longitudeDeg,
    northDeg: Math.min(90, latitudeDeg + sizeDeg / 2),
    eastDeg: east > 180 ? east - 360 : east,
  };
}

function turned(center: GeoPoint, radiusDeg: number, angle: number): GeoPoint {
  const longitudeDeg = center.longitudeDeg + radiusDeg * Math.cos(angle);
  return {
    latitudeDeg: center.latitudeDeg + radiusDeg * Math.sin(angle),
    longitudeDeg:
      longitudeDeg > 180 ? longitudeDeg - 360 : longitudeDeg < -180 ? longitudeDeg + 360 : longitudeDeg,
  };
}
