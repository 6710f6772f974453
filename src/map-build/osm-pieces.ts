import type { GeoPoint } from "../domain/place.ts";
import type { OsmTags } from "../wire/osm-pbf.ts";
import type { OsmExtract, OsmRoad } from "./osm-extract.ts";
import { oneWayOf, type Side } from "./osm-tags.ts";

/** A part of a way without a junction inside; both directions. */
export interface RoadPiece {
  readonly id: string;
  readonly road: OsmRoad;
  /** Ends, by their place in the table of nodes; higher numbers for ends that no node marks. */
  readonly from: number;
  readonly to: number;
  readonly points: readonly GeoPoint[];
  /** Halting is ordinary here. */
  readonly halting: boolean;
  /** Drivers see a standing queue here too late to stop at the limit. */
  readonly bend?: boolean;
}

/** Directions in which the piece may be driven. */
export function sidesOf({ road: { tags } }: RoadPiece): readonly Side[] {
  const oneWay = oneWayOf(tags);
  return oneWay === "forward" || oneWay === "backward" ? [oneWay] : ["forward", "backward"];
}

/** Ids are those of the ways, the number of the piece, and `r` for the direction against the way's nodes. */
export function idOf({ id }: RoadPiece, side: Side): string {
  return side === "forward" ? id : `${id}r`;
}

/** True where traffic lights stop vehicles at a node. */
export function hasSignal(tags: OsmTags | undefined): boolean {
  if (tags === undefined) return false;
  return (
    tags["highway"] === "traffic_signals" ||
    (tags["highway"] === "crossing" && tags["crossing"] === "traffic_signals")
  );
}

/** Cuts ways at junctions, at signals, and where the extract does not hold their nodes. */
export function cutIntoPieces(extract: OsmExtract): RoadPiece[] {
  const { roads, nodes, nodeTags, leftOut } = extract;
  const uses = new Uint8Array(nodes.size);
  const nodesOf = roads.map(({ nodeIds }) => withoutRepeats(nodeIds.map((id) => nodes.indexOf(id))));
  for (const indexes of nodesOf)
    for (const index of indexes) uses[index] = Math.min(2, (uses[index] ?? 0) + 1);
  const pieces: RoadPiece[] = [];
  for (const [i, road] of roads.entries()) {
    const before = pieces.length;
    cutWay(
      road,
      nodesOf[i] ?? [],
      extract,
      (index) => uses[index] === 2 || hasSignal(nodeTags.get(index)),
      pieces,
    );
    if (pieces.length === before) leftOut.add("nodes are not in the extract");
  }
  return pieces;
}

function withoutRepeats(indexes: readonly number[]): readonly number[] {
  return indexes.filter((index, i) => index !== indexes[i - 1]);
}

function cutWay(
  road: OsmRoad,
  indexes: readonly number[],
  { nodes }: OsmExtract,
  isCut: (index: number) => boolean,
  pieces: RoadPiece[],
): void {
  let count = 0;
  let points: GeoPoint[] = [];
  let from = -1;
  let last = -1;
  const finish = (to: number): void => {
    if (points.length > 1) {
      pieces.push({
        id: `${road.id}.${count++}`,
        road,
        from,
        to,
        points,
        halting: road.roadClass === "parking",
      });
    }
    points = [];
  };
  for (const index of indexes) {
    const point = nodes.pointOf(index);
    if (point === undefined) {
      finish(last);
      continue;
    }
    if (points.length === 0) from = index;
    if (!isSamePlace(point, points.at(-1))) points.push(point);
    last = index;
    if (points.length > 1 && isCut(index)) {
      finish(index);
      points = [point];
      from = index;
    }
  }
  finish(last);
}

function isSamePlace(a: GeoPoint, b: GeoPoint | undefined): boolean {
  return b !== undefined && a.latitudeDeg === b.latitudeDeg && a.longitudeDeg === b.longitudeDeg;
}
