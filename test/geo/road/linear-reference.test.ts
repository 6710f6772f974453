import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RoadRoute } from "../../../src/domain/road.ts";
import { distanceM, headingDifferenceDeg } from "../../../src/geo/geodesy.ts";
import { readRoadMap } from "../../../src/geo/road/road-map.ts";
import { duisburg, linkFeature, type Metres, mapOf, markerFeature, placeAt } from "../../support/roads.ts";

const map = duisburg();
const routeOf = (id: string) => map.routes.find((route) => route.id === id) as RoadRoute;

/** Any route of the map with a place on it. */
const anyPlace = fc
  .tuple(fc.constantFrom(...map.routes), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([route, share]) => ({ route, routeM: share * route.lengthM }));

describe("linear references", () => {
  it("come back from the point they name, to the centimetre", () => {
    fc.assert(
      fc.property(anyPlace, ({ route, routeM }) => {
        const spots = map.near(map.pointAt(route, routeM), 1);
        const offsets = spots
          .filter(({ link }) => link.route === route)
          .map(({ link, offsetM }) => Math.abs(link.fromM + offsetM - routeM));
        expect(Math.min(...offsets)).toBeLessThan(0.05);
      }),
    );
  });

  it("find the link that holds a place", () => {
    fc.assert(
      fc.property(anyPlace, ({ route, routeM }) => {
        const link = map.linkAt(route, routeM);
        expect(link?.route).toBe(route);
        expect(routeM).toBeGreaterThanOrEqual(link?.fromM ?? Number.NaN);
        expect(routeM).toBeLessThanOrEqual(link?.toM ?? Number.NaN);
      }),
    );
    const route = routeOf("A40p");
    expect(map.linkAt(route, -1)).toBeUndefined();
    expect(map.linkAt(route, route.lengthM + 1)).toBeUndefined();
    expect(map.pointAt(route, -50)).toEqual(map.pointAt(route, 0));
    expect(map.pointAt(route, route.lengthM + 50)).toEqual(map.pointAt(route, route.lengthM));
  });

  it("run with the road: lines are as long as the places are apart and begin upstream", () => {
    fc.assert(
      fc.property(anyPlace, fc.double({ min: 0, max: 3_000, noNaN: true }), ({ route, routeM }, spanM) => {
        const toM = Math.min(route.lengthM, routeM + spanM);
        const line = map.lineBetween(route, toM, routeM);
        expect(line.length).toBeGreaterThanOrEqual(2);
        let lengthM = 0;
        for (let i = 1; i < line.length; i++) {
          lengthM += distanceM(line[i - 1] as (typeof line)[0], line[i] as (typeof line)[0]);
        }
        if (toM - routeM >= 1) {
          expect(Math.abs(lengthM - (toM - routeM))).toBeLessThan(0.1 + line.length * 0.01);
          expect(line[0]).toEqual(map.pointAt(route, routeM));
        } else expect(lengthM).toBeGreaterThan(0.4);
      }),
    );
  });

  it("know the direction of travel", () => {
    const there = map.headingAt(routeOf("A40p"), 3_000);
    expect(headingDifferenceDeg(there, 90)).toBeLessThan(15);
    const back = routeOf("A40n");
    expect(headingDifferenceDeg(map.headingAt(back, back.lengthM - 3_000), 270)).toBeLessThan(15);
  });

  it("give posted kilometres, rising and falling, by the vertices where these are posted", () => {
    const there = routeOf("A40p");
    expect(map.kmAt(there, 0)).toBe(28.437);
    expect(map.kmAt(there, there.lengthM)).toBeCloseTo(46.153, 6);
    const back = routeOf("A40n");
    expect(map.kmAt(back, 0)).toBe(46.153);
    expect(map.kmAt(back, 1_000)).toBeLessThan(46);
    // A place of the table of facts: AS Duisburg-Homberg, km 35.653, on the axis 7.5 m beside.
    const [spot] = map.near({ latitudeDeg: 51.4362, longitudeDeg: 6.7075 }, 10, 90);
    expect(spot?.link.route.id).toBe("A40p");
    expect(map.kmAt(there, (spot?.link.fromM ?? 0) + (spot?.offsetM ?? 0))).toBeCloseTo(35.653, 2);
  });

  it("count kilometres from the beginning where none are posted, and go on where some are", () => {
    const line = (id: string, fromM: number, toM: number, properties: object) =>
      linkFeature(
        id,
        [
          [fromM, 0],
          [toM, 0],
        ],
        { route: "r", ...properties },
      );
    const plain = readRoadMap(mapOf(line("a", 0, 500, {})));
    expect(plain.kmAt(plain.routes[0] as RoadRoute, 250)).toBeCloseTo(0.25, 3);
    const partly = readRoadMap(
      mapOf(
        line("a", 0, 500, { order: 0 }),
        line("b", 500, 1_500, { order: 1, from_km: 8, to_km: 7 }),
        line("c", 1_500, 2_000, { order: 2 }),
      ),
    );
    const route = partly.routes[0] as RoadRoute;
    expect(partly.kmAt(route, 100)).toBeCloseTo(8.4, 2);
    expect(partly.kmAt(route, 1_000)).toBeCloseTo(7.5, 2);
    expect(partly.kmAt(route, 1_900)).toBeCloseTo(6.6, 2);
  });

  it("leave gaps out: no link there, the place before it as point", () => {
    const parts = [
      linkFeature(
        "a",
        [
          [0, 0],
          [500, 0],
        ],
        { route: "r", order: 0 },
      ),
      linkFeature(
        "b",
        [
          [540, 0],
          [1_000, 0],
        ],
        { route: "r", order: 1 },
      ),
    ];
    const roads = readRoadMap(mapOf(...parts));
    const route = roads.routes[0] as RoadRoute;
    expect(roads.linkAt(route, 520)).toBeUndefined();
    expect(roads.linkAt(route, 560)?.id).toBe("b");
    expect(route.lengthM).toBeCloseTo(1_000, -1);
    expect(distanceM(roads.pointAt(route, 520), placeAt([500, 0]))).toBeLessThan(1);
  });
});

