import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asPbf, at } from "../map-build/osm-world.ts";
import { runCli } from "./capture.ts";

const folder = mkdtempSync(join(tmpdir(), "roadpulse-map-"));
const input = join(folder, "town.osm.pbf");
writeFileSync(
  input,
  asPbf({
    nodes: [at(1, 0, 0), at(2, 1_000, 0)],
    ways: [{ id: 7, nodes: [1, 2], tags: { highway: "primary", ref: "B 8", maxspeed: "70" } }],
  }),
);

test("map build writes a map that map check finds good", async () => {
  const out = join(folder, "town.geojson");
  const built = await runCli(["map", "build", input, "--out", out, "--direction", "B8 east=Dinslaken"]);
  expect(built).toMatchObject({ code: 0, stdout: "" });
  expect(built.stderr).toMatch(/^links +2$/m);
  expect(built.stderr).toMatch(/^kilometres +2$/m);
  expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({ roadpulse: { map: 1 }, name: "town" });

  const checked = await runCli(["map", "check", out]);
  expect(checked).toMatchObject({ code: 0, stderr: "" });
  expect(checked.stdout).toMatch(/^town: the map is good\.$/m);
  expect(checked.stdout).toMatch(/^B8 east +Dinslaken +1\.0 +0\.0 +1\.0 +70 +0$/m);
  const json = JSON.parse((await runCli(["map", "check", out, "--json"])).stdout);
  expect(json).toMatchObject({ links: 2, lengthKm: 2.005, deadEnds: 2 });
});

test("what went wrong is one sentence that names the file", async () => {
  const broken = join(folder, "broken.osm.pbf");
  writeFileSync(broken, readFileSync(input).subarray(0, 60));
  const out = join(folder, "none.geojson");
  const { code, stderr } = await runCli(["map", "build", broken, "--out", out]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^.*broken\.osm\.pbf: It is no whole OpenStreetMap extract: .*\.\n$/);
  const missing = await runCli(["map", "build", join(folder, "nothing"), "--out", out]);
  expect(missing.stderr).toMatch(/nothing does not exist\.\n$/);
  const direction = await runCli(["map", "build", input, "--out", out, "--direction", "B8"]);
  expect(direction).toMatchObject({ code: 2 });
  const map = join(folder, "bad.geojson");
  writeFileSync(map, '{"type":"FeatureCollection","features":[]}');
  const check = await runCli(["map", "check", map]);
  expect(check.code).toBe(1);
  expect(check.stderr).toMatch(/roadpulse map build/);
});
