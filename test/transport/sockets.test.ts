import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Listener, ServerTransport } from "../../src/transport/transport.ts";
import { loadUws } from "../../src/transport/uws.ts";
import { wsTransport } from "../../src/transport/ws.ts";
import { Recorder } from "../contract/recorder.ts";
import { answerTo, clientFrame, rawWebSocket, writable } from "./raw-socket.ts";

const LIMITS = {
  maxMessageBytes: 4_096,
  maxBufferedBytes: 64 * 1024,
  idleTimeoutMs: 60_000,
  maxConnections: 10,
};
const OPCODE = { continuation: 0, binary: 2, reserved: 3, ping: 9 } as const;
/** Far more pings than loopback can hold answers to: 125 B each, about 60 MiB. */
const PING_FLOOD = 500_000;
const PINGS_PER_WRITE = 5_000;

const uws = await loadUws();
const engines: (readonly [string, ServerTransport])[] = [["ws", wsTransport()]];
if (!("unavailable" in uws)) engines.push(["uws", uws]);

/** What only engines with real sockets can meet: bytes that no well-behaved client sends. */
describe.each(engines)("hostile bytes: %s", (_name, transport) => {
  let recorder: Recorder;
  let listener: Listener;

  beforeEach(async () => {
    recorder = new Recorder();
    listener = await transport.listen({ host: "127.0.0.1", port: 0 }, LIMITS, recorder);
  });

  afterEach(() => listener.drain(0));

  it("answers plain HTTP with 426 and what to upgrade to", async () => {
    const answer = await answerTo(listener, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 426 /);
    expect(answer).toMatch(/upgrade: websocket/i);
    expect(recorder.requests).toEqual([]);
  });

  it("never asks the session about a handshake without a key", async () => {
    const answer = await answerTo(
      listener,
      "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(recorder.requests).toEqual([]);
    expect(listener.connectionCount()).toBe(0);
  });

  it("refuses an address that is taken, with the operating system's code", async () => {
    const taken = { host: listener.host, port: listener.port };
    await expect(transport.listen(taken, LIMITS, recorder)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("cuts a client that uses a reserved opcode", async () => {
    const socket = await rawWebSocket(listener);
    // RFC 6455 §5.2: an unknown opcode must fail the connection.
    socket.write(clientFrame(OPCODE.reserved, new Uint8Array(10)));
    await recorder.nth("closed");
    expect(recorder.all("message")).toEqual([]);
    socket.destroy();
  });

  it("cuts a message whose fragments together exceed the limit", async () => {
    const socket = await rawWebSocket(listener);
    socket.resume();
    socket.write(clientFrame(OPCODE.binary, new Uint8Array(100), false));
    for (let i = 0; i < 50; i += 1)
      socket.write(clientFrame(OPCODE.continuation, new Uint8Array(100), false));
    await recorder.nth("closed");
    expect(recorder.all("message")).toEqual([]);
    socket.destroy();
  });

  it("keeps memory bounded while a client pings without ever reading the answers", async () => {
    const socket = await rawWebSocket(listener);
    socket.pause();
    const { connection } = await recorder.nth("open");
    const pings = Buffer.concat(
      Array.from({ length: PINGS_PER_WRITE }, () => clientFrame(OPCODE.ping, new Uint8Array(125))),
    );
    for (let sent = 0; sent < PING_FLOOD && !socket.destroyed; sent += PINGS_PER_WRITE) {
      if (!socket.write(pings)) await writable(socket);
      expect(connection.bufferedBytes()).toBeLessThan(2 * LIMITS.maxBufferedBytes + 64 * 1024);
    }
    socket.destroy();
    await recorder.nth("closed");
  });
});

describe("slow handshakes", () => {
  it("answers 408 to a client that drips its headers", async () => {
    const timeouts = { headersTimeout: 100, requestTimeout: 100, connectionsCheckingInterval: 20 };
    const listener = await wsTransport(timeouts).listen(
      { host: "127.0.0.1", port: 0 },
      LIMITS,
      new Recorder(),
    );
    expect(await answerTo(listener, "GET / HTTP/1.1\r\nHost: x\r\n")).toMatch(/^HTTP\/1\.1 408 /);
    await listener.drain(0);
  });
});
