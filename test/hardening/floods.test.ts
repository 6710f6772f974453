import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { STREAM_PATH, subprotocol } from "../../src/domain/subprotocol.ts";
import { silentLogger } from "../../src/ops/logging.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import { StreamClient } from "../support/stream-client.ts";
import { frame, OPCODE } from "./frames.ts";

/** Attacks that cost the attacker little. Through all of them others are served, and memory stays bounded. */

const LANES = ["streamUrl", "fastLaneUrl"] as const;

/** Headers are due within 10 s, and both engines look every few seconds (uWebSockets.js: every 4). */
const PATIENCE_MS = 25_000;

let server: RunningServer;
beforeAll(async () => {
  const config = loadConfig({
    flags: {
      "listen.port": 0,
      "listen.fastLanePort": 0,
      "listen.fastLaneEngine": "uws",
      "listen.drainTimeoutMs": 500,
      "limits.helloTimeoutMs": 500,
      "limits.maxConnections": 300,
    },
  });
  if (isConfigProblems(config)) throw new Error(JSON.stringify(config));
  server = await startServer(config, { logger: silentLogger });
});
afterAll(() => server.stop());

const portOf = (lane: (typeof LANES)[number]): number => Number(new URL(server[lane] ?? "").port);

async function dial(lane: (typeof LANES)[number]): Promise<Socket> {
  const socket = connect(portOf(lane), "127.0.0.1");
  socket.on("error", () => undefined);
  await Promise.race([once(socket, "connect"), once(socket, "close")]);
  return socket;
}

/** Somebody else is greeted. */
async function isServed(lane: (typeof LANES)[number]): Promise<void> {
  const client = await StreamClient.open(server[lane] ?? "", subprotocol.alerts);
  await client.next("welcome");
  client.socket.terminate();
}

