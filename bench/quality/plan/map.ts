import type { Feature, FeatureCollection, LineString, Point } from "geojson";
import type { RoadFlags } from "../../../src/domain/road.ts";
import { type PlanPoint, toGeo } from "./plane.ts";
import type { PlanRoad } from "./road.ts";

/** A map file of the roads of a scenario (`docs/maps.md`: links and markers as GeoJSON). */
export type RoadMapFile = FeatureCollection<LineString | Point> & {
  readonly roadpulse: { readonly map: 1 };
  readonly name: string;
  readonly source: string;
  readonly licence: string;
};

export function planMap(name: string, roads: readonly PlanRoad[]): RoadMapFile {
  const known = roads.filter(({ options }) => options.isUnmapped !== true);
  return {
    type: "FeatureCollection",
    roadpulse: { map: 1 },
    name,
    source: "made up for a benchmark scenario",
    licence: "Apache-2.0",
    features: [...known.flatMap(linkFeatures), ...known.flatMap(markerFeatures)],
  };
}

/** Id of the link of a road that begins at its n-th cut; 0 is its first. */
export function linkId(roadId: string, order: number): string {
  return `${roadId}:${order}`;
}

function linkFeatures(road: PlanRoad): Feature<LineString>[] {
  const { mapped = { fromM: 0, toM: road.lengthM }, cutsM = [], leadsTo = [], branches = [] } = road.options;
  const inner = cutsM.filter((atM) => atM > mapped.fromM && atM < mapped.toM);
  const edges = [mapped.fromM, ...inner, mapped.toM];
  return edges.slice(1).map((toM, order) => {
    const fromM = edges[order] ?? 0;
    const isLast = order === edges.length - 2;
    const aside = branches.filter(({ atM }) => atM === toM).map(({ to }) => to);
    return {
      type: "Feature",
      id: linkId(road.id, order),
      properties: {
        ...linkProperties(road, fromM, toM),
        order,
        next: isLast ? leadsTo : [linkId(road.id, order + 1), ...aside],
      },
      geometry: { type: "LineString", coordinates: road.between(fromM, toM).map(lonLat) },
    };
  });
}

function linkProperties(road: PlanRoad, fromM: number, toM: number): Record<string, unknown> {
  const { ref, direction, lanes, limitKmh, freeFlowKmh, level = 0, divided = true, startKm } = road.options;
  return {
    route: road.id,
    ref,
    direction,
    lanes,
    limit_kmh: limitKmh,
    ...(freeFlowKmh === undefined ? {} : { free_flow_kmh: freeFlowKmh }),
    level,
    divided,
    one_way: divided || road.options.flags?.ramp === true,
    ...(startKm === undefined
      ? {}
      : { from_km: rounded(road.kmAt(fromM), 3), to_km: rounded(road.kmAt(toM), 3) }),
    ...flagsBetween(road, fromM, toM),
  };
}

function flagsBetween(road: PlanRoad, fromM: number, toM: number): RoadFlags {
  const middleM = (fromM + toM) / 2;
  const stretches = (road.options.stretches ?? []).filter((s) => middleM >= s.fromM && middleM < s.toM);
  return Object.assign({}, road.options.flags, ...stretches.map(({ flags }) => flags));
}

function markerFeatures(road: PlanRoad): Feature<Point>[] {
  const { markers = [], ref, startKm } = road.options;
  return markers.map(({ routeM, name, kind }) => ({
    type: "Feature",
    properties: {
      kind,
      name,
      ref,
      ...(startKm === undefined ? {} : { km: rounded(road.kmAt(routeM), 3) }),
    },
    geometry: { type: "Point", coordinates: lonLat(road.pose(routeM)) },
  }));
}

function lonLat(point: PlanPoint): [number, number] {
  const { latitudeDeg, longitudeDeg } = toGeo(point);
  return [rounded(longitudeDeg, 7), rounded(latitudeDeg, 7)];
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
