import type { TrafficLevel } from "../../domain/detector.ts";

/** `GET /v1/segments`: the state of traffic where it is known; elsewhere nothing is known, which is not free. */
export interface SegmentsView {
  readonly atMs: number;
  readonly routes: readonly {
    /** Index in the map, and its id there. */
    readonly route: number;
    readonly id: string;
    readonly ref: string;
    readonly direction: string;
    readonly segments: readonly {
      readonly fromM: number;
      readonly toM: number;
      readonly fromKm: number;
      readonly toKm: number;
      readonly level: TrafficLevel;
    }[];
  }[];
  /** For `after` of the next page; absent on the last one. */
  readonly next?: string;
}
