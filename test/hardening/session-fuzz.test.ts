import { once } from "node:events";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";
import { encodeAuthenticate } from "../../src/wire/authenticate.ts";
import { encodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import { encodeAcknowledge, encodeSubscribe, encodeUnsubscribe } from "../../src/wire/subscriber-message.ts";
import { FuzzedFrames } from "../decode/fuzzed-frames.ts";
import { startTestServer } from "../support/server.ts";
import { StreamClient } from "../support/stream-client.ts";
import { damagedBytes } from "./hostile.ts";
import { RUNS as ALL_RUNS, survivesAwaiting } from "./survives.ts";

/** An input is several sessions of many messages over real sockets. */
const RUNS = Math.max(15, Math.floor(ALL_RUNS / 100));

const fuzzed = new FuzzedFrames(99);
const subscribe = encodeSubscribe({
  subscriptionId: "a",
  area: { form: "everywhere" },
  filter: EVERY_ALERT,
  positionsIntervalMs: 100,
  resume: undefined,
});
const GOOD = [
  encodeIngestFrame({ hello: { source_id: "fuzz", kind: 3, receipts: true }, items: [] }),
  encodeIngestFrame({ items: [], subscribe: { subscription_id: "b", everywhere: {} } }),
  subscribe,
  encodeUnsubscribe("a"),
  encodeAcknowledge({ epoch: 1, sequence: 5 }),
  encodeAuthenticate(subprotocol.ingest, "a.b.c"),
  encodeAuthenticate(subprotocol.alerts, "a.b.c"),
  ...Array.from({ length: 20 }, () => new Uint8Array(fuzzed.next())),
];

/** What a client does, in any order. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...GOOD).map((bytes) => ({ send: bytes })) },
  { weight: 3, arbitrary: damagedBytes(GOOD).map((bytes) => ({ send: bytes })) },
  { weight: 1, arbitrary: fc.string().map((text) => ({ send: text })) },
  { weight: 1, arbitrary: fc.constant({ ping: true }) },
  { weight: 1, arbitrary: fc.constantFrom(1000, 3000, 4999).map((close) => ({ close })) },
  { weight: 1, arbitrary: fc.constant({ cut: true }) },
);
type Step = { send?: Uint8Array | string; ping?: boolean; close?: number; cut?: boolean };

const session = fc.record({
  protocol: fc.constantFrom(subprotocol.ingest, subprotocol.alerts),
  steps: fc.array(step as fc.Arbitrary<Step>, { maxLength: 30 }),
});

function act(socket: WebSocket, { send, ping, close, cut }: Step): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  if (send !== undefined) socket.send(send);
  if (ping === true) socket.ping();
  if (close !== undefined) socket.close(close);
  if (cut === true) socket.terminate();
}

async function play(
  url: string,
  { protocol, steps }: { protocol: string; steps: readonly Step[] },
): Promise<void> {
  const socket = new WebSocket(url, [protocol]);
  socket.on("error", () => undefined);
  await once(socket, "open");
  const ended = once(socket, "close");
  for (const one of steps) act(socket, one);
  socket.close(1000);
  setTimeout(() => socket.terminate(), 50).unref();
  await ended;
}

describe.each(["streamUrl", "fastLaneUrl"] as const)("sessions of any kind over %s", (lane) => {
  it("leave no fault, no lost item and no session behind", {
    timeout: Math.max(60_000, RUNS * 500),
  }, async () => {
    const server = await startTestServer({ "listen.fastLaneEngine": "uws", "limits.helloTimeoutMs": 200 });
    const url = server[lane] ?? "";
    await survivesAwaiting(
      fc.array(session, { minLength: 1, maxLength: 6 }),
      (sessions) => Promise.all(sessions.map((one) => play(url, one))),
      { runs: RUNS },
    );
    await expect.poll(() => server.pipeline.sessions.size, { timeout: 10_000 }).toBe(0);
    expect([...server.pipeline.counters.faults.counts]).toEqual([]);
    for (const source of server.pipeline.counters.sources.values()) expect(source.unaccounted).toBe(0);
    const other = await StreamClient.open(url, subprotocol.alerts);
    other.send(subscribe);
    await other.next("subscribed");
  });
});
