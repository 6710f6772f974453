import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { closeCode } from "../../src/domain/close-code.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { EVERY_ALERT, type Subscription, type SubscriptionArea } from "../../src/domain/subscription.ts";
import type { RunningServer } from "../../src/server/server.ts";
import type { WireIngestItem } from "../../src/wire/ingest-frame.ts";
import { encodeSubscribe, toWireSubscribe } from "../../src/wire/subscriber-message.ts";
import { conservationFaults } from "../support/golden.ts";
import { startTestServer } from "../support/server.ts";
import { Producer, StreamClient } from "../support/stream-client.ts";

const E7 = 1e7;
const wanted = (area: SubscriptionArea, over: Partial<Subscription> = {}): Subscription => ({
  subscriptionId: "sub-1",
  area,
  filter: EVERY_ALERT,
  positionsIntervalMs: undefined,
  resume: undefined,
  ...over,
});

async function subscriber(server: RunningServer, subscription: Subscription): Promise<StreamClient> {
  const client = await StreamClient.open(server.streamUrl, subprotocol.alerts);
  client.send(encodeSubscribe(subscription));
  await client.next("subscribed");
  return client;
}

let sequence = 0;
/** A hazard at a place: shed load, an obstacle on the road, driving east. */
const obstacle = (latitudeDeg: number, longitudeDeg: number, over: object = {}): WireIngestItem => ({
  station_id: 900,
  hazard: {
    event: { originating_station_id: 900, sequence_number: ++sequence },
    position: { latitude_e7: Math.round(latitudeDeg * E7), longitude_e7: Math.round(longitudeDeg * E7) },
    cause_code: 10,
    sub_cause_code: 1,
    information_quality: 4,
    event_heading_ddeg: 900,
    validity_s: 600,
    ...over,
  },
});

const car = (latitudeDeg: number, longitudeDeg: number, headingDdeg: number): WireIngestItem => ({
  station_id: 42,
  awareness: {
    latitude_e7: Math.round(latitudeDeg * E7),
    longitude_e7: Math.round(longitudeDeg * E7),
    speed_cmps: 3_000,
    heading_ddeg: headingDdeg,
    station_type: 6,
  },
});

