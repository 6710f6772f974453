import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { at, EPOCH_MS } from "../evaluate/world.ts";
import { runCli } from "./capture.ts";

const folder = mkdtempSync(join(tmpdir(), "roadpulse-evaluate-"));
const csv = join(folder, "run.csv");
const truth = join(folder, "truth.json");

/** Forty vehicles one after the other; number 7 breaks down at 2 km from second 90 to 150. */
function tableText(): string {
  const rows = Array.from({ length: 260 }, (_, s) =>
    Array.from({ length: 40 }, (_, i) => {
      const drivenS = s - i * 5;
      const isBroken = i === 7 && drivenS * 30 >= 2_000 && s < 150;
      const alongM = i === 7 ? Math.min(drivenS, 66) * 30 : drivenS * 30;
      if (drivenS < 0 || alongM > 4_000 || (i === 7 && s >= 150)) return [];
      const { latitudeDeg, longitudeDeg } = at(isBroken ? 2_000 : alongM);
      return [
        `${EPOCH_MS + s * 1_000},${i + 1},car,${longitudeDeg.toFixed(7)},${latitudeDeg.toFixed(7)},${isBroken ? 0 : 30},90,0`,
      ];
    }).flat(),
  ).flat();
  return ["t_ms,id,type,lon,lat,speed_mps,heading_deg,accel_mps2", ...rows, ""].join("\n");
}

writeFileSync(csv, tableText());
const { latitudeDeg: lat, longitudeDeg: lon } = at(2_000);
const stop = { station_id: 8, start_s: 102, last_s: 149, lon, lat, label: "incident" };
const truthFile = { time_range_s: [0, 259], penetration: 1, stops: [stop] };
writeFileSync(truth, JSON.stringify(truthFile));

test("scores a table of vehicles against its truth, the same way each time", async () => {
  const once = await runCli(["evaluate", csv, truth, "--json"]);
  expect(once).toMatchObject({ code: 0, stderr: "" });
  const report = JSON.parse(once.stdout);
  expect(report).toMatchObject({ schema: "roadpulse-evaluation/1", seeds: [1], channel: { name: "none" } });
  const [{ tiers, exposure, faults }] = report.results;
  expect(faults).toBe(0);
  expect(exposure.equippedVehicles).toBe(40);
  expect(exposure.carriagewayKm).toBeCloseTo(4, 0);
  const found = tiers.suspected.kinds["stationary-vehicle"];
  expect(found.alerts).toMatchObject({ matched: 1, duplicate: 0, false: 0, all: 1 });
  expect(found.detection.victimEquipped).toMatchObject({ hits: 1, of: 1 });
  expect(found.detectS.mean).toBeLessThan(8);
  expect((await runCli(["evaluate", csv, truth, "--json"])).stdout).toBe(once.stdout);
});

test("draws, and sends through a channel", async () => {
  const { code, stdout } = await runCli(
    ["evaluate", csv, truth, "--json", "--channel", "harsh", "--seeds", "2", "--victims", "equipped"].concat(
      "--penetration",
      "0.3,1",
    ),
  );
  expect(code).toBe(0);
  const { results } = JSON.parse(stdout);
  expect(results.map((result: { penetration: number }) => result.penetration)).toEqual([0.3, 1]);
  expect(results[0].exposure.equippedVehicles).toBeLessThan(50);
  expect(results[1].exposure).toMatchObject({ equippedVehicles: 80, runs: 2 });
});

test("prints tables for people", async () => {
  const { stdout } = await runCli(["evaluate", csv, truth]);
  expect(stdout).toMatch(/^stationary-vehicle +1 +1 +0 +0 +0 /m);
  expect(stdout).toMatch(/^victim equipped or seen +100 %/m);
});

test("a derived truth is written, and the same as deriving on the way", async () => {
  const out = join(folder, "derived.json");
  expect(await runCli(["truth", csv, "--out", out, "--incidents", "8"])).toMatchObject({
    code: 0,
    stdout: "",
  });
  const written = JSON.parse(readFileSync(out, "utf8"));
  expect(written.stops).toMatchObject([{ station_id: 8, label: "incident" }]);
  const scores = async (args: readonly string[]) =>
    JSON.parse((await runCli(["evaluate", csv, ...args])).stdout).results;
  expect(await scores([out, "--json"])).toEqual(
    await scores(["--derive-truth", "--incidents", "8", "--json"]),
  );
});

test.each([
  [["evaluate"], 2, /needs a recording and a truth file/],
  [["evaluate", csv], 2, /Name one truth/],
  [["evaluate", csv, truth, "--derive-truth"], 2, /Name one truth/],
  [["evaluate", csv, truth, "--penetration", "5"], 2, /--penetration must be above 0 and at most 1, not 5/],
  [["evaluate", csv, truth, "--penetration", "0.4", "--recorded-penetration", "0.3"], 1, /holds 30 % of all/],
  [["evaluate", csv, truth, "--channel", "quantum"], 1, /no channel quantum.*none, typical, harsh/],
  [["evaluate", csv, join(folder, "none.json")], 1, /none\.json does not exist/],
  [["evaluate", join(folder, "none.csv"), truth], 1, /none\.csv does not exist/],
  [["evaluate", truth, truth], 1, /the header lacks t_ms/],
  [["evaluate", csv, csv], 1, /run\.csv is not JSON/],
  [["compare", join(folder, "none.mcap")], 1, /none\.mcap does not exist/],
])("one sentence for what cannot be done: %#", async (args, code, message) => {
  const result = await runCli(args);
  expect(result).toMatchObject({ code, stdout: "" });
  expect(result.stderr).toMatch(message);
  expect(result.stderr.trim().split("\n")).toHaveLength(1);
});

test("compares the defaults with a configuration", async () => {
  const settings = join(folder, "settings.json");
  const config = join(folder, "config.json");
  writeFileSync(settings, JSON.stringify({ values: { "stationary-vehicle.suspectedAfterMs": 9_000 } }));
  writeFileSync(config, JSON.stringify({ detection: { settings } }));
  const { code, stdout } = await runCli(["compare", csv, "--b", config, "--json"]);
  expect(code).toBe(0);
  const { changes, summary } = JSON.parse(stdout);
  expect(summary["stationary-vehicle"]).toMatchObject({ later: 1, gained: 0, lost: 0 });
  expect(
    changes.find(({ change }: { change: string }) => change === "later").startDifferenceS,
  ).toBeGreaterThan(2);
  expect((await runCli(["compare", csv])).stdout).toMatch(/^stationary-vehicle +0 +0 +0 +0 +1$/m);
});
