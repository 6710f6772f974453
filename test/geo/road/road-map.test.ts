import { describe, expect, it } from "vitest";
import { readRoadMap } from "../../../src/geo/road/road-map.ts";
import { RoadMapError } from "../../../src/geo/road/road-map-error.ts";
import {
  duisburg,
  type LinkProperties,
  linkFeature,
  lonLat,
  type Metres,
  mapOf,
  markerFeature,
} from "../../support/roads.ts";

const WEST: Metres = [0, 0];
const MIDDLE: Metres = [1_000, 0];
const EAST: Metres = [2_000, 0];

const link = (id: string, from: Metres, to: Metres, properties: LinkProperties = {}) =>
  linkFeature(id, [from, to], { route: "r", ref: "A1", direction: "East", ...properties });

const first = (properties: LinkProperties = {}) => link("a", WEST, MIDDLE, { order: 1, ...properties });
const second = (properties: LinkProperties = {}) => link("b", MIDDLE, EAST, { order: 2, ...properties });

function problemOf(map: unknown): string {
  try {
    readRoadMap(map, "m.geojson");
  } catch (error) {
    if (error instanceof RoadMapError) return error.message;
    throw error;
  }
  return "";
}

describe("readRoadMap", () => {
  it("reads routes, links and markers", () => {
    const roads = readRoadMap(
      mapOf(
        second({ limit_kmh: 90, lanes: 3, tunnel: true, level: -1 }),
        first({ limit_kmh: 100, free_flow_kmh: 108, divided: true }),
        markerFeature([1_500, 20], { kind: "junction", ref: "A1", name: "Exit 1" }),
        markerFeature([1_500, 300], { kind: "junction", ref: "A1", name: "too far" }),
        markerFeature([1_500, 20], { kind: "junction", ref: "A2", name: "another road" }),
      ),
    );
    const [route] = roads.routes;
    expect(route).toMatchObject({ index: 0, id: "r", ref: "A1", direction: "East", divided: false });
    expect(route?.lengthM).toBeCloseTo(2_000, -1);
    expect(roads.links.map(({ id, index, next, previous }) => [id, index, next, previous])).toEqual([
      ["a", 0, [1], []],
      ["b", 1, [], [0]],
    ]);
    expect(roads.links[0]).toMatchObject({ lanes: 1, level: 0, oneWay: true, flags: {}, route });
    expect(roads.links[0]?.limitMps).toBeCloseTo(27.78, 2);
    expect(roads.links[0]?.freeFlowMps).toBeCloseTo(30, 6);
    expect(roads.links[1]).toMatchObject({ lanes: 3, level: -1, flags: { tunnel: true } });
    expect(route?.links).toEqual(roads.links);
    expect(route?.markers.map(({ name }) => name)).toEqual(["Exit 1"]);
    expect(route?.markers[0]?.routeM).toBeCloseTo(1_500, -1);
  });

  it("places markers by posted kilometres, which may fall", () => {
    const roads = readRoadMap(
      mapOf(
        first({ from_km: 12, to_km: 11 }),
        second({ from_km: 11, to_km: 10 }),
        markerFeature([9_000, 9_000], { kind: "interchange", ref: "A1", km: 10.4, name: "AK" }),
        markerFeature([1_000, 0], { kind: "junction", ref: "A1", km: 9, name: "beyond the map" }),
      ),
    );
    const [route] = roads.routes;
    expect(route?.markers.map(({ name }) => name)).toEqual(["AK"]);
    expect(route?.markers[0]?.routeM).toBeCloseTo(1_600, -1);
  });

  it("connects ends that meet where no link names its next ones, but never to its own way back", () => {
    const roads = readRoadMap(
      mapOf(
        linkFeature("there", [WEST, MIDDLE]),
        linkFeature("back", [MIDDLE, WEST]),
        linkFeature("on", [[1_000.4, 0], EAST]),
        linkFeature("apart", [
          [1_003, 0],
          [1_003, 500],
        ]),
      ),
    );
    const named = roads.links.map(({ id, next }) => [id, next.map((index) => roads.links[index]?.id)]);
    expect(Object.fromEntries(named)).toEqual({ there: ["on"], back: [], on: [], apart: [] });
  });

  it("takes named connections only, where there are any", () => {
    const roads = readRoadMap(mapOf(first({ next: [] }), second({ next: [] })));
    expect(roads.links.map(({ next }) => next)).toEqual([[], []]);
  });

  it("reads the map of the fixtures, with all its ramps connected", () => {
    const roads = duisburg();
    expect(roads.routes.find(({ id }) => id === "A40p")?.markers.map(({ name }) => name)).toContain(
      "AK Duisburg",
    );
    const ramps = roads.links.filter(({ flags }) => flags.ramp);
    expect(ramps.length).toBe(32);
    for (const ramp of ramps) expect(ramp.next.length + ramp.previous.length).toBeGreaterThan(0);
  });
});

