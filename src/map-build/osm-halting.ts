import type { GeoPoint } from "../domain/place.ts";
import { AreaIndex } from "../geo/area-index.ts";
import { boxesAround } from "../geo/box.ts";
import { distanceM, LocalPlane } from "../geo/geodesy.ts";
import { type PreparedShape, prepareShape } from "../geo/shapes.ts";
import type { OsmWay } from "../wire/osm-pbf.ts";
import { extentOf } from "./extent.ts";
import { lineLengthM } from "./line.ts";
import { isRestArea, type OsmExtract } from "./osm-extract.ts";
import type { RoadPiece } from "./osm-pieces.ts";
import type { ClassFilter } from "./road-classes.ts";

/** A stop's pole stands on the pavement or an island beside the road. */
const STOP_REACH_M = 20;
/** Two buses before the pole, and the bay's end behind it. */
const STOP_HALF_LENGTH_M = 30;
/** What a cut would leave at an end is not worth a link of its own. */
const LEAST_REST_M = 15;

/** Rest areas and services of a road, and ways of any kind inside them. */
const REST_CLASS = "rest_area";

/**
 * Ways inside rest areas and car parks become places of halting, ramps inside rest areas as well: lorries park on them. Other
 * ways for service and parking go unless they were chosen.
 */
export function markParking(
  pieces: readonly RoadPiece[],
  extract: OsmExtract,
  takes: ClassFilter,
): RoadPiece[] {
  const rests = areaIndex(extract, isRestArea);
  const parks = areaIndex(extract, (area) => !isRestArea(area));
  return pieces.flatMap((piece): RoadPiece[] => {
    const { roadClass } = piece.road;
    const isYard = roadClass === "service" || roadClass === "parking";
    if (!isYard && !roadClass.endsWith("_link")) return [piece];
    if (holds(rests, halfway(piece)))
      return [isYard ? asClass(piece, REST_CLASS) : { ...piece, halting: true }];
    if (!isYard) return [piece];
    // The way into a car park counts with it.
    const middle = piece.points[piece.points.length >> 1] as GeoPoint;
    if (holds(parks, middle) && takes("parking")) return [asClass(piece, "parking")];
    if (takes(roadClass)) return [piece];
    extract.leftOut.add(`class ${roadClass} is not chosen`);
    return [];
  });
}

function halfway({ points }: RoadPiece): GeoPoint {
  const [half = []] = splitLine(points, [lineLengthM(points) / 2]);
  return half.at(-1) as GeoPoint;
}

function asClass(piece: RoadPiece, roadClass: string): RoadPiece {
  return { ...piece, road: { ...piece.road, roadClass }, halting: true };
}

function areaIndex(
  { areas, nodes }: OsmExtract,
  isMeant: (area: OsmWay) => boolean,
): AreaIndex<PreparedShape> {
  const index = new AreaIndex<PreparedShape>();
  for (const { id, nodeIds } of areas.filter(isMeant)) {
    const ring = nodeIds.flatMap((node) => nodes.pointOf(nodes.indexOf(node)) ?? []);
    if (ring.length < nodeIds.length) continue;
    const shape = prepareShape({ type: "polygon", ring });
    index.add(String(id), shape.boxes, shape);
  }
  return index;
}

function holds(areas: AreaIndex<PreparedShape>, { latitudeDeg, longitudeDeg }: GeoPoint): boolean {
  const box = { southDeg: latitudeDeg, westDeg: longitudeDeg, northDeg: latitudeDeg, eastDeg: longitudeDeg };
  return areas.candidates(box).some((shape) => shape.contains(latitudeDeg, longitudeDeg));
}

interface Stop {
  readonly distanceM: number;
  readonly alongM: number;
}

/** Cuts out the stretches at bus stops, so that only these are places of ordinary halting. */
export function cutStops(
  pieces: readonly RoadPiece[],
  stops: readonly GeoPoint[],
  firstNode: number,
): RoadPiece[] {
  const placed = placeStops(pieces, stops);
  let node = firstNode;
  return pieces.flatMap((piece) => {
    const along = placed.get(piece);
    if (along === undefined) return [piece];
    const parts = cutAround(piece, along, node);
    node += parts.length;
    return parts;
  });
}

