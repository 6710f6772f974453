import type { RoadReference } from "./alert.ts";
import type { GeoPoint } from "./place.ts";

/**
 * One direction of a road, or one ramp, as a line that is measured in metres in the direction of travel. Everything on it
 * has a place `routeM`, 0 ≤ routeM ≤ lengthM, that grows as traffic drives.
 */
export interface RoadRoute {
  /** Place in `RoadNetwork.routes`. */
  readonly index: number;
  readonly id: string;
  /** As on the signs, e.g. `A40`; empty for a road without a number. */
  readonly ref: string;
  /** Where it leads, e.g. `Dortmund`; empty where nobody says. */
  readonly direction: string;
  /** Carriageways of the two directions are separated (886/2013 Art. 2: wrong-way drivers exist on these). */
  readonly divided: boolean;
  readonly lengthM: number;
  /** Links in the order of travel. */
  readonly links: readonly RoadLink[];
  /** Sorted by `routeM`. */
  readonly markers: readonly RoadMarker[];
}

/** A piece of a route without a junction inside, driven in one direction. A two-way road is two links. */
export interface RoadLink {
  /** Place in `RoadNetwork.links`. */
  readonly index: number;
  readonly id: string;
  readonly route: RoadRoute;
  /** Along the route, m; `toM − fromM` is the length. */
  readonly fromM: number;
  readonly toM: number;
  /** In the direction of travel, at least two points. */
  readonly points: readonly GeoPoint[];
  readonly lanes: number;
  readonly limitMps: number | undefined;
  /** As given by the map; what is learned stands in the traffic state. */
  readonly freeFlowMps: number | undefined;
  /** Height above crossing roads, as OpenStreetMap's `layer`: 0 ground, 1 a bridge over it, −1 a tunnel. */
  readonly level: number;
  readonly flags: RoadFlags;
  /** Links that can be driven to from its end, and those that lead to its beginning; indices, sorted. */
  readonly next: readonly number[];
  readonly previous: readonly number[];
  /** Only this direction may be driven here (a carriageway, a ramp, a one-way street). */
  readonly oneWay: boolean;
}

/** What a link is besides a road; absent is false. */
export interface RoadFlags {
  readonly ramp?: boolean;
  readonly tunnel?: boolean;
  readonly bridge?: boolean;
  /** Behind a bend or crest a standing queue is seen late (TS 102 894-2, DangerousEndOfQueueSubCauseCode 2 and 3). */
  readonly bend?: boolean;
  readonly crest?: boolean;
  /** A traffic signal stands at its end. */
  readonly signal?: boolean;
  readonly roundabout?: boolean;
  /** Halting is ordinary here: bus stop or bay, car park, rest area, toll plaza. */
  readonly halting?: boolean;
  /** Within a built-up area. */
  readonly urban?: boolean;
}

/** Something along a route that people know. */
export interface RoadMarker {
  readonly routeM: number;
  readonly name: string;
  readonly kind: "junction" | "interchange" | "kilometre" | "rest-area" | "bridge" | "tunnel";
}

/** A place on a link. */
export interface RoadSpot {
  readonly link: RoadLink;
  /** From the link's beginning, m, 0 ≤ x ≤ its length. */
  readonly offsetM: number;
  /** From the link's line, left positive, m. */
  readonly lateralM: number;
}

/** Where a station drives. One object per station, changed in place: copy what must outlive the call. */
export interface RoadMatch extends RoadSpot {
  /** `link.fromM + offsetM`. */
  readonly routeM: number;
  /** Drives against the link's direction: its course and its way both say so. */
  readonly against: boolean;
  /** Reports in a row that agree with this match, and the metres driven since, both on connected links; 1 and 0 at first. */
  readonly steps: number;
  readonly drivenM: number;
  /** Share of this hypothesis among all that are held, 0 to 1. */
  readonly confidence: number;
}

/** A directed linear model of roads: not a router. Immutable. */
export interface RoadNetwork {
  readonly name: string;
  readonly routes: readonly RoadRoute[];
  readonly links: readonly RoadLink[];
  /** The link that holds a place of a route; undefined beyond its ends and in gaps. */
  linkAt(route: RoadRoute, routeM: number): RoadLink | undefined;
  /** The point of the line; places beyond its ends are clamped. */
  pointAt(route: RoadRoute, routeM: number): GeoPoint;
  /** Direction of travel there, degrees from north. */
  headingAt(route: RoadRoute, routeM: number): number;
  /** The line between two places, upstream first, at least two points. */
  lineBetween(route: RoadRoute, fromM: number, toM: number): readonly GeoPoint[];
  /** Posted kilometre; may fall along the route. Metres from its beginning where none is posted, as km. */
  kmAt(route: RoadRoute, routeM: number): number;
  /**
   * As operators speak: `A40 → Dortmund, between AS Duisburg-Homberg and AS Duisburg-Häfen`. `tailM` ≤ `headM` upstream
   * first; equal for a point. Kilometres have three decimals.
   */
  describe(route: RoadRoute, tailM: number, headM: number): RoadReference;
  /**
   * Links near a point, nearest first (equal distances by index); with `headingDeg` only those driven within 60° of it.
   * Lateral distance at most `withinM`.
   */
  near(point: GeoPoint, withinM: number, headingDeg?: number): readonly RoadSpot[];
}
