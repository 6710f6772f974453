import type { HttpRoute } from "../../ops/http.ts";
import { ThrottledWarnings } from "../../ops/logging.ts";
import { baseMapRoutes } from "../base-map/base-map-routes.ts";
import { alertsAt } from "../playback/alerts-at.ts";
import type { Program, ServerParts } from "../program.ts";
import { alertRoutes } from "./alert-routes.ts";
import { historyRoutes } from "./history-routes.ts";
import { mapRoutes } from "./map-routes.ts";
import { segmentRoutes } from "./segment-routes.ts";
import { systemRoutes } from "./system-routes.ts";
import { zoneRoutes } from "./zone-routes.ts";

/** The REST resources behind the console. */
export function consoleRoutes(
  { detection, zones, baseMap, access, store, logger }: ServerParts,
  program: Program,
): readonly HttpRoute[] {
  const { pipeline, hub, console } = program;
  const { gatekeeper } = access;
  const { roads } = detection;
  const warnings = new ThrottledWarnings(logger);
  const history = store?.history;
  const alerts = {
    hub,
    gatekeeper,
    nowMs: () => console.hub.serverTimeMs(),
    history,
    alertsAt: (timeMs: number) => history && alertsAt(history, timeMs),
  };
  const reachedMs = () => Math.floor(pipeline.reachedMs);
  return [
    ...mapRoutes(roads, zones, baseMap?.view),
    ...baseMapRoutes({ map: baseMap, onBroken: (message) => warnings.warn("base map", {}, message) }),
    ...zoneRoutes({ zones, stations: pipeline.tracker, hub, gatekeeper }),
    ...alertRoutes(alerts),
    ...historyRoutes(alerts),
    ...segmentRoutes({ roads, traffic: () => pipeline.traffic, reachedMs, gatekeeper }),
    ...systemRoutes(program),
  ];
}
