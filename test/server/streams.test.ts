import { describe, expect, it } from "vitest";
import { closeCode } from "../../src/domain/close-code.ts";
import { Counters } from "../../src/domain/counters.ts";
import { STREAM_PATH, subprotocol } from "../../src/domain/subprotocol.ts";
import { Gatekeeper } from "../../src/server/access/gatekeeper.ts";
import { type StreamRole, Streams } from "../../src/server/streams.ts";
import { memoryTransport } from "../../src/transport/memory.ts";

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
function fragileStreams() {
  const counters = new Counters();
  const faults: string[] = [];
  const roles = {
    [subprotocol.ingest]: fragile,
    [subprotocol.alerts]: fragile,
    [subprotocol.replay]: fragile,
    [subprotocol.console]: fragile,
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
