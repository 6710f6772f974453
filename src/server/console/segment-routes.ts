import { setImmediate } from "node:timers/promises";
import type { SegmentsView } from "../../api/contract/segments.ts";
import { grainsOf, permittedRuns, runsOf, statesOf } from "../../api/live/segment-runs.ts";
import { QueryReader } from "../../api/query.ts";
import type { Permit } from "../../deliver/permit.ts";
import type { TrafficLookup } from "../../domain/detector.ts";
import type { RoadNetwork, RoadRoute } from "../../domain/road.ts";
import { type HttpExchange, type HttpRoute, sendProblem } from "../../ops/http.ts";
import type { Gatekeeper } from "../access/gatekeeper.ts";
import { permitFor } from "./alert-routes.ts";
import { answerJson, askingWell } from "./answer.ts";
import { describeSegments, describeSegmentsGeoJson } from "./segment-descriptions.ts";

export interface SegmentRouteParts {
  readonly roads: RoadNetwork | undefined;
  readonly traffic: () => TrafficLookup;
  readonly reachedMs: () => number;
  readonly gatekeeper: Gatekeeper;
}

const DEFAULT_PAGE = 5_000;
const MAX_PAGE = 20_000;

/** 50 m each, looked at between two turns of the event loop: some 3 ms. */
const GRAINS_PER_TURN = 5_000;

const PARAMETERS = ["route", "limit", "after"];

const GEOJSON = "application/geo+json; charset=utf-8";

type RouteView = SegmentsView["routes"][number];

export function segmentRoutes(parts: SegmentRouteParts): HttpRoute[] {
  const { roads } = parts;
  const route = (path: string, answer: (roads: RoadNetwork, exchange: HttpExchange) => Promise<void>) => ({
    method: "GET" as const,
    path,
    access: "subscribe" as const,
    handle: askingWell((exchange) => {
      if (roads !== undefined) return answer(roads, exchange);
      return sendProblem(exchange.response, 404, "no-map", "This server has no map; roads.map sets one.");
    }),
  });
  return [
    {
      ...route("/v1/segments", async (_, exchange) => answerJson(exchange, await viewOf(parts, exchange))),
      title: "State of traffic along the roads",
      describe: describeSegments,
    },
    {
      ...route("/v1/segments.geojson", async (network, exchange) => {
        const { routes, ...more } = await viewOf(parts, exchange);
        const features = routes.flatMap((one) => featuresOf(network, one));
        await answerJson(exchange, { type: "FeatureCollection", ...more, features }, GEOJSON);
      }),
      describe: describeSegmentsGeoJson,
    },
  ];
}

async function viewOf(parts: SegmentRouteParts, exchange: HttpExchange): Promise<SegmentsView> {
  const { roads, traffic, reachedMs } = parts;
  const query = new QueryReader(exchange.query, PARAMETERS);
  const refs = query.list("route");
  const limit = query.whole("limit", 1, MAX_PAGE) ?? DEFAULT_PAGE;
  const after = query.whole("after", 0, Number.MAX_SAFE_INTEGER) ?? -1;
  const permit = permitFor(parts, exchange);
  const routes: RouteView[] = [];
  let segments = 0;
  let grains = 0;
  for (const route of roads?.routes.slice(after + 1) ?? []) {
    if (refs.length > 0 && !refs.includes(route.ref)) continue;
    const view = routeView(roads as RoadNetwork, route, traffic(), permit);
    if (view.segments.length > 0) routes.push(view);
    segments += view.segments.length;
    if (segments >= limit) return { atMs: reachedMs(), routes, next: String(route.index) };
    grains += grainsOf(route);
    if (grains > GRAINS_PER_TURN) await setImmediate();
    grains %= GRAINS_PER_TURN;
  }
  return { atMs: reachedMs(), routes };
}

function routeView(
  roads: RoadNetwork,
  route: RoadRoute,
  traffic: TrafficLookup,
  permit: Permit | undefined,
): RouteView {
  const all = runsOf(route, traffic);
  const runs = permit === undefined ? all : permittedRuns(roads, route, all, permit);
  const { index, id, ref, direction } = route;
  return {
    route: index,
    id,
    ref,
    direction,
    segments: statesOf(route, runs).flatMap(({ fromM, toM, level }) =>
      level === undefined
        ? []
        : [{ fromM, toM, fromKm: roads.kmAt(route, fromM), toKm: roads.kmAt(route, toM), level }],
    ),
  };
}

function featuresOf(roads: RoadNetwork, { route, id, ref, direction, segments }: RouteView) {
  const road = roads.routes[route] as RoadRoute;
  return segments.map((segment) => ({
    type: "Feature",
    id: `${id}:${Math.round(segment.fromM)}`,
    geometry: {
      type: "LineString",
      coordinates: roads
        .lineBetween(road, segment.fromM, segment.toM)
        .map(({ longitudeDeg, latitudeDeg }) => [longitudeDeg, latitudeDeg]),
    },
    properties: { route, ref, direction, ...segment },
  }));
}
