import type { Detection } from "./detection.ts";
import type { Corroboration, Frame, Refusal } from "./frame.ts";
import type { ObservationKind } from "./observation.ts";
import type { GeoPoint } from "./place.ts";
import type { OfStation } from "./prefetch.ts";
import type { SessionEnd } from "./record.ts";
import type { RoadLink, RoadMatch, RoadNetwork, RoadRoute } from "./road.ts";
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
  /** Where it drives on the road network; undefined where there is no map, no road, or doubt which one. */
  readonly road: RoadMatch | undefined;
}

export interface StationLookup {
  get(stationId: number): StationView | undefined;
  /** Live stations within `radiusM`, sorted by station id: the order of an index depends on its history. */
  within(center: GeoPoint, radiusM: number): readonly StationView[];
  readonly size: number;
}

/** States of traffic, worst first. */
export const TRAFFIC_LEVELS = ["stationary", "queuing", "slow", "heavy", "free"] as const;
export type TrafficLevel = (typeof TRAFFIC_LEVELS)[number];

/** A queue on a route: from its tail (upstream, where drivers meet it) to its head. Estimates at the last tick. */
export interface RoadQueue {
  /** Name for life, as in the detections of congestion. */
  readonly key: string;
  /** Along the route, m; `tailM` ≤ `headM`. */
  readonly tailM: number;
  readonly headM: number;
  /** Along the route, m/s; negative: moves upstream, as a growing tail does. */
  readonly tailSpeedMps: number;
  /** Standard deviation of `tailM`, m. */
  readonly tailSigmaM: number;
  readonly level: TrafficLevel;
  /** Distinct slow road users that were heard of within the last minute. */
  readonly vehicles: number;
}

/** Traffic state as of the last tick; detectors use it to stay silent inside queues. */
export interface TrafficLookup {
  /** The cell or segment at this place and heading is slow, queuing or stationary. */
  isCongested(place: GeoPoint, headingDeg: number): boolean;
  /** State of the 50 m of a route around a place; undefined: nothing is known, which is not free. */
  levelOn?(route: RoadRoute, routeM: number): TrafficLevel | undefined;
  /** Queues on a route, upstream first; those that nobody has been told of yet are not among them. */
  queuesOn?(route: RoadRoute): readonly RoadQueue[];
  /** Speed that drivers choose there when nothing hinders them, learned or given by the map. */
  freeFlowOn?(link: RoadLink): number | undefined;
  /** A slow vehicle of a mapped road that has braked as drivers do who come to something that stands ahead of them. */
  hasClosedUp?(stationId: number): boolean;
}

/** How far a station's word is believed. */
export interface TrustLookup {
  /** 0 (proved to lie) to 1; an unknown station has 0.5. Multi-vehicle alerts need a sum of 1.5 or more. */
  trustOf(stationId: number): number;
}

/** Distinct road users behind changing pseudonyms. Lives in memory and is never told to anybody. */
export interface IdentityLookup {
  /** The first id under which the road user is remembered; its own id where it is not linked. */
  roadUserOf(stationId: number): number;
}

/** State of the road's surface and of the weather, from reports of the last minutes. */
export interface ConditionLookup {
  /** Adhesion near a place, 0 (none) to 1 (dry); undefined where nobody has said anything. */
  frictionNear(place: GeoPoint): number | undefined;
}

/** What is known of signals, from SPAT and MAP messages or the road network. */
export interface SignalLookup {
  /** A vehicle here, driving so, stands or slows for a stop line at most `withinM` ahead whose phase may be red. */
  mayWaitAt(place: GeoPoint, headingDeg: number, withinM: number): boolean;
}

/** What detectors tell each other. All as of the last tick or, where a provider works per item, of the items before. */
export interface DetectorPorts {
  readonly traffic: TrafficLookup;
  readonly trust: TrustLookup;
  readonly identity: IdentityLookup;
  readonly conditions: ConditionLookup;
  readonly signals: SignalLookup;
}

/** Read-only world of a detector at one record. */
export interface DetectionContext extends DetectorPorts {
  /** Receive time of the record, Unix ms. */
  readonly receivedAtMs: number;
  readonly watermarkMs: number;
  readonly stations: StationLookup;
  /** The map; undefined where the server has none. */
  readonly roads: RoadNetwork | undefined;
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
  /** Kinds of observation that `onItem` is called for; all where absent. */
  readonly hears?: readonly ObservationKind[];
  init(): State;
  /**
   * For detectors that keep something of every station: reads what `onItem` will need of some stations, changes nothing,
   * and returns any number made of what was read. See `domain/prefetch.ts`.
   */
  prefetch?(state: State, items: readonly OfStation[]): number;
  onItem?(state: State, frame: Frame, context: DetectionContext, emit: Emit): void;
  onCorroboration?(state: State, corroboration: Corroboration, context: DetectionContext, emit: Emit): void;
  /** A report that validation refused as implausible. */
  onRefusal?(state: State, refusal: Refusal, context: DetectionContext, emit: Emit): void;
  /** A producer that had introduced itself has gone. */
  onSessionEnd?(state: State, end: SessionEnd, context: DetectionContext, emit: Emit): void;
  /** Nothing can have been heard between the two receive times, Unix ms: silence in them is no evidence. */
  onOutage?(state: State, fromMs: number, untilMs: number): void;
  onTick?(state: State, tickMs: number, context: DetectionContext, emit: Emit): void;
  /**
   * What this detector knows for the others. Of several that know the same, all are asked in their order: a place is
   * congested where one says so, and the first other answer that is not undefined counts.
   */
  provides?(state: State, roads: RoadNetwork | undefined): Partial<DetectorPorts>;
  /** How often something found no room at a bound of its memory, since the start or the last snapshot that was read. */
  refused?(state: State): number;
  snapshot(state: State): SnapshotValue;
  /** Throws on a value that `snapshot` of this version cannot have made. */
  restore(value: SnapshotValue): State;
}
