import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkWellFormed } from "../plot/well-formed.ts";
import { runCli } from "./capture.ts";

const EPOCH_MS = 1_790_000_000_000;
let folder = "";

/** Twenty vehicles on one road; the first stands from second 40 on. */
function rows(): string {
  const lines = ["t_ms,id,type,lon,lat,speed_mps,heading_deg,accel_mps2"];
  for (let s = 0; s < 120; s++) {
    for (let v = 0; v < 20; v++) {
      const stands = v === 0 && s > 40;
      const drivenM = 25 * ((stands ? 40 : s) - v * 3);
      if (drivenM < 0) continue;
      const lon = (6.7 + drivenM / 69_536).toFixed(7);
      lines.push(`${EPOCH_MS + s * 1_000},${1_000 + v},passengerCar,${lon},51.43,${stands ? 0 : 25},90,0`);
    }
  }
  return `${lines.join("\n")}\n`;
}

const truth = {
  source: "a test",
  time_range_s: [0, 119],
  queues: [],
  stops: [{ station_id: 1_000, start_s: 41, last_s: 119, lon: 6.714381, lat: 51.43, label: "incident" }],
  hard_brakes: [],
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "plot-"));
  await writeFile(join(folder, "run.csv"), rows());
  await writeFile(join(folder, "truth.json"), JSON.stringify(truth));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("roadpulse plot", () => {
  it("draws diagrams, a map, curves and one page that needs nothing else", async () => {
    const out = join(folder, "plots");
    const args = ["plot", join(folder, "run.csv"), join(folder, "truth.json"), "--out", out];
    const { code } = await runCli([...args, "--penetration", "0.5,1", "--recorded-penetration", "1"]);
    expect(code).toBe(0);
    const files = (await readdir(out)).sort();
    expect(files).toEqual(["detection-time.svg", "map.svg", "report.html", "time-space-1.svg", "warned.svg"]);
    for (const file of files.filter((name) => name.endsWith(".svg"))) {
      checkWellFormed(await readFile(join(out, file), "utf8"));
    }
    const page = await readFile(join(out, "report.html"), "utf8");
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
    expect(page.match(/(src|href)="/g)).toBeNull();
  });

  it("draws a recording without truth, and judges nothing", async () => {
    const out = join(folder, "bare");
    const { code } = await runCli(["plot", join(folder, "run.csv"), "--out", out]);
    expect(code).toBe(0);
    const svg = await readFile(join(out, "time-space-1.svg"), "utf8");
    expect(svg).not.toContain("false alert");
    expect(svg).toContain("20 vehicles");
  });

  it.each([
    [["--penetration", "2"], "--penetration must be above 0"],
    [["--victims", "some"], "--victims must be"],
    [["--seeds", "0"], "--seeds"],
  ])("refuses %j in one sentence", async (flags, words) => {
    const { code, stderr } = await runCli([
      "plot",
      join(folder, "run.csv"),
      "--out",
      join(folder, "no"),
      ...flags,
    ]);
    expect(code).not.toBe(0);
    expect(stderr).toContain(words);
  });
});
