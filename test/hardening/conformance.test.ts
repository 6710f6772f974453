import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectionHandlers, Listener, ServerTransport } from "../../src/transport/transport.ts";
import { loadUws } from "../../src/transport/uws.ts";
import { wsTransport } from "../../src/transport/ws.ts";
import { CONFORMANCE_CASES, type ConformanceCase, MAX_MESSAGE_BYTES } from "./conformance-cases.ts";
import { closeFrame, OPCODE, RawPeer } from "./frames.ts";

/** µWS answers a broken close frame with one without a code. */
const PROTOCOL_ERRORS = [1002, 1003, 1005, 1007, 1009];

const echo: ConnectionHandlers = {
  upgrade: ({ subprotocols }) => ({ accept: true, subprotocol: subprotocols[0] ?? "" }),
  open: () => undefined,
  message: (connection, bytes) => void connection.send(bytes.slice()),
  refusedText: () => undefined,
  drained: () => undefined,
  closed: () => undefined,
};

const LIMITS = {
  maxMessageBytes: MAX_MESSAGE_BYTES,
  maxBufferedBytes: 1_000_000,
  idleTimeoutMs: 60_000,
  maxConnections: 1_000,
};

async function engine(name: "ws" | "uws"): Promise<ServerTransport> {
  if (name === "ws") return wsTransport();
  const loaded = await loadUws();
  if ("unavailable" in loaded) throw new Error(loaded.unavailable);
  return loaded;
}

const messagesOf = ({ heard }: RawPeer, opcode: number): Buffer[] =>
  heard.filter((one) => one.opcode === opcode).map(({ payload }) => payload);

async function send(peer: RawPeer, { send: frames, chop }: ConformanceCase): Promise<void> {
  const whole = Buffer.concat(frames);
  if (chop === undefined) {
    peer.socket.write(whole);
    return;
  }
  peer.socket.setNoDelay(true);
  for (let at = 0; at < whole.length && !peer.isOver; at += chop)
    await new Promise((resolve) => peer.socket.write(whole.subarray(at, at + chop), resolve));
}

async function judge(peer: RawPeer, wanted: ConformanceCase["expect"]): Promise<void> {
  if (wanted === "failed") {
    await peer.ended;
    expect([undefined, ...PROTOCOL_ERRORS]).toContain(peer.closeCode);
  } else if ("closed" in wanted) {
    while (peer.closeCode === undefined && !peer.isOver) await peer.hears(peer.heard.length + 1);
    expect(wanted.closed).toContain(peer.closeCode);
  } else {
    const [opcode, payloads] = "echo" in wanted ? [OPCODE.binary, wanted.echo] : [OPCODE.pong, wanted.pong];
    while (messagesOf(peer, opcode).length < payloads.length && !peer.isOver)
      await peer.hears(peer.heard.length + 1);
    expect(messagesOf(peer, opcode).map(String)).toEqual(
      payloads.map((payload) => String(Buffer.from(payload))),
    );
    // The stream is in order still.
    peer.socket.write(closeFrame(1000));
    await peer.ended;
    expect(peer.closeCode).toBe(1000);
  }
}

describe.each(["ws", "uws"] as const)("frames of RFC 6455 against %s", (name) => {
  let listener: Listener;
  beforeAll(async () => {
    listener = await (await engine(name)).listen({ host: "127.0.0.1", port: 0 }, LIMITS, echo);
  });
  afterAll(() => listener.drain(1_000));

  it.concurrent.each(CONFORMANCE_CASES)("$name", { timeout: 8_000 }, async (one) => {
    const peer = await RawPeer.open(listener);
    const limit = one.engineLimit?.[name];
    await send(peer, one);
    if (limit === undefined) await judge(peer, one.expect);
    // What an engine does not check must at least not carry over to the next connection.
    else await expect(RawPeer.open(listener)).resolves.toBeDefined();
    peer.socket.destroy();
  });
});
