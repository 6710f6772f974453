import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { runCli } from "./capture.ts";

const TABLE = [
  "t_ms,id,lat,lon,speed_mps",
  "1760000000000,1,51.43,6.76,12.5",
  "1760000000100,2,51.44,6.77,",
  "1760000000200,3,north,6.77,10",
  "",
].join("\n");

function folder(): string {
  return mkdtempSync(join(tmpdir(), "roadpulse-import-"));
}

test("a packed table becomes a recording, and unusable rows are told with their line", async () => {
  const [input, out] = [join(folder(), "run.csv.gz"), join(folder(), "run.mcap")];
  writeFileSync(input, gzipSync(TABLE));
  const { code, stdout, stderr } = await runCli([
    "import",
    "trajectories",
    input,
    "--out",
    out,
    "--sources",
    "1",
  ]);

  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toMatch(/^imported +2$/m);
  expect(stderr).toMatch(/^line 4: .*"north"$/m);
  const { items } = JSON.parse((await runCli(["inspect", out, "--json"])).stdout);
  expect(items).toEqual({ awareness: 2 });
});

test("--json prints the summary for programs", async () => {
  const [input, out] = [join(folder(), "run.csv"), join(folder(), "run.mcap")];
  writeFileSync(input, TABLE);
  const { stdout, stderr } = await runCli(["import", "trajectories", input, "--out", out, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ rows: 3, imported: 2, bad: 1 });
  expect(stderr).toBe("");
});

test("input that is no table is refused in one sentence", async () => {
  const input = join(folder(), "poem.txt");
  writeFileSync(input, "Shall I compare thee to a summer's day?\n");
  const { code, stderr } = await runCli(["import", "trajectories", input, "--out", join(folder(), "x.mcap")]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Nothing was imported: .*poem\.txt: .+\.\n$/);
});

test("a missing file is named", async () => {
  const { code, stderr } = await runCli([
    "import",
    "ode",
    "/nonexistent/bsm.json",
    "--out",
    join(folder(), "x.mcap"),
  ]);
  expect(code).toBe(1);
  expect(stderr).toBe("/nonexistent/bsm.json does not exist.\n");
});
