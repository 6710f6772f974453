import { batch, computed, signal } from "@preact/signals";
import type { AlarmBoard, AlarmView, AlertView } from "../../api/contract/alarms.ts";
import type { IncidentSummary } from "../../api/contract/incidents.ts";
import type { Heartbeat, LiveMessage, LiveWelcome, SegmentState, Viewer } from "../../api/contract/live.ts";
import type { PlaybackView } from "../../api/contract/playback.ts";
import { isTerminal } from "../../domain/alert.ts";
import { now, setServerTime } from "../state/clock.ts";
import { session, sessionBegan } from "../state/session.ts";

/** What the server has told, as signals. Only `connection.ts` writes here, at most once per animation frame. */
export const alerts = signal<ReadonlyMap<string, AlertView>>(new Map());
export const alarms = signal<ReadonlyMap<string, AlarmView>>(new Map());
export const board = signal<AlarmBoard | undefined>(undefined);
export const incidents = signal<ReadonlyMap<string, IncidentSummary>>(new Map());
/** States of each route by its index in the map; a route that is absent is not known of. */
export const segments = signal<ReadonlyMap<number, readonly SegmentState[]>>(new Map());
export const heartbeat = signal<Heartbeat | undefined>(undefined);
/** The playback that is looked at; undefined while it is what is. */
export const playback = signal<PlaybackView | undefined>(undefined);
export const welcome = signal<LiveWelcome | undefined>(undefined);
export const followed = signal<Extract<LiveMessage, { type: "followed" }> | undefined>(undefined);
export const liveProblem = signal<Extract<LiveMessage, { type: "problem" }> | undefined>(undefined);

/**
 * - `connecting`: never yet heard of the server.
 * - `open`: heard of within its time.
 * - `silent`: the socket stands and nothing comes.
 * - `lost`: the socket is gone and is being opened again.
 */
export type ConnectionState = "connecting" | "open" | "silent" | "lost";
export const connection = signal<ConnectionState>("connecting");
/** When the next attempt to connect is made, ms of this machine; undefined where none is due. */
export const nextAttemptAtMs = signal<number | undefined>(undefined);

/** Server time of the last message; undefined before the first. */
export const heardAtMs = signal<number | undefined>(undefined);

/** Whether what is shown may be taken for what is: false the moment it may not. */
export const isOld = computed(() => connection.value !== "open");

/** How old the picture is, ms. */
export const pictureAgeMs = computed(() =>
  heardAtMs.value === undefined ? undefined : Math.max(0, now.value - heardAtMs.value),
);

/** Silence of all sources that makes a picture one of the past though the server is well: CAM come each second (own). */
export const FEED_SILENT_MS = 5_000;

/** The server is heard, and hears nobody itself. */
export const feedSilentMs = computed(() => {
  const beat = heartbeat.value;
  if (beat === undefined || welcome.value?.clock === "playback") return undefined;
  if (beat.silentMs === undefined) return Number.POSITIVE_INFINITY;
  return beat.silentMs > FEED_SILENT_MS ? beat.silentMs : undefined;
});

export const viewer = computed<Viewer | undefined>(() => session.value.viewer);
/** May act on alarms and incidents, and look into the past. */
export const mayOperate = computed(() => viewer.value?.scopes.includes("operate") ?? false);

/** Takes in messages in their order; the views are drawn once. */
export function takeIn(messages: readonly LiveMessage[]): void {
  batch(() => {
    for (const message of messages) takeOne(message);
  });
}

function takeOne(message: LiveMessage): void {
  switch (message.type) {
    case "welcome":
      begin(message);
      break;
    case "heartbeat":
      setServerTime(message.serverTimeMs);
      heartbeat.value = message;
      break;
    case "alerts":
      alerts.value = merged(
        alerts.value,
        message,
        ({ alertId }) => alertId,
        ({ state }) => isTerminal(state),
      );
      break;
    case "alarms":
      alarms.value = merged(alarms.value, message, ({ alarmId }) => alarmId);
      board.value = message.board;
      break;
    case "incidents":
      incidents.value = merged(incidents.value, message, ({ incidentId }) => incidentId);
      break;
    case "segments":
      segments.value = mergedSegments(segments.value, message);
      break;
    case "followed":
      followed.value = message;
      break;
    case "playback":
      playback.value = message.playback;
      break;
    case "problem":
      liveProblem.value = message;
      break;
  }
}

/** What came before belongs to the server's last life; what is told next is all there is. */
function begin(message: LiveWelcome): void {
  setServerTime(message.serverTimeMs);
  welcome.value = message;
  if (message.playback === undefined) playback.value = undefined;
  followed.value = undefined;
  liveProblem.value = undefined;
  sessionBegan(message.viewer);
}

interface Changes<T> {
  readonly full: boolean;
  readonly changed: readonly T[];
  readonly gone: readonly string[];
}

function merged<T>(
  before: ReadonlyMap<string, T>,
  { full, changed, gone }: Changes<T>,
  idOf: (one: T) => string,
  isOver: (one: T) => boolean = () => false,
): ReadonlyMap<string, T> {
  const after = full ? new Map<string, T>() : new Map(before);
  for (const id of gone) after.delete(id);
  for (const one of changed) {
    if (isOver(one)) after.delete(idOf(one));
    else after.set(idOf(one), one);
  }
  return after;
}

function mergedSegments(
  before: ReadonlyMap<number, readonly SegmentState[]>,
  { full, routes, states }: Extract<LiveMessage, { type: "segments" }>,
): ReadonlyMap<number, readonly SegmentState[]> {
  const after = full ? new Map<number, readonly SegmentState[]>() : new Map(before);
  const told = new Map<number, SegmentState[]>(routes.map((route) => [route, []]));
  for (const state of states) told.get(state.route)?.push(state);
  for (const [route, ofRoute] of told) after.set(route, ofRoute);
  return after;
}
