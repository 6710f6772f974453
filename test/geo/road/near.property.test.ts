import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GeoPoint } from "../../../src/domain/place.ts";
import type { RoadLink } from "../../../src/domain/road.ts";
import { bearingDeg, distanceM, headingDifferenceDeg } from "../../../src/geo/geodesy.ts";
import { readRoadMap } from "../../../src/geo/road/road-map.ts";
import { linkFeature, type Metres, mapOf, placeAt } from "../../support/roads.ts";

const SIDE_M = 400;
const coordinate = fc.integer({ min: -SIDE_M, max: SIDE_M });
const metres = fc.tuple(coordinate, coordinate);
const line = fc.uniqueArray(metres, { minLength: 2, maxLength: 12, selector: ([x, y]) => `${x},${y}` });
const roads = fc
  .array(line, { minLength: 1, maxLength: 12 })
  .map((lines) => readRoadMap(mapOf(...lines.map((points, i) => linkFeature(`l${i}`, points)))));

interface Nearest {
  readonly distanceM: number;
  readonly headingDeg: number;
}

/** The nearest place of a link among many along it, and the direction there. */
function bruteForce({ points }: RoadLink, place: GeoPoint): Nearest {
  let nearest: Nearest = { distanceM: Number.POSITIVE_INFINITY, headingDeg: 0 };
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1] as GeoPoint, points[i] as GeoPoint];
    const steps = Math.ceil(distanceM(from, to) / 0.25);
    for (let step = 0; step <= steps; step++) {
      const share = step / steps;
      const at = {
        latitudeDeg: from.latitudeDeg + share * (to.latitudeDeg - from.latitudeDeg),
        longitudeDeg: from.longitudeDeg + share * (to.longitudeDeg - from.longitudeDeg),
      };
      const apartM = distanceM(place, at);
      if (apartM < nearest.distanceM) nearest = { distanceM: apartM, headingDeg: bearingDeg(from, to) };
    }
  }
  return nearest;
}

describe("near", () => {
  it("finds what a search along every link finds, nearest first", () => {
    fc.assert(
      fc.property(roads, metres, fc.integer({ min: 5, max: 120 }), (network, at, withinM) => {
        const place = placeAt(at as Metres);
        const spots = network.near(place, withinM);
        const found = new Map(spots.map(({ link, lateralM }) => [link.id, Math.abs(lateralM)]));
        for (const link of network.links) {
          const expectedM = bruteForce(link, place).distanceM;
          if (Math.abs(expectedM - withinM) < 0.1) continue;
          expect(found.has(link.id)).toBe(expectedM < withinM);
          if (found.has(link.id)) expect(Math.abs((found.get(link.id) ?? 0) - expectedM)).toBeLessThan(0.1);
        }
        const order = spots.map(({ link, lateralM }) => [Math.abs(lateralM), link.index] as const);
        const sorted = order.toSorted(([a, i], [b, j]) => a - b || i - j);
        expect(order).toEqual(sorted);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps those that are driven within 60° of a heading", () => {
    fc.assert(
      fc.property(roads, metres, fc.integer({ min: 0, max: 359 }), (network, at, headingDeg) => {
        const place = placeAt(at as Metres);
        const all = network.near(place, 80);
        const kept = new Set(network.near(place, 80, headingDeg).map(({ link }) => link.id));
        for (const { link, lateralM } of all) {
          const nearest = bruteForce(link, place);
          // Where two segments are equally near, either direction is right.
          if (isEven(link, place, Math.abs(lateralM))) continue;
          const offDeg = headingDifferenceDeg(nearest.headingDeg, headingDeg);
          if (Math.abs(offDeg - 60) > 0.5) expect(kept.has(link.id)).toBe(offDeg < 60);
        }
        expect(all.length).toBeGreaterThanOrEqual(kept.size);
      }),
      { numRuns: 60 },
    );
  });

  it("puts what lies left of the direction of travel on the positive side", () => {
    const network = readRoadMap(
      mapOf(
        linkFeature("a", [
          [0, 0],
          [100, 0],
        ]),
      ),
    );
    const lateral = (at: Metres) => network.near(placeAt(at), 20)[0]?.lateralM ?? Number.NaN;
    expect(lateral([50, 10])).toBeCloseTo(10, 1);
    expect(lateral([50, -10])).toBeCloseTo(-10, 1);
  });
});

function isEven({ points }: RoadLink, place: GeoPoint, nearestM: number): boolean {
  return (
    points.slice(1, -1).some((vertex) => Math.abs(distanceM(vertex, place) - nearestM) < 0.3) ||
    crosses(points, place, nearestM)
  );
}

/** Several segments within a hand's breadth of the nearest. */
function crosses(points: readonly GeoPoint[], place: GeoPoint, nearestM: number): boolean {
  const near = points.slice(1).filter((to, i) => {
    const from = points[i] as GeoPoint;
    const link = { points: [from, to] } as unknown as RoadLink;
    return bruteForce(link, place).distanceM < nearestM + 0.3;
  });
  return near.length > 1;
}
