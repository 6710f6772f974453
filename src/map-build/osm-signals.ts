import type { OsmTags } from "../wire/osm-pbf.ts";
import { lineLengthM } from "./line.ts";
import { hasSignal, idOf, type RoadPiece, sidesOf } from "./osm-pieces.ts";
import type { Side } from "./osm-tags.ts";

/** A signal this far from a junction stands for itself (a crossing, a narrow stretch) and stops both directions. */
const MOST_TO_JUNCTION_M = 60;

/**
 * Links at whose end a signal stands. On a two-way road a signal before a junction concerns those who drive towards the
 * junction only: said by its tag, or else by which junction is nearer.
 */
export function signalsOf(
  pieces: readonly RoadPiece[],
  nodeTags: ReadonlyMap<number, OsmTags>,
): ReadonlySet<string> {
  const piecesAt = new Map<number, RoadPiece[]>();
  for (const piece of pieces) {
    for (const node of [piece.from, piece.to]) piecesAt.set(node, [...(piecesAt.get(node) ?? []), piece]);
  }
  const signals = new Set<string>();
  for (const piece of pieces) {
    for (const side of sidesOf(piece)) {
      const end = side === "forward" ? piece.to : piece.from;
      const tags = nodeTags.get(end);
      if (hasSignal(tags) && concerns(piece, side, end, tags ?? {}, piecesAt)) signals.add(idOf(piece, side));
    }
  }
  return signals;
}

function concerns(
  piece: RoadPiece,
  side: Side,
  node: number,
  tags: OsmTags,
  piecesAt: ReadonlyMap<number, readonly RoadPiece[]>,
): boolean {
  const said = tags["traffic_signals:direction"] ?? tags["direction"];
  if (said === "forward" || said === "backward") return said === side;
  if (sidesOf(piece).length === 1) return true;
  const around = piecesAt.get(node) ?? [];
  if (around.length !== 2) return true;
  const ahead = around.find((other) => other !== piece);
  const aheadM = ahead === undefined ? Infinity : metresToJunction(ahead, node, piecesAt);
  const behindM = metresToJunction(piece, node, piecesAt);
  return Math.min(aheadM, behindM) > MOST_TO_JUNCTION_M || aheadM <= behindM;
}

/** Along a piece that begins or ends at the node; infinite where its other end is no junction. */
function metresToJunction(
  piece: RoadPiece,
  node: number,
  piecesAt: ReadonlyMap<number, readonly RoadPiece[]>,
): number {
  const other = piece.from === node ? piece.to : piece.from;
  return (piecesAt.get(other)?.length ?? 0) > 2 ? lineLengthM(piece.points) : Infinity;
}
