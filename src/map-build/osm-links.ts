import type { RoadFlags } from "../domain/road.ts";
import type { DraftLink, DraftNetwork } from "./draft.ts";
import { cutBends } from "./osm-bends.ts";
import type { OsmExtract } from "./osm-extract.ts";
import { cutStops, markParking } from "./osm-halting.ts";
import { junctionMarkers } from "./osm-markers.ts";
import { cutIntoPieces, idOf, type RoadPiece, sidesOf } from "./osm-pieces.ts";
import { restAreaMarkers } from "./osm-rest-areas.ts";
import { signalsOf } from "./osm-signals.ts";
import {
  destinationOf,
  isBridge,
  isDivided,
  isRoundabout,
  isTunnel,
  isUrban,
  lanesOf,
  levelOf,
  limitOf,
  oneWayOf,
  refOf,
  type Side,
} from "./osm-tags.ts";
import type { ClassFilter } from "./road-classes.ts";

/** Motorways have at least so many per direction. */
const LEAST_MOTORWAY_LANES = 2;

/** Links of all roads of an extract, with what leads from one to the other. */
export function osmLinks(extract: OsmExtract, takes: ClassFilter): DraftNetwork {
  const whole = markParking(cutIntoPieces(extract), extract, takes);
  const bent = cutBends(whole, extract.nodes.size);
  const pieces = cutStops(bent.pieces, extract.stops, bent.nextNode);
  const leaving = leavingByNode(pieces);
  const signals = signalsOf(pieces, extract.nodeTags);
  const links = pieces.flatMap((piece) =>
    sidesOf(piece).map((side) => linkOf(piece, side, leaving, signals.has(idOf(piece, side)))),
  );
  return {
    links,
    markers: [...junctionMarkers(extract, pieces), ...restAreaMarkers(extract, pieces)],
    leftOut: extract.leftOut.counts,
    source: "OpenStreetMap",
    licence: "© OpenStreetMap contributors, ODbL 1.0",
  };
}

/** Ids of links that begin at each node. */
function leavingByNode(pieces: readonly RoadPiece[]): ReadonlyMap<number, readonly string[]> {
  const leaving = new Map<number, string[]>();
  for (const piece of pieces) {
    for (const side of sidesOf(piece)) {
      const node = side === "forward" ? piece.from : piece.to;
      const ids = leaving.get(node);
      if (ids === undefined) leaving.set(node, [idOf(piece, side)]);
      else ids.push(idOf(piece, side));
    }
  }
  return leaving;
}

function linkOf(
  piece: RoadPiece,
  side: Side,
  leaving: ReadonlyMap<number, readonly string[]>,
  signal: boolean,
): DraftLink {
  const { road, points, from, to } = piece;
  const { tags, roadClass } = road;
  const oneWay = oneWayOf(tags);
  const isForward = side === "forward";
  const opposite = sidesOf(piece).length === 1 ? undefined : idOf(piece, isForward ? "backward" : "forward");
  return {
    id: idOf(piece, side),
    points: isForward ? points : points.toReversed(),
    roadClass,
    ref: refOf(tags),
    name: tags["name"] ?? "",
    destination: destinationOf(tags, side),
    routeKey: undefined,
    lanes: lanesOf(tags, side, oneWay) ?? (roadClass === "motorway" ? LEAST_MOTORWAY_LANES : undefined),
    limitKmh: limitOf(tags, side),
    level: levelOf(tags),
    divided: isDivided(tags) && opposite === undefined,
    oneWay: opposite === undefined,
    flags: flagsOf(piece, side, signal),
    fromKm: undefined,
    toKm: undefined,
    vertexKm: undefined,
    next: (leaving.get(isForward ? to : from) ?? []).filter((id) => id !== opposite),
    opposite,
  };
}

function flagsOf(
  { road: { tags, roadClass }, halting, bend }: RoadPiece,
  side: Side,
  signal: boolean,
): RoadFlags {
  return {
    ...(roadClass.endsWith("_link") ? { ramp: true } : {}),
    ...(isTunnel(tags) ? { tunnel: true } : {}),
    ...(isBridge(tags) ? { bridge: true } : {}),
    ...(signal ? { signal } : {}),
    ...(isRoundabout(tags) ? { roundabout: true } : {}),
    ...(halting ? { halting } : {}),
    ...(bend === true ? { bend } : {}),
    ...(isUrban(tags, limitOf(tags, side)) ? { urban: true } : {}),
  };
}
