import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { Counters } from "../../src/domain/counters.ts";
import { HEALTHY, type HealthCheck, unhealthy } from "../../src/ops/health.ts";
import { type HttpRoute, httpHandler, sendJson } from "../../src/ops/http.ts";
import { silentLogger } from "../../src/ops/logging.ts";
import { createMetrics } from "../../src/ops/metrics.ts";
import { opsRoutes } from "../../src/ops/ops-routes.ts";
import { startProcessMeter } from "../../src/ops/process-metrics.ts";

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function serve(routes: readonly HttpRoute[]): Promise<string> {
  const server = createServer(httpHandler(routes, silentLogger));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function operations(checks: readonly HealthCheck[] = []): HttpRoute[] {
  const process = startProcessMeter();
  cleanups.push(process.close);
  const gauges = { sessions: () => ({}), stationsTracked: () => 0, alertsLive: () => 0 };
  const metrics = createMetrics({ version: "1.2.3", counters: new Counters(), gauges, process });
  return opsRoutes({ checks, metrics, version: () => ({ version: "1.2.3" }) });
}

const echo: HttpRoute = {
  method: "GET",
  path: "/echo/*",
  handle: ({ response, path, query }) => sendJson(response, 200, { path, query: [...query] }),
};

test("liveness, version and metrics answer", async () => {
  const url = await serve(operations());
  expect(await (await fetch(`${url}/livez`)).json()).toEqual({ status: "alive" });
  expect(await (await fetch(`${url}/version`)).json()).toEqual({ version: "1.2.3" });
  const metrics = await fetch(`${url}/metrics`);
  expect(metrics.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(await metrics.text()).toContain("roadpulse_build_info");
});

test("readiness tells every reason and follows the checks", async () => {
  let disk = unhealthy("The disk is full.");
  const checks: HealthCheck[] = [
    { name: "lanes", check: () => HEALTHY },
    { name: "recorder", check: () => disk },
    {
      name: "broken",
      check: () => {
        throw new Error("no answer");
      },
    },
  ];
  const url = await serve(operations(checks));
  const refused = await fetch(`${url}/readyz`);
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({
    status: "not-ready",
    reasons: ["recorder: The disk is full.", "broken: The check itself failed: no answer."],
    checks: [
      { name: "lanes", ok: true },
      { name: "recorder", ok: false },
      { name: "broken", ok: false },
    ],
  });

  checks.pop();
  disk = HEALTHY;
  const ready = await fetch(`${url}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ status: "ready", reasons: [] });
});

test("an unknown path is a 404 that lists what there is", async () => {
  const url = await serve(operations());
  const response = await fetch(`${url}/metricz`);
  expect(response.status).toBe(404);
  const body = (await response.json()) as { message: string; resources: { path: string }[] };
  expect(body.message).toBe("There is no /metricz here.");
  expect(body.resources.map(({ path }) => path)).toEqual(["/livez", "/metrics", "/readyz", "/version"]);
});

test("a wrong method is a 405 that names the right ones, and HEAD is GET without a body", async () => {
  const url = await serve(operations());
  const refused = await fetch(`${url}/livez`, { method: "DELETE" });
  expect(refused.status).toBe(405);
  expect(refused.headers.get("allow")).toBe("GET, HEAD");
  const head = await fetch(`${url}/livez`, { method: "HEAD" });
  expect(head.status).toBe(200);
  expect(await head.text()).toBe("");
});

test("a resource without a body refuses one and closes the connection", async () => {
  const url = await serve([...operations(), { ...echo, method: "POST", path: "/small", maxBodyBytes: 4 }]);
  const tooLong = await fetch(`${url}/small`, { method: "POST", body: "12345" });
  expect(tooLong.status).toBe(413);
  expect(tooLong.headers.get("connection")).toBe("close");
  const headers = { "Content-Type": "application/json" };
  expect((await fetch(`${url}/small`, { method: "POST", headers, body: "1234" })).status).toBe(200);
  expect((await fetch(`${url}/small`, { method: "POST", body: "1234" })).status).toBe(415);
  const chunked = await new Promise<number | undefined>((resolve) => {
    const unmeasured = request(
      `${url}/livez`,
      { method: "GET", headers: { "Transfer-Encoding": "chunked" } },
      (response) => resolve(response.statusCode),
    );
    unmeasured.on("error", () => undefined);
    unmeasured.write("x");
  });
  expect(chunked).toBe(413);
});

test("paths are decoded, prefixes match below them only, and exact paths win", async () => {
  const exact: HttpRoute = {
    ...echo,
    path: "/echo/exact",
    handle: ({ response }) => sendJson(response, 200, "exact"),
  };
  const url = await serve([echo, exact]);
  expect(await (await fetch(`${url}/echo/a%20b?x=1&x=2`)).json()).toEqual({
    path: "/echo/a b",
    query: [
      ["x", "1"],
      ["x", "2"],
    ],
  });
  expect(await (await fetch(`${url}/echo/exact`)).json()).toBe("exact");
  expect((await fetch(`${url}/echoes`)).status).toBe(404);
});

test.each(["/%zz", `/${"x".repeat(3_000)}`])("a bad target is a 400", async (target) => {
  const url = await serve(operations());
  const status = await new Promise((resolve) => {
    request(url, { path: target }, (response) => resolve(response.resume().statusCode)).end();
  });
  expect(status).toBe(400);
});

test("every answer carries the security headers", async () => {
  const url = await serve(operations());
  for (const path of ["/livez", "/nowhere"]) {
    const { headers } = await fetch(url + path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
  }
});

test.each([
  ["throws", () => Promise.reject(new Error("secret detail"))],
  [
    "throws at once",
    () => {
      throw new Error("secret detail");
    },
  ],
])("a resource that %s answers 500 without its reason, and the server goes on", async (_name, handle) => {
  const url = await serve([{ method: "GET", path: "/broken", handle }, ...operations()]);
  const response = await fetch(`${url}/broken`);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("secret");
  expect((await fetch(`${url}/livez`)).status).toBe(200);
});
