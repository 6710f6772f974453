import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { closeCode } from "../../../src/domain/close-code.ts";
import { subprotocol } from "../../../src/domain/subprotocol.ts";
import { EVERY_ALERT } from "../../../src/domain/subscription.ts";
import type { RunningServer } from "../../../src/server/server.ts";
import { encodeAuthenticate } from "../../../src/wire/authenticate.ts";
import { encodeIngestFrame } from "../../../src/wire/ingest-frame.ts";
import { encodeSubscribe } from "../../../src/wire/subscriber-message.ts";
import { bearer, Issuer } from "../../support/credentials.ts";
import { startTestServer } from "../../support/server.ts";
import { StreamClient } from "../../support/stream-client.ts";

/** Both engines of a server, by address. */
const LANES = ["streamUrl", "fastLaneUrl"] as const;
type Lane = (typeof LANES)[number];

const urlOf = (server: RunningServer, lane: Lane): string => server[lane] ?? "";

function serverOf(issuer: Issuer, flags: Record<string, unknown> = {}): Promise<RunningServer> {
  return startTestServer({
    "listen.fastLaneEngine": "uws",
    "access.keys": issuer.keys,
    "access.auditFile": issuer.audit,
    "limits.helloTimeoutMs": 300,
    ...flags,
  });
}

/**
 * The status that a handshake ends with; 101 where the server greets. A refusal that comes once the stream is open is told
 * by its close code less 4000.
 */
async function statusOf(url: string, protocols: string[], options: object = {}): Promise<number> {
  const socket = new WebSocket(url, protocols, options);
  socket.on("error", () => undefined);
  const greeted = once(socket, "message").then(() => 101);
  const closed = once(socket, "close").then(([code]) => (code as number) - 4_000);
  const refused = once(socket, "unexpected-response").then(([, response]) => {
    (response as IncomingMessage).resume();
    return (response as IncomingMessage).statusCode ?? 0;
  });
  const status = await Promise.race([greeted, refused, closed]);
  socket.terminate();
  return status;
}

async function open(url: string, protocol: string, token: string): Promise<StreamClient> {
  return await StreamClient.open(url, protocol, bearer(token));
}

const everything = {
  subscriptionId: "all",
  area: { form: "everywhere" },
  filter: EVERY_ALERT,
  positionsIntervalMs: undefined,
  resume: undefined,
} as const;

const hello = (sourceId: string) => ({ source_id: sourceId, kind: 2, receipts: true });

function awareness(stationId: number, latitudeE7 = 514_300_000, longitudeE7 = 67_500_000) {
  return {
    station_id: stationId,
    awareness: { latitude_e7: latitudeE7, longitude_e7: longitudeE7, source: 1, station_type: 5 },
  };
}

/** Written down a few times a second. */
const shedOf = (server: RunningServer, source: string) =>
  server.pipeline.counters.source(source).shed.counts.get("not-permitted");

