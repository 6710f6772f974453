import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PlaybackView, RecordingView } from "../../../src/api/contract/playback.ts";
import { isConfigProblems, loadConfig } from "../../../src/config/load.ts";
import { alertLine } from "../../../src/domain/alert-json.ts";
import { readAlertFile } from "../../../src/evaluate/alert-file.ts";
import { readRecording } from "../../../src/recording/reader.ts";
import { Recorder } from "../../../src/recording/recorder.ts";
import { replay } from "../../../src/replay.ts";
import { pipelineParts } from "../../../src/server/pipeline-parts.ts";
import { Recordings } from "../../../src/server/playback/recordings.ts";
import { temporaryFolder } from "../../store/folders.ts";
import { recordingPath } from "../../support/golden.ts";
import { notice } from "../../support/hazard-notice.ts";
import { LiveClient } from "../../support/live-client.ts";
import { buildBeforehand } from "../../support/process.ts";
import { startTestServer } from "../../support/server.ts";
import { Producer } from "../../support/stream-client.ts";
import { Operator } from "../centre/centre-world.ts";

// Playbacks run in threads of the built program.
buildBeforehand();

const FLAGS = { "playback.directory": "fixtures/recordings" };
const NAME = "incident-queue.mcap";

/** What this process holds open; the server under test is a part of it. */
const openFiles = (): string[] =>
  readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });

async function spanOf(operator: Operator): Promise<Required<RecordingView>> {
  const { recordings } = (await operator.get<{ recordings: RecordingView[] }>("/v1/recordings")).body;
  const found = recordings.find(({ name }) => name === NAME);
  if (found?.fromMs === undefined || found.toMs === undefined) throw new Error("no such recording");
  return found as Required<RecordingView>;
}

/** Whoever reviews a clip gets alerts out of it as out of any recording, and scores them. */
async function isReplayable(path: string): Promise<void> {
  const config = loadConfig({ flags: { "roads.map": "fixtures/maps/duisburg.geojson" } });
  if (isConfigProblems(config)) throw new Error("the configuration is wrong");
  const lines: string[] = [];
  await replay(readRecording(path), {
    pipeline: pipelineParts(config),
    onAlert: (alert) => void lines.push(alertLine(alert)),
  });
  const alerts = `${path}.ndjson`;
  writeFileSync(alerts, `${lines.join("\n")}\n`);
  const kinds = (await readAlertFile(alerts)).map(({ kind }) => kind);
  expect(kinds).toContain("emergency-brake");
}

