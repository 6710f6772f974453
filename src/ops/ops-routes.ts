import { type HealthCheck, readiness } from "./health.ts";
import { type HttpRoute, send, sendJson } from "./http.ts";
import { anyOf, listOf, mapOf, objectOf, text, truth } from "./json-schema.ts";
import type { Metrics } from "./metrics.ts";

export interface OpsSources {
  /** Conditions for serving; asked at every request of `/readyz`. */
  readonly checks: readonly HealthCheck[];
  readonly metrics: Metrics;
  /** Body of `/version`. */
  readonly version: () => Readonly<Record<string, unknown>>;
}

const READINESS = objectOf({
  status: anyOf("ready", "not-ready"),
  reasons: listOf(text),
  warnings: listOf(text),
  checks: listOf(objectOf({ name: text, ok: truth }, { reason: text, warning: text })),
});

/** The resources that operators and orchestrators ask. */
export function opsRoutes(sources: OpsSources): HttpRoute[] {
  return [
    {
      method: "GET",
      path: "/livez",
      access: "anyone",
      title: "200 while the process handles events",
      describe: {
        tag: "health",
        summary: "200 while the process handles events",
        answers: { 200: { description: "Alive.", schema: objectOf({ status: anyOf("alive") }) } },
      },
      handle: ({ response }) => sendJson(response, 200, { status: "alive" }),
    },
    {
      method: "GET",
      path: "/readyz",
      access: "anyone",
      title: "200 when the server can do its work, else 503 with reasons",
      describe: {
        tag: "health",
        summary: "200 when the server can do its work, else 503 with reasons",
        answers: {
          200: { description: "Ready; warnings may want a look.", schema: READINESS },
          503: { description: "Not ready; the reasons say why.", schema: READINESS },
        },
      },
      handle: ({ response }) => {
        const state = readiness(sources.checks);
        const reasons = state.checks.flatMap(({ name, reason }) =>
          reason === undefined ? [] : [`${name}: ${reason}`],
        );
        const warnings = state.checks.flatMap(({ name, warning }) =>
          warning === undefined ? [] : [`${name}: ${warning}`],
        );
        const status = state.ready ? "ready" : "not-ready";
        sendJson(response, state.ready ? 200 : 503, { status, reasons, warnings, checks: state.checks });
      },
    },
    {
      method: "GET",
      path: "/version",
      access: "anyone",
      title: "Version of the server",
      describe: {
        tag: "about",
        summary: "Version of the server",
        answers: { 200: { description: "Version, clock and lanes.", schema: mapOf(text) } },
      },
      handle: ({ response }) => sendJson(response, 200, sources.version()),
    },
    {
      method: "GET",
      path: "/metrics",
      title: "Metrics for Prometheus",
      describe: {
        tag: "health",
        summary: "Metrics for Prometheus",
        answers: { 200: { description: "Text format of Prometheus.", contentType: "text/plain" } },
      },
      handle: async ({ response }) =>
        send(response, 200, sources.metrics.contentType, await sources.metrics.render()),
    },
  ];
}
