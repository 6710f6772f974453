import type { Alert } from "../../domain/alert.ts";
import type { GeoPoint } from "../../domain/place.ts";
import type { Viewer } from "../contract/live.ts";

/** What somebody may be told of at most. */
export interface LivePermit {
  /** Equal for permits that let the same pass. */
  readonly key: string;
  allows(alert: Alert): boolean;
  allowsPlace(place: GeoPoint): boolean;
}

/** Who is at the other end of a session. */
export interface LiveViewer {
  readonly viewer: Viewer;
  /** Undefined where nothing is kept back. */
  readonly permit: LivePermit | undefined;
}

/** Things with ids that every console shows as they are now: alerts, alarms, incidents. */
export interface Board {
  readonly type: "alerts" | "alarms" | "incidents";
  /** Viewers of equal keys see the same: what is sent is made once for all of them. */
  keyOf(viewer: LiveViewer): string;
  /** All that are there now. */
  ids(): Iterable<string>;
  /** One of them as the viewer may see it; undefined where it is gone or not for this viewer. */
  view(id: string, viewer: LiveViewer): object | undefined;
  /** Further members of every message, e.g. sums over all. */
  more?(viewer: LiveViewer): object;
}

/** Tells the consoles what has changed on a board. */
export interface BoardPort {
  /**
   * These ids are new, have changed or are gone; none where only `more` has changed. Costs nothing where nobody looks;
   * otherwise everything of one turn of the event loop goes out together.
   */
  changed(ids: Iterable<string>): void;
}