describe.each(LANES)("access over %s", (lane) => {
  it("takes a token from the header, the subprotocols or the first message, and answers the real subprotocol only", async () => {
    const issuer = await Issuer.create();
    const server = await serverOf(issuer);
    const token = await issuer.token({ scope: "subscribe" });
    const byHeader = await open(urlOf(server, lane), subprotocol.alerts, token);
    expect((await byHeader.next("welcome")).kind).toBe("welcome");

    const bySubprotocol = new WebSocket(urlOf(server, lane), [`bearer.${token}`, subprotocol.alerts]);
    await once(bySubprotocol, "open");
    expect(bySubprotocol.protocol).toBe(subprotocol.alerts);
    bySubprotocol.terminate();

    const byMessage = await StreamClient.open(urlOf(server, lane), subprotocol.alerts);
    byMessage.send(encodeAuthenticate(subprotocol.alerts, token));
    byMessage.send(encodeSubscribe(everything));
    expect((await byMessage.next("subscribed")).subscriptionId).toBe("all");
  });

  it("refuses what is missing, forged, of another audience, unsigned, expired or in the address", async () => {
    const issuer = await Issuer.create();
    const stranger = await Issuer.create();
    const server = await serverOf(issuer, { "access.firstMessageMayAuthenticate": false });
    const url = urlOf(server, lane);
    const status = async (token: string) => statusOf(url, [subprotocol.alerts], bearer(token));
    expect(await statusOf(url, [subprotocol.alerts])).toBe(401);
    expect(await status(await stranger.token({ scope: "subscribe" }))).toBe(401);
    expect(await status(await issuer.token({ scope: "subscribe", aud: "else" }))).toBe(401);
    expect(await status(await issuer.token({ scope: "subscribe" }, -60))).toBe(401);
    expect(await status(await issuer.token({ scope: "publish" }))).toBe(403);
    const claims = Buffer.from(JSON.stringify({ sub: "x", scope: "admin", aud: "roadpulse", exp: 9e9 }));
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${claims.toString("base64url")}.`;
    expect(await status(unsigned)).toBe(401);
    const inAddress = `${url}?access_token=${await issuer.token({ scope: "subscribe" })}`;
    expect(await statusOf(inAddress, [subprotocol.alerts])).toBe(401);
    expect(await status(await issuer.token({ scope: "subscribe" }))).toBe(101);
  });

  it("ends a session when its token expires, with a code that says so", async () => {
    const issuer = await Issuer.create();
    const server = await serverOf(issuer, { "access.clockToleranceS": 0 });
    const client = await open(
      urlOf(server, lane),
      subprotocol.alerts,
      await issuer.token({ scope: "subscribe" }, 2),
    );
    expect((await client.closed).code).toBe(closeCode.credentialsExpired);
  });

  it("ends a session that never says who it is, or says it wrongly", async () => {
    const issuer = await Issuer.create();
    const server = await serverOf(issuer);
    const silent = await StreamClient.open(urlOf(server, lane), subprotocol.ingest);
    const early = await StreamClient.open(urlOf(server, lane), subprotocol.ingest);
    early.send(encodeIngestFrame({ hello: hello("rsu-1"), items: [] }));
    const wrong = await StreamClient.open(urlOf(server, lane), subprotocol.ingest);
    wrong.send(encodeAuthenticate(subprotocol.ingest, "a.b.c"));
    const poor = await StreamClient.open(urlOf(server, lane), subprotocol.ingest);
    poor.send(encodeAuthenticate(subprotocol.ingest, await issuer.token({ scope: "subscribe" })));
    for (const client of [silent, early, wrong])
      expect((await client.closed).code).toBe(closeCode.unauthenticated);
    expect((await poor.closed).code).toBe(closeCode.forbidden);
    expect(server.pipeline.counters.messages).toBe(0);
  });

  it("takes new keys without a restart, and old tokens no longer", async () => {
    const issuer = await Issuer.create();
    const server = await serverOf(issuer);
    const old = await issuer.token({ scope: "subscribe" });
    expect(await statusOf(urlOf(server, lane), [subprotocol.alerts], bearer(old))).toBe(101);
    await issuer.rotate();
    const fresh = await issuer.token({ scope: "subscribe" });
    await expect.poll(() => statusOf(urlOf(server, lane), [subprotocol.alerts], bearer(fresh))).toBe(101);
    expect(await statusOf(urlOf(server, lane), [subprotocol.alerts], bearer(old))).toBe(401);
  });

  it("holds a producer to its stations, sources, areas and causes, and counts what it refuses", async () => {
    const issuer = await Issuer.create();
    const server = await serverOf(issuer);
    const roadpulse = { sources: ["rsu-*"], station_ids: [7, "100-199"], areas: [[6, 51, 7, 52]] };
    const token = await issuer.token({ scope: "publish", roadpulse });
    const client = await open(urlOf(server, lane), subprotocol.ingest, token);
    const items = [awareness(7), awareness(8), awareness(150), awareness(151, 10_000_000)];
    client.send(
      encodeIngestFrame({ base_time_unix_ms: Date.now(), frame_seq: 1, hello: hello("rsu-1"), items }),
    );
    expect((await client.next("problem")).code).toBe("not-permitted");
    expect((await client.next("receipt")).accepted).toBe(2);
    await expect.poll(() => shedOf(server, "rsu-1")).toBe(2);

    const other = await open(urlOf(server, lane), subprotocol.ingest, token);
    other.send(encodeIngestFrame({ hello: hello("gateway-1"), items: [] }));
    expect((await other.closed).code).toBe(closeCode.forbidden);
  });

  it("looks at every hello of a producer that may be some sources only, also behind a message that is none", async () => {
    const issuer = await Issuer.create();
    const server = await serverOf(issuer);
    const token = await issuer.token({ scope: "publish", roadpulse: { sources: ["rsu-*"] } });
    const client = await open(urlOf(server, lane), subprotocol.ingest, token);
    client.send(Uint8Array.of(0xff));
    client.send(encodeIngestFrame({ hello: hello("gateway-1"), items: [] }));
    expect((await client.closed).code).toBe(closeCode.forbidden);
  });

  it("takes a station's hazards from nobody else who is bound to other stations", async () => {
    const issuer = await Issuer.create();
    const server = await serverOf(issuer);
    const token = await issuer.token({ scope: "publish", roadpulse: { station_ids: [7] } });
    const client = await open(urlOf(server, lane), subprotocol.ingest, token);
    const hazardOf = (originating_station_id: number) => ({
      station_id: 7,
      hazard: { event: { originating_station_id, sequence_number: 1 }, cause_code: 94 },
    });
    const items = [hazardOf(8)];
    client.send(encodeIngestFrame({ base_time_unix_ms: Date.now(), hello: hello("rsu-1"), items }));
    expect((await client.next("problem")).code).toBe("not-permitted");
    await expect.poll(() => shedOf(server, "rsu-1")).toBe(1);
  });

  it("lets a producer without the scope subscribe publish, but not subscribe", async () => {
    const issuer = await Issuer.create();
    const server = await serverOf(issuer);
    const client = await open(
      urlOf(server, lane),
      subprotocol.ingest,
      await issuer.token({ scope: "publish" }),
    );
    client.send(
      encodeIngestFrame({
        hello: hello("rsu-1"),
        items: [],
        subscribe: { subscription_id: "a", everywhere: {} },
      }),
    );
    expect((await client.next("problem")).message).toContain("scope subscribe");
  });

  it("bounds connections and subscriptions of an identity, whatever its sessions", async () => {
    const issuer = await Issuer.create();
    const server = await serverOf(issuer, {
      "access.maxConnectionsPerIdentity": 2,
      "access.maxSubscriptionsPerIdentity": 1,
    });
    const token = await issuer.token({ scope: "subscribe" });
    const first = await open(urlOf(server, lane), subprotocol.alerts, token);
    const second = await open(urlOf(server, lane), subprotocol.alerts, token);
    for (const client of [first, second]) await client.next("welcome");
    expect(await statusOf(urlOf(server, lane), [subprotocol.alerts], bearer(token))).toBe(429);
    first.send(encodeSubscribe(everything));
    await first.next("subscribed");
    second.send(encodeSubscribe(everything));
    expect((await second.next("problem")).code).toBe("subscription-limit");
    first.socket.terminate();
    await expect.poll(() => statusOf(urlOf(server, lane), [subprotocol.alerts], bearer(token))).toBe(101);
  });

  it("writes down refusals without their tokens", async () => {
    const issuer = await Issuer.create();
    const server = await serverOf(issuer);
    const token = await issuer.token({ scope: "publish", sub: "rsu-17" });
    expect(await statusOf(urlOf(server, lane), [subprotocol.alerts], bearer(token))).toBe(403);
    await server.stop();
    const lines = readFileSync(issuer.audit, "utf8").trim().split("\n");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      outcome: "refused",
      act: "subscribe",
      reason: "missing-scope",
      identity: "rsu-17",
      address: "127.0.0.1",
      answer: 403,
    });
    expect(server.pipeline.counters.accessRefused.counts.get("missing-scope")).toBe(1);
  });
});
