import type { MapView } from "./map.ts";

/** `GET /v1/zones`: areas that people know by name, and what is in them now. */
export interface ZonesView {
  readonly zones: readonly (MapView["zones"][number] & {
    /** Live stations and alerts that have not ended, as far as whoever asks may be told of them. */
    readonly stations: number;
    readonly alerts: number;
  })[];
}
