import { describe, expect, it } from "vitest";
import { encodeIngestFrame, type WireIngestItem } from "../../src/wire/ingest-frame.ts";
import { conservationFaults } from "../support/golden.ts";
import { startTestServer } from "../support/server.ts";
import { Producer } from "../support/stream-client.ts";

const cam = (stationId: number): WireIngestItem => ({
  station_id: stationId,
  awareness: { latitude_e7: 514_300_000, longitude_e7: 67_600_000, speed_cmps: 2_500, heading_ddeg: 900 },
});
const denm = (sequence: number): WireIngestItem => ({
  station_id: 7,
  hazard: {
    event: { originating_station_id: 7, sequence_number: sequence },
    position: { latitude_e7: 514_300_000 + sequence * 100_000, longitude_e7: 67_600_000 },
    cause_code: 94,
    information_quality: 3,
  },
});

describe("a source that floods", () => {
  it("is shed item by item, loses no hazard, and takes nothing from another source", async () => {
    const server = await startTestServer({
      "limits.maxItemsPerSecondPerSource": 100,
      "limits.burstItemsPerSource": 500,
    });
    const flooder = await Producer.open(server.streamUrl, "flooder");
    const neighbour = await Producer.open(server.streamUrl, "neighbour");
    const frames = 300;
    const itemsPerFrame = 50;
    let hazards = 0;
    for (let frame = 0; frame < frames; frame++) {
      const items = Array.from({ length: itemsPerFrame }, (_, i) => cam(frame * itemsPerFrame + i + 1));
      if (frame % 30 === 29) items[0] = denm(++hazards);
      flooder.client.send(encodeIngestFrame({ base_time_unix_ms: Date.now(), items }));
      if (frame % 10 === 0)
        expect(await neighbour.sendItems(cam(900_000 + frame))).toMatchObject({ accepted: 1 });
    }
    const last = await flooder.sendItems(denm(++hazards));
    expect(last).toMatchObject({ accepted: 1 });
    const counters = server.pipeline.counters.source("flooder");
    // What was shed is written down a few times a second.
    while (counters.received < frames * itemsPerFrame + 1) await neighbour.send({ items: [] });
    expect(server.pipeline.alertBook.size).toBe(hazards);
    expect(counters.shed.counts.get("rate-limit")).toBeGreaterThan(frames * itemsPerFrame * 0.8);
    expect(conservationFaults(server.pipeline.counters)).toEqual([]);
    await neighbour.send({ items: [] });
    expect(server.pipeline.counters.source("neighbour").shed.total).toBe(0);
  });
});
