import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { readRecording } from "../../src/recording/reader.ts";
import type { WireIngestItem } from "../../src/wire/ingest-frame.ts";
import { ANY_PORTS, buildBeforehand, startRoadpulse } from "../support/process.ts";
import { Producer } from "../support/stream-client.ts";

buildBeforehand();

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const cam = (stationId: number): WireIngestItem => ({
  station_id: stationId,
  awareness: { latitude_e7: 514_300_000, longitude_e7: 67_600_000, speed_cmps: 2_500, heading_ddeg: 900 },
});

/** A chunk is closed when its first record is a second old; the clock of the server looks every 10 ms. */
const CHUNK_CLOSED_MS = 1_500;

describe("a server that is killed", () => {
  it("leaves a recording that can be read, complete up to the last second", async () => {
    const folder = mkdtempSync(join(tmpdir(), "roadpulse-killed-"));
    folders.push(folder);
    const file = join(folder, "killed.mcap");
    const server = startRoadpulse("record", "--out", file, ...ANY_PORTS);
    const { streams = "" } = await server.logged("listening");
    const producer = await Producer.open(streams, "rsu-1");
    for (let stationId = 1; stationId <= 50; stationId++) await producer.sendItems(cam(stationId));
    const sentAtMs = performance.now();
    // The producer keeps talking, so that what it awaits is an event: the receipt of a message that came late enough.
    while (performance.now() - sentAtMs < CHUNK_CLOSED_MS) await producer.sendItems(cam(1_000));
    await server.stop("SIGKILL");

    const recording = readRecording(file);
    let messages = 0;
    let receivedAtMs = 0;
    for await (const batch of recording) {
      for (const record of batch) {
        if (record.kind === "message") messages++;
        expect(record.receivedAtMs).toBeGreaterThanOrEqual(receivedAtMs);
        receivedAtMs = record.receivedAtMs;
      }
    }
    expect(messages).toBeGreaterThanOrEqual(51);
    expect(recording.warnings.length).toBeGreaterThan(0);
  });
});