describe("subscribing to a running server", () => {
  it("tells the present state, then every transition to the end, each with its time in the server", async () => {
    const server = await startTestServer();
    const producer = await Producer.open(server.streamUrl, "rsu-1");
    const hazard = obstacle(51.43, 6.76);
    await producer.sendItems(hazard);
    const client = await subscriber(server, wanted({ form: "everywhere" }));
    const snapshot = await client.next("alerts", ({ snapshot }) => snapshot);
    const alertId = snapshot.deliveries[0]?.alert.alertId;
    expect(snapshot.deliveries.map(({ alert }) => alert.kind)).toEqual(["obstacle"]);
    await producer.sendItems({
      station_id: 900,
      hazard: { event: { ...hazard.hazard?.event }, termination: 1, reference_offset_ms: 50 },
    });
    const end = await client.next("alerts", ({ snapshot }) => !snapshot);
    expect(end.deliveries[0]?.alert).toMatchObject({ alertId, state: "cancelled", revision: 2 });
    expect(end.deliveries[0]?.latency?.deliveredUs).toBeGreaterThan(0);
    expect(conservationFaults(server.pipeline.counters)).toEqual([]);
  });

  it("tells a newcomer the present validity of a hazard that was extended silently", async () => {
    const server = await startTestServer();
    const producer = await Producer.open(server.streamUrl, "rsu-1");
    const early = await subscriber(server, wanted({ form: "everywhere" }));
    const first = obstacle(51.43, 6.76, { detection_offset_ms: -30_000, reference_offset_ms: -20_000 });
    await producer.sendItems(first);
    const told = (await early.next("alerts")).deliveries[0]?.alert;
    await producer.sendItems({
      station_id: 900,
      hazard: { ...first.hazard, detection_offset_ms: -1_000, reference_offset_ms: 0 },
    });
    const late = await subscriber(server, wanted({ form: "everywhere" }));
    const snapshot = (await late.next("alerts", ({ snapshot }) => snapshot)).deliveries[0]?.alert;
    expect(snapshot).toMatchObject({ alertId: told?.alertId, revision: 1 });
    expect(snapshot?.validUntilMs).toBeGreaterThanOrEqual((told?.validUntilMs ?? 0) + 28_000);
    expect(early.heard.filter(({ kind }) => kind === "alerts")).toHaveLength(1);
  });

  it("tells only what lies in the area, by the same rule for each shape", async () => {
    const server = await startTestServer();
    const producer = await Producer.open(server.streamUrl, "rsu-1");
    const areas: SubscriptionArea[] = [
      { form: "box", box: { southDeg: 51.42, westDeg: 6.75, northDeg: 51.44, eastDeg: 6.77 } },
      { form: "circle", center: { latitudeDeg: 51.43, longitudeDeg: 6.76 }, radiusM: 800 },
      {
        form: "polygon",
        points: [
          { latitudeDeg: 51.42, longitudeDeg: 6.75 },
          { latitudeDeg: 51.44, longitudeDeg: 6.75 },
          { latitudeDeg: 51.44, longitudeDeg: 6.77 },
          { latitudeDeg: 51.42, longitudeDeg: 6.77 },
        ],
      },
      {
        form: "corridor",
        points: [
          { latitudeDeg: 51.43, longitudeDeg: 6.7 },
          { latitudeDeg: 51.43, longitudeDeg: 6.8 },
        ],
        halfWidthM: 300,
      },
    ];
    const clients = await Promise.all(areas.map((area) => subscriber(server, wanted(area))));
    await producer.sendItems(obstacle(51.5, 6.76), obstacle(51.43, 6.76));
    for (const client of clients) {
      const { deliveries } = await client.next("alerts", ({ snapshot }) => !snapshot);
      expect(deliveries.map(({ alert }) => alert.position.latitudeDeg)).toEqual([51.43]);
    }
  });

  it("goes on after a cursor with every transition that was missed, each once", async () => {
    const server = await startTestServer();
    const producer = await Producer.open(server.streamUrl, "rsu-1");
    const first = await subscriber(server, wanted({ form: "everywhere" }));
    await producer.sendItems(obstacle(51.43, 6.76));
    const heard = await first.next("alerts", ({ snapshot }) => !snapshot);
    first.socket.terminate();
    await producer.sendItems(obstacle(51.44, 6.76), obstacle(51.45, 6.76));
    const resume = { epoch: heard.epoch, sequence: heard.deliveries.at(-1)?.sequence ?? 0 };
    const second = await subscriber(server, wanted({ form: "everywhere" }, { resume }));
    await second.next("alerts", ({ deliveries }) => deliveries.at(-1)?.sequence === 3);
    const sequences = second.heard.flatMap((message) =>
      message.kind === "alerts" ? message.deliveries.map((delivery) => delivery.sequence) : [],
    );
    expect(sequences).toEqual([2, 3]);
    expect(await second.next("subscribed")).toMatchObject({ resumed: true });
  });

  it("says that there is a gap where the cursor is of another start, and gives the present state", async () => {
    const server = await startTestServer();
    const producer = await Producer.open(server.streamUrl, "rsu-1");
    await producer.sendItems(obstacle(51.43, 6.76));
    const client = await subscriber(
      server,
      wanted({ form: "everywhere" }, { resume: { epoch: 7, sequence: 9 } }),
    );
    expect(await client.next("gap")).toMatchObject({ reason: "epoch-changed" });
    expect((await client.next("alerts", ({ snapshot }) => snapshot)).deliveries).toHaveLength(1);
  });

  it("names the field of a polygon that cannot be used, and keeps the connection", async () => {
    const server = await startTestServer();
    const client = await StreamClient.open(server.streamUrl, subprotocol.alerts);
    const points = [
      { latitudeDeg: 51.42, longitudeDeg: 6.75 },
      { latitudeDeg: 95, longitudeDeg: 6.77 },
      { latitudeDeg: 51.42, longitudeDeg: 6.77 },
    ];
    client.send(encodeSubscribe(wanted({ form: "polygon", points })));
    expect(await client.next("problem")).toMatchObject({ field: "subscribe.polygon.points[1].latitude_e7" });
    const bowTie = [
      { latitudeDeg: 51.42, longitudeDeg: 6.75 },
      { latitudeDeg: 51.44, longitudeDeg: 6.78 },
      { latitudeDeg: 51.44, longitudeDeg: 6.75 },
      { latitudeDeg: 51.41, longitudeDeg: 6.77 },
    ];
    client.send(encodeSubscribe(wanted({ form: "polygon", points: bowTie })));
    const crossing = await client.next("problem", ({ code }) => code === "invalid-shape");
    expect(crossing.field).toContain("subscribe.polygon");
    client.send(encodeSubscribe(wanted({ form: "everywhere" })));
    await client.next("subscribed");
  });

  it("warns a vehicle of what lies ahead on the socket that it reports on, and not of what lies behind", async () => {
    const server = await startTestServer();
    const witness = await Producer.open(server.streamUrl, "rsu-1");
    const vehicle = await Producer.open(server.streamUrl, "fleet-7", { kind: 1 });
    const ahead = wanted({ form: "ahead", stationId: 42, distanceM: 2_000 });
    await vehicle.send({ items: [car(51.43, 6.76, 900)], subscribe: toWireSubscribe(ahead) });
    await vehicle.client.next("subscribed");
    // 0.01 degree of longitude is 693 m here; the car drives east.
    await witness.sendItems(obstacle(51.43, 6.75), obstacle(51.43, 6.77), obstacle(51.45, 6.77));
    const warned = await vehicle.client.next("alerts", ({ deliveries }) => deliveries.length > 0);
    expect(warned.deliveries.map(({ alert }) => alert.position.longitudeDeg)).toEqual([6.77]);
  });

  it("does not tell one source what lies ahead of another's station", async () => {
    const server = await startTestServer();
    const owner = await Producer.open(server.streamUrl, "fleet-7", { kind: 1 });
    await owner.sendItems(car(51.43, 6.76, 900));
    const stranger = await Producer.open(server.streamUrl, "fleet-8", { kind: 1 });
    const ahead = wanted({ form: "ahead", stationId: 42, distanceM: 2_000 });
    await stranger.send({ items: [], subscribe: toWireSubscribe(ahead) });
    expect(await stranger.client.next("problem")).toMatchObject({ code: "not-permitted" });
  });

  it("sends the latest position of each station under a label that is not its id", async () => {
    const server = await startTestServer();
    const producer = await Producer.open(server.streamUrl, "rsu-1");
    const client = await subscriber(server, wanted({ form: "everywhere" }, { positionsIntervalMs: 100 }));
    await producer.sendItems(car(51.43, 6.76, 900));
    const { positions } = await client.next("positions", (batch) => batch.positions.length > 0);
    expect(positions[0]).toMatchObject({
      latitudeDeg: 51.43,
      longitudeDeg: 6.76,
      speedMps: 30,
      headingDeg: 90,
    });
    expect(positions[0]?.stationLabel).not.toBe(42);
  });

  it("disconnects a subscriber that never reads, in bounded memory, while others get everything", async () => {
    const server = await startTestServer({
      "deliver.outboxBytes": 65_536,
      "deliver.slowConsumerAgeMs": 500,
      "limits.maxBufferedBytes": 262_144,
    });
    const producer = await Producer.open(server.streamUrl, "rsu-1");
    const healthy = await subscriber(server, wanted({ form: "everywhere" }));
    const stuck = await subscriber(server, wanted({ form: "everywhere" }));
    stuck.socket.pause();
    // The kernel takes several MB for a reader that does not read; this is more.
    const hazards = 24_000;
    for (let sent = 0; sent < hazards; sent += 400) {
      await producer.sendItems(
        ...Array.from({ length: 400 }, (_, i) =>
          obstacle(45 + (sent + i) * 2e-4, 6 + ((sent + i) % 97) * 5e-3),
        ),
      );
    }
    await healthy.next(
      "alerts",
      ({ deliveries }) => deliveries.at(-1)?.sequence === server.hub.cursor.sequence,
    );
    const told = healthy.heard.flatMap((message) => (message.kind === "alerts" ? message.deliveries : []));
    expect(new Set(told.map(({ alert }) => alert.alertId)).size).toBe(hazards);
    while (server.hub.stats.slowConsumers === 0) await new Promise((resolve) => setImmediate(resolve));
    stuck.socket.resume();
    expect([closeCode.slowConsumer, 1006]).toContain((await stuck.closed).code);
    expect(server.hub.queuedBytes).toBeLessThanOrEqual(65_536);
    const { matched, sent, queued, conflated, dropped } = server.hub.counters.alertDeliveries;
    expect(matched).toBe(sent + queued + conflated + dropped);
  });
});

