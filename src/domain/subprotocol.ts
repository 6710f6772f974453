/**
 * Names offered in `Sec-WebSocket-Protocol`. The major version stands in the name: an incompatible schema gets new
 * names, and a server may offer both.
 */
export const subprotocol = {
  /** Producers: IngestFrame in; receipts, and alerts where asked for, out. */
  ingest: "v1.ingest.roadpulse",
  /** Subscribers: SubscriberMessage in, ServerMessage out. */
  alerts: "v1.alerts.roadpulse",
  /** Replay clients of a server that runs on a recording's clock: ReplayRecord in, ReplayProgress out. */
  replay: "v1.replay.roadpulse",
  /** The traffic centre's console and whatever else shows the whole picture: see `api/contract/live.ts`. */
  console: "v1.console.roadpulse",
} as const;

export type SubprotocolName = (typeof subprotocol)[keyof typeof subprotocol];

/** Path of every WebSocket stream; the subprotocol says which one. */
export const STREAM_PATH = "/v1/stream";
