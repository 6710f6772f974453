import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type {
  AlarmBoard,
  AlarmKpis,
  AlarmView,
  AlertView,
  Verdict,
} from "../../../src/api/contract/alarms.ts";
import { readVerdicts } from "../../../src/evaluate/verdicts.ts";
import type { RunningServer } from "../../../src/server/server.ts";
import { temporaryFolder } from "../../store/folders.ts";
import { bearer, Issuer } from "../../support/credentials.ts";
import { notice } from "../../support/hazard-notice.ts";
import { LiveClient } from "../../support/live-client.ts";
import { startTestServer } from "../../support/server.ts";
import { Producer } from "../../support/stream-client.ts";
import { Operator } from "./centre-world.ts";

interface Alarms {
  readonly board: AlarmBoard;
  readonly alarms: readonly AlarmView[];
}

const producerOf = (server: RunningServer) => Producer.open(server.streamUrl, "gateway-1");

async function firstAlarm(server: RunningServer): Promise<{ client: LiveClient; alarm: AlarmView }> {
  const client = await LiveClient.open(server.streamUrl);
  const told = await client.next("alarms", ({ changed }) =>
    changed.some(({ state }) => state === "unacknowledged"),
  );
  const alarm = told.changed.find(({ state }) => state === "unacknowledged");
  if (alarm === undefined) throw new Error("no alarm");
  return { client, alarm };
}

const commands = (alarm: AlarmView) => `/v1/alarms/${alarm.alarmId}/commands`;
const seen = ({ revision }: AlarmView) => ({ "If-Match": `"${revision}"` });

