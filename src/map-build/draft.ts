import type { GeoPoint } from "../domain/place.ts";
import type { RoadFlags, RoadMarker } from "../domain/road.ts";

/** One direction of a piece of road as a source describes it, before routes are made of the pieces. */
export interface DraftLink {
  readonly id: string;
  /** In the direction of travel, at least two different points. */
  points: readonly GeoPoint[];
  /** `motorway`, `trunk_link`, `residential`, …: a value of OpenStreetMap's key highway; empty where nobody says. */
  readonly roadClass: string;
  readonly ref: string;
  readonly name: string;
  /** Where it leads as signs say; empty where nobody says. */
  readonly destination: string;
  /** Shared by all pieces of one route where the source names routes, e.g. `A40p`. Pieces of two keys never make one. */
  readonly routeKey: string | undefined;
  readonly lanes: number | undefined;
  readonly limitKmh: number | undefined;
  readonly level: number;
  divided: boolean;
  readonly oneWay: boolean;
  flags: Readonly<RoadFlags>;
  /** Posted kilometres at its ends. */
  fromKm: number | undefined;
  toKm: number | undefined;
  vertexKm: readonly number[] | undefined;
  /** Ids of links that can be driven to. */
  next: readonly string[];
  /** Id of the same piece in the other direction. */
  readonly opposite: string | undefined;
}

/** Something along a road, as a source describes it. */
export interface DraftMarker {
  readonly id: string;
  readonly point: GeoPoint;
  readonly kind: RoadMarker["kind"];
  /** Empty where it belongs to whatever road is near. */
  readonly ref: string;
  readonly km: number | undefined;
  readonly name: string;
}

/** What a source has given. */
export interface DraftNetwork {
  readonly links: readonly DraftLink[];
  readonly markers: readonly DraftMarker[];
  /** How many pieces were left out, by reason. */
  readonly leftOut: ReadonlyMap<string, number>;
  /** Where the data come from, for the file. */
  readonly source: string;
  readonly licence: string;
  /** To be called once routes are known: lays lines and kilometres that depend on which link follows which. */
  finish?(routes: readonly DraftRoute[]): void;
}

/** Links in the order of travel. */
export interface DraftRoute {
  id: string;
  readonly ref: string;
  direction: string;
  readonly links: readonly DraftLink[];
}

/** Counts by reason. */
export class Tally {
  readonly counts = new Map<string, number>();

  add(reason: string, count = 1): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + count);
  }
}
