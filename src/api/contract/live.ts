import type { Scope } from "../../domain/access.ts";
import type { TrafficLevel } from "../../domain/detector.ts";
import type { AlarmBoard, AlarmView, AlertView } from "./alarms.ts";
import type { IncidentSummary } from "./incidents.ts";
import type { PlaybackCommand, PlaybackView } from "./playback.ts";

/**
 * The stream behind the console: subprotocol `v1.console.roadpulse` on the path of all streams. Every message is binary; its
 * first byte says what follows, JSON in UTF-8 or a frame of vehicles (`vehicles.ts`). Anybody may build on it.
 */
export const JSON_MESSAGE = 1;
export const VEHICLE_MESSAGE = 2;

/** West, south, east, north, degrees. */
export type Extent = readonly [number, number, number, number];

/** What a client asks for. Unknown members are ignored, unknown types answered with a problem. */
export type LiveRequest =
  /** What the client looks at. Vehicles come for it from then on, or none. */
  | { readonly type: "view"; readonly extent: Extent; readonly zoom: number; readonly vehicles: boolean }
  /** Details of one vehicle, once a second, until another slot or none is named. */
  | { readonly type: "follow"; readonly slot: number | undefined }
  /** In a playback only: goes for everybody who looks at it. */
  | ({ readonly type: "playback" } & PlaybackCommand);

/** Who speaks, as the console shows it. */
export interface Viewer {
  readonly subject: string;
  /** Name to show; the subject where no other is known. */
  readonly name: string;
  /** Agency whose view of incidents is shown; `centre` sees all. */
  readonly agency: string;
  readonly scopes: readonly Scope[];
  /** Unix ms; undefined where the credentials never end. */
  readonly expiresAtMs: number | undefined;
  /** Nobody is asked who they are: the server listens on loopback without authentication. */
  readonly open: boolean;
}

/** State of traffic on one stretch of a route, 50 m or a multiple of it. */
export interface SegmentState {
  /** Index of the route in the map, and metres along it. */
  readonly route: number;
  readonly fromM: number;
  readonly toM: number;
  /** Undefined: nothing is known, which is not free. */
  readonly level: TrafficLevel;
}

/** How the server is, once a second; a client that hears none for `WELCOME.silenceMs` must say that its picture is old. */
export interface Heartbeat {
  readonly type: "heartbeat";
  readonly serverTimeMs: number;
  /** Time that the detectors have reached. */
  readonly reachedMs: number;
  /** Since the last accepted message of any source, ms; undefined before the first. A silent feed is not a quiet road. */
  readonly silentMs: number | undefined;
  readonly stations: number;
  readonly itemsPerS: number;
  /** Sources by verdict of their quality card. */
  readonly sources: { readonly ok: number; readonly doubtful: number; readonly failed: number };
  /** Received to handed to subscribers, ms, over the last minute; undefined where no alert was told. */
  readonly latencyP50Ms: number | undefined;
  readonly latencyP99Ms: number | undefined;
  /** Names of health checks that are not well, with a sentence each; `grave`: the server cannot do its work. */
  readonly troubles: readonly { readonly name: string; readonly text: string; readonly grave: boolean }[];
}

export interface LiveWelcome {
  readonly type: "welcome";
  readonly epoch: number;
  readonly version: string;
  readonly serverTimeMs: number;
  /** Heard nothing for so long: the picture is old. */
  readonly silenceMs: number;
  /** `live`, or `playback` where a recording or the past is shown. */
  readonly clock: "live" | "playback";
  /** Id of the playback that is shown beside the running server; absent where it is the server itself. */
  readonly playback?: string;
  readonly viewer: Viewer;
}

export type LiveMessage =
  | LiveWelcome
  | Heartbeat
  /** `full`: these are all; otherwise those that changed and the ids of those that are gone. */
  | {
      readonly type: "alerts";
      readonly full: boolean;
      readonly changed: readonly AlertView[];
      readonly gone: readonly string[];
    }
  | {
      readonly type: "alarms";
      readonly full: boolean;
      readonly changed: readonly AlarmView[];
      readonly gone: readonly string[];
      readonly board: AlarmBoard;
    }
  | {
      readonly type: "incidents";
      readonly full: boolean;
      readonly changed: readonly IncidentSummary[];
      readonly gone: readonly string[];
    }
  /** Whole routes: every stretch of a route that is named replaces what was known of that route. */
  | {
      readonly type: "segments";
      readonly full: boolean;
      readonly atMs: number;
      readonly routes: readonly number[];
      readonly states: readonly SegmentState[];
    }
  /** A vehicle that is followed; `undefined` once it is gone. */
  | {
      readonly type: "followed";
      readonly slot: number;
      readonly vehicle:
        | {
            /** Keyed hash: the pseudonym itself stays inside. */
            readonly label: string;
            readonly stationType: string;
            readonly latitudeDeg: number;
            readonly longitudeDeg: number;
            readonly speedMps: number | undefined;
            readonly headingDeg: number | undefined;
            readonly ageMs: number;
            readonly road: string | undefined;
          }
        | undefined;
    }
  /** In a playback only: at the beginning, with each change, and once a second. */
  | { readonly type: "playback"; readonly playback: PlaybackView }
  | { readonly type: "problem"; readonly code: string; readonly message: string };
