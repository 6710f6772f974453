import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PlaybackView, RecordingView } from "../../../src/api/contract/playback.ts";
import { readRecording } from "../../../src/recording/reader.ts";
import { temporaryFolder } from "../../store/folders.ts";
import { recordingPath } from "../../support/golden.ts";
import { LiveClient } from "../../support/live-client.ts";
import { buildBeforehand } from "../../support/process.ts";
import { startTestServer } from "../../support/server.ts";
import { Operator } from "../centre/centre-world.ts";

// Playbacks run in threads of the built program.
buildBeforehand();

const FLAGS = { "playback.directory": "fixtures/recordings" };
const NAME = "incident-queue.mcap";

async function spanOf(operator: Operator): Promise<Required<RecordingView>> {
  const { recordings } = (await operator.get<{ recordings: RecordingView[] }>("/v1/recordings")).body;
  const found = recordings.find(({ name }) => name === NAME);
  if (found?.fromMs === undefined || found.toMs === undefined) throw new Error("no such recording");
  return found as Required<RecordingView>;
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
    expect((await fetch(`${address}?from=${from}&to=${from}`)).status).toBe(400);
    const outside = `${server.httpUrl}/v1/recordings/..%2f..%2fpackage.json/clip.mcap?from=0&to=1`;
    expect((await fetch(outside)).status).toBe(404);
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
