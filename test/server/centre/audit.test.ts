import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { AlarmView } from "../../../src/api/contract/alarms.ts";
import { bearer, Issuer } from "../../support/credentials.ts";
import { notice } from "../../support/hazard-notice.ts";
import { startTestServer } from "../../support/server.ts";
import { Producer } from "../../support/stream-client.ts";
import { Operator } from "./centre-world.ts";

it("writes down who acknowledged, shelved, judged, exercised and opened, and who was not let", async () => {
  const issuer = await Issuer.create();
  const server = await startTestServer({
    "access.keys": issuer.keys,
    "access.auditFile": issuer.audit,
  });
  const gateway = bearer(await issuer.token({ scope: "publish" }));
  await (await Producer.open(server.streamUrl, "gateway-1", {}, gateway)).sendItems(
    notice(14),
    notice(10, 51.6),
  );
  const as = async (sub: string, scope: string) =>
    new Operator(server, "", bearer(await issuer.token({ scope, sub })).headers);
  const desk = await as("desk-1", "subscribe operate");
  const chief = await as("chief", "admin");
  const watcher = await as("watcher", "subscribe");
  const { alarms } = (await desk.get<{ alarms: AlarmView[] }>("/v1/alarms")).body;
  const alarm = alarms.find(({ kind }) => kind === "wrong-way");
  if (alarm === undefined) throw new Error("no alarm");
  const { alarmId, alertId } = alarm;
  const commands = `/v1/alarms/${alarmId}/commands`;
  const any = { "If-Match": "*" };
  const shelve = { command: "shelve", untilMs: Date.now() + 60_000, reason: "being repaired" };
  expect((await watcher.post(commands, { command: "acknowledge" }, any)).status).toBe(403);
  expect((await desk.post(commands, { command: "acknowledge" }, any)).status).toBe(200);
  expect((await desk.post(commands, shelve, any)).status).toBe(403);
  expect((await chief.post(commands, shelve, any)).status).toBe(200);
  expect((await desk.post("/v1/verdicts", { alertId, verdict: "confirmed" })).status).toBe(201);
  const drill = { kind: "wrong-way", latitudeDeg: 51.434, longitudeDeg: 6.74 };
  const exercise = await desk.post<{ alertId: string }>("/v1/exercises/alerts", drill);
  expect(exercise.status).toBe(201);
  const { incidentId } = (await desk.open({ alertIds: [alertId] })).body;
  await server.stop();
  const lines = readFileSync(issuer.audit, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const acts = lines
    .filter(({ outcome }) => outcome === "allowed")
    .map(({ identity, act }) => `${identity}: ${act}`);
  expect(acts).toEqual(
    expect.arrayContaining([
      `desk-1: acknowledge alarm ${alarmId}`,
      `chief: shelve alarm ${alarmId}`,
      `desk-1: verdict confirmed on alert ${alertId}`,
      `desk-1: begin exercise ${exercise.body.alertId}`,
      `desk-1: incident ${incidentId} open`,
    ]),
  );
  // What was not let, did not happen.
  expect(acts.filter((act) => act.includes("shelve"))).toHaveLength(1);
  expect(lines).toContainEqual(
    expect.objectContaining({ outcome: "refused", identity: "watcher", answer: 403 }),
  );
  for (const { address } of lines) expect(address).toBe("127.0.0.1");
});
