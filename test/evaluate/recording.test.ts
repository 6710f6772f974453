import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { channelFrom } from "../../src/evaluate/channel.ts";
import { evaluate } from "../../src/evaluate/evaluate.ts";
import { readTraffic } from "../../src/evaluate/read-traffic.ts";
import { parseTruth } from "../../src/evaluate/read-truth.ts";
import type { RunDetails } from "../../src/evaluate/run-details.ts";
import { unpacked } from "../../src/recording/import/input.ts";
import { importTrajectoriesFrom } from "../../src/recording/import/trajectories.ts";
import { at, EPOCH_MS, truthFile } from "./world.ts";

/** Thirty vehicles at 1 Hz on 3 km of road; number 5 stands from second 60 on. */
function csv(): string {
  const rows = Array.from({ length: 200 }, (_, s) =>
    Array.from({ length: 30 }, (_, i) => i).flatMap((i) => {
      const alongM = (s - i * 3) * 25;
      const placeM = i === 5 ? Math.min(alongM, 1_500) : alongM;
      if (placeM < 0 || placeM > 3_000 || (i === 5 && s > 180)) return [];
      const { latitudeDeg, longitudeDeg } = at(placeM);
      const speed = i === 5 && alongM >= 1_500 ? 0 : 25;
      return [
        `${EPOCH_MS + s * 1_000},${100 + i},car,${longitudeDeg.toFixed(7)},${latitudeDeg.toFixed(7)},${speed},90,0`,
      ];
    }),
  ).flat();
  return ["t_ms,id,type,lon,lat,speed_mps,heading_deg,accel_mps2", ...rows, ""].join("\n");
}

async function recorded(): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), "roadpulse-recording-")), "run.mcap");
  const chunks = (async function* () {
    yield new TextEncoder().encode(csv());
  })();
  await importTrajectoriesFrom(unpacked("test", chunks, undefined), path, {});
  return path;
}

const stop = { station_id: 105, start_s: 75, last_s: 180, label: "incident" };
const { latitudeDeg: lat, longitudeDeg: lon } = at(1_500);
const truth = parseTruth(truthFile([], { stops: [{ ...stop, lat, lon }], time_range_s: [0, 199] }));

describe("recordings", () => {
  it("are drawn from by vehicle, as they are and through a channel", async () => {
    const { table, source } = await readTraffic(await recorded());
    expect(table.stationIds).toHaveLength(30);
    expect(source).toBeDefined();
    const runs: RunDetails[] = [];
    const score = (channel: string, penetration: number) =>
      evaluate({
        table,
        source,
        truth,
        channel: channelFrom(channel),
        penetrations: [penetration],
        victims: "equipped",
        onRun: (run) => runs.push(run),
      });
    const [whole] = (await score("none", 1)).results;
    expect(whole?.tiers.suspected.kinds["stationary-vehicle"]?.alerts).toMatchObject({
      matched: 1,
      false: 0,
    });
    await score("none", 0.5);
    await score("typical", 0.5);
    const [all, half, far] = runs as [RunDetails, RunDetails, RunDetails];
    expect(all.run.heard.count).toBe(table.rows);
    for (const { run, equipped } of [half, far]) {
      const heard = new Set(
        Array.from(run.heard.row.subarray(0, run.heard.count), (row) => table.vehicle[row]),
      );
      for (const vehicle of heard) expect(equipped[vehicle as number]).toBe(1);
      expect(heard.size).toBe(equipped.reduce((sum, x) => sum + x, 0));
      expect(run.episodes.some(({ kind }) => kind === "stationary-vehicle")).toBe(true);
    }
    expect(half.equipped).toEqual(far.equipped);
  });
});
