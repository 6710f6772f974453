import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { connectProducer, type Producer } from "../../src/client/producer.ts";
import type { Receipt, ServerMessage } from "../../src/domain/delivery.ts";
import { isRejection } from "../../src/domain/rejection.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import type { ProducerHello } from "../../src/wire/hello.ts";
import { decodeIngestFrame, type WireIngestFrame } from "../../src/wire/ingest-frame.ts";
import { encodeProblem, encodeReceipt } from "../../src/wire/server-message.ts";
import { toSubscription } from "../../src/wire/subscriber-message.ts";
import { subscription } from "../deliver/world.ts";
import { scriptedServer, welcome } from "./scripted-server.ts";

const HELLO: ProducerHello = { sourceId: "rsu-17", kind: "rsu", timeBase: "tai", receipts: true };

/** Welcomes producers, keeps their frames and answers each with a receipt. */
async function ingestServer(onFrame: (frame: WireIngestFrame, socket: WebSocket) => void = () => undefined) {
  const frames: WireIngestFrame[] = [];
  const server = await scriptedServer((socket) => {
    socket.send(welcome());
    socket.on("message", (data: Buffer) => {
      const frame = decodeIngestFrame(data);
      if (isRejection(frame)) throw new Error("the client sent nonsense");
      frames.push(frame);
      onFrame(frame, socket);
    });
  });
  return { ...server, frames };
}

function receiptFor(frame: WireIngestFrame): Uint8Array {
  const accepted = frame.items?.length ?? 0;
  return encodeReceipt({
    frameSeq: frame.frame_seq ?? 0,
    accepted,
    duplicate: 0,
    late: 0,
    durable: false,
    rejected: [],
  });
}

describe("a producer", () => {
  it("introduces itself first, numbers its frames and learns what became of them", async () => {
    const server = await ingestServer((frame, socket) => socket.send(receiptFor(frame)));
    const receipts: Receipt[] = [];
    let enough: () => void = () => undefined;
    const three = new Promise<void>((resolve) => {
      enough = resolve;
    });
    const producer = await connectProducer(server.url, HELLO, {
      onReceipt: (receipt) => {
        if (receipts.push(receipt) === 3) enough();
      },
    });
    expect(await producer.welcomed).toMatchObject({ maxItems: 500, heartbeatMs: 15_000 });
    expect(producer.send({ base_time_unix_ms: 1_760_000_000_000, items: [{ station_id: 1 }] })).toBe(true);
    producer.send({ base_time_unix_ms: 1_760_000_000_000, items: [{ station_id: 1 }, { station_id: 2 }] });
    await three;
    await producer.close();
    expect(server.protocols).toEqual([subprotocol.ingest]);
    expect(server.frames[0]?.hello).toMatchObject({
      source_id: "rsu-17",
      kind: 2,
      time_base: 2,
      receipts: true,
    });
    expect(server.frames.slice(1).every(({ hello }) => hello === null)).toBe(true);
    expect(server.frames.map(({ frame_seq }) => frame_seq)).toEqual([1, 2, 3]);
    expect(receipts.map(({ frameSeq, accepted }) => [frameSeq, accepted])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
  });

  it("subscribes on its own socket", async () => {
    const wish = subscription({ area: { form: "ahead", stationId: 9, distanceM: 2_000 } });
    const answer = { code: "not-permitted", message: "No.", field: "subscribe.ahead", subscriptionId: "s" };
    const server = await ingestServer((frame, socket) => {
      if (frame.subscribe) socket.send(encodeProblem(answer));
    });
    const heard = new Promise<ServerMessage>((resolve) => {
      void connectProducer(server.url, HELLO, { onMessage: resolve }).then((producer) => {
        producer.subscribe(wish);
        producer.unsubscribe("s");
      });
    });
    expect(await heard).toEqual({ kind: "problem", ...answer });
    expect(toSubscription(server.frames[1]?.subscribe ?? {}, "subscribe")).toEqual(wish);
  });

  it("holds back while the network is behind, and goes on when it is not", async () => {
    const server = await scriptedServer((socket) => {
      socket.send(welcome());
      socket.once("message", () => socket.pause());
      sockets.push(socket);
    });
    const sockets: WebSocket[] = [];
    const producer = await connectProducer(server.url, HELLO, { highWaterBytes: 1024 * 1024 });
    const payload = { original_payload: new Uint8Array(8_000) };
    const frame = { items: Array.from({ length: 25 }, () => payload) };
    let sent = 1;
    while (producer.send(frame)) sent++;
    expect(sent).toBeGreaterThan(4);
    expect(producer.bufferedBytes).toBeGreaterThanOrEqual(1024 * 1024);
    let isReady = false;
    const ready = producer.ready().then(() => {
      isReady = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isReady).toBe(false);
    sockets[0]?.resume();
    await ready;
    expect(producer.bufferedBytes).toBeLessThan(1024 * 1024);
    await producer.close();
  });

  it("learns why its session ended and what to do", async () => {
    const server = await ingestServer((_, socket) => socket.close(4400, "hello.kind must say what it is"));
    const producer = await connectProducer(server.url, HELLO);
    const end = await producer.closed;
    expect(end.message).toContain("4400 (hello.kind must say what it is)");
    expect(end.mayRetry).toBe(false);
    expect(producer.isOpen).toBe(false);
    expect(() => producer.send({})).toThrow("The producer session has ended; connect again.");
    await producer.ready();
  });

  it.each<[string, () => Promise<Producer>]>([
    ['"Köln 1" is no source id', () => connectProducer("ws://127.0.0.1:1", { ...HELLO, sourceId: "Köln 1" })],
    ["is the server running?", () => connectProducer("ws://127.0.0.1:1", HELLO)],
    ["is no address of a server", () => connectProducer("nowhere", HELLO)],
  ])("cannot begin: %s", async (message, attempt) => {
    await expect(attempt()).rejects.toThrow(message);
  });

  it("does not wait for ever for a welcome", async () => {
    const silent = await scriptedServer(() => undefined);
    const closing = await scriptedServer((socket) => socket.close(1013, "too many sessions"));
    await expect(connectProducer(silent.url, HELLO, { welcomeTimeoutMs: 30 })).rejects.toThrow(
      "no welcome within 30 ms",
    );
    await expect(connectProducer(closing.url, HELLO)).rejects.toThrow("1013 (too many sessions)");
  });
});