describe("alarms in a running server", () => {
  it("come live to consoles, are acknowledged over REST, and everybody hears who did", async () => {
    const server = await startTestServer();
    await (await producerOf(server)).sendItems(notice(14));
    const { client, alarm } = await firstAlarm(server);
    expect(alarm).toMatchObject({ priority: 1, annunciation: "alarm", kind: "wrong-way", alerts: 1 });
    const anna = new Operator(server, "Anna Özdemir");
    const answer = await anna.post<AlarmView>(commands(alarm), { command: "acknowledge" }, seen(alarm));
    expect(answer).toMatchObject({ status: 200, body: { state: "acknowledged" } });
    const news = await client.next(
      "alarms",
      ({ full, changed }) => !full && changed[0]?.state === "acknowledged",
    );
    expect(news.changed[0]?.acknowledged?.by).toBe("Anna Özdemir");
    expect(news.board).toMatchObject({ lastTenMinutes: 1, shelved: 0 });
    const again = await anna.post(commands(alarm), { command: "acknowledge" }, { "If-Match": "*" });
    expect(again).toMatchObject({ status: 409, body: { error: "not-possible" } });
  });

  it("let nobody act on what has changed meanwhile, and say what is wrong with a command", async () => {
    const server = await startTestServer();
    await (await producerOf(server)).sendItems(notice(14));
    const { alarm } = await firstAlarm(server);
    const ben = new Operator(server, "Ben");
    const late = await ben.post<{ alarm: AlarmView }>(
      commands(alarm),
      { command: "acknowledge" },
      { "If-Match": '"0"' },
    );
    expect(late).toMatchObject({ status: 412, body: { alarm: { alarmId: alarm.alarmId } } });
    expect((await ben.post(commands(alarm), { command: "acknowledge" })).status).toBe(428);
    const typo = await ben.post(commands(alarm), { command: "acknowledged" }, seen(alarm));
    expect(typo).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("Did you mean acknowledge?") },
    });
    const tomorrow = { command: "shelve", untilMs: Date.now() + 86_400_000, reason: "x" };
    expect((await ben.post(commands(alarm), tomorrow, seen(alarm))).status).toBe(400);
    expect((await ben.post("/v1/alarms/none/commands", { command: "acknowledge" }, seen(alarm))).status).toBe(
      404,
    );
  });

  it("of priority 1 are shelved by administrators only", async () => {
    const issuer = await Issuer.create();
    const server = await startTestServer({ "access.keys": issuer.keys });
    const gateway = bearer(await issuer.token({ scope: "publish" }));
    await (await Producer.open(server.streamUrl, "gateway-1", {}, gateway)).sendItems(notice(14));
    const token = await issuer.token({ scope: "subscribe operate" });
    const operator = new Operator(server, "", bearer(token).headers);
    const [alarm] = (await operator.get<Alarms>("/v1/alarms")).body.alarms;
    if (alarm === undefined) throw new Error("no alarm");
    const shelve = { command: "shelve", untilMs: Date.now() + 60_000, reason: "being repaired" };
    expect((await operator.post(commands(alarm), shelve, seen(alarm))).status).toBe(403);
    const admin = new Operator(server, "", bearer(await issuer.token({ scope: "admin" })).headers);
    const done = await admin.post<AlarmView>(commands(alarm), shelve, seen(alarm));
    expect(done.body.shelved).toMatchObject({ reason: "being repaired", oneShot: false });
    const watcher = new Operator(server, "", bearer(await issuer.token({ scope: "subscribe" })).headers);
    expect((await watcher.post(commands(alarm), { command: "unshelve" }, seen(done.body))).status).toBe(403);
  });

  it("of priority 3 are acknowledged by the page, others never", async () => {
    const server = await startTestServer({ "centre.alarms": await settings() });
    await (await producerOf(server)).sendItems(notice(14), notice(10), notice(10, 51.6));
    const { client } = await firstAlarm(server);
    const anna = new Operator(server, "Anna");
    const { alarms } = (await anna.get<Alarms>("/v1/alarms?annunciation=alarm")).body;
    expect(alarms.map(({ priority }) => priority).sort()).toEqual([1, 3, 3]);
    const page = { alarms: alarms.map(({ alarmId, revision }) => ({ alarmId, revision })) };
    const { body } = await anna.post<{
      acknowledged: string[];
      refused: { alarmId: string; code: string }[];
    }>("/v1/alarms/acknowledge", page);
    expect(body.acknowledged).toHaveLength(2);
    expect(body.refused).toMatchObject([{ code: "not-permitted" }]);
    await client.next("alarms", ({ changed }) => changed.some(({ state }) => state === "acknowledged"));
    const { body: kpis } = await anna.get<AlarmKpis>("/v1/alarms/kpis");
    expect(kpis.windows.reduce((sum, window) => sum + window.alarms, 0)).toBe(3);
    expect(kpis.priorityShares.p1).toBeCloseTo(1 / 3);
    expect(kpis.medianAcknowledgeMs).toBeGreaterThanOrEqual(0);
  });

  it("and verdicts go on after a restart as if nothing had happened", async () => {
    const flags = { "store.directory": temporaryFolder() };
    const first = await startTestServer(flags);
    const producer = await producerOf(first);
    await producer.sendItems(notice(14), notice(10, 51.6));
    const { alarm } = await firstAlarm(first);
    const anna = new Operator(first, "Anna");
    await anna.post(commands(alarm), { command: "acknowledge" }, seen(alarm));
    await anna.post("/v1/verdicts", { alertId: alarm.alertId, verdict: "confirmed" });
    const before = (await anna.get<Alarms>("/v1/alarms")).body.alarms;
    await first.stop();
    const second = await startTestServer(flags);
    const ben = new Operator(second, "Ben");
    const { alarms } = (await ben.get<Alarms>("/v1/alarms")).body;
    expect(alarms).toEqual(before);
    expect(alarms.find(({ alarmId }) => alarmId === alarm.alarmId)?.acknowledged?.by).toBe("Anna");
    const { verdicts } = (await ben.get<{ verdicts: Verdict[] }>("/v1/verdicts")).body;
    expect(verdicts).toMatchObject([{ alertId: alarm.alertId, verdict: "confirmed", by: "Anna" }]);
  });
});

