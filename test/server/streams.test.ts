import { describe, expect, it } from "vitest";
import { closeCode } from "../../src/domain/close-code.ts";
import { Counters } from "../../src/domain/counters.ts";
import { STREAM_PATH, subprotocol } from "../../src/domain/subprotocol.ts";
import { Gatekeeper } from "../../src/server/access/gatekeeper.ts";
import { type StreamRole, Streams } from "../../src/server/streams.ts";
import { memoryTransport } from "../../src/transport/memory.ts";
import type { Connection } from "../../src/transport/transport.ts";
import { encodeAuthenticate } from "../../src/wire/authenticate.ts";

const LIMITS = {
  maxMessageBytes: 1_000,
  maxBufferedBytes: 1_000,
  idleTimeoutMs: 60_000,
  maxConnections: 10,
};

const BAD = 66;

/** Sessions that cannot bear one byte. */
const fragile: StreamRole = {
  scope: "publish",
  refusal: () => undefined,
  open: (connection) => ({
    message(bytes) {
      if (bytes[0] === BAD) throw new Error("a bug");
      connection.send(bytes);
    },
    drained: () => undefined,
    closed: () => undefined,
  }),
};

/** All lanes' handling of connections, with fragile sessions. */
function fragileStreams(role: StreamRole = fragile) {
  const counters = new Counters();
  const faults: string[] = [];
  const roles = {
    [subprotocol.ingest]: role,
    [subprotocol.alerts]: role,
    [subprotocol.replay]: role,
    [subprotocol.console]: role,
  };
  const gatekeeper = new Gatekeeper({
    tokens: undefined,
    certificates: undefined,
    sessions: undefined,
    secure: false,
    audit: undefined,
    refusals: counters.accessRefused,
    firstMessageMayAuthenticate: true,
    maxConnectionsPerIdentity: 1,
    maxSubscriptionsPerIdentity: 1,
    maxItemsPerSecondPerIdentity: undefined,
    nowMs: () => 0,
  });
  const handlers = new Streams(roles, counters, gatekeeper, {
    allowedOrigins: [],
    authenticationTimeoutMs: 1_000,
    onFault: (part, error) => faults.push(`${part} ${error}`),
  });
  return { handlers, counters, faults };
}

describe("a message that brings a bug to light", () => {
  it("ends its own session and no other, and is counted", async () => {
    const { handlers, counters, faults } = fragileStreams();
    const listener = await memoryTransport().listen({ host: "memory", port: 0 }, LIMITS, handlers);
    const connect = () => {
      const result = listener.connect({ path: STREAM_PATH, subprotocols: [subprotocol.ingest] });
      if (!result.accepted) throw new Error(result.reason);
      return result.client;
    };
    const [unlucky, other] = [connect(), connect()];
    unlucky.send(Uint8Array.of(BAD));
    other.send(Uint8Array.of(1));
    expect((await unlucky.closed).code).toBe(closeCode.internalError);
    await expect.poll(() => other.received).toHaveLength(1);
    expect(faults).toEqual(["session:v1.ingest.roadpulse Error: a bug"]);
    expect(counters.faults.total).toBe(1);
    await listener.drain(0);
  });
});

describe("a token in mid-stream", () => {
  it("reaches no session, and so no recording; what came with it does", async () => {
    const heard: Uint8Array[] = [];
    const { handlers } = fragileStreams({
      ...fragile,
      open: () => ({
        message: (bytes) => heard.push(bytes.slice()),
        drained: () => undefined,
        closed: () => undefined,
      }),
    });
    const listener = await memoryTransport().listen({ host: "memory", port: 0 }, LIMITS, handlers);
    const result = listener.connect({ path: STREAM_PATH, subprotocols: [subprotocol.ingest] });
    if (!result.accepted) throw new Error(result.reason);
    const token = [...encodeAuthenticate(subprotocol.ingest, "secret")];
    for (const message of [[8, 1], token, [...token, 16, 2], [16, 3]])
      result.client.send(Uint8Array.from(message));
    await expect.poll(() => heard).toHaveLength(3);
    expect(heard.map((bytes) => [...bytes])).toEqual([
      [8, 1],
      [16, 2],
      [16, 3],
    ]);
    await listener.drain(0);
  });
});

describe("a bug behind an opening, a drained buffer or a close", () => {
  const throws = (): never => {
    throw new Error("a bug");
  };
  const session = { message: () => undefined, drained: () => undefined, closed: () => undefined };
  const roles: readonly [string, StreamRole["open"]][] = [
    ["opening", throws],
    ["close", () => ({ ...session, closed: throws })],
  ];

  it.each(roles)("is counted and ends no more than its session: %s", async (_, open) => {
    const { handlers, counters, faults } = fragileStreams({ ...fragile, open });
    const listener = await memoryTransport().listen({ host: "memory", port: 0 }, LIMITS, handlers);
    const result = listener.connect({ path: STREAM_PATH, subprotocols: [subprotocol.ingest] });
    if (!result.accepted) throw new Error(result.reason);
    result.client.close(closeCode.normal, "");
    await result.client.closed;
    await expect.poll(() => faults).toEqual(["session:v1.ingest.roadpulse Error: a bug"]);
    expect(counters.faults.total).toBe(1);
    await listener.drain(0);
  });

  it("is counted where a buffer has drained", () => {
    const { handlers, faults } = fragileStreams({
      ...fragile,
      open: () => ({ ...session, drained: throws }),
    });
    const connection = connectionOf(handlers);
    handlers.open(connection);
    handlers.drained(connection);
    expect(faults).toHaveLength(1);
  });
});

/** A connection that was let in. */
function connectionOf(handlers: Streams): Connection {
  const request = {
    path: STREAM_PATH,
    query: "",
    headers: new Map<string, string>(),
    subprotocols: [subprotocol.ingest],
    remoteAddress: "127.0.0.1",
  };
  handlers.upgrade(request);
  return {
    id: 1,
    remoteAddress: request.remoteAddress,
    subprotocol: subprotocol.ingest,
    request,
    send: () => "sent",
    bufferedBytes: () => 0,
    close: () => undefined,
    terminate: () => undefined,
  };
}

describe("a connection for which there is no room", () => {
  it("is refused and counted", async () => {
    const { handlers, counters } = fragileStreams();
    const limits = { ...LIMITS, maxConnections: 1 };
    const listener = await memoryTransport().listen({ host: "memory", port: 0 }, limits, handlers);
    const connect = () =>
      listener.connect({ path: STREAM_PATH, subprotocols: [subprotocol.ingest] }).accepted;
    expect([connect(), connect(), connect()]).toEqual([true, false, false]);
    expect(counters.handshakesRefused.counts.get("503")).toBe(2);
    await listener.drain(0);
  });
});
