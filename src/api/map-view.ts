import type { GeoPoint } from "../domain/place.ts";
import type { RoadLink, RoadNetwork, RoadRoute } from "../domain/road.ts";
import type { MapView } from "./contract/map.ts";

const E6 = 1e6;

/** The roads for drawing, as `contract/map.ts` describes them. */
export function mapView(roads: RoadNetwork, zones: MapView["zones"] = [], base?: MapView["base"]): MapView {
  return {
    name: roads.name,
    extent: extentOf(roads),
    routes: roads.routes.map((route) => ({
      id: route.id,
      ref: route.ref,
      direction: route.direction,
      divided: route.divided,
      lengthM: rounded(route.lengthM),
      markers: route.markers.map(({ routeM, name, kind }) => ({ routeM: rounded(routeM), name, kind })),
      fromKm: roads.kmAt(route, 0),
      toKm: roads.kmAt(route, route.lengthM),
      ...kilometresOf(roads, route),
    })),
    links: roads.links.map(linkView),
    zones,
    ...(base === undefined ? {} : { base }),
  };
}

function linkView({ route, fromM, toM, lanes, flags, limitMps, points }: RoadLink): MapView["links"][number] {
  return {
    route: route.index,
    fromM: rounded(fromM),
    toM: rounded(toM),
    lanes,
    flags,
    ...(limitMps === undefined ? {} : { limitMps: Math.round(limitMps * 100) / 100 }),
    line: differences(points),
  };
}

/** Posts are set to 100 m and read to 10: what is straight to 5 m needs no place of its own (own). */
const STRAIGHT_KM = 0.005;

/** The kilometres at the ends of all links, without those that lie straight between their neighbours. */
function kilometresOf(roads: RoadNetwork, route: RoadRoute): { readonly kilometres?: readonly number[] } {
  const places = [0, ...route.links.map(({ toM }) => toM)];
  const kept: [number, number][] = [];
  for (const [i, routeM] of places.entries()) {
    const km = roads.kmAt(route, routeM);
    const before = kept.at(-1);
    const after = places[i + 1];
    if (before !== undefined && after !== undefined) {
      const share = (routeM - before[0]) / (after - before[0]);
      if (Math.abs(before[1] + share * (roads.kmAt(route, after) - before[1]) - km) < STRAIGHT_KM) continue;
    }
    kept.push([rounded(routeM), km]);
  }
  return kept.length <= 2 ? {} : { kilometres: kept.flat() };
}

/** Longitude and latitude in turn, each pair after the first as the difference to the one before. */
function differences(points: readonly GeoPoint[]): number[] {
  const line: number[] = [];
  let x = 0;
  let y = 0;
  for (const { longitudeDeg, latitudeDeg } of points) {
    const nextX = Math.round(longitudeDeg * E6);
    const nextY = Math.round(latitudeDeg * E6);
    line.push(nextX - x, nextY - y);
    x = nextX;
    y = nextY;
  }
  return line;
}

/** Centimetres are finer than any map. */
const rounded = (lengthM: number): number => Math.round(lengthM * 100) / 100;

function extentOf({ links }: RoadNetwork): MapView["extent"] {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { points } of links) {
    for (const { longitudeDeg, latitudeDeg } of points) {
      west = Math.min(west, longitudeDeg);
      east = Math.max(east, longitudeDeg);
      south = Math.min(south, latitudeDeg);
      north = Math.max(north, latitudeDeg);
    }
  }
  return [west, south, east, north];
}
