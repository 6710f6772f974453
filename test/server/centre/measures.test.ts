import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type {
  AlertMeasures,
  Incident,
  IncidentSummary,
  MeasureOrder,
} from "../../../src/api/contract/incidents.ts";
import { CENTRE_SOURCE } from "../../../src/domain/station.ts";
import { subprotocol } from "../../../src/domain/subprotocol.ts";
import type { Subscription } from "../../../src/domain/subscription.ts";
import { toWireHello } from "../../../src/wire/hello.ts";
import { encodeIngestFrame } from "../../../src/wire/ingest-frame.ts";
import { encodeSubscribe } from "../../../src/wire/subscriber-message.ts";
import { temporaryFolder } from "../../store/folders.ts";
import { duisburg } from "../../support/roads.ts";
import { startTestServer } from "../../support/server.ts";
import { StreamClient } from "../../support/stream-client.ts";
import { Operator } from "./centre-world.ts";

const MAP = "fixtures/maps/duisburg.geojson";

/** A place in the middle of a long route of a motorway. */
function motorwayPlace() {
  const roads = duisburg();
  const route = roads.routes.find(({ ref, lengthM }) => ref === "A40" && lengthM > 5_000);
  if (route === undefined) throw new Error("the map has no A40");
  const routeM = route.lengthM - 500;
  const point = roads.pointAt(route, routeM);
  const { ref, direction } = route;
  return {
    place: { ...point, text: `${ref} → ${direction}`, ref, direction, km: roads.kmAt(route, routeM) },
    roads,
    route,
    routeM,
  };
}

const EVERYTHING: Subscription = {
  subscriptionId: "all",
  area: { form: "everywhere" },
  filter: { causeCodes: [], kinds: [], minSeverity: 1, minConfidencePct: 0, confirmedOnly: false },
  positionsIntervalMs: undefined,
  resume: undefined,
};

const BLOCKED = [
  { kind: "lane", impact: "blocked" },
  { kind: "lane", impact: "clear" },
] as const;

async function crashOn(operator: Operator): Promise<Incident> {
  const { place } = motorwayPlace();
  return (await operator.open({ type: "crash", title: "crash", place, lanes: BLOCKED })).body;
}

async function incidentsOf(operator: Operator): Promise<readonly IncidentSummary[]> {
  return (await operator.get<{ incidents: readonly IncidentSummary[] }>("/v1/incidents")).body.incidents;
}

async function subscriber(streamUrl: string): Promise<StreamClient> {
  const client = await StreamClient.open(streamUrl, subprotocol.alerts);
  client.send(encodeSubscribe(EVERYTHING));
  await client.next("subscribed");
  return client;
}

