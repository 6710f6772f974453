import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { closeCode } from "../../src/domain/close-code.ts";
import { STREAM_PATH, subprotocol } from "../../src/domain/subprotocol.ts";
import type { RunningServer } from "../../src/server/server.ts";
import { encodeIngestFrame, type WireIngestItem } from "../../src/wire/ingest-frame.ts";
import { conservationFaults } from "../support/golden.ts";
import { startTestServer } from "../support/server.ts";
import { Producer, StreamClient } from "../support/stream-client.ts";

const place = { latitude_e7: 514_300_000, longitude_e7: 67_600_000 };
const cam = (stationId: number, over: object = {}): WireIngestItem => ({
  station_id: stationId,
  awareness: { ...place, speed_cmps: 2_500, heading_ddeg: 900, station_type: 6, ...over },
});

/** Both lanes must behave alike; the fast lane falls back to `ws` where no binary fits. */
const lanes = ["http lane", "fast lane"] as const;

async function start(
  lane: (typeof lanes)[number],
  flags = {},
): Promise<{ server: RunningServer; url: string }> {
  const server = await startTestServer({
    "listen.fastLaneEngine": lane === "fast lane" ? "auto" : "off",
    ...flags,
  });
  return { server, url: lane === "fast lane" ? (server.fastLaneUrl ?? "") : server.streamUrl };
}

/** The server still works: another producer is heard, nothing is unaccounted. */
async function expectUnharmed(server: RunningServer, url: string, witness: Producer): Promise<void> {
  const receipt = await witness.sendItems(cam(1_000_001 + Math.floor(server.pipeline.counters.messages)));
  expect(receipt).toMatchObject({ accepted: 1, rejected: [] });
  const newcomer = await Producer.open(url, "newcomer");
  expect(await newcomer.sendItems(cam(99))).toMatchObject({ accepted: 1 });
  expect(conservationFaults(server.pipeline.counters)).toEqual([]);
  const ready = await fetch(`${server.httpUrl}/readyz`);
  expect(ready.status).toBe(200);
}

