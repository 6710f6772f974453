import type { RoadNetwork } from "../../src/domain/road.ts";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { onRoad } from "./frames.ts";

/** One link along the straight road of the scenes, from one place of it to another; backwards where `toM` is less. */
export interface StraightLink {
  readonly id: string;
  readonly route: string;
  readonly fromM: number;
  readonly toM: number;
  /** Beside the straight road. */
  readonly rightM?: number;
  /** Further properties of the map file: `lanes`, `limit_kmh`, flags. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A map of straight links, one way each. Links of a route stand in its order. */
export function straightMap(...links: readonly StraightLink[]): RoadNetwork {
  const orders = new Map<string, number>();
  const features = links.map(({ id, route, fromM, toM, rightM = 0, properties }) => {
    const order = orders.get(route) ?? 0;
    orders.set(route, order + 1);
    const points = [onRoad(fromM, rightM), onRoad((fromM + toM) / 2, rightM), onRoad(toM, rightM)];
    return {
      type: "Feature",
      id,
      properties: {
        route,
        order,
        ref: "A40",
        direction: fromM < toM ? "Dortmund" : "Venlo",
        lanes: 2,
        limit_kmh: 120,
        divided: true,
        one_way: true,
        ...properties,
      },
      geometry: {
        type: "LineString",
        coordinates: points.map(({ longitudeDeg, latitudeDeg }) => [longitudeDeg, latitudeDeg]),
      },
    };
  });
  return readRoadMap({ type: "FeatureCollection", roadpulse: { map: 1 }, name: "straight", features });
}

/** A motorway of 10 km with two carriageways 15 m apart. */
export const MOTORWAY = straightMap(
  { id: "east", route: "A40-east", fromM: 0, toM: 10_000 },
  { id: "west", route: "A40-west", fromM: 10_000, toM: 0, rightM: -15 },
);