describe("measures", () => {
  it("are refused where their rules cannot be used, and nothing stays open", async () => {
    const folder = temporaryFolder();
    const rules = join(folder, "rules.yaml");
    const flags = { "centre.measures": rules, "store.directory": join(folder, "data") };
    await expect(startTestServer(flags)).rejects.toThrow(/rules\.yaml cannot be read/);
    writeFileSync(rules, "rules: []\n");
    // Whatever were still open would hold the folder.
    await startTestServer({ "store.directory": join(folder, "data") });
  });

  it("are proposed with reason and effect; nothing is sent before an operator says so", async () => {
    const anna = new Operator(await startTestServer({ "roads.map": MAP }), "Anna");
    const { measures } = await crashOn(anna);
    expect(measures.map(({ measureId, state }) => `${measureId} ${state}`)).toContain(
      "fahrstreifen-gesperrt.fahrzeuge proposed",
    );
    expect(measures.every(({ reason, effect, target }) => reason && effect && target)).toBe(true);
    const orders = await anna.get<{ measures: MeasureOrder[] }>("/v1/measures");
    expect(orders.body.measures).toEqual([]);
  });

  it("tell vehicles upstream by a hazard notice, until it is taken back", async () => {
    const server = await startTestServer({ "roads.map": MAP });
    const anna = new Operator(server, "Anna");
    const told = await subscriber(server.streamUrl);
    const incident = await crashOn(anna);
    const measureId = "fahrstreifen-gesperrt.fahrzeuge";
    const sent = await anna.act(incident, { command: "send-measure", measureId });
    expect(sent.body.measures.find((one) => one.measureId === measureId)?.state).toBe("sent");
    const begun = await told.next("alerts", ({ deliveries }) => deliveries.length > 0);
    const alert = begun.deliveries[0]?.alert;
    expect(alert).toMatchObject({ kind: "notice", causeCode: 94, state: "new", tier: "confirmed" });
    const { roads, route, routeM } = motorwayPlace();
    expect(alert?.outline.form).toBe("line");
    const points = alert?.outline.form === "line" ? alert.outline.points : [];
    const tail = points.at(-1) ?? { latitudeDeg: 0, longitudeDeg: 0 };
    const [spot] = roads.near(tail, 30).filter(({ link }) => link.route === route);
    const upstreamM = routeM - ((spot?.link.fromM ?? 0) + (spot?.offsetM ?? 0));
    expect(upstreamM).toBeGreaterThan(1_450);
    expect(upstreamM).toBeLessThan(1_550);
    const back = await anna.act(sent.body, { command: "withdraw-measure", measureId, reason: "cleared" });
    expect(back.status).toBe(200);
    const over = await told.next("alerts", ({ deliveries }) => deliveries[0]?.alert.state === "cancelled");
    expect(over.deliveries[0]?.alert.alertId).toBe(alert?.alertId);
  });

  it("go to controllers of signs as orders, and are taken back when the incident is resolved", async () => {
    const anna = new Operator(await startTestServer({ "roads.map": MAP }), "Anna");
    let incident = await crashOn(anna);
    for (const measureId of ["fahrstreifen-gesperrt.tempo", "fahrstreifen-gesperrt.zeichen"])
      incident = (await anna.act(incident, { command: "send-measure", measureId })).body;
    type Orders = { measures: MeasureOrder[] };
    const inForce = await anna.get<Orders>("/v1/measures?state=sent&kind=speed-limit,lane-signal");
    expect(inForce.body.measures.map(({ action, incidentId }) => [action, incidentId])).toEqual(
      expect.arrayContaining([
        [{ kind: "speed-limit", kmph: 60 }, incident.incidentId],
        [{ kind: "lane-signal", signals: ["closed", "open"] }, incident.incidentId],
      ]),
    );
    const same = await anna.get("/v1/measures?state=sent&kind=speed-limit,lane-signal", {
      "If-None-Match": inForce.etag ?? "",
    });
    expect(same.status).toBe(304);
    await anna.act(incident, { command: "resolve", text: "cleared" });
    expect((await anna.get<Orders>("/v1/measures?state=sent")).body.measures).toEqual([]);
    expect((await anna.get<Orders>("/v1/measures?state=withdrawn")).body.measures).toHaveLength(2);
  });

  it("share the incident with the agency that is called", async () => {
    const anna = new Operator(await startTestServer({ "roads.map": MAP }), "Anna");
    const incident = await crashOn(anna);
    const { body } = await anna.act(incident, { command: "send-measure", measureId: "unfall.polizei" });
    expect(body.agencies).toEqual(["police"]);
    const again = await anna.act(body, { command: "send-measure", measureId: "unfall.polizei" });
    expect(again.status).toBe(409);
    const refused = await anna.act(body, {
      command: "refuse-measure",
      measureId: "unfall.rettung",
      reason: "nobody is hurt",
    });
    expect(refused.body.log.at(-1)).toMatchObject({ what: "measure-refused", by: "Anna" });
  });

  it("never leave from an exercise", async () => {
    const server = await startTestServer({ "roads.map": MAP });
    const anna = new Operator(server, "Anna");
    const { place } = motorwayPlace();
    const opened = await anna.open({ type: "crash", place, lanes: BLOCKED, exercise: true });
    const measureId = "fahrstreifen-gesperrt.fahrzeuge";
    const { body } = await anna.act(opened.body, { command: "send-measure", measureId });
    expect(body.measures.find((one) => one.measureId === measureId)?.state).toBe("sent");
    expect([...server.hub.live()]).toEqual([]);
    expect((await anna.get<{ measures: [] }>("/v1/measures")).body.measures).toEqual([]);
    expect((await anna.get<{ measures: [] }>("/v1/measures?exercise=true")).body.measures).toHaveLength(1);
  });

  it("send themselves where their rule says so, under the name of the rule", async () => {
    const rules = join(temporaryFolder(), "rules.yaml");
    writeFileSync(
      rules,
      `version: 1
rules:
  - id: at-once
    when: { types: [crash] }
    propose:
      - { id: v, kind: vehicle-message, causeCode: 2, title: t, reason: r, effect: e, target: x, automatic: true }
`,
    );
    const server = await startTestServer({ "roads.map": MAP, "centre.measures": rules });
    const incident = await crashOn(new Operator(server, "Anna"));
    expect(incident.measures[0]).toMatchObject({ state: "sent", decided: { by: "rule at-once" } });
    expect([...server.hub.live()].map(({ kind, causeCode }) => `${kind} ${causeCode}`)).toEqual(["notice 2"]);
  });

  it("follow a changed file without a restart, and one that is broken changes nothing but is told of", async () => {
    const rules = join(temporaryFolder(), "rules.yaml");
    const ruleOf = (id: string) => `version: 1
rules:
  - id: ${id}
    when: { types: [crash] }
    propose:
      - { id: v, kind: vehicle-message, causeCode: 2, title: t, reason: r, effect: e, target: x }
`;
    writeFileSync(rules, ruleOf("first"));
    const audit = join(temporaryFolder(), "audit.jsonl");
    const flags = { "roads.map": MAP, "centre.measures": rules, "access.auditFile": audit };
    const server = await startTestServer(flags);
    const operator = new Operator(server, "Schicht A");
    const inForce = async () => (await fetch(`${server.httpUrl}/v1/measures/rules`)).text();
    const health = async () => JSON.stringify(await (await fetch(`${server.httpUrl}/readyz`)).json());
    writeFileSync(rules, `${ruleOf("second")}  - id: half-writ`);
    await expect.poll(health).toMatch(/rules\.yaml.*The rules read before hold/);
    expect(await inForce()).toBe(ruleOf("first"));
    rmSync(rules);
    writeFileSync(`${rules}.new`, ruleOf("second"));
    renameSync(`${rules}.new`, rules);
    await expect.poll(inForce).toBe(ruleOf("second"));
    expect((await crashOn(operator)).measures.map(({ measureId }) => measureId)).toEqual(["second.v"]);
    expect(await health()).not.toContain("rules.yaml");
    const written = () => (existsSync(audit) ? readFileSync(audit, "utf8") : "");
    await expect.poll(written).toContain('"act":"change rules for measures"');
  });

  it("are the same notice after a restart, not a second one", async () => {
    const flags = { "roads.map": MAP, "store.directory": temporaryFolder() };
    const before = await startTestServer(flags);
    const anna = new Operator(before, "Anna");
    const incident = await crashOn(anna);
    const measureId = "fahrstreifen-gesperrt.fahrzeuge";
    const { body } = await anna.act(incident, { command: "send-measure", measureId });
    const [first] = [...before.hub.live()];
    await before.stop();
    const after = await startTestServer(flags);
    const told = await subscriber(after.streamUrl);
    expect([...after.hub.live()].map(({ alertId }) => alertId)).toEqual([first?.alertId]);
    const back = new Operator(after, "Anna");
    await back.act(body, { command: "withdraw-measure", measureId, reason: "cleared" });
    const over = await told.next("alerts", ({ deliveries }) => deliveries[0]?.alert.state === "cancelled");
    expect(over.deliveries[0]?.alert.alertId).toBe(first?.alertId);
  });

  it("nobody outside may speak as the centre", async () => {
    const server = await startTestServer();
    const client = await StreamClient.open(server.streamUrl, subprotocol.ingest);
    await client.next("welcome");
    const hello = toWireHello({ sourceId: CENTRE_SOURCE, kind: "gateway" });
    client.send(encodeIngestFrame({ base_time_unix_ms: 1, hello, items: [] }));
    expect((await client.closed).code).toBe(4403);
  });

  it("are proposed for an alert before it is an incident, and those of an exercise make an exercise", async () => {
    const server = await startTestServer({ "roads.map": MAP });
    const operator = new Operator(server, "Schicht A");
    const { latitudeDeg, longitudeDeg } = motorwayPlace().place;
    const { body: alert } = await operator.post<{ alertId: string }>("/v1/exercises/alerts", {
      kind: "queue-end",
      latitudeDeg,
      longitudeDeg,
    });
    const path = `/v1/alert-measures/${alert.alertId}`;
    const before = await operator.get<AlertMeasures>(path);
    expect(before.body.measures.map(({ measureId, state }) => `${measureId} ${state}`)).toContain(
      "stauende.fahrzeuge proposed",
    );
    expect(before.body.incidentId).toBeUndefined();
    expect(await incidentsOf(operator)).toEqual([]);
    const { body: incident } = await operator.open({ alertIds: [alert.alertId] });
    expect(incident.exercise).toBe(true);
    await operator.act(incident, { command: "send-measure", measureId: "stauende.fahrzeuge" });
    const after = await operator.get<AlertMeasures>(path);
    expect(after.body.incidentId).toBe(incident.incidentId);
    expect(after.body.measures.find(({ state }) => state === "sent")?.measureId).toBe("stauende.fahrzeuge");
    expect([...server.hub.live()]).toEqual([]);
    const real = (await operator.open({ type: "crash", title: "real", place: motorwayPlace().place })).body;
    const { body: other } = await operator.post<{ alertId: string }>("/v1/exercises/alerts", {
      kind: "queue-end",
      latitudeDeg,
      longitudeDeg,
    });
    expect((await operator.act(real, { command: "link", alertId: other.alertId })).status).toBe(409);
    expect((await operator.get("/v1/alert-measures/nobody")).status).toBe(404);
  });
});
