import { join } from "node:path";
import type { Config } from "../../config/schema.ts";
import type { HttpRoute } from "../../ops/http.ts";
import { STORE_FOLDERS } from "../../store/store-folders.ts";
import { alertsAt } from "../playback/alerts-at.ts";
import type { Program, ServerParts } from "../program.ts";
import { AlertHistoryReader } from "./alert-history-reader.ts";
import { alertRoutes } from "./alert-routes.ts";
import { historyRoutes } from "./history-routes.ts";
import { mapRoutes } from "./map-routes.ts";
import { segmentRoutes } from "./segment-routes.ts";
import { systemRoutes } from "./system-routes.ts";
import { zoneRoutes } from "./zone-routes.ts";

/** The REST resources behind the console. */
export interface ConsoleRoutes {
  readonly routes: readonly HttpRoute[];
  close(): Promise<void>;
}

export function consoleRoutes(
  { config, detection, zones, access }: ServerParts,
  program: Program,
): ConsoleRoutes {
  const { pipeline, hub, console } = program;
  const { gatekeeper } = access;
  const { roads } = detection;
  const history = historyOf(config);
  const alerts = {
    hub,
    gatekeeper,
    nowMs: () => console.hub.serverTimeMs(),
    history,
    alertsAt: (timeMs: number) => history && alertsAt(history, timeMs),
  };
  const reachedMs = () => Math.floor(pipeline.reachedMs);
  return {
    routes: [
      ...mapRoutes(roads, zones),
      ...zoneRoutes({ zones, stations: pipeline.tracker, hub, gatekeeper }),
      ...alertRoutes(alerts),
      ...historyRoutes(alerts),
      ...segmentRoutes({ roads, traffic: () => pipeline.traffic, reachedMs, gatekeeper }),
      ...systemRoutes(program),
    ],
    close: async () => history?.close(),
  };
}

/** The log of this server through its index, where it keeps one. */
function historyOf({ store }: Config): AlertHistoryReader | undefined {
  if (store.directory === undefined || !store.history) return undefined;
  return new AlertHistoryReader(join(store.directory, STORE_FOLDERS.alerts));
}
