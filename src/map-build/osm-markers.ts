import type { GeoPoint } from "../domain/place.ts";
import { distanceM } from "../geo/geodesy.ts";
import type { DraftMarker } from "./draft.ts";
import type { OsmExtract } from "./osm-extract.ts";
import type { RoadPiece } from "./osm-pieces.ts";
import { refOf } from "./osm-tags.ts";
import { compareText } from "./routes.ts";

/** Exits of one junction lie within this of each other; a road does not meet two of one name nearer. */
const SAME_JUNCTION_M = 3_000;

/** Words for a junction of two motorways in the countries around (de, nl, fr, en). */
const INTERCHANGE = /kreuz|dreieck|knooppunt|échangeur|interchange/i;

interface Exit {
  readonly point: GeoPoint;
  readonly ref: string;
  readonly name: string;
}

/**
 * Junctions of motorways: the nodes where exits begin, which each direction has for itself, joined to one marker at the
 * place of the road that is nearest to their middle. The number of an exit stands in brackets behind its name.
 */
export function junctionMarkers(extract: OsmExtract, pieces: readonly RoadPiece[]): DraftMarker[] {
  const groups: { readonly exits: Exit[]; readonly first: Exit }[] = [];
  for (const exit of exitsOf(extract, pieces)) {
    const group = groups.find(
      ({ first }) =>
        first.ref === exit.ref &&
        first.name === exit.name &&
        distanceM(first.point, exit.point) <= SAME_JUNCTION_M,
    );
    if (group === undefined) groups.push({ exits: [exit], first: exit });
    else group.exits.push(exit);
  }
  const pointsOf = pointsByRef(pieces, new Set(groups.map(({ first }) => first.ref)));
  return groups
    .map(({ exits, first: { ref, name } }): DraftMarker => {
      const middle = middleOf(exits.map(({ point }) => point));
      const point = nearest(pointsOf.get(ref) ?? [], middle);
      const kind = INTERCHANGE.test(name) ? "interchange" : "junction";
      return { id: `${ref} ${name}`, point, kind, ref, km: undefined, name };
    })
    .map((marker, i, all) => ({ ...marker, id: uniqueId(marker.id, i, all) }));
}

function uniqueId(id: string, index: number, all: readonly DraftMarker[]): string {
  const same = all.slice(0, index).filter((other) => other.id === id).length;
  return same === 0 ? id : `${id} (${same + 1})`;
}

/** Motorway exits, in an order that does not depend on the file's. */
function exitsOf({ nodeTags, nodes }: OsmExtract, pieces: readonly RoadPiece[]): Exit[] {
  const exits = new Map<string, Exit>();
  for (const { road, from, to } of pieces) {
    const ref = refOf(road.tags);
    if (ref === "" || road.roadClass.endsWith("_link")) continue;
    for (const node of [from, to]) {
      const tags = nodeTags.get(node);
      const point = nodes.pointOf(node);
      if (tags?.["highway"] !== "motorway_junction" || point === undefined) continue;
      const name = markerName(tags["name"] ?? "", tags["ref"] ?? "");
      if (name !== "") exits.set(`${ref} ${name} ${node}`, { point, ref, name });
    }
  }
  return [...exits].sort(([a], [b]) => compareText(a, b)).map(([, exit]) => exit);
}

function markerName(name: string, number: string): string {
  if (name === "") return number === "" ? "" : `exit ${number}`;
  return number === "" ? name : `${name} (${number})`;
}

function pointsByRef(
  pieces: readonly RoadPiece[],
  refs: ReadonlySet<string>,
): ReadonlyMap<string, readonly GeoPoint[]> {
  const points = new Map<string, GeoPoint[]>();
  for (const { road, points: line } of pieces) {
    const ref = refOf(road.tags);
    if (!refs.has(ref) || road.roadClass.endsWith("_link")) continue;
    const all = points.get(ref) ?? [];
    for (const point of line) all.push(point);
    points.set(ref, all);
  }
  return points;
}

function middleOf(points: readonly GeoPoint[]): GeoPoint {
  const sum = points.reduce(
    (total, { latitudeDeg, longitudeDeg }) => ({
      latitudeDeg: total.latitudeDeg + latitudeDeg,
      longitudeDeg: total.longitudeDeg + longitudeDeg,
    }),
    { latitudeDeg: 0, longitudeDeg: 0 },
  );
  return { latitudeDeg: sum.latitudeDeg / points.length, longitudeDeg: sum.longitudeDeg / points.length };
}

function nearest(points: readonly GeoPoint[], place: GeoPoint): GeoPoint {
  let best = place;
  let bestM = Infinity;
  for (const point of points) {
    const metres = distanceM(point, place);
    if (metres < bestM) [best, bestM] = [point, metres];
  }
  return best;
}
