import { signal } from "@preact/signals";

/** Where the map is to go next; the map takes it and sets it back. Set by lists, finders and cards of all rooms. */
export interface Flight {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  /** Absent: stays, but not farther away than a stretch of road can be made out. */
  readonly zoom?: number;
}

export const flyTo = signal<Flight | undefined>(undefined);

/** Close enough to see vehicles and lanes of a motorway. */
export const CLOSE_ZOOM = 14;