describe("readRoadMap on what is no usable map", () => {
  it.each<[string, unknown, RegExp]>([
    ["no object", 7, /m\.geojson: this is no GeoJSON FeatureCollection/],
    ["a feature alone", first(), /no GeoJSON FeatureCollection/],
    ["another GeoJSON", { ...mapOf(first()), roadpulse: undefined }, /no map for Roadpulse/],
    ["a later version", { ...mapOf(first()), roadpulse: { map: 2 } }, /of another version/],
    ["nothing in it", mapOf(), /the map holds no links/],
    ["no geometry", mapOf({ ...first(), geometry: null }), /feature 0 \("a"\) has no geometry/],
    [
      "a polygon",
      mapOf({ ...first(), geometry: { type: "Polygon", coordinates: [] } }),
      /"a"\) is a "Polygon"/,
    ],
    [
      "one point",
      mapOf({ ...first(), geometry: { type: "LineString", coordinates: [[6, 51]] } }),
      /fewer than two points/,
    ],
    [
      "a point twice",
      mapOf({
        ...first(),
        geometry: {
          type: "LineString",
          coordinates: [
            [6, 51],
            [6, 51],
            [6.1, 51],
          ],
        },
      }),
      /the same point twice in a row/,
    ],
    [
      "text as coordinate",
      mapOf({
        ...first(),
        geometry: {
          type: "LineString",
          coordinates: [
            [6, 51],
            ["6.1", 51],
          ],
        },
      }),
      /its point 1 is \["6\.1",51\]/,
    ],
    [
      "latitude beyond the pole",
      mapOf({
        ...first(),
        geometry: {
          type: "LineString",
          coordinates: [
            [40, -100],
            [41, -100],
          ],
        },
      }),
      /latitude and longitude are swapped/,
    ],
    [
      "metres of a projection",
      mapOf({
        ...first(),
        geometry: {
          type: "LineString",
          coordinates: [
            [330_000, 5_700_000],
            [330_100, 5_700_000],
          ],
        },
      }),
      /no degrees of WGS 84/,
    ],
    ["an id twice", mapOf(first(), { ...second(), id: "a" }), /feature 1 \("a"\) has the id of feature 0/],
    ["no id", mapOf({ ...first(), id: undefined }), /feature 0 is a link without an id/],
    ["no route", mapOf(first({ route: undefined })), /names no route/],
    ["no order", mapOf(first({ order: "1" })), /"1" as its order/],
    ["half an order", mapOf(first({ order: 1.5 })), /no whole number as its order/],
    ["an order twice", mapOf(first(), second({ order: 1 })), /"b"\) has the order 1 of feature 0 \("a"\)/],
    ["no lane", mapOf(first({ lanes: 0 })), /lanes, which must be from 1 to 20/],
    ["a flag as text", mapOf(first({ ramp: "yes" })), /"yes" as its ramp/],
    ["an unknown next", mapOf(first({ next: ["x"] })), /names "x" as next, which is no link/],
    ["a next far away", mapOf(first({ next: ["a"] })), /names "a" as next, which begins 1000 m from its end/],
    [
      "a gap",
      mapOf(first(), link("c", [1_400, 0], EAST, { order: 2 })),
      /"c"\) begins 400 m from the end of feature 0 .*a gap/,
    ],
    [
      "a link against its route",
      mapOf(first(), link("c", EAST, MIDDLE, { order: 2 })),
      /"c"\) is drawn against the direction/,
    ],
    [
      "two links against their route",
      mapOf(link("c", MIDDLE, WEST, { order: 1 }), link("d", EAST, MIDDLE, { order: 2 })),
      /"c"\) and feature 1 \("d"\) are drawn against the order/,
    ],
    [
      "kilometres that turn",
      mapOf(first({ from_km: 1, to_km: 2 }), second({ from_km: 2, to_km: 1 })),
      /"b"\) has posted kilometres that fall at 1/,
    ],
    ["too few kilometres", mapOf(first({ vertex_km: [1] })), /1 kilometres in vertex_km for 2 points/],
    ["a marker of no kind", mapOf(first(), markerFeature(WEST, { name: "x", kind: "pub" })), /kind "pub"/],
    [
      "a marker without a name",
      mapOf(first(), markerFeature(WEST, { kind: "junction" })),
      /marker without a name/,
    ],
  ])("names the fault: %s", (_, map, message) => {
    expect(problemOf(map)).toMatch(message);
  });

  it("finds kilometres of a whole route that run the wrong way, by the markers", () => {
    const at = (km: number): unknown =>
      markerFeature([(km - 10) * 1_000, 0], { kind: "junction", ref: "A1", km, name: `AS ${km}` });
    const long = (fromKm: number, toKm: number): unknown =>
      link("a", [0, 0], [8_000, 0], { order: 1, from_km: fromKm, to_km: toKm });
    expect(problemOf(mapOf(long(18, 10), at(11), at(13), at(17)))).toMatch(
      /"a"\) and the other links of route "r" .* wrong direction/,
    );
    expect(problemOf(mapOf(long(10, 18), at(11), at(13), at(17)))).toBe("");
  });

  it("finds swapped coordinates that are lawful, by the posted kilometres", () => {
    const swapped = [WEST, EAST].map((at) => lonLat(at).toReversed());
    const feature = first({ from_km: 10, to_km: 12 });
    const map = mapOf({ ...feature, geometry: { type: "LineString", coordinates: swapped } });
    expect(problemOf(map)).toMatch(
      /"a"\) is 3\d\d\d m long for 2000 m .* swapped; write \[longitude, latitude\]/,
    );
  });
});