const upgradeHead = (lane: (typeof LANES)[number], protocol: string): string =>
  [
    `GET ${STREAM_PATH} HTTP/1.1`,
    `Host: 127.0.0.1:${portOf(lane)}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    `Sec-WebSocket-Protocol: ${protocol}`,
    "Sec-WebSocket-Extensions: permessage-deflate",
    "\r\n",
  ].join("\r\n");

async function rawStream(lane: (typeof LANES)[number], protocol: string): Promise<Socket> {
  const socket = await dial(lane);
  socket.write(upgradeHead(lane, protocol));
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString("latin1")).toMatch(/^HTTP\/1\.1 101/);
  // Nothing is ever compressed, whatever a client offers.
  expect(answer.toString("latin1").toLowerCase()).not.toContain("permessage-deflate");
  return socket;
}

const MIB = 1024 * 1024;

describe.each(LANES)("floods on %s", (lane) => {
  it("cuts a thousand clients that drip their headers, and serves others meanwhile", {
    timeout: 60_000,
  }, async () => {
    const sockets = await Promise.all(Array.from({ length: 1_000 }, () => dial(lane)));
    for (const socket of sockets) socket.write(`GET ${STREAM_PATH} HTTP/1.1\r\nHost: x\r\nX-Slow: `);
    const drip = setInterval(() => {
      for (const socket of sockets) if (!socket.destroyed) socket.write("a");
    }, 1_000);
    const ended = Promise.all(
      sockets.map((socket) =>
        socket.closed ? undefined : new Promise((resolve) => socket.once("close", resolve)),
      ),
    );
    if (lane === "fastLaneUrl") await isServed(lane);
    const patience = new Promise((_, reject) => {
      setTimeout(() => reject(new Error("still open")), PATIENCE_MS).unref();
    });
    await Promise.race([ended, patience]);
    clearInterval(drip);
    await isServed(lane);
  });

  it("survives two thousand handshakes that nobody follows up, half of them cut in the middle", {
    timeout: 60_000,
  }, async () => {
    for (let round = 0; round < 20; round++) {
      await Promise.all(
        Array.from({ length: 100 }, async (_, at) => {
          const socket = await dial(lane);
          const head = upgradeHead(lane, subprotocol.ingest);
          if (at % 2 === 0) socket.end(head.slice(0, head.length / 2));
          else socket.write(head, () => socket.destroy());
        }),
      );
    }
    await expect.poll(() => server.pipeline.sessions.size, { timeout: 10_000 }).toBe(0);
    await isServed(lane);
  });

  it("ends sessions that never say hello, and gives their places back", { timeout: 30_000 }, async () => {
    const silent = await Promise.all(
      Array.from({ length: 200 }, () => StreamClient.open(server[lane] ?? "", subprotocol.ingest)),
    );
    for (const client of silent) expect((await client.closed).code).toBe(4408);
    await expect.poll(() => server.pipeline.sessions.size, { timeout: 10_000 }).toBe(0);
  });

  it("refuses connections beyond the limit with 503 and takes new ones when places are free", {
    timeout: 30_000,
  }, async () => {
    const holders: WebSocket[] = [];
    const statuses: number[] = [];
    for (let at = 0; at < 320; at++) {
      const socket = new WebSocket(server[lane] ?? "", [subprotocol.alerts]);
      socket.on("error", () => undefined);
      const answer = once(socket, "unexpected-response").then(
        ([, response]) => response.statusCode as number,
      );
      statuses.push(await Promise.race([once(socket, "open").then(() => 101), answer]));
      holders.push(socket);
    }
    expect(new Set(statuses)).toEqual(new Set([101, 503]));
    expect(statuses.filter((status) => status === 101).length).toBeLessThanOrEqual(300);
    for (const socket of holders) socket.terminate();
    await expect
      .poll(
        () =>
          isServed(lane).then(
            () => "served",
            () => "refused",
          ),
        { timeout: 10_000 },
      )
      .toBe("served");
  });

  it("bounds memory under two hundred thousand fragments of one byte", { timeout: 60_000 }, async () => {
    const socket = await rawStream(lane, subprotocol.alerts);
    const before = process.memoryUsage().rss;
    const pieces = Buffer.concat(
      Array.from({ length: 1_000 }, () => frame(OPCODE.continuation, "*", { fin: false })),
    );
    socket.write(frame(OPCODE.binary, "*", { fin: false }));
    for (let round = 0; round < 200 && !socket.destroyed; round++)
      await new Promise<void>((resolve) => {
        socket.once("close", resolve);
        socket.write(pieces, () => resolve());
      });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MIB);
    socket.destroy();
    await isServed(lane);
  });

  it("inflates nothing: a bomb of 64 MiB in 64 KiB ends its own stream", { timeout: 30_000 }, async () => {
    const bomb = deflateRawSync(Buffer.alloc(64 * MIB), { level: 9 });
    const socket = await rawStream(lane, subprotocol.alerts);
    const before = process.memoryUsage().rss;
    socket.resume();
    socket.write(frame(OPCODE.binary, bomb, { reserved: 4 }));
    await Promise.race([once(socket, "close"), once(socket, "end")]);
    expect(process.memoryUsage().rss - before).toBeLessThan(32 * MIB);
    socket.destroy();
  });

  it("is not held up by clients that stop reading or that half-close", { timeout: 30_000 }, async () => {
    const deaf = await Promise.all(Array.from({ length: 50 }, () => rawStream(lane, subprotocol.alerts)));
    for (const socket of deaf) {
      socket.pause();
      for (let at = 0; at < 200; at++) socket.write(frame(OPCODE.ping, Buffer.alloc(125)));
    }
    const half = await Promise.all(Array.from({ length: 50 }, () => rawStream(lane, subprotocol.ingest)));
    for (const socket of half) socket.end();
    await isServed(lane);
    for (const socket of [...deaf, ...half]) socket.destroy();
    await expect.poll(() => server.pipeline.sessions.size, { timeout: 10_000 }).toBe(0);
  });
});
