import type { RoadFlags, RoadMarker } from "../../domain/road.ts";

/** `GET /v1/map`: the roads for drawing, strong ETag. Routes and links stand at their indices in the map. */
export interface MapView {
  readonly name: string;
  /** West, south, east, north, degrees. */
  readonly extent: readonly [number, number, number, number];
  readonly routes: readonly {
    readonly id: string;
    readonly ref: string;
    readonly direction: string;
    readonly divided: boolean;
    readonly lengthM: number;
    readonly markers: readonly RoadMarker[];
    /** Posted kilometre at the beginning and end of the route, for "A40, km 12.3". */
    readonly fromKm: number;
    readonly toKm: number;
    /** Metres along the route and the kilometre posted there in turn, straight between them; absent: straight all along. */
    readonly kilometres?: readonly number[];
  }[];
  readonly links: readonly {
    readonly route: number;
    readonly fromM: number;
    readonly toM: number;
    readonly lanes: number;
    readonly flags: RoadFlags;
    readonly limitMps?: number;
    /** Longitude and latitude in turn, 1e-6°; the first pair is whole, later ones are differences to the one before. */
    readonly line: readonly number[];
  }[];
  readonly zones: readonly {
    readonly id: string;
    readonly name: string;
    /** Water is there to find one's way only. */
    readonly kind: "port" | "water" | "zone";
    readonly ring: readonly (readonly [number, number])[];
  }[];
  /** Tiles to draw below the roads (`GET /v1/base-map/{zoom}/{column}/{row}`), where the operator supplies some. */
  readonly base?: {
    readonly kind: "raster" | "vector";
    readonly minZoom: number;
    readonly maxZoom: number;
    /** West, south, east, north, degrees. */
    readonly extent: readonly [number, number, number, number];
    /** Who made it, as text; empty where nobody is named. */
    readonly attribution: string;
  };
}
