import type { Viewer } from "../../api/contract/live.ts";
import type { PlaybackCommand, PlaybackView } from "../../api/contract/playback.ts";
import type { Config } from "../../config/schema.ts";
import type { AccessLimits } from "../../domain/access.ts";
import type { PlaybackOptions } from "./playback.ts";

/** What a thread that plays begins with. */
export interface PlaybackOrder {
  readonly config: Config;
  readonly options: PlaybackOptions;
}

/** What the server tells the thread; `id` names a connection. */
export type ToPlayback =
  | { readonly kind: "open"; readonly id: number; readonly viewer: Viewer; readonly limits: AccessLimits }
  | { readonly kind: "message"; readonly id: number; readonly bytes: Uint8Array }
  /** The network has taken so many bytes. */
  | { readonly kind: "taken"; readonly id: number; readonly bytes: number }
  | { readonly kind: "closed"; readonly id: number }
  | { readonly kind: "command"; readonly command: PlaybackCommand };

export type FromPlayback =
  | { readonly kind: "send"; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: "close"; readonly id: number; readonly code: number; readonly reason: string }
  | { readonly kind: "state"; readonly view: PlaybackView };
