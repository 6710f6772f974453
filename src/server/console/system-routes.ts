import type { ConservationView, LatencyView, StationsView, SystemView } from "../../api/contract/system.ts";
import type { DeliveryCounters } from "../../domain/counters.ts";
import { readiness } from "../../ops/health.ts";
import { type HttpRoute, sendJson } from "../../ops/http.ts";
import { version } from "../../version.ts";
import type { Program } from "../program.ts";
import {
  describeConservation,
  describeLatency,
  describeStations,
  describeSystem,
} from "./system-descriptions.ts";
import { LATENCY_STAGES, quantiles, SAMPLE_INTERVAL_MS, type SystemSample } from "./system-history.ts";

const LATENCY_WINDOW_S = 60;

/** How the server is, for the System view and whoever else wants to know. */
export function systemRoutes(program: Program): HttpRoute[] {
  const route = (path: string, describe: HttpRoute["describe"], view: () => object): HttpRoute => ({
    method: "GET",
    path,
    access: "operate",
    ...(describe === undefined ? {} : { describe }),
    handle: ({ response }) => sendJson(response, 200, view()),
  });
  const startedAtMs = Date.now();
  return [
    route("/v1/system", describeSystem, () => systemView(program, startedAtMs)),
    route("/v1/latency", describeLatency, () => latencyView(program)),
    route("/v1/conservation", describeConservation, () => conservationView(program)),
    { ...route("/v1/stations", describeStations, () => stationsView(program)), access: "subscribe" },
  ];
}

function latencyView({ console }: Program): LatencyView {
  return {
    windowS: LATENCY_WINDOW_S,
    stages: LATENCY_STAGES.map((stage) => {
      const { count, p50Ms, p95Ms, p99Ms } = console.history.latency(stage);
      if (p50Ms === undefined || p95Ms === undefined || p99Ms === undefined) return { stage, count };
      return { stage, count, p50Ms: rounded(p50Ms), p95Ms: rounded(p95Ms), p99Ms: rounded(p99Ms) };
    }),
  };
}

function conservationView({ pipeline, console }: Program): ConservationView {
  const { counters } = pipeline;
  const sources = [...counters.sources].map(([source, counts]) => {
    const { received, accepted, duplicate, invalidTotal: invalid, shed, unaccounted } = counts;
    return { source, received, accepted, duplicate, invalid, shed: shed.total, unaccounted };
  });
  return {
    sources: sources.sort((a, b) => (a.source < b.source ? -1 : 1)),
    deliveries: [
      deliveries("alerts", counters.alertDeliveries),
      deliveries("positions", counters.positionDeliveries),
    ],
    vehicleFrames: console.hub.frames,
  };
}

function deliveries(what: "alerts" | "positions", counts: DeliveryCounters) {
  const { matched, sent, queued, conflated, dropped } = counts;
  const unaccounted = matched - sent - queued - conflated - dropped;
  return { what, matched, sent, queued, conflated, dropped, unaccounted };
}

function stationsView({ pipeline }: Program): StationsView {
  const byType: Record<string, number> = {};
  const everywhere = { westE7: -1.8e9, eastE7: 1.8e9, southE7: -9e8, northE7: 9e8 };
  pipeline.tracker.eachIn(everywhere, ({ stationType }) => {
    byType[stationType] = (byType[stationType] ?? 0) + 1;
  });
  return { live: pipeline.tracker.size, known: pipeline.tracker.known, byType };
}

function systemView(program: Program, startedAtMs: number): SystemView {
  const { pipeline, hub, producers, console } = program;
  return {
    version,
    clock: console.hub.clock,
    startedAtMs,
    serverTimeMs: Math.floor(console.hub.serverTimeMs()),
    stations: pipeline.tracker.size,
    alerts: hub.liveAlerts,
    sessions: {
      producers: producers.size,
      subscribers: hub.stats.sessions,
      consoles: console.hub.sessions,
    },
    latency: latencyView(program),
    conservation: conservationView(program),
    checks: readiness(console.checks).checks,
    history: historyView(console.history.samples),
  };
}

/** One value per interval between two samples. */
function historyView(samples: readonly SystemSample[]): SystemView["history"] {
  const pairs = samples.slice(1).map((sample, i) => [samples[i] ?? sample, sample] as const);
  const rate = (of: (sample: SystemSample) => number) =>
    pairs.map(([from, to]) => rounded(((of(to) - of(from)) * 1_000) / Math.max(1, to.atMs - from.atMs)));
  const p99 = (stage: "detect" | "deliver") =>
    pairs.map(([from, to]) => {
      const { p99Ms } = quantiles(to.latency[stage], from.latency[stage]);
      return p99Ms === undefined ? null : rounded(p99Ms);
    });
  return {
    intervalMs: SAMPLE_INTERVAL_MS,
    atMs: pairs.map(([, { atMs }]) => Math.round(atMs)),
    itemsPerS: rate(({ received }) => received),
    messagesPerS: rate(({ messages }) => messages),
    alertsPerS: rate(({ transitions }) => transitions),
    stations: pairs.map(([, { stations }]) => stations),
    detectP99Ms: p99("detect"),
    deliverP99Ms: p99("deliver"),
  };
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
