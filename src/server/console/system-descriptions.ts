import {
  anyOf,
  count,
  listOf,
  mapOf,
  number,
  objectOf,
  refTo,
  text,
  timeMs,
  truth,
} from "../../ops/json-schema.ts";
import type { JsonSchema, RouteDescription } from "../../ops/route-description.ts";

const whole: JsonSchema = { type: "integer" };
const orNull: JsonSchema = { type: ["number", "null"] };

const LATENCY = objectOf({
  windowS: count,
  stages: listOf(
    objectOf(
      { stage: anyOf("decode", "detect", "deliver"), count },
      { p50Ms: number, p95Ms: number, p99Ms: number },
    ),
  ),
});

const CONSERVATION = objectOf({
  sources: listOf(
    objectOf({
      source: text,
      received: count,
      accepted: count,
      duplicate: count,
      invalid: count,
      shed: count,
      unaccounted: { ...whole, description: "0, or items have been lost." },
    }),
  ),
  deliveries: listOf(
    objectOf({
      what: anyOf("alerts", "positions"),
      matched: count,
      sent: count,
      queued: count,
      conflated: count,
      dropped: count,
      unaccounted: whole,
    }),
  ),
  vehicleFrames: objectOf({ sent: count, dropped: count }),
});

const CHECK = objectOf({ name: text, ok: truth }, { reason: text, warning: text });

const HISTORY = objectOf({
  intervalMs: count,
  atMs: listOf(timeMs),
  itemsPerS: listOf(number),
  messagesPerS: listOf(number),
  alertsPerS: listOf(number),
  stations: listOf(count),
  detectP99Ms: listOf(orNull),
  deliverP99Ms: listOf(orNull),
});

const components = { Latency: LATENCY, Conservation: CONSERVATION };

export const describeSystem: RouteDescription = {
  tag: "system",
  summary: "How the server is, and how it has been in the last ten minutes",
  answers: {
    200: {
      description: "Counts, latencies, conservation, health and ten minutes of history.",
      schema: objectOf({
        version: text,
        clock: anyOf("live", "playback"),
        startedAtMs: timeMs,
        serverTimeMs: timeMs,
        stations: count,
        alerts: count,
        sessions: objectOf({ producers: count, subscribers: count, consoles: count }),
        latency: refTo("Latency"),
        conservation: refTo("Conservation"),
        checks: listOf(CHECK),
        history: HISTORY,
      }),
    },
  },
  components,
};

export const describeLatency: RouteDescription = {
  tag: "system",
  summary: "From a message's socket to the end of each stage, over the last minute",
  answers: { 200: { description: "Quantiles per stage.", schema: refTo("Latency") } },
  components,
};

export const describeConservation: RouteDescription = {
  tag: "system",
  summary: "What became of every item and of every delivery, since the start",
  answers: { 200: { description: "Counts per source and kind of delivery.", schema: refTo("Conservation") } },
  components,
};

export const describeStations: RouteDescription = {
  tag: "live",
  summary: "Live stations by type",
  answers: {
    200: { description: "Counts.", schema: objectOf({ live: count, known: count, byType: mapOf(count) }) },
  },
};
