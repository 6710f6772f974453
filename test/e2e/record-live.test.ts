import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { playThroughSessions } from "../../src/client/replay-client.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import { EVERY_ALERT } from "../../src/domain/subscription.ts";
import { readRecording } from "../../src/recording/reader.ts";
import { rebaseFrame } from "../../src/recording/rebase.ts";
import { replay } from "../../src/replay.ts";
import { encodeSubscribe } from "../../src/wire/subscriber-message.ts";
import { alertLine, conservationFaults, recordingPath } from "../support/golden.ts";
import { startTestServer } from "../support/server.ts";
import { StreamClient } from "../support/stream-client.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const BRAKING_FROM_MS = 1_790_000_196_000;
const BRAKING_TO_MS = 1_790_000_201_000;

describe("a live server that records", () => {
  it("writes a recording whose replay gives the alerts that subscribers were told live, byte for byte", async () => {
    const folder = mkdtempSync(join(tmpdir(), "roadpulse-record-"));
    folders.push(folder);
    const file = join(folder, "live.mcap");
    const server = await startTestServer({ "record.file": file });
    const subscriber = await StreamClient.open(server.streamUrl, subprotocol.alerts);
    subscriber.send(
      encodeSubscribe({
        subscriptionId: "all",
        area: { form: "everywhere" },
        filter: EVERY_ALERT,
        positionsIntervalMs: undefined,
        resume: undefined,
      }),
    );
    await subscriber.next("subscribed");

    const braking = readRecording(recordingPath("hard-braking-chain"), {
      fromMs: BRAKING_FROM_MS,
      toMs: BRAKING_TO_MS,
    });
    const shiftMs = Date.now() - BRAKING_FROM_MS;
    await playThroughSessions(server.streamUrl, braking, {
      speed: 1,
      rebase: (frame) => rebaseFrame(frame, { shiftMs, loop: 1 }),
    });
    const told = subscriber.heard.flatMap((message) => (message.kind === "alerts" ? message.deliveries : []));
    expect(told.length).toBeGreaterThan(1);
    expect(conservationFaults(server.pipeline.counters)).toEqual([]);
    await server.stop();
    await subscriber.closed;
    const live = subscriber.heard.flatMap((message) => (message.kind === "alerts" ? message.deliveries : []));

    const replayed: string[] = [];
    await replay(readRecording(file), { onAlert: (alert) => replayed.push(alertLine(alert)) });
    expect(live.map(({ alert }) => alertLine(alert))).toEqual(replayed.slice(0, live.length));
    expect(replayed.length).toBeGreaterThanOrEqual(live.length);
  });
});
