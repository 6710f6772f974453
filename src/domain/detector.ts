import type { Detection } from "./detection.ts";
import type { Corroboration, Frame } from "./frame.ts";
import type { GeoPoint } from "./place.ts";
import type { SnapshotValue } from "./snapshot.ts";
import type { StationType } from "./station.ts";

/** What the tracker knows of a station that moves. Read-only for detectors. */
export interface StationView {
  readonly stationId: number;
  readonly stationType: StationType;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly speedMps: number | undefined;
  readonly headingDeg: number | undefined;
  /** Reported, or derived from speeds where the station never reports one. */
  readonly accelerationMps2: number | undefined;
  readonly lengthM: number | undefined;
  readonly observedAtMs: number;
  readonly receivedAtMs: number;
  /** Receive time of the first message under this id. */
  readonly firstReceivedAtMs: number;
  /** Highest speed in the last two minutes or so, decayed in steps; 0 where none was reported. */
  readonly recentTopSpeedMps: number;
  /** Distinct receivers that heard the station in the last 5 s. */
  readonly receiverCount: number;
}

export interface StationLookup {
  get(stationId: number): StationView | undefined;
  /** Live stations within `radiusM`, sorted by station id: the order of an R-tree depends on its history. */
  within(center: GeoPoint, radiusM: number): readonly StationView[];
  readonly size: number;
}

/** Traffic state as of the last tick; detectors use it to stay silent inside queues. */
export interface TrafficLookup {
  /** The cell or segment at this place and heading is slow, queuing or stationary. */
  isCongested(place: GeoPoint, headingDeg: number): boolean;
}

/** Read-only world of a detector at one record. */
export interface DetectionContext {
  /** Receive time of the record, Unix ms. */
  readonly receivedAtMs: number;
  readonly watermarkMs: number;
  readonly stations: StationLookup;
  readonly traffic: TrafficLookup;
}

export type Emit = (detection: Detection) => void;

/**
 * A detector is a reducer: its state changes by items and ticks only, and can be written down and read back. Detectors
 * that read other stations do so on ticks, so that the order of arrival within a tick does not matter.
 */
export interface Detector<State> {
  readonly name: string;
  readonly snapshotVersion: number;
  /**
   * After a fault it begins with `init` instead of a copy of its state: for detectors whose state is large, so that regular
   * copies would hold up everything else, and follows from the traffic of the last half minute anyway.
   */
  readonly restartsEmpty?: boolean;
  init(): State;
  onItem?(state: State, frame: Frame, context: DetectionContext, emit: Emit): void;
  onCorroboration?(state: State, corroboration: Corroboration, context: DetectionContext, emit: Emit): void;
  onTick?(state: State, tickMs: number, context: DetectionContext, emit: Emit): void;
  /** Traffic state as this detector knows it; the first detector that has one serves `context.traffic`. */
  traffic?(state: State): TrafficLookup;
  snapshot(state: State): SnapshotValue;
  /** Throws on a value that `snapshot` of this version cannot have made. */
  restore(value: SnapshotValue): State;
}
