import { describe, expect, it } from "vitest";
import { EventMembers } from "../../src/evaluate/oracle.ts";
import type { Scene } from "../../src/evaluate/scene.ts";
import { EPOCH_MS, sceneOf, traffic, truthFile } from "./world.ts";

// Two cars stand in a queue at a signal; three greens in a row, at 80, 160 and 240 s, leave somebody behind.
const QUEUED = [11, 12].map((stationId, i) => ({
  stationId,
  fromS: 30,
  fromM: 2_000,
  toM: 3_050 - i * 10,
  speedMps: 30,
  untilS: 295,
}));
const FAILED = [
  { s: 80, station_ids: [11] },
  { s: 160, station_ids: [12] },
  { s: 240, station_ids: [12] },
];

function sceneWith(failed: unknown): Scene {
  const file = truthFile([{ onS: 160, offS: 300, tailM: 2_900, headM: 3_300 }]);
  const [queue] = file["queues"] as Record<string, unknown>[];
  const queues = [{ ...queue, ...(failed === undefined ? {} : { failed_cycles: failed }) }];
  return sceneOf({ ...file, queues }, [...traffic(600), ...QUEUED]);
}

/** When the oracle knows of the queue, in seconds, where only these are heard. */
function knowsAtS(scene: Scene, stationIds: readonly number[]): number | undefined {
  const { table } = scene;
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
    stationIds.includes(table.stationIds[table.vehicle[row] as number] as number),
  );
  const [times] = new EventMembers(scene).oracle({
    count: rows.length,
    row: Int32Array.from(rows),
    receivedAtMs: Float64Array.from(rows, (row) => (table.timeMs[row] as number) + 20),
  });
  return times?.firstMs === undefined ? undefined : (times.firstMs - EPOCH_MS) / 1_000;
}

describe("the oracle at a signal", () => {
  const scene = sceneWith(FAILED);

  it("knows when those whom it hears were left behind in two greens in a row, whoever they are", () => {
    expect(knowsAtS(scene, [11, 12])).toBeCloseTo(160.02, 2);
    expect(knowsAtS(scene, [12])).toBeCloseTo(240.02, 2);
  });

  it("does not know by a vehicle that was left behind once: a red light is no jam", () => {
    expect(knowsAtS(scene, [11])).toBeUndefined();
  });

  it("knows by the first slow vehicle where the truth names no cycles", () => {
    expect(knowsAtS(sceneWith(undefined), [11])).toBeCloseTo(160.02, 2);
  });

  it("says what is wrong with the list of cycles", () => {
    expect(() => sceneWith([{ s: 80, station_ids: ["11"] }])).toThrow(
      "station_ids must be a list of station ids",
    );
  });
});
