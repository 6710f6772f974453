import type { DraftLink, DraftMarker, DraftRoute } from "./draft.ts";

/** Version of the map format that is written. */
const MAP_VERSION = 1;

type Properties = Record<string, unknown>;

export interface MapFeature {
  readonly type: "Feature";
  readonly id: string;
  readonly geometry:
    | { readonly type: "LineString"; readonly coordinates: readonly (readonly number[])[] }
    | { readonly type: "Point"; readonly coordinates: readonly number[] };
  readonly properties: Properties;
}

/** A map file: GeoJSON (RFC 7946) with foreign members. */
export interface MapFile {
  readonly type: "FeatureCollection";
  readonly roadpulse: { readonly map: number };
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  readonly features: readonly MapFeature[];
}

export function mapFile(
  routes: readonly DraftRoute[],
  markers: readonly DraftMarker[],
  about: { readonly name: string; readonly source: string; readonly licence: string },
): MapFile {
  const kept = new Set(routes.flatMap(({ links }) => links.map(({ id }) => id)));
  const links = routes.flatMap((route) =>
    route.links.map((link, order) => linkFeature(route, link, order, kept)),
  );
  return {
    type: "FeatureCollection",
    roadpulse: { map: MAP_VERSION },
    ...about,
    features: [...links, ...markers.map(markerFeature)],
  };
}

function linkFeature(
  route: DraftRoute,
  link: DraftLink,
  order: number,
  kept: ReadonlySet<string>,
): MapFeature {
  const properties: Properties = {
    route: route.id,
    order,
    ref: route.ref,
    direction: route.direction,
    lanes: link.lanes,
    limit_kmh: link.limitKmh,
    level: link.level === 0 ? undefined : link.level,
    divided: link.divided,
    one_way: link.oneWay,
    from_km: link.fromKm,
    to_km: link.toKm,
    vertex_km: link.vertexKm,
    ...link.flags,
    next: link.next.filter((id) => kept.has(id)),
  };
  const coordinates = link.points.map(({ longitudeDeg, latitudeDeg }) => [longitudeDeg, latitudeDeg]);
  return { type: "Feature", id: link.id, geometry: { type: "LineString", coordinates }, properties };
}

function markerFeature({ id, point, kind, ref, km, name }: DraftMarker): MapFeature {
  const coordinates = [point.longitudeDeg, point.latitudeDeg];
  return {
    type: "Feature",
    id,
    geometry: { type: "Point", coordinates },
    properties: { kind, ref, km, name },
  };
}

/** Pieces of text handed to the file; one write a feature would take longer than the build. */
const PIECE_CHARACTERS = 256 * 1024;

/** One feature a line: a map can be looked at, searched and compared line by line. */
export function* mapText(map: MapFile): Generator<string> {
  const { features, ...head } = map;
  let piece = `${JSON.stringify(head).slice(0, -1)},"features":[\n`;
  for (const [i, feature] of features.entries()) {
    piece += `${JSON.stringify(feature)}${i === features.length - 1 ? "" : ","}\n`;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}]}\n`;
}