/** Along which piece, and where on it, each stop lies: on the nearest of those in reach. */
function placeStops(pieces: readonly RoadPiece[], stops: readonly GeoPoint[]): Map<RoadPiece, number[]> {
  const index = new AreaIndex<RoadPiece>();
  const placed = new Map<RoadPiece, number[]>();
  if (stops.length === 0) return placed;
  for (const piece of pieces) {
    const extent = extentOf(piece.points);
    if (extent !== undefined && !piece.halting) index.add(piece.id, [extent], piece);
  }
  for (const stop of stops) {
    const { longitudeDeg: x, latitudeDeg: y } = stop;
    let best: (Stop & { readonly piece: RoadPiece }) | undefined;
    for (const piece of index.candidates(boxesAround(x, y, x, y, STOP_REACH_M))) {
      const found = nearestOn(piece.points, stop);
      if (found.distanceM <= STOP_REACH_M && found.distanceM < (best?.distanceM ?? Infinity))
        best = { ...found, piece };
    }
    if (best !== undefined) placed.set(best.piece, [...(placed.get(best.piece) ?? []), best.alongM]);
  }
  return placed;
}

function nearestOn(points: readonly GeoPoint[], place: GeoPoint): Stop {
  const plane = new LocalPlane(place);
  let best: Stop = { distanceM: Infinity, alongM: 0 };
  let alongM = 0;
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1] as GeoPoint, points[i] as GeoPoint];
    const [x, y] = [plane.eastM(from.longitudeDeg), plane.northM(from.latitudeDeg)];
    const [dx, dy] = [plane.eastM(to.longitudeDeg) - x, plane.northM(to.latitudeDeg) - y];
    const share = Math.min(1, Math.max(0, -(x * dx + y * dy) / (dx * dx + dy * dy)));
    const [east, north] = [x + share * dx, y + share * dy];
    const lengthM = Math.sqrt(dx * dx + dy * dy);
    const away = Math.sqrt(east * east + north * north);
    if (away < best.distanceM) best = { distanceM: away, alongM: alongM + share * lengthM };
    alongM += lengthM;
  }
  return best;
}

function cutAround(piece: RoadPiece, stops: readonly number[], firstNode: number): RoadPiece[] {
  const wholeM = lineLengthM(piece.points);
  const stretches = joinStretches(stops, wholeM);
  const places = stretches.flat().filter((place) => place > 0 && place < wholeM);
  const lines = splitLine(piece.points, places);
  let fromM = 0;
  return lines.map((points, i): RoadPiece => {
    const toM = places[i] ?? wholeM;
    const middleM = (fromM + toM) / 2;
    fromM = toM;
    return {
      ...piece,
      id: `${piece.id}.${i}`,
      from: i === 0 ? piece.from : firstNode + i - 1,
      to: i === lines.length - 1 ? piece.to : firstNode + i,
      points,
      halting: stretches.some(([begin, end]) => begin < middleM && middleM < end),
    };
  });
}

/** Stretches around stops, joined where they meet, led to the ends of the piece where little would be left. */
function joinStretches(stops: readonly number[], wholeM: number): (readonly [number, number])[] {
  const joined: [number, number][] = [];
  for (const place of stops.toSorted((a, b) => a - b)) {
    const begin = place - STOP_HALF_LENGTH_M < LEAST_REST_M ? 0 : place - STOP_HALF_LENGTH_M;
    const end = wholeM - place - STOP_HALF_LENGTH_M < LEAST_REST_M ? wholeM : place + STOP_HALF_LENGTH_M;
    const last = joined.at(-1);
    if (last !== undefined && begin - last[1] < LEAST_REST_M) last[1] = Math.max(last[1], end);
    else joined.push([begin, end]);
  }
  return joined;
}

/** Cuts a line at places along it, in m, rising, none at its ends. */
export function splitLine(points: readonly GeoPoint[], places: readonly number[]): GeoPoint[][] {
  const lines: GeoPoint[][] = [];
  let line: GeoPoint[] = [points[0] as GeoPoint];
  let alongM = 0;
  let cut = 0;
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1] as GeoPoint, points[i] as GeoPoint];
    const lengthM = distanceM(from, to);
    for (; cut < places.length && (places[cut] as number) < alongM + lengthM; cut++) {
      const share = ((places[cut] as number) - alongM) / lengthM;
      const point = between(from, to, share);
      if (!isSame(point, line.at(-1))) line.push(point);
      lines.push(line);
      line = [point];
    }
    if (!isSame(to, line.at(-1))) line.push(to);
    alongM += lengthM;
  }
  lines.push(line);
  return lines;
}

function isSame(a: GeoPoint, b: GeoPoint | undefined): boolean {
  return b !== undefined && a.latitudeDeg === b.latitudeDeg && a.longitudeDeg === b.longitudeDeg;
}

const E7 = 1e7;

function between(from: GeoPoint, to: GeoPoint, share: number): GeoPoint {
  const mixed = (a: number, b: number): number => Math.round((a + share * (b - a)) * E7) / E7;
  return {
    latitudeDeg: mixed(from.latitudeDeg, to.latitudeDeg),
    longitudeDeg: mixed(from.longitudeDeg, to.longitudeDeg),
  };
}
