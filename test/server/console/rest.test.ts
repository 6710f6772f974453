import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { operationsOf } from "../../../src/api/openapi.ts";
import type { RunningServer } from "../../../src/server/server.ts";
import { bearer, Issuer } from "../../support/credentials.ts";
import { startTestServer } from "../../support/server.ts";
import { startShow } from "../../support/show.ts";
import { Producer } from "../../support/stream-client.ts";

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

const E7 = 1e7;
const obstacle = (longitudeDeg: number, sequence: number, over: object = {}) => ({
  station_id: 900,
  hazard: {
    event: { originating_station_id: 900, sequence_number: sequence },
    position: { latitude_e7: 51.44 * E7, longitude_e7: Math.round(longitudeDeg * E7) },
    cause_code: 10,
    sub_cause_code: 1,
    information_quality: 4,
    event_heading_ddeg: 900,
    validity_s: 600,
    ...over,
  },
});

const get = (server: RunningServer, path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.httpUrl}${path}`, { headers });
// biome-ignore lint/suspicious/noExplicitAny: what a server answers is looked at member by member.
const json = async (server: RunningServer, path: string, headers = {}): Promise<any> =>
  (await get(server, path, headers)).json();

interface Transition {
  readonly alert: {
    readonly alertId: string;
    readonly state: string;
    readonly revision: number;
    readonly detectedAtMs: number;
  };
}

/** "What did we know at 14:02": the stored log tells of every moment which alerts lived then, in which revision. */
async function knowsWhatWasKnown(server: RunningServer, told: readonly Transition[]): Promise<void> {
  const timeOf = ({ alert }: Transition) => alert.detectedAtMs;
  const times = [...new Set(told.map(timeOf))];
  for (const atMs of [(times[0] ?? 0) - 1, ...times]) {
    const live = new Map<string, number>();
    for (const transition of told.filter((one) => timeOf(one) <= atMs)) {
      const { alertId, state, revision } = transition.alert;
      if (state === "cancelled" || state === "ended" || state === "expired") live.delete(alertId);
      else live.set(alertId, revision);
    }
    const { alerts } = await json(server, `/v1/alerts?at=${Math.floor(atMs)}`);
    expect(alerts.map(({ alertId, revision }: Transition["alert"]) => [alertId, revision]).sort()).toEqual(
      [...live].sort(),
    );
  }
}

describe("the REST interface", () => {
  it("describes every route, and answers as it describes", async () => {
    const { server, stop } = await startShow();
    expect(server.routes.filter(({ describe }) => describe === undefined).map(({ path }) => path)).toEqual(
      [],
    );
    const vague = server.routes.filter(
      (route) => route.path.endsWith("*") && operationsOf(route).some(({ path }) => !path?.includes("{")),
    );
    expect(vague.map(({ path }) => path)).toEqual([]);
    const document = (await json(server, "/v1/openapi.json")) as Document;
    expect(document.openapi).toBe("3.1.0");
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    ajv.addSchema({ ...document, $id: "api" });
    const { alerts } = await json(server, "/v1/alerts");
    const faults: string[] = [];
    let checked = 0;
    for (const [template, operations] of Object.entries(document.paths)) {
      if (operations["get"] === undefined || template.startsWith("/assets")) continue;
      const path = template.replace("{alertId}", alerts[0].alertId).replaceAll(/\{\w+\}/g, "none");
      const response = await get(server, path);
      const { status } = response;
      const type = response.headers.get("content-type")?.split(";")[0] ?? "";
      const body = await response.text();
      if (!/[/+]json$/.test(type)) continue;
      const answer = String(status) in operations["get"].responses ? String(status) : "default";
      const at = `api#/paths/${template.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D")}/get/responses/${answer}/content/${type.replace("/", "~1")}/schema`;
      const validate = ajv.getSchema(at);
      if (validate === undefined) faults.push(`${template} ${status} ${type} is not described`);
      else if (!validate(JSON.parse(body)))
        faults.push(`${template} ${status}: ${ajv.errorsText(validate.errors)}`);
      checked++;
    }
    expect(faults).toEqual([]);
    expect(checked).toBeGreaterThan(15);
    const ids = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    await stop();
  });

  it("tells the state of traffic along the roads, as JSON and as lines", async () => {
    const { server, stop } = await startShow();
    let jam: { level: string }[] = [];
    let lines = { features: [] as { geometry: { coordinates: unknown[] } }[] };
    // The traffic goes on between two questions.
    const asLong = async () => {
      const { routes } = await json(server, "/v1/segments?route=A40");
      jam = routes.flatMap(({ segments }: { segments: { level: string }[] }) => segments);
      lines = await json(server, "/v1/segments.geojson?route=A40");
      return jam.length > 0 && lines.features.length === jam.length;
    };
    await expect.poll(asLong, { timeout: 15_000 }).toBe(true);
    expect(jam.some(({ level }: { level: string }) => level === "stationary" || level === "queuing")).toBe(
      true,
    );
    expect(lines.features[0]?.geometry.coordinates.length).toBeGreaterThanOrEqual(2);
    const page = await json(server, "/v1/segments?limit=1");
    const rest = await json(server, `/v1/segments?after=${page.next}`);
    expect([...page.routes, ...rest.routes]).toEqual((await json(server, "/v1/segments")).routes);
    const system = await json(server, "/v1/system");
    expect(
      system.conservation.sources.every(({ unaccounted }: { unaccounted: number }) => unaccounted === 0),
    ).toBe(true);
    await stop();
  });

  it("answers alerts by filters and pages, with their revisions and where the time went", async () => {
    const server = await startTestServer();
    const producer = await Producer.open(server.streamUrl, "gateway-1");
    await producer.sendItems(...[6.6, 6.65, 6.7, 6.75].map((longitude, i) => obstacle(longitude, i + 1)));
    const all = await json(server, "/v1/alerts");
    expect(all.alerts).toHaveLength(4);
    expect((await json(server, "/v1/alerts?bbox=6.64,51.4,6.71,51.5")).alerts).toHaveLength(2);
    expect((await json(server, "/v1/alerts?kind=wrong-way")).alerts).toHaveLength(0);
    const first = await json(server, "/v1/alerts?limit=3");
    const second = await json(server, `/v1/alerts?limit=3&after=${first.next}`);
    expect(second.next).toBeUndefined();
    expect([...first.alerts, ...second.alerts]).toEqual(all.alerts);
    const { alertId } = (await json(server, "/v1/alerts?circle=51.44,6.6,100")).alerts[0];
    const detail = await json(server, `/v1/alerts/${alertId}`);
    expect(detail).toMatchObject({ isLive: true, isComplete: true, alert: { alertId, revision: 1 } });
    const { latency } = detail.revisions[0];
    expect(latency.decodedMs).toBeLessThanOrEqual(latency.detectedMs);
    expect(latency.detectedMs).toBeLessThanOrEqual(latency.deliveredMs);
    await producer.sendItems(obstacle(6.6, 1, { termination: 1 }));
    await expect.poll(async () => (await json(server, `/v1/alerts/${alertId}`)).isLive).toBe(false);
    const ended = await json(server, `/v1/alerts/${alertId}`);
    expect(ended.revisions.map(({ alert }: { alert: { state: string } }) => alert.state)).toEqual([
      "cancelled",
      "new",
    ]);
    expect((await json(server, "/v1/alerts.geojson")).features).toHaveLength(3);
    expect((await get(server, "/v1/history")).status).toBe(404);
  });

  it.each([
    ["/v1/alerts?kind=dragon", /kind is one of/],
    ["/v1/alerts?bbox=1,2,3", /4 numbers/],
    ["/v1/alerts?bbox=6,52,7,51", /bbox: box.southDeg must lie south/],
    ["/v1/alerts?colour=red", /no parameter colour. Known are kind, /],
    ["/v1/alerts?limit=0", /limit is a number from 1/],
    ["/v1/alerts?after=x", /next/],
    ["/v1/alerts?at=yesterday", /such as 2026/],
    ["/v1/segments?after=-1", /after is a number/],
  ])("refuses %s in a sentence that helps", async (path, sentence) => {
    const server = await startTestServer({ "roads.map": "fixtures/maps/duisburg.geojson" });
    const response = await get(server, path);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: expect.stringMatching(sentence) });
  });

  it("sends nothing again that the client has, compressed where it wants that, and heads without bodies", async () => {
    const server = await startTestServer({ "roads.map": "fixtures/maps/duisburg.geojson" });
    const plain = await get(server, "/v1/map", { "Accept-Encoding": "identity" });
    const squeezed = await get(server, "/v1/map", { "Accept-Encoding": "gzip" });
    expect([plain.headers.get("content-encoding"), squeezed.headers.get("content-encoding")]).toEqual([
      null,
      "gzip",
    ]);
    const tags = [plain.headers.get("etag") ?? "", squeezed.headers.get("etag") ?? ""];
    expect(tags[0]).not.toBe(tags[1]);
    expect(await plain.json()).toEqual(await squeezed.json());
    for (const tag of [...tags, `"other", ${tags[0]}`, "*"])
      expect((await get(server, "/v1/map", { "If-None-Match": tag })).status).toBe(304);
    expect((await get(server, "/v1/map", { "If-None-Match": '"other"' })).status).toBe(200);
    const head = await fetch(`${server.httpUrl}/v1/alerts`, { method: "HEAD" });
    expect([head.status, await head.text(), head.headers.get("content-type")]).toEqual([
      200,
      "",
      expect.stringContaining("json"),
    ]);
  });

  it("counts what is in the areas that people know by name", async () => {
    const server = await startTestServer({
      "roads.map": "fixtures/maps/duisburg.geojson",
      "roads.zones": "fixtures/maps/duisburg-zones.geojson",
    });
    const producer = await Producer.open(server.streamUrl, "gateway-1");
    // Ruhrort lies north of the obstacle's place, the basins of Kaßlerfeld around it.
    await producer.sendItems(obstacle(6.74, 1));
    const { zones } = await json(server, "/v1/zones");
    expect(zones.map(({ id, kind, alerts }: Record<string, unknown>) => [id, kind, alerts])).toEqual([
      ["port-ruhrort", "port", 0],
      ["port-parallel", "port", 1],
      ["port-rheinhausen", "port", 0],
      ["rhine", "water", 0],
    ]);
    expect((await json(server, "/v1/map")).zones.map(({ name }: { name: string }) => name)).toContain(
      "Hafen Ruhrort",
    );
    await expect(startTestServer({ "roads.zones": "fixtures/maps/duisburg.geojson" })).rejects.toThrow(
      /features\[0\] needs a name/,
    );
  });

  it("finds the past by place, kind and time, page by page in both directions, over a restart", async () => {
    const issuer = await Issuer.create();
    const flags = { "store.directory": issuer.directory, "store.keepState": false };
    const before = await startTestServer(flags);
    const producer = await Producer.open(before.streamUrl, "gateway-1");
    for (let i = 1; i <= 7; i++) await producer.sendItems(obstacle(6.5 + i / 20, i));
    for (let i = 1; i <= 7; i++) await producer.sendItems(obstacle(6.5 + i / 20, i, { termination: 1 }));
    await expect
      .poll(async () => (await json(before, "/v1/history?limit=1000")).transitions?.length)
      .toBe(14);
    await before.stop();
    const server = await startTestServer(flags);
    const walked: number[] = [];
    for (let after = ""; ; ) {
      const page = await json(server, `/v1/history?limit=4&order=oldest${after}`);
      walked.push(...page.transitions.map(({ sequence }: { sequence: number }) => sequence));
      if (page.next === undefined) break;
      after = `&after=${page.next}`;
    }
    const newest = await json(server, "/v1/history");
    expect(newest.transitions.map(({ sequence }: { sequence: number }) => sequence)).toEqual(
      walked.toReversed(),
    );
    expect(walked).toHaveLength(14);
    await knowsWhatWasKnown(server, newest.transitions.toReversed());
    const here = await json(server, "/v1/history?bbox=6.59,51.4,6.61,51.5");
    expect(here.transitions).toHaveLength(2);
    const { alertId } = here.transitions[0].alert;
    expect((await json(server, `/v1/alerts/${alertId}`)).revisions).toHaveLength(2);
    expect((await json(server, "/v1/history?to=2020-01-01T00:00Z")).transitions).toEqual([]);
    expect((await json(server, "/v1/history?kind=animal-on-road")).transitions).toEqual([]);
  });

  describe("with credentials", () => {
    let issuer: Issuer;
    beforeAll(async () => {
      issuer = await Issuer.create();
    });

    it("tells of the places that they reach, and asks for scopes", async () => {
      const server = await startTestServer({ "access.keys": issuer.keys });
      const gateway = bearer(await issuer.token({ scope: "publish" }));
      const producer = await Producer.open(server.streamUrl, "gateway-1", {}, gateway);
      await producer.sendItems(obstacle(6.6, 1), obstacle(6.75, 2));
      const limits = { areas: [[6.5, 51.4, 6.7, 51.5]] };
      const west = bearer(await issuer.token({ scope: "subscribe", roadpulse: limits })).headers;
      const all = bearer(await issuer.token({ scope: "subscribe" })).headers;
      const of = async (headers: Record<string, string>) =>
        (await json(server, "/v1/alerts", headers)).alerts;
      expect(await of(west)).toHaveLength(1);
      const hidden = (await of(all)).find(({ longitudeDeg }: { longitudeDeg: number }) => longitudeDeg > 6.7);
      expect((await get(server, `/v1/alerts/${hidden.alertId}`, west)).status).toBe(404);
      expect((await get(server, `/v1/alerts/${hidden.alertId}`, all)).status).toBe(200);
      expect((await get(server, "/v1/alerts")).status).toBe(401);
      expect((await get(server, "/v1/system", all)).status).toBe(403);
      expect((await get(server, "/v1/openapi.json")).status).toBe(200);
      expect((await get(server, "/")).headers.get("content-type")).toMatch(/html|json/);
    });
  });
});
