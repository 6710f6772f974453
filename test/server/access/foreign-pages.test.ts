import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { describe, expect, it } from "vitest";
import { unwantedChange } from "../../../src/ops/origin.ts";
import { startTestServer } from "../../support/server.ts";
import { streamStatus } from "../../support/stream-status.ts";

const LANES = ["streamUrl", "fastLaneUrl"] as const;

async function statusOf(url: string, headers: Record<string, string>, method = "GET"): Promise<number> {
  const sent = request(url, { method, agent: false, headers }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}

describe("a page of another origin in an operator's browser", () => {
  it("changes nothing: neither by a form, nor by a script, nor from another port of this machine", () => {
    const host = "127.0.0.1:8080";
    const json = { host, "content-type": "application/json" };
    const verdict = (headers: Record<string, string>, method = "POST") =>
      unwantedChange(method, headers, ["https://console.example"])?.status;
    expect(verdict(json)).toBeUndefined();
    expect(verdict({ ...json, "content-type": "application/json; charset=utf-8" })).toBeUndefined();
    expect(
      verdict({ ...json, origin: "http://127.0.0.1:8080", "sec-fetch-site": "same-origin" }),
    ).toBeUndefined();
    expect(
      verdict({ ...json, origin: "https://console.example", "sec-fetch-site": "cross-site" }),
    ).toBeUndefined();
    expect(verdict({ ...json, origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-site" })).toBe(403);
    expect(verdict({ ...json, origin: "null" })).toBe(403);
    expect(verdict({ ...json, "sec-fetch-site": "cross-site" })).toBe(403);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
      expect(verdict({ host, "content-type": type })).toBe(415);
    expect(verdict({ host })).toBe(415);
    expect(verdict({ host }, "DELETE")).toBeUndefined();
    expect(verdict({ host, origin: "http://evil.example" }, "DELETE")).toBe(403);
    expect(verdict({ host, origin: "http://evil.example" }, "GET")).toBeUndefined();
  });

  it("does not become a page of this server by a name that points to loopback", async () => {
    const server = await startTestServer({
      "listen.fastLaneEngine": "uws",
      "access.allowedOrigins": "https://console.example",
    });
    const port = new URL(server.httpUrl).port;
    const url = `${server.httpUrl}/metrics`;
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, "console.example"])
      expect(await statusOf(url, { host }), host).toBe(200);
    for (const host of [`evil.example:${port}`, "127.0.0.1.evil.example", "localhost.evil.example"])
      expect(await statusOf(url, { host }), host).toBe(403);
    for (const lane of LANES) {
      const at = server[lane] ?? "";
      const { host } = new URL(at);
      const origin = (name: string) => `http://${name}`;
      expect(await streamStatus(at, { headers: { host, origin: origin(host) } })).toBe(101);
      const rebound = `evil.example:${new URL(at).port}`;
      expect(await streamStatus(at, { headers: { host: rebound, origin: origin(rebound) } })).toBe(403);
    }
    expect(server.pipeline.counters.accessRefused.counts.get("foreign-origin")).toBeGreaterThanOrEqual(5);
  });
});
