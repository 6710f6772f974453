import { describe, expect, it } from "vitest";
import { subprotocol } from "../../../src/domain/subprotocol.ts";
import { EVERY_ALERT } from "../../../src/domain/subscription.ts";
import type { RunningServer } from "../../../src/server/server.ts";
import { encodeIngestFrame } from "../../../src/wire/ingest-frame.ts";
import { encodeSubscribe } from "../../../src/wire/subscriber-message.ts";
import { bearer, Issuer } from "../../support/credentials.ts";
import { startTestServer } from "../../support/server.ts";
import { StreamClient } from "../../support/stream-client.ts";

const LANES = ["streamUrl", "fastLaneUrl"] as const;
const OBSTACLE = 10;
const STATIONARY = 94;
const DUISBURG = { latitude_e7: 514_300_000, longitude_e7: 67_600_000 };
const BERLIN = { latitude_e7: 525_200_000, longitude_e7: 134_000_000 };

let sequence = 0;
const hazard = (cause_code: number, position: object) => ({
  station_id: 900,
  hazard: {
    event: { originating_station_id: 900, sequence_number: ++sequence },
    position,
    cause_code,
    sub_cause_code: 1,
    information_quality: 4,
    event_heading_ddeg: 900,
    validity_s: 600,
  },
});

async function publish(url: string, token: string, items: object[]) {
  const client = await StreamClient.open(url, subprotocol.ingest, bearer(token));
  const hello = { source_id: "rsu-1", kind: 2, receipts: true };
  client.send(encodeIngestFrame({ base_time_unix_ms: Date.now(), frame_seq: 1, hello, items }));
  return await client.next("receipt");
}

/** Causes and longitudes of the alerts that a newcomer with these limits is told. */
async function toldTo(url: string, token: string): Promise<string[]> {
  const client = await StreamClient.open(url, subprotocol.alerts, bearer(token));
  const area = { form: "everywhere" } as const;
  client.send(
    encodeSubscribe({
      subscriptionId: "a",
      area,
      filter: EVERY_ALERT,
      positionsIntervalMs: undefined,
      resume: undefined,
    }),
  );
  await client.next("subscribed");
  const { deliveries } = await client.next("alerts", ({ snapshot }) => snapshot);
  return deliveries
    .map(({ alert }) => `${alert.causeCode} ${Math.round(alert.position.longitudeDeg)}`)
    .sort();
}

describe.each(LANES)("limits of a token over %s", (lane) => {
  it("hold for causes and areas, of what is published and of what is told", async () => {
    const issuer = await Issuer.create();
    const flags = { "listen.fastLaneEngine": "uws", "access.keys": issuer.keys };
    const server: RunningServer = await startTestServer(flags);
    const url = server[lane] ?? "";
    const token = (scope: string, roadpulse: object) => issuer.token({ scope, roadpulse });
    const everything = [OBSTACLE, STATIONARY].flatMap((cause) => [
      hazard(cause, DUISBURG),
      hazard(cause, BERLIN),
    ]);
    const box = [6, 51, 7, 52];
    expect(
      await publish(url, await token("publish", { causes: [OBSTACLE], areas: [box] }), everything),
    ).toMatchObject({
      accepted: 1,
    });
    expect(await publish(url, await token("publish", {}), everything)).toMatchObject({ accepted: 4 });
    const told = async (limits: object) => await toldTo(url, await token("subscribe", limits));
    const all = await told({});
    expect(new Set(all)).toEqual(new Set(["10 13", "10 7", "94 13", "94 7"]));
    expect(new Set(await told({ areas: [box] }))).toEqual(new Set(["10 7", "94 7"]));
    expect(new Set(await told({ causes: [STATIONARY] }))).toEqual(new Set(["94 13", "94 7"]));
    expect(new Set(await told({ causes: [STATIONARY], areas: [box] }))).toEqual(new Set(["94 7"]));
  });
});

it("limits of a token hold for alarms, for what stands around an alert, and for sums of the whole centre", async () => {
  const issuer = await Issuer.create();
  const server: RunningServer = await startTestServer({ "access.keys": issuer.keys });
  const places = [DUISBURG, BERLIN].map((place) => hazard(OBSTACLE, place));
  await publish(server.streamUrl, await issuer.token({ scope: "publish", roadpulse: {} }), places);
  const ask = async (path: string, limits: object) => {
    const token = await issuer.token({ scope: "subscribe", roadpulse: limits });
    const response = await fetch(`${server.httpUrl}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: await response.json() };
  };
  const box = { areas: [[6, 51, 7, 52]] };
  const { alarms } = (await ask("/v1/alarms", {})).body as { alarms: { alarmId: string; alertId: string }[] };
  expect(alarms).toHaveLength(2);
  const mine = (await ask("/v1/alarms", box)).body as { alarms: { alarmId: string }[] };
  expect(mine.alarms).toHaveLength(1);
  const other = alarms.find(({ alarmId }) => alarmId !== mine.alarms[0]?.alarmId);
  expect((await ask(`/v1/alarms/${other?.alarmId}`, {})).status).toBe(200);
  expect((await ask(`/v1/alarms/${other?.alarmId}`, box)).status).toBe(404);
  expect((await ask("/v1/alarms/kpis", {})).status).toBe(200);
  expect((await ask("/v1/alarms/kpis", box)).status).toBe(403);
  expect((await ask("/v1/verdicts", {})).status).toBe(403);
});
