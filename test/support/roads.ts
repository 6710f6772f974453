import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RoadNetwork } from "../../src/domain/road.ts";
import { readRoadMap } from "../../src/geo/road/road-map.ts";

/** The map of the fixtures, read anew. */
export function duisburg(): RoadNetwork {
  const path = fileURLToPath(new URL("../../fixtures/maps/duisburg.geojson", import.meta.url));
  return readRoadMap(JSON.parse(readFileSync(path, "utf8")), "duisburg.geojson");
}

/** A place of a test map: metres east and north of the scenes' origin. */
export type Metres = readonly [eastM: number, northM: number];

/** Properties of a link besides those that tests give it. */
export type LinkProperties = Readonly<Record<string, unknown>>;

const ORIGIN = { latitudeDeg: 51.4385, longitudeDeg: 6.7275 };
const METRES_PER_DEGREE_NORTH = 111_256;
const METRES_PER_DEGREE_EAST = 69_545;

/** Degrees of a place, longitude first as GeoJSON has it. */
export function lonLat([eastM, northM]: Metres): [number, number] {
  return [
    ORIGIN.longitudeDeg + eastM / METRES_PER_DEGREE_EAST,
    ORIGIN.latitudeDeg + northM / METRES_PER_DEGREE_NORTH,
  ];
}

export function placeAt(metres: Metres): { latitudeDeg: number; longitudeDeg: number } {
  const [longitudeDeg, latitudeDeg] = lonLat(metres);
  return { latitudeDeg, longitudeDeg };
}

/** A link in the direction of travel, the only one of its route unless `route` and `order` say otherwise. */
export function linkFeature(id: string, line: readonly Metres[], properties: LinkProperties = {}) {
  return {
    type: "Feature",
    id,
    geometry: { type: "LineString", coordinates: line.map(lonLat) },
    properties: { route: id, order: 0, one_way: true, ...properties },
  };
}

export function markerFeature(at: Metres, properties: LinkProperties) {
  return { type: "Feature", geometry: { type: "Point", coordinates: lonLat(at) }, properties };
}

export function mapOf(...features: readonly unknown[]) {
  return { type: "FeatureCollection", roadpulse: { map: 1 }, name: "test", features };
}

/** A kilometre in the middle of the A40, as German operators write it. */
export function someKm(): string {
  const roads = duisburg();
  const route = roads.routes.find(({ ref, lengthM }) => ref === "A40" && lengthM > 3_000);
  if (route === undefined) throw new Error("the map has no A40");
  return roads
    .kmAt(route, route.lengthM / 2)
    .toFixed(1)
    .replace(".", ",");
}
