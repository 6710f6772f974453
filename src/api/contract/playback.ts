/** One file of `GET /v1/recordings`. */
export interface RecordingView {
  readonly name: string;
  readonly bytes: number;
  /** First and last receive time, Unix ms; absent while it is being written. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

export const PLAYBACK_SPEEDS = [1, 2, 10, 60] as const;
export type PlaybackSpeed = (typeof PLAYBACK_SPEEDS)[number];

/**
 * - `loading`: the map and the beginning of the recording are being read.
 * - `seeking`: what lies before the time asked for passes as fast as it can.
 * - `ended`: the recording is over; it can be sought in.
 * - `failed`: it cannot be played; `reason` says why.
 */
export type PlaybackState = "loading" | "playing" | "paused" | "seeking" | "ended" | "failed";

/** The past as somebody looks at it: `POST /v1/playbacks`, then the stream at `?playback=<playbackId>`. */
export interface PlaybackView {
  readonly playbackId: string;
  readonly recording: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Time that is shown, Unix ms. */
  readonly atMs: number;
  readonly speed: PlaybackSpeed;
  readonly state: PlaybackState;
  /** Who began it. */
  readonly by: string;
  readonly reason?: string;
}

/** Body of `POST /v1/playbacks`. Plays at once, from `atMs` or the beginning. */
export interface NewPlayback {
  readonly recording: string;
  readonly atMs?: number;
  readonly speed?: PlaybackSpeed;
}

export type PlaybackCommand =
  | { readonly command: "play" }
  | { readonly command: "pause" }
  | { readonly command: "seek"; readonly atMs: number }
  | { readonly command: "speed"; readonly speed: PlaybackSpeed };