describe("words of a place", () => {
  const markers: readonly [Metres, string, string][] = [
    [[500, 0], "junction", "AS West"],
    [[900, 0], "kilometre", "36.9"],
    [[1_500, 0], "interchange", "AK Ost"],
  ];
  const roads = readRoadMap(
    mapOf(
      linkFeature(
        "a",
        [
          [0, 0],
          [2_000, 0],
        ],
        { ref: "A40", direction: "Dortmund", from_km: 36, to_km: 38 },
      ),
      linkFeature(
        "ramp",
        [
          [0, 500],
          [400, 500],
        ],
        { ref: "A40", direction: "AS West", ramp: true },
      ),
      linkFeature(
        "lane",
        [
          [0, 900],
          [400, 900],
        ],
        {},
      ),
      ...markers.map(([at, kind, name]) => markerFeature(at, { ref: "A40", kind, name })),
    ),
  );
  const said = (route: number, tailM: number, headM: number) =>
    roads.describe(roads.routes[route] as RoadRoute, tailM, headM);

  it("name the junctions around a stretch", () => {
    expect(said(0, 700, 1_000).text).toBe("A40 → Dortmund, between AS West and AK Ost");
    expect(said(0, 100, 100).text).toBe("A40 → Dortmund, before AS West");
    expect(said(0, 100, 1_000).text).toBe("A40 → Dortmund, before AK Ost");
    expect(said(0, 1_600, 1_900).text).toBe("A40 → Dortmund, after AK Ost");
    expect(said(0, 100, 1_900).text).toBe("A40 → Dortmund");
  });

  it("give kilometres with three decimals, upstream first", () => {
    const { fromKm, toKm } = said(0, 123.4567, 1_000);
    expect(fromKm).toBe(Math.round(fromKm * 1_000) / 1_000);
    expect([fromKm, toKm]).toEqual([36.123, 37]);
  });

  it("tell a ramp from its road, and name a road without a number by its id", () => {
    expect(said(1, 10, 10).text).toBe("A40 → AS West (ramp)");
    expect(said(2, 10, 10).text).toBe("lane");
  });
});
