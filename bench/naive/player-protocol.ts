import type { Side } from "./play.ts";
import type { RecordingOrder } from "./recording.ts";

/** What a player process is told, one order at a time. */
export type PlayerOrder =
  | { readonly kind: "open"; readonly side: Side; readonly recording: RecordingOrder }
  /** The next segment in process; the first one of a fleet is the warm-up. */
  | { readonly kind: "play" }
  /** Where segments are to be sent to. */
  | { readonly kind: "listen" }
  /** Begins to wait for a segment that comes through the socket. */
  | { readonly kind: "await" }
  /** The same as `play`, under the profiler. */
  | { readonly kind: "profile" }
  /** Ends all alerts and hands out the alert file. */
  | { readonly kind: "finish" };

export type PlayerAnswer =
  | { readonly kind: "ready"; readonly url?: string; readonly engine?: string }
  | { readonly kind: "played"; readonly played: Played }
  | { readonly kind: "profiled"; readonly parts: Readonly<Record<string, number>> }
  | { readonly kind: "finished"; readonly lines: readonly string[] }
  | { readonly kind: "failed"; readonly reason: string };

/** One measured segment. */
export interface Played {
  readonly reports: number;
  readonly wallMs: number;
  /** Of the whole process: garbage collection and the sockets' system calls are in it. */
  readonly processorMs: number;
}
