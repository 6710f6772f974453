import type { RoadNetwork } from "../../src/domain/road.ts";
import { readRoadMap } from "../../src/geo/road/road-map.ts";
import { CARRIAGEWAY_M, type Carriageway } from "./fleet.ts";

/** Links as long as between two exits in a dense region. */
const LINK_M = 1_000;
const METRES_PER_DEGREE = 111_319.5;

/** The roads of a fleet as a map: one route of links for each carriageway, drawn as the fleet drives. */
export function fleetMap(carriageways: readonly Carriageway[]): RoadNetwork {
  const features = carriageways.flatMap((carriageway, road) =>
    Array.from({ length: CARRIAGEWAY_M / LINK_M }, (_, order) => ({
      type: "Feature",
      id: `${road}-${order}`,
      geometry: {
        type: "LineString",
        coordinates: [pointOn(carriageway, order * LINK_M), pointOn(carriageway, (order + 1) * LINK_M)],
      },
      properties: {
        route: `road-${road}`,
        order,
        ref: `B ${road}`,
        direction: "onwards",
        lanes: 3,
        limit_kmh: 130,
        divided: true,
        one_way: true,
        from_km: (order * LINK_M) / 1_000,
        to_km: ((order + 1) * LINK_M) / 1_000,
      },
    })),
  );
  return readRoadMap({
    type: "FeatureCollection",
    roadpulse: { map: 1 },
    name: "roads of the fleet",
    source: "computed",
    licence: "Apache-2.0",
    features,
  });
}

function pointOn({ latitudeDeg, longitudeDeg, headingDeg }: Carriageway, alongM: number): [number, number] {
  const radians = (headingDeg * Math.PI) / 180;
  const shrink = Math.cos((latitudeDeg * Math.PI) / 180);
  return [
    longitudeDeg + (Math.sin(radians) * alongM) / METRES_PER_DEGREE / shrink,
    latitudeDeg + (Math.cos(radians) * alongM) / METRES_PER_DEGREE,
  ];
}
