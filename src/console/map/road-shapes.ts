import type { MapView } from "../../api/contract/map.ts";
import { xOf, yOf } from "./mercator.ts";

/** What a road is drawn as: importance decides width and from which zoom it is seen. */
export type RoadClass = "motorway" | "trunk" | "main" | "street" | "ramp";

/** A link as it is drawn: fractions of the world, x and y in turn, and the metres of its route at every point. */
export interface LinkShape {
  readonly route: number;
  readonly fromM: number;
  readonly toM: number;
  readonly roadClass: RoadClass;
  /** The carriageways of both directions share one line, or lie closer than a pixel can show. */
  readonly divided: boolean;
  readonly tunnel: boolean;
  readonly lanes: number;
  readonly points: Float64Array;
  readonly metres: Float64Array;
  /** West, north, east, south as fractions of the world. */
  readonly box: readonly [number, number, number, number];
}

/** Fractions of the world, x and y. */
export type Ring = readonly (readonly [number, number])[];

const isWater = (kind: string): boolean => kind === "water";

const ringsOf = (zones: MapView["zones"]): readonly Ring[] =>
  zones.map(({ ring }) => ring.map(([longitudeDeg, latitudeDeg]) => [xOf(longitudeDeg), yOf(latitudeDeg)]));

/** The roads of a map, found by area. */
export class RoadShapes {
  readonly map: MapView;
  readonly links: readonly LinkShape[];
  /** Links of each route in the order of travel. */
  readonly byRoute: readonly (readonly LinkShape[])[];
  readonly zones: readonly Ring[];
  readonly water: readonly Ring[];
  readonly #cells = new Map<number, LinkShape[]>();

  constructor(map: MapView) {
    this.map = map;
    this.links = map.links.map((link) => shapeOf(link, map));
    const byRoute: LinkShape[][] = map.routes.map(() => []);
    for (const link of this.links) byRoute[link.route]?.push(link);
    for (const links of byRoute) links.sort((a, b) => a.fromM - b.fromM);
    this.byRoute = byRoute;
    this.zones = ringsOf(map.zones.filter(({ kind }) => !isWater(kind)));
    this.water = ringsOf(map.zones.filter(({ kind }) => isWater(kind)));
    for (const link of this.links) for (const cell of cellsOf(link.box)) this.#cell(cell).push(link);
  }

  #cell(cell: number): LinkShape[] {
    const known = this.#cells.get(cell);
    if (known !== undefined) return known;
    const fresh: LinkShape[] = [];
    this.#cells.set(cell, fresh);
    return fresh;
  }

  /** Links whose boxes touch an area, in the order of the map. */
  within(west: number, north: number, east: number, south: number): Set<LinkShape> {
    const found = new Set<LinkShape>();
    for (const cell of cellsOf([west, north, east, south])) {
      for (const link of this.#cells.get(cell) ?? []) {
        const [w, n, e, s] = link.box;
        if (w <= east && e >= west && n <= south && s >= north) found.add(link);
      }
    }
    return found;
  }

  /** The place of a route, degrees of the world; undefined in gaps. */
  pointAt(route: number, routeM: number): { readonly x: number; readonly y: number } | undefined {
    const link = this.byRoute[route]?.find(({ fromM, toM }) => fromM <= routeM && routeM <= toM);
    return link === undefined ? undefined : pointOn(link, routeM);
  }
}

/** Cells of 1/2^13 of the world, some 5 km in the middle of Europe at most, so that a tile of zoom 11 asks a few. */
const CELLS = 2 ** 13;

function* cellsOf([west, north, east, south]: readonly [number, number, number, number]): Iterable<number> {
  for (let x = Math.floor(west * CELLS); x <= Math.floor(east * CELLS); x++) {
    for (let y = Math.floor(north * CELLS); y <= Math.floor(south * CELLS); y++) yield y * CELLS + x;
  }
}

function shapeOf(link: MapView["links"][number], map: MapView): LinkShape {
  const points = pointsOf(link.line);
  const route = map.routes[link.route];
  return {
    route: link.route,
    fromM: link.fromM,
    toM: link.toM,
    roadClass: classOf(route?.ref ?? "", link),
    divided: route?.divided ?? false,
    tunnel: link.flags.tunnel ?? false,
    lanes: link.lanes,
    points,
    metres: metresOf(points, link.fromM, link.toM),
    box: boxOf(points),
  };
}

/** German numbering, as on the signs: A motorways, B federal roads, L and K of states and districts. */
function classOf(ref: string, { flags, lanes, limitMps }: MapView["links"][number]): RoadClass {
  if (flags.ramp === true) return "ramp";
  if (/^A ?\d/.test(ref)) return "motorway";
  if (/^B ?\d/.test(ref)) return "trunk";
  if (ref !== "" || lanes > 1 || (limitMps ?? 0) > 14) return "main";
  return "street";
}

function pointsOf(line: readonly number[]): Float64Array {
  const points = new Float64Array(line.length);
  let longitudeE6 = 0;
  let latitudeE6 = 0;
  for (let i = 0; i + 1 < line.length; i += 2) {
    longitudeE6 += line[i] ?? 0;
    latitudeE6 += line[i + 1] ?? 0;
    points[i] = xOf(longitudeE6 / 1e6);
    points[i + 1] = yOf(latitudeE6 / 1e6);
  }
  return points;
}

/** Shares of the drawn length, spread over the length that the map says. */
function metresOf(points: Float64Array, fromM: number, toM: number): Float64Array {
  const count = points.length / 2;
  const metres = new Float64Array(count);
  let drawn = 0;
  for (let i = 1; i < count; i++) {
    drawn += Math.hypot(
      at(points, 2 * i) - at(points, 2 * i - 2),
      at(points, 2 * i + 1) - at(points, 2 * i - 1),
    );
    metres[i] = drawn;
  }
  const scale = drawn === 0 ? 0 : (toM - fromM) / drawn;
  for (let i = 0; i < count; i++) metres[i] = fromM + at(metres, i) * scale;
  return metres;
}

function boxOf(points: Float64Array): LinkShape["box"] {
  let [west, north, east, south] = [1, 1, 0, 0];
  for (let i = 0; i < points.length; i += 2) {
    west = Math.min(west, at(points, i));
    east = Math.max(east, at(points, i));
    north = Math.min(north, at(points, i + 1));
    south = Math.max(south, at(points, i + 1));
  }
  return [west, north, east, south];
}

function pointOn(link: LinkShape, routeM: number): { readonly x: number; readonly y: number } {
  const { points, metres } = link;
  const after = metres.findIndex((metre) => metre >= routeM);
  const i = Math.max(1, after);
  const [a, b] = [at(metres, i - 1), at(metres, i)];
  const share = b > a ? Math.min(1, Math.max(0, (routeM - a) / (b - a))) : 0;
  return {
    x: at(points, 2 * i - 2) + share * (at(points, 2 * i) - at(points, 2 * i - 2)),
    y: at(points, 2 * i - 1) + share * (at(points, 2 * i + 1) - at(points, 2 * i - 1)),
  };
}

/** An element of an array of numbers whose index is known to be inside. */
export const at = (numbers: Float64Array, index: number): number => numbers[index] ?? 0;