describe.each(lanes)("bad input on the %s", (lane) => {
  it("refuses a wrong or missing subprotocol and a wrong path with a status that helps", async () => {
    const { server, url } = await start(lane);
    const witness = await Producer.open(url, "witness");
    const refusals: number[] = [];
    for (const [address, protocols] of [
      [url, ["v9.ingest.roadpulse"]],
      [url, []],
      [url.replace(STREAM_PATH, "/elsewhere"), [subprotocol.ingest]],
      [url, [subprotocol.replay]],
    ] as const) {
      const socket = new WebSocket(address, [...protocols]);
      socket.on("error", () => undefined);
      const [, response] = await once(socket, "unexpected-response");
      refusals.push(response.statusCode);
      socket.terminate();
    }
    expect(refusals).toEqual([400, 400, 404, 403]);
    expect(server.pipeline.counters.handshakesRefused.total).toBe(4);
    await expectUnharmed(server, url, witness);
  });

  it("refuses pages of another origin, and lets pages of its own in", async () => {
    const { server, url } = await start(lane);
    const witness = await Producer.open(url, "witness");
    const foreign = new WebSocket(url, [subprotocol.alerts], { origin: "https://elsewhere.example" });
    foreign.on("error", () => undefined);
    const [, response] = await once(foreign, "unexpected-response");
    expect(response.statusCode).toBe(403);
    const own = new WebSocket(url, [subprotocol.alerts], { origin: url.replace("ws:", "http:") });
    await once(own, "open");
    own.close();
    await expectUnharmed(server, url, witness);
  });

  it("closes a text message with 1003", async () => {
    const { server, url } = await start(lane);
    const witness = await Producer.open(url, "witness");
    const client = await StreamClient.open(url, subprotocol.ingest);
    client.send("hello");
    expect((await client.closed).code).toBe(closeCode.unsupportedData);
    await expectUnharmed(server, url, witness);
  });

  it("counts garbage and a truncated frame as malformed and goes on", async () => {
    const { server, url } = await start(lane);
    const producer = await Producer.open(url, "rsu-1");
    const whole = encodeIngestFrame({ base_time_unix_ms: Date.now(), items: [cam(1), cam(2)] });
    producer.client.send(Uint8Array.from({ length: 200 }, (_, index) => (index * 37 + 255) & 0xff));
    producer.client.send(whole.subarray(0, whole.length - 7));
    expect(await producer.sendItems(cam(1), cam(2))).toMatchObject({ accepted: 2 });
    const counters = server.pipeline.counters.source("rsu-1");
    expect(counters.invalid.get("malformed")).toBeGreaterThanOrEqual(2);
    await expectUnharmed(server, url, producer);
  });

  it("closes a message of 10 MB and takes no memory for it", async () => {
    const { server, url } = await start(lane);
    const witness = await Producer.open(url, "witness");
    const client = await StreamClient.open(url, subprotocol.ingest);
    client.send(new Uint8Array(10 * 1024 * 1024));
    expect([closeCode.messageTooBig, 1006]).toContain((await client.closed).code);
    await expectUnharmed(server, url, witness);
  });

  it("refuses a frame of 10,000 items as a whole, item by item in the counters", async () => {
    const { server, url } = await start(lane);
    const producer = await Producer.open(url, "rsu-1");
    const items = Array.from({ length: 10_000 }, (_, index) => ({ station_id: index + 1, awareness: place }));
    const receipt = await producer.client.next("receipt");
    expect(receipt).toMatchObject({ accepted: 0 });
    producer.client.send(encodeIngestFrame({ base_time_unix_ms: Date.now(), items, frame_seq: 77 }));
    await expectUnharmed(server, url, producer);
    const counters = server.pipeline.counters.source("rsu-1");
    const refused = (counters.invalid.get("too-many-items") ?? 0) + (counters.invalid.get("too-large") ?? 0);
    expect(refused + counters.shed.total).toBe(10_000);
  });

  it("names each field out of its range, and reads what is unavailable as absent", async () => {
    const { server, url } = await start(lane);
    const producer = await Producer.open(url, "rsu-1");
    const wrong: readonly (readonly [string, object])[] = [
      ["awareness.latitude_e7", { latitude_e7: 900_000_001 }],
      ["awareness.longitude_e7", { longitude_e7: 1_800_000_001 }],
      ["awareness.speed_cmps", { speed_cmps: 16_383 }],
      ["awareness.heading_ddeg", { heading_ddeg: 3_601 }],
      ["awareness.longitudinal_acceleration_cmps2", { longitudinal_acceleration_cmps2: 2_001 }],
      ["awareness.yaw_rate_cdegps", { yaw_rate_cdegps: 32_767 }],
      ["awareness.length_cm", { length_cm: 10_230 }],
      ["awareness.width_cm", { width_cm: 1_024 }],
      ["awareness.altitude_cm", { altitude_cm: 800_001 }],
      ["awareness.lane_position", { lane_position: 15 }],
      ["awareness.station_type", { station_type: 99 }],
    ];
    for (const [index, [field, over]] of wrong.entries()) {
      const receipt = await producer.sendItems(cam(100 + index, over));
      expect(receipt.rejected).toEqual([{ reason: "out-of-range", count: 1, field }]);
    }
    const bare = { station_id: 300, awareness: place };
    expect(await producer.sendItems(bare)).toMatchObject({ accepted: 1 });
    expect(server.pipeline.tracker.get(300)).toMatchObject({ speedMps: undefined, headingDeg: undefined });
    await expectUnharmed(server, url, producer);
  });

  it("refuses clocks in the future and long past, but gives a hazard its receive time", async () => {
    const { server, url } = await start(lane);
    const producer = await Producer.open(url, "rsu-1");
    const hour = 3_600_000;
    const future = await producer.send({ base_time_unix_ms: Date.now() + hour, items: [cam(1)] });
    const past = await producer.send({ base_time_unix_ms: Date.now() - hour, items: [cam(2)] });
    const jumped = await producer.send({ base_time_unix_ms: 1, items: [cam(3)] });
    expect(future.rejected).toMatchObject([{ reason: "future" }]);
    expect(past.rejected).toMatchObject([{ reason: "stale" }]);
    expect(jumped.rejected).toMatchObject([{ reason: "stale" }]);
    const braking = cam(4, { control_bits: 4 });
    expect(await producer.send({ base_time_unix_ms: Date.now() + hour, items: [braking] })).toMatchObject({
      accepted: 1,
    });
    await expectUnharmed(server, url, producer);
  });

  it("uses a message once that several roadside units heard", async () => {
    const { server, url } = await start(lane);
    const units = await Promise.all(["rsu-1", "rsu-2", "rsu-3"].map((name) => Producer.open(url, name)));
    const base_time_unix_ms = Date.now();
    const receipts = [];
    for (const unit of units) receipts.push(await unit.send({ base_time_unix_ms, items: [cam(1)] }));
    expect(receipts.map(({ accepted, duplicate }) => [accepted, duplicate])).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
    ]);
    expect(server.pipeline.tracker.get(1)?.receiverCount).toBe(3);
    await expectUnharmed(server, url, units[0] as Producer);
  });

  it("closes a producer that never says hello, in time", async () => {
    const { server, url } = await start(lane, { "limits.helloTimeoutMs": 300 });
    const witness = await Producer.open(url, "witness");
    const silent = await StreamClient.open(url, subprotocol.ingest);
    expect((await silent.closed).code).toBe(closeCode.helloTimeout);
    const rude = await StreamClient.open(url, subprotocol.ingest);
    rude.send(encodeIngestFrame({ base_time_unix_ms: Date.now(), items: [cam(1)] }));
    expect((await rude.closed).code).toBe(closeCode.badHello);
    expect(server.pipeline.counters.source("none").invalid.get("no-hello")).toBe(1);
    await expectUnharmed(server, url, witness);
  });

  it("cuts a producer that goes on asking for what cannot be", async () => {
    const { server, url } = await start(lane);
    const witness = await Producer.open(url, "witness");
    const producer = await Producer.open(url, "stubborn");
    const subscribe = { subscription_id: "area", polygon: { points: [] } };
    for (let i = 0; i < 200; i++) producer.client.send(encodeIngestFrame({ subscribe }));
    expect((await producer.client.closed).code).toBe(closeCode.rateLimited);
    expect(producer.client.heard.filter(({ kind }) => kind === "problem").length).toBeLessThan(50);
    await expectUnharmed(server, url, witness);
  });
});
