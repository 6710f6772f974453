import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/domain/alert.ts";
import { Pipeline } from "../../src/pipeline.ts";
import { advanceUntilQuiet } from "../../src/replay.ts";
import { alertLine, recordingNames, recordsOf } from "../support/golden.ts";
import { duisburg } from "../support/roads.ts";

const roads = duisburg();

/** Runs a recording on the map, and at each given share of it goes on in a new pipeline from a snapshot. */
async function alertsOf(name: string, restartAt: readonly number[]): Promise<Alert[]> {
  const alerts: Alert[] = [];
  const start = (): Pipeline => {
    const pipeline = new Pipeline({ roads });
    pipeline.alerts$.subscribe(({ transitions }) => alerts.push(...transitions));
    return pipeline;
  };
  let pipeline = start();
  const records = await recordsOf(name);
  const cuts = new Set(restartAt.map((share) => Math.floor(share * records.length)));
  for (const [index, record] of records.entries()) {
    if (cuts.has(index)) {
      const snapshot = JSON.stringify(pipeline.snapshot());
      pipeline = start();
      pipeline.restore(JSON.parse(snapshot));
    }
    pipeline.push(record);
  }
  advanceUntilQuiet(pipeline);
  expect(pipeline.counters.faults.total).toBe(0);
  return alerts;
}

describe.each(recordingNames())("recording %s on the map", (name) => {
  it("gives the same bytes when it is restarted from snapshots on the way", async () => {
    const straight = await alertsOf(name, []);
    const restarted = await alertsOf(name, [0.15, 0.3, 0.45, 0.55, 0.7, 0.85]);
    expect(restarted.map(alertLine)).toEqual(straight.map(alertLine));
  });
});

describe("alerts of a queue on the A40", () => {
  it("name road, direction, kilometres and the junctions around, all of them", async () => {
    const alerts = await alertsOf("incident-queue", []);
    expect(alerts.length).toBeGreaterThan(0);
    for (const { road } of alerts) {
      expect(road).toMatchObject({ ref: "A40", direction: "Dortmund" });
      expect(road?.text).toMatch(/^A40 → Dortmund, between AS Duisburg-Homberg and AS Duisburg-Häfen/);
      expect(road?.fromKm).toBeGreaterThan(35.6);
      expect(road?.fromKm).toBeLessThanOrEqual(road?.toKm ?? 0);
      expect(road?.toKm).toBeLessThan(37.7);
    }
  });
});
