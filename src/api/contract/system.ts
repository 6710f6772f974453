/** `GET /v1/latency`: from a message's socket to a stage's end, over the last minute. */
export interface LatencyView {
  readonly windowS: number;
  /** In their order. `decode`: decoded, validated, tracked. `detect`: detected. `deliver`: an alert handed to subscribers. */
  readonly stages: readonly {
    readonly stage: "decode" | "detect" | "deliver";
    readonly count: number;
    /** Undefined where nothing was measured. Interpolated between bounds of a histogram. */
    readonly p50Ms?: number;
    readonly p95Ms?: number;
    readonly p99Ms?: number;
  }[];
}

/** `GET /v1/conservation`: what became of every item, since the start. `unaccounted` is 0, or items have been lost. */
export interface ConservationView {
  readonly sources: readonly {
    readonly source: string;
    readonly received: number;
    readonly accepted: number;
    readonly duplicate: number;
    readonly invalid: number;
    readonly shed: number;
    readonly unaccounted: number;
  }[];
  readonly deliveries: readonly {
    readonly what: "alerts" | "positions";
    readonly matched: number;
    readonly sent: number;
    readonly queued: number;
    readonly conflated: number;
    readonly dropped: number;
    readonly unaccounted: number;
  }[];
  /** Frames of vehicles told to consoles, and those dropped because a connection was slow. */
  readonly vehicleFrames: { readonly sent: number; readonly dropped: number };
}

/** `GET /v1/system`: how the server is, and how it has been in the last ten minutes. */
export interface SystemView {
  readonly version: string;
  readonly clock: "live" | "playback";
  readonly startedAtMs: number;
  readonly serverTimeMs: number;
  readonly stations: number;
  readonly alerts: number;
  readonly sessions: { readonly producers: number; readonly subscribers: number; readonly consoles: number };
  readonly latency: LatencyView;
  readonly conservation: ConservationView;
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly reason?: string;
    readonly warning?: string;
  }[];
  /** One value per interval, oldest first; all lists are equally long. `null` where nothing was measured. */
  readonly history: {
    readonly intervalMs: number;
    /** Ends of the intervals, Unix ms. */
    readonly atMs: readonly number[];
    readonly itemsPerS: readonly number[];
    readonly messagesPerS: readonly number[];
    readonly alertsPerS: readonly number[];
    readonly stations: readonly number[];
    readonly detectP99Ms: readonly (number | null)[];
    readonly deliverP99Ms: readonly (number | null)[];
  };
}

/** `GET /v1/stations`: live stations by type. */
export interface StationsView {
  readonly live: number;
  /** Live or heard of in the last half minute. */
  readonly known: number;
  readonly byType: Readonly<Record<string, number>>;
}
