import type { HttpExchange, HttpRoute } from "../../ops/http.ts";
import { identityOf, noteOf, viewOf } from "../access/viewer.ts";
import type { Program, ServerParts } from "../program.ts";
import { clipRoutes } from "./clip-routes.ts";
import { playbackRoutes } from "./playback-routes.ts";
import { Playbacks } from "./playbacks.ts";
import { Recordings } from "./recordings.ts";

/** The past in the server: recordings, and consoles that look at them. */
export interface PlaybackService {
  readonly routes: readonly HttpRoute[];
  readonly playbacks: Playbacks;
  close(): Promise<void>;
}

export function openPlaybacks(
  { config, access, logger, store }: ServerParts,
  { console }: Program,
): PlaybackService {
  const { gatekeeper } = access;
  const folders = [config.playback.directory, config.record.directory].filter((one) => one !== undefined);
  const recordings = new Recordings(folders);
  const playbacks = new Playbacks(config, recordings, logger);
  const note = noteOf(gatekeeper);
  console.openPlayback = (id, connection, identity) =>
    playbacks.get(id)?.open(connection, viewOf(identity), identity.limits);
  return {
    playbacks,
    routes: [
      ...clipRoutes({ recordings, log: store?.history, note }),
      ...playbackRoutes({
        recordings,
        playbacks,
        nameOf: ({ request }: HttpExchange) => identityOf(gatekeeper, request).name,
        note,
      }),
    ],
    close: () => playbacks.close(),
  };
}