describe("a running server", () => {
  it("tells health, version and metrics over HTTP while streams run", async () => {
    const server = await startTestServer();
    const producer = await Producer.open(server.streamUrl, "rsu-1");
    await producer.sendItems(car(51.43, 6.76, 900));
    expect(await (await fetch(`${server.httpUrl}/livez`)).json()).toEqual({ status: "alive" });
    expect(await (await fetch(`${server.httpUrl}/readyz`)).json()).toMatchObject({ status: "ready" });
    expect(await (await fetch(`${server.httpUrl}/version`)).json()).toMatchObject({ version: "0.1.0" });
    const metrics = await (await fetch(`${server.httpUrl}/metrics`)).text();
    expect(metrics).toMatch(/roadpulse_items_accepted_total\{source="rsu-1"\} 1/);
    expect((await fetch(`${server.httpUrl}/nothing`)).status).toBe(404);
  });

  it("closes every session with 1001 when it stops, and lets go of its port", async () => {
    const server = await startTestServer();
    const producer = await Producer.open(server.streamUrl, "rsu-1");
    const client = await subscriber(server, wanted({ form: "everywhere" }));
    await server.stop();
    expect((await producer.client.closed).code).toBe(closeCode.goingAway);
    expect((await client.closed).code).toBe(closeCode.goingAway);
    const { port } = new URL(server.httpUrl);
    const [error] = await once(connect(Number(port), "127.0.0.1"), "error");
    expect((error as NodeJS.ErrnoException).code).toBe("ECONNREFUSED");
  });
});
