import { describe, expect, it } from "vitest";
import { JSON_MESSAGE } from "../../../src/api/contract/live.ts";
import { closeCode } from "../../../src/domain/close-code.ts";
import type { RunningServer } from "../../../src/server/server.ts";
import type { WireIngestItem } from "../../../src/wire/ingest-frame.ts";
import { bearer, Issuer } from "../../support/credentials.ts";
import { LiveClient } from "../../support/live-client.ts";
import { startTestServer } from "../../support/server.ts";
import { Producer } from "../../support/stream-client.ts";

const E7 = 1e7;

/** Homberg, west of the Rhine, and the port east of it. */
const WEST = { latitudeDeg: 51.44, longitudeDeg: 6.69 };
const EAST = { latitudeDeg: 51.44, longitudeDeg: 6.76 };
const WEST_BOX = [6.6, 51.4, 6.72, 51.5] as const;
const BOTH = [6.6, 51.4, 6.8, 51.5] as const;

const car = (stationId: number, place: typeof WEST, over: object = {}): WireIngestItem => ({
  station_id: stationId,
  awareness: {
    latitude_e7: Math.round(place.latitudeDeg * E7),
    longitude_e7: Math.round(place.longitudeDeg * E7),
    speed_cmps: 2_500,
    heading_ddeg: 900,
    station_type: 6,
    ...over,
  },
});

let sequence = 0;
const obstacle = (place: typeof WEST, event = ++sequence, over: object = {}): WireIngestItem => ({
  station_id: 900,
  hazard: {
    event: { originating_station_id: 900, sequence_number: event },
    position: {
      latitude_e7: Math.round(place.latitudeDeg * E7),
      longitude_e7: Math.round(place.longitudeDeg * E7),
    },
    cause_code: 10,
    sub_cause_code: 1,
    information_quality: 4,
    event_heading_ddeg: 900,
    validity_s: 600,
    ...over,
  },
});

const producerOf = (server: RunningServer) => Producer.open(server.streamUrl, "gateway-1");

describe("the stream behind the console", () => {
  it("welcomes, beats, tells the alerts that are live, then each change and end", async () => {
    const server = await startTestServer();
    const producer = await producerOf(server);
    await producer.sendItems(obstacle(WEST, 500));
    const client = await LiveClient.open(server.streamUrl);
    expect(await client.next("welcome")).toMatchObject({ clock: "live", viewer: { open: true } });
    const heartbeat = await client.next("heartbeat", ({ stations }) => stations === 0);
    expect(heartbeat.sources.ok + heartbeat.sources.doubtful + heartbeat.sources.failed).toBe(1);
    const before = await client.next("alerts");
    expect(before).toMatchObject({ full: true, changed: [{ kind: "obstacle", state: "new" }], gone: [] });
    await producer.sendItems(obstacle(EAST, 501));
    const news = await client.next("alerts", ({ full }) => !full);
    expect(news.changed).toHaveLength(1);
    await producer.sendItems(obstacle(WEST, 500, { termination: 1 }));
    const end = await client.next("alerts", ({ gone }) => gone.length > 0);
    expect(end.gone).toEqual([before.changed[0]?.alertId]);
    expect([...client.alerts.items.keys()]).toEqual([news.changed[0]?.alertId]);
  });

  it("tells the vehicles of the tiles in view, again each second, and lets one be followed until it is gone", async () => {
    const server = await startTestServer();
    const producer = await producerOf(server);
    await producer.sendItems(car(7, WEST), car(8, EAST, { heading_ddeg: 3_601 }));
    const client = await LiveClient.open(server.streamUrl);
    client.ask({ type: "view", extent: WEST_BOX, zoom: 14.4, vehicles: true });
    const frame = await client.frame(({ vehicles }) => vehicles.length > 0);
    expect(frame.key).toMatch(/^14\//);
    expect(frame.vehicles).toEqual([
      expect.objectContaining({ ...WEST, speedMps: 25, headingDeg: 90, flags: 1 }),
    ]);
    const slot = frame.vehicles[0]?.slot ?? 0;
    client.ask({ type: "follow", slot });
    const followed = await client.next("followed");
    expect(followed.vehicle).toMatchObject({ stationType: "passenger-car", speedMps: 25 });
    expect(followed.vehicle?.label).toMatch(/^[0-9a-f]{12}$/);
    expect(JSON.stringify(followed)).not.toContain("stationId");
    await client.frame(({ key, reachedMs }) => key === frame.key && reachedMs > frame.reachedMs);
    client.ask({ type: "view", extent: WEST_BOX, zoom: 9, vehicles: true });
    client.ask({ type: "follow", slot: (slot + 1) >>> 0 });
    expect(await client.next("followed", (told) => told.slot !== slot)).toEqual({
      type: "followed",
      slot: (slot + 1) >>> 0,
    });
  });

  it("keeps places and causes back that the credentials do not reach", async () => {
    const issuer = await Issuer.create();
    const server = await startTestServer({ "access.keys": issuer.keys });
    const gateway = bearer(await issuer.token({ scope: "publish" }));
    const producer = await Producer.open(server.streamUrl, "gateway-1", {}, gateway);
    await producer.sendItems(car(7, WEST), car(8, EAST), obstacle(EAST, 600));
    const limits = { areas: [[6.6, 51.4, 6.72, 51.5]] };
    const token = await issuer.token({ scope: "subscribe", roadpulse: limits });
    const client = await LiveClient.open(server.streamUrl, bearer(token));
    expect((await client.next("welcome")).viewer.scopes).toEqual(["subscribe"]);
    client.ask({ type: "view", extent: BOTH, zoom: 12, vehicles: true });
    const [one] = (await client.frame(({ vehicles }) => vehicles.length > 0)).vehicles;
    expect(one).toMatchObject(WEST);
    await producer.sendItems(obstacle(EAST, 600, { termination: 1 }), obstacle(WEST, 601));
    await client.next("alerts", ({ changed }) => changed.length > 0);
    const told = client.heard.flatMap((message) =>
      "type" in message && message.type === "alerts" ? [message] : [],
    );
    expect(told.flatMap(({ gone }) => gone)).toEqual([]);
    expect(told.flatMap(({ changed }) => changed).map(({ longitudeDeg }) => longitudeDeg)).toEqual([6.69]);
    const places = client.heard.flatMap((message) =>
      "vehicles" in message && "key" in message ? message.vehicles : [],
    );
    expect(places.every(({ longitudeDeg }) => longitudeDeg < 6.72)).toBe(true);
  });

  it("answers what it does not understand with a problem and ends sessions that flood it", async () => {
    const server = await startTestServer();
    const client = await LiveClient.open(server.streamUrl);
    client.socket.send(Uint8Array.of(9));
    client.ask({ type: "dance" });
    client.ask({ type: "view", extent: [7, 52, 6, 51], zoom: 12, vehicles: true });
    client.ask({ type: "follow", slot: -1 });
    client.socket.send(Uint8Array.of(JSON_MESSAGE, 0x7b));
    for (const reason of [/byte 1/, /view or follow/, /south below north/, /whole number/, /no JSON/])
      expect(await client.next("problem", ({ message }) => reason.test(message))).toBeDefined();
    for (let i = 0; i < 200; i++) client.ask({ type: "follow" });
    expect((await client.closed).code).toBe(closeCode.rateLimited);
  });

  it("does not know a playback that nobody began", async () => {
    const server = await startTestServer();
    const client = await LiveClient.open(`${server.streamUrl}?playback=1`);
    expect((await client.closed).code).toBe(closeCode.policyViolation);
  });
});
