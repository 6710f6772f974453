import type { RoadReference } from "../../domain/alert.ts";
import { type GeoPoint, roundPoint } from "../../domain/place.ts";
import type { RoadLink, RoadNetwork, RoadRoute, RoadSpot } from "../../domain/road.ts";
import { headingDifferenceDeg } from "../geodesy.ts";
import type { Kilometres } from "./kilometres.ts";
import { type LinkLine, Projection } from "./link-line.ts";
import { MapFit } from "./map-fit.ts";
import { roadReference } from "./road-reference.ts";
import { SegmentIndex } from "./segment-index.ts";

const E7 = 1e7;

/** Links that are driven within this angle of a heading are meant by it (see `RoadNetwork.near`). */
const NEAR_HEADING_DEG = 60;

/** A line between a place and itself is drawn this long, so that it has a direction, m. */
const SHORTEST_LINE_M = 1;

export interface NetworkParts {
  readonly name: string;
  readonly routes: readonly RoadRoute[];
  readonly links: readonly RoadLink[];
  /** By link. */
  readonly lines: readonly LinkLine[];
  /** By route. */
  readonly kilometres: readonly Kilometres[];
}

/** The road network of a map file, made by `readRoadMap`. */
export class Network implements RoadNetwork {
  readonly name: string;
  readonly routes: readonly RoadRoute[];
  readonly links: readonly RoadLink[];
  readonly lines: readonly LinkLine[];
  readonly index: SegmentIndex;
  /** How the traffic lies on it; filled by the matchers that use it. */
  readonly fit = new MapFit();
  readonly #kilometres: readonly Kilometres[];
  readonly #projection = new Projection();

  constructor({ name, routes, links, lines, kilometres }: NetworkParts) {
    this.name = name;
    this.routes = routes;
    this.links = links;
    this.lines = lines;
    this.index = new SegmentIndex(lines);
    this.#kilometres = kilometres;
  }

  lineOf(link: RoadLink): LinkLine {
    return this.lines[link.index] as LinkLine;
  }

  linkAt(route: RoadRoute, routeM: number): RoadLink | undefined {
    const link = this.#linkBefore(route, routeM);
    return routeM >= link.fromM && routeM <= link.toM ? link : undefined;
  }

  pointAt(route: RoadRoute, routeM: number): GeoPoint {
    const link = this.#linkBefore(route, routeM);
    return roundPoint(this.lineOf(link).pointAt(routeM - link.fromM));
  }

  headingAt(route: RoadRoute, routeM: number): number {
    const link = this.#linkBefore(route, routeM);
    const line = this.lineOf(link);
    return line.headingsDeg[line.segmentAt(routeM - link.fromM)] as number;
  }

  lineBetween(route: RoadRoute, fromM: number, toM: number): readonly GeoPoint[] {
    const [lowM, highM] = stretched(Math.min(fromM, toM), Math.max(fromM, toM), route.lengthM);
    const points = [this.pointAt(route, lowM)];
    for (const link of route.links) {
      if (link.toM <= lowM || link.fromM >= highM) continue;
      const { alongM } = this.lineOf(link);
      link.points.forEach((point, i) => {
        const placeM = link.fromM + (alongM[i] as number);
        if (placeM > lowM && placeM < highM) pushNew(points, roundPoint(point));
      });
    }
    pushNew(points, this.pointAt(route, highM));
    return points;
  }

  kmAt(route: RoadRoute, routeM: number): number {
    return (this.#kilometres[route.index] as Kilometres).at(routeM);
  }

  describe(route: RoadRoute, tailM: number, headM: number): RoadReference {
    return roadReference(route, tailM, headM, (routeM) => this.kmAt(route, routeM));
  }

  near(point: GeoPoint, withinM: number, headingDeg?: number): readonly RoadSpot[] {
    const latitudeE7 = Math.round(point.latitudeDeg * E7);
    const longitudeE7 = Math.round(point.longitudeDeg * E7);
    const nearest = new Map<number, RoadSpot>();
    const found = this.#projection;
    for (const { link, first, end } of this.index.around(point, withinM)) {
      const line = this.lines[link] as LinkLine;
      line.project(latitudeE7, longitudeE7, first, end, found);
      if (found.distanceM > withinM) continue;
      if (Math.abs(nearest.get(link)?.lateralM ?? Number.POSITIVE_INFINITY) <= found.distanceM) continue;
      const lateralM = found.lateralM < 0 ? -found.distanceM : found.distanceM;
      nearest.set(link, { link: this.links[link] as RoadLink, offsetM: found.offsetM, lateralM });
    }
    return [...nearest.values()]
      .filter((spot) => headingDeg === undefined || this.#isDrivenAlong(spot, headingDeg))
      .sort((a, b) => Math.abs(a.lateralM) - Math.abs(b.lateralM) || a.link.index - b.link.index);
  }

  #isDrivenAlong({ link, offsetM }: RoadSpot, headingDeg: number): boolean {
    const line = this.lineOf(link);
    const drivenDeg = line.headingsDeg[line.segmentAt(offsetM)] as number;
    return headingDifferenceDeg(drivenDeg, headingDeg) <= NEAR_HEADING_DEG;
  }

  /** The link that holds a place or, in a gap, ends before it; the first where none does. */
  #linkBefore({ links }: RoadRoute, routeM: number): RoadLink {
    let low = 0;
    let high = links.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((links[middle] as RoadLink).fromM <= routeM) low = middle;
      else high = middle - 1;
    }
    return links[low] as RoadLink;
  }
}

function stretched(fromM: number, toM: number, lengthM: number): readonly [number, number] {
  const lowM = Math.max(0, Math.min(fromM, lengthM));
  const highM = Math.max(0, Math.min(toM, lengthM));
  if (highM - lowM >= SHORTEST_LINE_M) return [lowM, highM];
  const middleM = (lowM + highM) / 2;
  const half = SHORTEST_LINE_M / 2;
  return [Math.max(0, middleM - half), Math.min(lengthM, middleM + half)];
}

function pushNew(points: GeoPoint[], point: GeoPoint): void {
  const last = points.at(-1);
  if (last?.latitudeDeg === point.latitudeDeg && last.longitudeDeg === point.longitudeDeg) return;
  points.push(point);
}
