import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GeoBox, GeoPoint } from "../../src/domain/place.ts";
import { boxHolds } from "../../src/geo/box.ts";
import { distanceM } from "../../src/geo/geodesy.ts";
import { prepareShape } from "../../src/geo/shapes.ts";
import { SlackIndex, SlackPoint } from "../../src/geo/slack-index.ts";
import { CENTERS, pointNear } from "./arbitraries.ts";

interface Step {
  readonly key: number;
  /** Undefined: the point is deleted. */
  readonly to: GeoPoint | undefined;
}

/** Moves about one of the centres, short and long, with deletions. */
const scene = fc.constantFrom(...CENTERS).chain((center) =>
  fc.record({
    center: fc.constant(center),
    query: pointNear(center, 0.03),
    steps: fc.array(
      fc.record({
        key: fc.integer({ min: 0, max: 40 }).map((n) => (n * 104_729_000) % 4_294_967_296),
        to: fc.option(pointNear(center, 0.03), { nil: undefined, freq: 8 }),
      }),
      { maxLength: 150 },
    ),
  }),
);

function play(
  steps: readonly Step[],
  slackM: number,
): { index: SlackIndex<SlackPoint>; model: SlackPoint[] } {
  const index = new SlackIndex<SlackPoint>(slackM);
  const points = new Map<number, SlackPoint>();
  for (const { key, to } of steps) {
    const point = points.get(key) ?? new SlackPoint(key);
    points.set(key, point);
    if (to === undefined) index.delete(point);
    else index.set(point, to.latitudeDeg, to.longitudeDeg);
  }
  const model = [...points.values()].filter((point) => index.has(point)).sort((a, b) => a.key - b.key);
  return { index, model };
}

const keys = (points: readonly SlackPoint[]) => points.map(({ key }) => key);

describe("SlackIndex", () => {
  it("equals brute force in every query, by size, at every slack", () => {
    const radius = fc.double({ min: 1, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(
        scene,
        radius,
        fc.integer({ min: 0, max: 50 }),
        fc.constantFrom(1, 25, 100, 1_000),
        (s, radiusM, k, slackM) => {
          const { index, model } = play(s.steps, slackM);
          expect(index.size).toBe(model.length);
          const near = model.filter((point) => distanceM(s.query, point) <= radiusM);
          expect(keys(index.within(s.query, radiusM))).toEqual(keys(near));
          const sorted = [...model].sort(
            (a, b) => distanceM(s.query, a) - distanceM(s.query, b) || a.key - b.key,
          );
          expect(keys(index.nearest(s.query, k))).toEqual(keys(sorted.slice(0, k)));
          expect(keys(index.inBox(boxAt(s.query)))).toEqual(
            keys(model.filter((point) => boxHolds(boxAt(s.query), point.latitudeDeg, point.longitudeDeg))),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it("equals brute force in polygons", () => {
    fc.assert(
      fc.property(
        scene,
        fc.array(fc.double({ min: 0.005, max: 0.03, noNaN: true }), { minLength: 3, maxLength: 8 }),
        (s, radii) => {
          fc.pre(Math.abs(s.center.latitudeDeg) < 80);
          const { index, model } = play(s.steps, 100);
          const ring = radii.map((r, i) => turned(s.center, r, (i / radii.length) * 2 * Math.PI));
          const shape = prepareShape({ type: "polygon", ring });
          const inside = model.filter((point) => shape.contains(point.latitudeDeg, point.longitudeDeg));
          expect(keys(index.inPolygon(ring))).toEqual(keys(inside));
        },
      ),
    );
  });

  it("forgets a point that was deleted, and takes it back", () => {
    const index = new SlackIndex<SlackPoint>();
    const point = new SlackPoint(7);
    index.set(point, 51, 6);
    index.delete(point);
    index.delete(point);
    expect(index.size).toBe(0);
    expect(index.within(point, 1_000)).toEqual([]);
    index.set(point, 51, 6);
    expect(index.within(point, 0)).toEqual([point]);
  });

  it("finds both sides of the antimeridian, and 180° from −180°", () => {
    const index = new SlackIndex<SlackPoint>();
    const east = new SlackPoint(2);
    const west = new SlackPoint(1);
    index.set(east, 0, -180);
    index.set(west, 0, 179.9999);
    expect(index.within({ latitudeDeg: 0, longitudeDeg: 180 }, 50)).toEqual([west, east]);
    expect(index.inBox({ southDeg: -1, westDeg: 179, northDeg: 1, eastDeg: 180 })).toEqual([west, east]);
    expect(index.inBox({ southDeg: -1, westDeg: 179, northDeg: 1, eastDeg: -179 })).toEqual([west, east]);
  });

  it("survives many points in one place", () => {
    const index = new SlackIndex<SlackPoint>();
    const points = Array.from({ length: 2_000 }, (_, i) => new SlackPoint(i));
    for (const point of points) index.set(point, 51, 6);
    expect(index.within({ latitudeDeg: 51, longitudeDeg: 6 }, 1)).toHaveLength(2_000);
    for (const point of points) index.delete(point);
    expect(index.inBox({ southDeg: -90, westDeg: -180, northDeg: 90, eastDeg: 180 })).toEqual([]);
  });
});

function boxAt({ latitudeDeg, longitudeDeg }: GeoPoint): GeoBox {
  const east = longitudeDeg + 0.02;
  return {
    southDeg: latitudeDeg - 0.01,
    westDeg: longitudeDeg,
    northDeg: latitudeDeg + 0.01,
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