describe("recordings", () => {
  it("are cut for review: the same messages, with the sessions that were open", async () => {
    const server = await startTestServer(FLAGS);
    const { fromMs } = await spanOf(new Operator(server, "Ada"));
    const [from, to] = [fromMs + 60_000, fromMs + 90_000];
    const address = `${server.httpUrl}/v1/recordings/${NAME}/clip.mcap`;
    const answer = await fetch(`${address}?from=${from}&to=${to}`);
    expect(answer.status).toBe(200);
    const path = join(temporaryFolder(), "clip.mcap");
    writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
    const collect = async (file: string, range = {}) => {
      const records = [];
      for await (const batch of readRecording(file, range))
        for (const record of batch)
          records.push(
            record.kind === "message"
              ? { ...record, bytes: Buffer.from(record.bytes).toString("hex") }
              : record,
          );
      return records;
    };
    const cut = await collect(path);
    expect(cut.length).toBeGreaterThan(100);
    expect(cut).toEqual(await collect(recordingPath("incident-queue"), { fromMs: from, toMs: to }));
    await isReplayable(path);
    expect((await fetch(`${address}?from=${from}&to=${from}`)).status).toBe(400);
    expect((await fetch(`${address}?from=${9e15}&to=${9e15 + 1_000}`)).status).toBe(400);
    const outside = `${server.httpUrl}/v1/recordings/..%2f..%2fpackage.json/clip.mcap?from=0&to=1`;
    expect((await fetch(outside)).status).toBe(404);
  });

  it("come with the alerts of the same time, as the log has them and as evaluation reads them", async () => {
    const server = await startTestServer({ ...FLAGS, "store.directory": temporaryFolder() });
    const producer = await Producer.open(server.streamUrl, "gateway-1");
    const fromMs = Date.now() - 60_000;
    await producer.sendItems(notice(14), notice(10, 51.6));
    const asked = `from=${fromMs}&to=${fromMs + 3_600_000}`;
    const clip = async (query: string) =>
      (await fetch(`${server.httpUrl}/v1/recordings/${NAME}/clip.ndjson?${query}`)).text();
    await expect.poll(async () => (await clip(asked)).split("\n").length, { timeout: 10_000 }).toBe(3);
    const path = join(temporaryFolder(), "clip.ndjson");
    writeFileSync(path, await clip(asked));
    const { transitions } = (
      await new Operator(server, "Ada").get<{ transitions: { alert: object }[] }>("/v1/history?order=oldest")
    ).body;
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).alertId)).toEqual(
      transitions.map(({ alert }) => (alert as { alertId: string }).alertId),
    );
    expect((await readAlertFile(path)).map(({ kind }) => kind).sort()).toEqual(["obstacle", "wrong-way"]);
    expect(await clip(`from=${fromMs - 120_000}&to=${fromMs - 60_000}`)).toBe("");
  });

  it("are forgotten with their files", async () => {
    const path = join(temporaryFolder(), "one.mcap");
    const recordings = new Recordings([dirname(path)]);
    const whole = readFileSync(recordingPath("incident-queue"));
    const put = (bytes: Uint8Array) => {
      writeFileSync(path, bytes);
      utimesSync(path, 1, 1);
    };
    put(new Uint8Array(whole.length));
    expect(await recordings.list()).toEqual([{ name: "one.mcap", bytes: whole.length }]);
    rmSync(path);
    expect(await recordings.list()).toEqual([]);
    put(whole);
    expect(await recordings.list()).toMatchObject([{ fromMs: expect.any(Number) }]);
  });

  it("are let go of when whoever wanted a part of them has gone", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "large.mcap");
    const recorder = await Recorder.create(path, { clockStartMs: 0 });
    // More than sockets hold and than waits for them.
    const bytes = new Uint8Array(256 * 1024);
    for (let i = 0; i < 80; i++)
      recorder.record({ kind: "message", receivedAtMs: i * 1_000, slot: 1, bytes });
    await recorder.close();
    const server = await startTestServer({ "playback.directory": folder });
    const isOpen = () => openFiles().includes(path);
    const asked = get(`${server.httpUrl}/v1/recordings/large.mcap/clip.mcap?from=0&to=80000`);
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    await once(response, "readable");
    // The head of the clip is there before the file is.
    await expect.poll(isOpen, { timeout: 10_000 }).toBe(true);
    response.destroy();
    await expect.poll(isOpen, { timeout: 10_000 }).toBe(false);
  });

  it("are played beside the running server, as many as may, and end when they are told to", async () => {
    const server = await startTestServer({ ...FLAGS, "playback.maxPlaybacks": 1 });
    const ada = new Operator(server, "Ada");
    const { fromMs } = await spanOf(ada);
    const order = { recording: NAME, atMs: fromMs + 100_000 };
    const begun = await ada.post<PlaybackView>("/v1/playbacks", order);
    expect(begun).toMatchObject({ status: 201, body: { by: "Ada", recording: NAME } });
    expect((await ada.post("/v1/playbacks", order)).status).toBe(503);
    const { playbackId } = begun.body;
    const client = await LiveClient.open(`${server.streamUrl}?playback=${playbackId}`);
    expect(await client.next("welcome")).toMatchObject({ clock: "playback", playback: playbackId });
    await client.next("playback", ({ playback }) => playback.atMs >= fromMs + 100_000);
    client.ask({ type: "playback", command: "pause" });
    const { playback } = await client.next("playback", ({ playback: { state } }) => state === "paused");
    expect(playback.atMs).toBeGreaterThanOrEqual(fromMs + 100_000);
    // The running server heard nothing of it.
    expect(server.pipeline.tracker.size).toBe(0);
    const ended = await fetch(`${server.httpUrl}/v1/playbacks/${playbackId}`, { method: "DELETE" });
    expect(ended.status).toBe(200);
    expect((await client.closed).reason).toBe("the playback has ended");
    expect((await ada.get("/v1/playbacks")).body).toEqual({ playbacks: [] });
  });
});
