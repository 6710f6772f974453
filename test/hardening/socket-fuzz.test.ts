import { once } from "node:events";
import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STREAM_PATH, subprotocol } from "../../src/domain/subprotocol.ts";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";
import { encodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import { encodeSubscribe } from "../../src/wire/subscriber-message.ts";
import { startTestServer } from "../support/server.ts";
import { StreamClient } from "../support/stream-client.ts";
import { closeFrame, frame, OPCODE } from "./frames.ts";
import { damagedBytes } from "./hostile.ts";
import { RUNS as ALL_RUNS, survivesAwaiting } from "./survives.ts";

/** An input is a handful of connections, each with bytes of its own: dearer by some hundreds than one for a decoder. */
const RUNS = Math.max(25, Math.floor(ALL_RUNS / 20));
const TIMEOUT_MS = Math.max(60_000, RUNS * 200);

/** A peer that is silent and keeps its socket open is another test's: these end by themselves. */
const PATIENCE_MS = 40;

const subscribe = encodeSubscribe({
  subscriptionId: "a",
  area: { form: "everywhere" },
  filter: EVERY_ALERT,
  positionsIntervalMs: 100,
  resume: undefined,
});
const hello = encodeIngestFrame({ hello: { source_id: "fuzz", kind: 3, receipts: true }, items: [] });

const head = (path: string, ...lines: readonly string[]): Buffer =>
  Buffer.from([`GET ${path} HTTP/1.1`, "Host: 127.0.0.1", ...lines, "", ""].join("\r\n"));

const upgrade = (protocol: string): Buffer =>
  head(
    STREAM_PATH,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    `Sec-WebSocket-Protocol: ${protocol}`,
  );

const REQUESTS = [
  head("/livez"),
  head("/readyz?x=%41", "Accept: */*"),
  head("/metrics", "Authorization: Bearer a.b.c", "Cookie: a=b"),
  head("/", "Origin: http://elsewhere", "Content-Length: 5"),
  head("/v1/quality", "Transfer-Encoding: chunked"),
  upgrade(subprotocol.alerts),
];

/** What follows a good handshake: some frames, whole, before anything is damaged. */
const CONVERSATIONS = [subprotocol.alerts, subprotocol.ingest].map((protocol) =>
  Buffer.concat([
    frame(OPCODE.binary, protocol === subprotocol.alerts ? subscribe : hello),
    frame(OPCODE.ping, "a"),
    frame(OPCODE.binary, hello.subarray(0, 5), { fin: false }),
    frame(OPCODE.continuation, hello.subarray(5)),
    frame(OPCODE.text, "text"),
    closeFrame(1000, "done"),
  ]),
);

interface Visit {
  readonly greeting: Buffer;
  readonly bytes: Uint8Array;
}

const requests = damagedBytes(REQUESTS).map((bytes): Visit => ({ greeting: Buffer.alloc(0), bytes }));
const conversations = fc
  .tuple(fc.constantFrom(subprotocol.alerts, subprotocol.ingest), damagedBytes(CONVERSATIONS))
  .map(([protocol, bytes]): Visit => ({ greeting: upgrade(protocol), bytes }));

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await Promise.race([once(socket, "connect"), once(socket, "close")]);
  return socket;
}

async function visit(port: number, { greeting, bytes }: Visit): Promise<void> {
  const socket = await dial(port);
  const closed = once(socket, "close");
  socket.resume();
  if (greeting.length > 0) {
    socket.write(greeting);
    await Promise.race([once(socket, "data"), closed]);
  }
  socket.end(bytes);
  const patience = setTimeout(() => socket.destroy(), PATIENCE_MS);
  await closed;
  clearTimeout(patience);
}

describe.each(["streamUrl", "fastLaneUrl"] as const)("any bytes on the sockets of %s", (lane) => {
  it.each([
    ["requests", requests],
    ["frames behind a good handshake", conversations],
  ])("as %s, end nobody's session but their own", { timeout: TIMEOUT_MS }, async (_name, visits) => {
    const server = await startTestServer({ "listen.fastLaneEngine": "uws", "limits.helloTimeoutMs": 200 });
    const url = server[lane] ?? "";
    const port = Number(new URL(url).port);
    const bystander = await StreamClient.open(url, subprotocol.alerts);
    bystander.send(subscribe);
    await bystander.next("subscribed");
    await survivesAwaiting(
      fc.array(visits, { minLength: 1, maxLength: 8 }),
      (several) => Promise.all(several.map((one) => visit(port, one))),
      { runs: RUNS },
    );
    await expect.poll(() => server.pipeline.sessions.size, { timeout: 10_000 }).toBe(0);
    expect([...server.pipeline.counters.faults.counts]).toEqual([]);
    for (const source of server.pipeline.counters.sources.values()) expect(source.unaccounted).toBe(0);
    expect(bystander.socket.readyState).toBe(bystander.socket.OPEN);
  });
});
