import { createServer, type Server } from "node:http";
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Finding } from "../../src/cli/hop.ts";
import { startTestServer } from "../support/server.ts";
import { runCli } from "./capture.ts";

const foreign: (Server | TcpServer)[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of foreign.splice(0)) server.close();
});

async function streamUrlOf(server: Server | TcpServer): Promise<string> {
  foreign.push(server);
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/v1/stream`;
}

async function examine(
  url: string,
): Promise<{ code: number; states: Record<string, string>; findings: Finding[] }> {
  const { code, stdout } = await runCli(["doctor", "--json", "--url", url]);
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return { code, findings, states: Object.fromEntries(findings.map(({ hop, state }) => [hop, state])) };
}

test("a healthy server passes at every hop, and the reading is accounted for", async () => {
  const server = await startTestServer({ "listen.fastLaneEngine": "ws" });
  const { code, findings } = await examine(server.streamUrl);

  expect(findings.filter(({ state }) => state !== "ok")).toEqual([]);
  expect(findings.map(({ hop }) => hop)).toEqual([
    "port",
    "http",
    "ready",
    "engine",
    "fast lane",
    "producer",
    "decode",
    "detect",
    "subscriber",
  ]);
  expect(code).toBe(0);
  expect(server.pipeline.counters.source("roadpulse-doctor")).toMatchObject({
    received: 1,
    accepted: 1,
    unaccounted: 0,
  });
});

test("people get a line per hop and a verdict", async () => {
  const server = await startTestServer();
  const { stdout, code } = await runCli(["doctor", "--url", server.streamUrl]);
  expect({ code, stdout }).toMatchObject({ code: 0 });
  expect(stdout).toMatch(/^port +ok +127\.0\.0\.1:\d+ accepts connections$/m);
  expect(stdout).toMatch(/^subscriber +ok +subscribed; alerts live: 0$/m);
});

test("a server on a recording's clock takes no producers, which is no fault", async () => {
  const server = await startTestServer({ clock: "replay" });
  const { code, states } = await examine(server.streamUrl);
  expect(states).toMatchObject({
    producer: "skipped",
    decode: "skipped",
    detect: "skipped",
    subscriber: "ok",
  });
  expect(code).toBe(0);
});

test("nobody listening is named as the port, and nothing else is blamed", async () => {
  const server = await startTestServer();
  await server.stop();
  const { code, states, findings } = await examine(server.streamUrl);
  expect(code).toBe(1);
  expect(states["port"]).toBe("failed");
  expect(Object.values(states).filter((state) => state === "failed")).toHaveLength(1);
  expect(findings[0]?.hint).toContain("roadpulse serve");
});

test("another HTTP server on the port is named as the hop http", async () => {
  const url = await streamUrlOf(createServer((_request, response) => response.writeHead(404).end()));
  const { code, states } = await examine(url);
  expect(code).toBe(1);
  expect(states).toMatchObject({ port: "ok", http: "failed", ready: "skipped", producer: "failed" });
});

test("a server that is not ready tells its reasons", async () => {
  const url = await streamUrlOf(
    createServer((request, response) => {
      const ready = request.url !== "/readyz";
      response.writeHead(ready ? 200 : 503).end(JSON.stringify({ reasons: ["recorder: The disk is full."] }));
    }),
  );
  const ready = (await examine(url)).findings.find(({ hop }) => hop === "ready");
  expect(ready).toMatchObject({ state: "failed", text: "not ready: recorder: The disk is full." });
});

test("a port that is silent is no HTTP server", async () => {
  const url = await streamUrlOf(createTcpServer((socket) => socket.end()));
  const { states } = await examine(url);
  expect(states).toMatchObject({ port: "ok", http: "failed" });
});
