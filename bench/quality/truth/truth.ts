import type { AlertKind } from "../../../src/domain/alert.ts";

/** One second of a queue: `s, tail_km, head_km, vehicles, mean_speed_mps, tail_lon, tail_lat, head_lon, head_lat`. */
export type QueueRow = readonly [number, number, number, number, number, number, number, number, number];

export interface QueueTruth {
  readonly road: string;
  /** As in the map. */
  readonly direction: string;
  /** Id of the road in the map. */
  readonly route: string;
  readonly onset_s: number;
  readonly end_s: number;
  readonly max_length_m: number;
  /** From when the first two of its vehicles were slow: alerts may begin then. */
  readonly forming_s?: number;
  readonly dont_care?: string;
  /** At a signal: the ends of greens in a row that it failed to clear in, from the one before the onset. */
  readonly failed_cycles?: readonly { readonly s: number; readonly station_ids: readonly number[] }[];
  readonly only_for?: "congestion";
  readonly columns: readonly string[];
  readonly series: readonly QueueRow[];
}

export type StopLabel = "incident" | "in_queue" | "signal" | "bus_stop" | "parking" | "merge" | "lone";

export interface StopTruth {
  readonly station_id: number;
  readonly start_s: number;
  readonly last_s: number;
  readonly lon: number;
  readonly lat: number;
  readonly at: PlaceTruth;
  readonly label: StopLabel;
  readonly tolerance_m?: number;
}

export interface PlaceTruth {
  readonly road: string;
  readonly direction: string;
  readonly route: string;
  readonly km: number;
}

export interface BrakeTruth {
  readonly station_id: number;
  readonly type: string;
  readonly start_s: number;
  readonly last_s: number;
  readonly min_accel_mps2: number;
  /** Longest spell at or below the limit of an emergency braking, s (−7 m/s² cars, −4 trucks and buses). */
  readonly emergency_s: number;
  readonly speed_before_mps: number;
  /** Of the road, where it is not dry. */
  readonly friction?: number;
  /** Why neither an alert nor silence about it counts. */
  readonly dont_care?: string;
  readonly lon: number;
  readonly lat: number;
  readonly at: PlaceTruth;
}

/**
 * Anything else that is true for a while: a wrong-way drive, fog, a slow transport, a closure. Vehicles that stand are in
 * `stops`, queues in `queues`.
 */
export interface HazardTruth {
  readonly kind: AlertKind;
  readonly on_s: number;
  readonly off_s: number;
  readonly road: string;
  readonly direction: string;
  readonly route: string;
  /** Stretch that it covers over its whole time, upstream first. */
  readonly from_km: number;
  readonly to_km: number;
  /** Vehicles that are the hazard, or that tell of it. */
  readonly station_ids: readonly number[];
  /** Where it moves: `s, lon, lat` second by second. */
  readonly track?: readonly (readonly number[])[];
  /** Where it has a length: its two ends, upstream first. */
  readonly line?: readonly (readonly [number, number])[];
  readonly lon: number;
  readonly lat: number;
  /** Direction of the traffic concerned. */
  readonly heading_deg: number;
  readonly tolerance_m?: number;
  readonly dont_care?: string;
}

export interface ScenarioTruth {
  readonly source: string;
  readonly scenario: string;
  readonly seed: number;
  readonly epoch_ms: number;
  readonly records: number;
  /** All vehicles are in the table. */
  readonly penetration: 1;
  readonly time_range_s: readonly [number, number];
  readonly queue_rule: string;
  readonly queues: readonly QueueTruth[];
  readonly stops: readonly StopTruth[];
  readonly hard_brakes: readonly BrakeTruth[];
  readonly hazards: readonly HazardTruth[];
  /** Kinds that it cannot judge. */
  readonly not_judged: readonly AlertKind[];
  readonly notes: Readonly<Record<string, number | string>>;
}
