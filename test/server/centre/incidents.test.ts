import { describe, expect, it } from "vitest";
import type { Incident, IncidentSummary } from "../../../src/api/contract/incidents.ts";
import { temporaryFolder } from "../../store/folders.ts";
import { startTestServer } from "../../support/server.ts";
import { KAISERBERG, Operator } from "./centre-world.ts";

const crash = { type: "crash", title: "Two cars", place: KAISERBERG } as const;

describe("incidents over REST", () => {
  it("go from new to closed, every step in the log with who and when", async () => {
    const anna = new Operator(await startTestServer(), "Anna Özdemir");
    const opened = await anna.open(crash);
    expect(opened.status).toBe(201);
    expect(opened.etag).toBe('"1"');
    let { body } = opened;
    for (const command of [
      { command: "acknowledge" },
      { command: "assign", agency: "police", person: "Streife 12" },
      { command: "start" },
      { command: "resolve", text: "towed away" },
      { command: "close" },
    ] as const) {
      const answer = await anna.act(body, command);
      expect(answer.status).toBe(200);
      body = answer.body;
    }
    expect(body.state).toBe("closed");
    expect(body.revision).toBe(6);
    expect(body.log.map(({ what, by }) => `${what} ${by}`)).toEqual([
      "opened Anna Özdemir",
      "acknowledged Anna Özdemir",
      "assigned Anna Özdemir",
      "started Anna Özdemir",
      "resolved Anna Özdemir",
      "closed Anna Özdemir",
    ]);
    expect(body.clocks.every(({ doneAtMs, breached }) => doneAtMs !== undefined && !breached)).toBe(true);
  });

  it("never overwrite what another operator did meanwhile: 412 with the incident as it is, 428 without a revision", async () => {
    const server = await startTestServer();
    const [anna, bert] = [new Operator(server, "Anna"), new Operator(server, "Bert")];
    const { body: seen } = await anna.open(crash);
    const [first, second] = await Promise.all([
      anna.act(seen, { command: "assign", agency: "police" }),
      bert.act(seen, { command: "assign", agency: "fire-brigade" }),
    ]);
    const [winner, loser] = first.status === 200 ? [first, second] : [second, first];
    expect(winner.status).toBe(200);
    expect(loser.status).toBe(412);
    const refused = loser.body as unknown as { error: string; incident: Incident };
    expect(refused.error).toBe("outdated");
    expect(refused.incident).toEqual(winner.body);
    expect(loser.etag).toBe('"2"');
    const path = `/v1/incidents/${seen.incidentId}/commands`;
    expect((await bert.post(path, { command: "start" })).status).toBe(428);
    expect((await anna.get(`/v1/incidents/${seen.incidentId}`)).body).toEqual(winner.body);
  });

  it("are listed with filters, and cost nothing where nothing changed", async () => {
    const anna = new Operator(await startTestServer(), "Anna");
    const { body: first } = await anna.open(crash);
    await anna.open({ ...crash, exercise: true });
    type List = { incidents: IncidentSummary[]; more: boolean };
    const real = await anna.get<List>("/v1/incidents?exercise=false");
    expect(real.body.incidents.map(({ incidentId }) => incidentId)).toEqual([first.incidentId]);
    expect((await anna.get<List>("/v1/incidents?limit=1")).body.more).toBe(true);
    const again = await anna.get("/v1/incidents?exercise=false", { "If-None-Match": real.etag ?? "" });
    expect(again.status).toBe(304);
    expect((await anna.get("/v1/incidents?stat=new")).status).toBe(400);
    const one = await anna.get(`/v1/incidents/${first.incidentId}`, { "If-None-Match": '"1"' });
    expect(one.status).toBe(304);
  });

  it("are there again after a restart, byte for byte, and numbers go on", async () => {
    const flags = { "store.directory": temporaryFolder(), "store.keepState": false };
    const before = await startTestServer(flags);
    const anna = new Operator(before, "Anna");
    const { body: opened } = await anna.open(crash);
    const { body: changed } = await anna.act(opened, {
      command: "lanes",
      lanes: [
        { kind: "lane", impact: "blocked" },
        { kind: "lane", impact: "clear" },
      ],
    });
    expect(changed.severity).toBe("normal");
    await before.stop();
    const after = new Operator(await startTestServer(flags), "Anna");
    expect((await after.get(`/v1/incidents/${opened.incidentId}`)).body).toEqual(changed);
    expect((await after.open(crash)).body.incidentId).not.toBe(opened.incidentId);
  });

  it("say plainly what is wrong with a request", async () => {
    const anna = new Operator(await startTestServer(), "Anna");
    const problems = await Promise.all(
      [
        {},
        { ...crash, title: "x".repeat(121) },
        { ...crash, title: "bell\u0007" },
        { ...crash, alertIds: ["nothing"] },
        { ...crash, kind: "crash" },
      ].map((body) => anna.post<{ message: string }>("/v1/incidents", body)),
    );
    expect(problems.map(({ status }) => status)).toEqual([400, 400, 400, 404, 400]);
    expect(problems[1]?.body.message).toMatch(/^title: /);
    const { body: opened } = await anna.open(crash);
    expect((await anna.act(opened, { command: "close" })).status).toBe(409);
    const nobody = { incidentId: "I-20200101-0001", revision: 1 };
    expect((await anna.act(nobody, { command: "start" })).status).toBe(404);
  });

  it("warns where nothing of it would outlive the server", async () => {
    const anna = new Operator(await startTestServer(), "Anna");
    const { body } = await anna.get<{ warnings: string[] }>("/readyz");
    expect(body.warnings.join()).toContain("store.directory is not set");
  });
});