describe("an exercise", () => {
  it("is seen and handled on consoles, marked, and told to nobody else", async () => {
    const server = await startTestServer();
    const client = await LiveClient.open(server.streamUrl);
    const anna = new Operator(server, "Anna");
    const drill = { kind: "accident", latitudeDeg: 51.44, longitudeDeg: 6.7, text: "Übung Tunnelbrand" };
    const { status, body } = await anna.post<AlertView>("/v1/exercises/alerts", drill);
    expect(status).toBe(201);
    const { changed } = await client.next("alerts", ({ full }) => !full);
    expect(changed[0]).toMatchObject({ alertId: body.alertId, exercise: true, kind: "accident" });
    const told = await client.next("alarms", ({ changed: [first] }) => first?.state === "unacknowledged");
    const [alarm] = told.changed;
    expect(alarm).toMatchObject({ exercise: true, priority: 2 });
    expect(told.board.lastTenMinutes).toBe(0);
    if (alarm === undefined) throw new Error("no alarm");
    expect((await anna.post(commands(alarm), { command: "acknowledge" }, seen(alarm))).status).toBe(200);
    expect(server.hub.liveAlerts).toBe(0);
    expect(server.hub.cursor.sequence).toBe(0);
    const ended = await fetch(`${server.httpUrl}/v1/exercises/alerts/${body.alertId}`, {
      method: "DELETE",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    expect(ended.status).toBe(200);
    await client.next("alerts", ({ gone }) => gone.includes(body.alertId));
    expect((await anna.post("/v1/exercises/alerts", { ...drill, kind: "crash" })).status).toBe(400);
  });
});

describe("metrics of alarms", () => {
  it("are the figures of the board", async () => {
    const server = await startTestServer();
    await (await producerOf(server)).sendItems(notice(14));
    await firstAlarm(server);
    const text = await (await fetch(`${server.httpUrl}/metrics`)).text();
    expect(text).toContain('roadpulse_alarm_announced_total{priority="p1"} 1');
    expect(text).toContain('roadpulse_alarm_alarms{state="unacknowledged"} 1');
    expect(text).toContain("roadpulse_alarm_flood 0");
  });
});

describe("verdicts", () => {
  it("are all kept, the last counts, and evaluate reads their export", async () => {
    const server = await startTestServer();
    const anna = new Operator(server, "Anna");
    expect((await anna.post("/v1/verdicts", { alertId: "a1", verdict: "false" })).status).toBe(400);
    await anna.post("/v1/verdicts", { alertId: "a1", verdict: "unclear", reason: "camera was off" });
    await anna.post("/v1/verdicts", { alertId: "a1", verdict: "false", reason: "a parked lorry" });
    await anna.post("/v1/verdicts", { alertId: "a2", verdict: "confirmed" });
    const { verdicts } = (await anna.get<{ verdicts: Verdict[] }>("/v1/verdicts?alertId=a1")).body;
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(["unclear", "false"]);
    const file = join(temporaryFolder(), "verdicts.ndjson");
    await writeFile(file, await (await fetch(`${server.httpUrl}/v1/verdicts.ndjson`)).text());
    const read = await readVerdicts(file);
    expect([...read.values()].map(({ alertId, verdict, by }) => [alertId, verdict, by])).toEqual([
      ["a1", "false", "Anna"],
      ["a2", "confirmed", "Anna"],
    ]);
  });
});

/** One witness is enough for an obstacle here, and it is of priority 3. */
async function settings(): Promise<string> {
  const path = join(temporaryFolder(), "alarms.json");
  const rule = { fast: ["P3", "P3"], holdOneS: 0, reason: "a test" };
  await writeFile(path, JSON.stringify({ rules: { obstacle: rule } }));
  return path;
}
