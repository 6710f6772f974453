import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/domain/alert.ts";
import { Pipeline } from "../../src/pipeline.ts";
import { advanceUntilQuiet } from "../../src/replay.ts";
import { recordsOf } from "../support/golden.ts";
import { duisburg } from "../support/roads.ts";

const roads = duisburg();

async function alertsOf(name: string): Promise<Alert[]> {
  const alerts: Alert[] = [];
  const pipeline = new Pipeline({ roads });
  pipeline.alerts$.subscribe(({ transitions }) => alerts.push(...transitions));
  for (const record of await recordsOf(name)) pipeline.push(record);
  advanceUntilQuiet(pipeline);
  expect(pipeline.counters.faults.total).toBe(0);
  return alerts;
}

describe("alerts of a queue on the A40", () => {
  it("name road, direction, kilometres and the junctions around, all of them", async () => {
    const alerts = await alertsOf("incident-queue");
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
