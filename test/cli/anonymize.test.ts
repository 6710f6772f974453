import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordingPath } from "../support/golden.ts";
import { runCli } from "./capture.ts";

const folder = mkdtempSync(join(tmpdir(), "roadpulse-anonymize-"));
let files = 0;
const newFile = (name: string): string => join(folder, `${files++}-${name}`);
const input = recordingPath("denm-life-cycle");

function fileOf(name: string, content: string | Uint8Array): string {
  const path = newFile(name);
  writeFileSync(path, content);
  chmodSync(path, 0o600);
  return path;
}

test("what was left out is told by reason, and the recording replays", async () => {
  const out = newFile("out.mcap");
  const { code, stdout, stderr } = await runCli(["anonymize", input, "--out", out]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toMatch(/^items left out, awareness: at the beginning or end of a trip +2,160$/m);
  expect(stderr).toMatch(/^hazard notices of cut trips, under an id of their own +240$/m);
  const { provenance, warnings } = JSON.parse((await runCli(["inspect", out, "--json"])).stdout);
  expect(provenance).toMatchObject({ trimM: "300", trimS: "60", redactedAreas: "0" });
  expect(warnings).toEqual([]);
});

test("two parts under one key keep their stations together, and the key is told nowhere", async () => {
  const secret = "0123456789abcdef0123456789abcdef";
  const key = fileOf("key", secret);
  const runs = [];
  for (const out of [newFile("a.mcap"), newFile("b.mcap")]) {
    const { code, stdout, stderr } = await runCli([
      "anonymize",
      input,
      "-o",
      out,
      "--key-file",
      key,
      "--json",
    ]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).not.toContain(secret);
    runs.push(readFileSync(out).toString("base64"));
  }
  expect(runs[0]).toBe(runs[1]);
  expect(Buffer.from(runs[0] ?? "", "base64").includes(secret)).toBe(false);
});

test("a key that others can read is used with a warning", async () => {
  const key = fileOf("open-key", "k".repeat(32));
  chmodSync(key, 0o644);
  const { code, stderr } = await runCli(["anonymize", input, "-o", newFile("o.mcap"), "--key-file", key]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Warning: other users can read the key file .*; chmod 600 closes it\.$/m);
});

const square = (west: number): unknown => ({
  type: "Feature",
  properties: {},
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [west, 51],
        [west + 1, 51],
        [west + 1, 52],
        [west, 52],
        [west, 51],
      ],
    ],
  },
});

test("areas of a collection are all redacted", async () => {
  const areas = fileOf(
    "areas.geojson",
    JSON.stringify({ type: "FeatureCollection", features: [square(6), square(9)] }),
  );
  const out = newFile("o.mcap");
  const args = ["anonymize", input, "-o", out, "--redact", areas, "--trim-m", "0", "--trim-s", "0", "--json"];
  const { writtenItems, dropped, items } = JSON.parse((await runCli(args)).stdout);
  // Ends of events whose place was never told.
  expect(writtenItems).toBe(4);
  expect(Object.keys(dropped)).toEqual(["redacted-area"]);
  expect(items).toBe(2_724);
});

test.each([
  [() => [], 2, /--out/],
  [() => ["-o", fileOf("there.mcap", "")], 2, /there\.mcap exists already\. Name a new file/],
  [() => ["-o", input], 2, /exists already/],
  [() => ["-o", "/nonexistent/o.mcap"], 1, /^The folder of \/nonexistent\/o\.mcap does not exist\.$/m],
  [
    () => ["-o", newFile("o"), "--key-file", "/nonexistent"],
    2,
    /key file \/nonexistent cannot be read: ENOENT/,
  ],
  [() => ["-o", newFile("o"), "--key-file", fileOf("k", "short")], 2, /has 5 bytes; it takes 32 to 4096/],
  [() => ["-o", newFile("o"), "--trim-m", "-3"], 2, /--trim-m/],
  [() => ["-o", newFile("o"), "--trim-s", "1e9"], 2, /--trim-s/],
  [() => ["-o", newFile("o"), "--redact", "/nonexistent"], 2, /cannot be read/],
  [
    () => ["-o", newFile("o"), "--redact", fileOf("g", '{"type":"Point"}')],
    2,
    /holds a Point that is no polygon/,
  ],
  [
    () => ["-o", newFile("o"), "--redact", fileOf("g", '{"type":"FeatureCollection","features":[]}')],
    2,
    /no GeoJSON polygon/,
  ],
  [
    () => [
      "-o",
      newFile("o"),
      "--redact",
      fileOf("g", '{"type":"Polygon","coordinates":[[[6,51],[8,52],[7,51],[6,53]]]}'),
    ],
    2,
    /Polygon 1 in .* cannot be used: ring must not touch or cross itself/,
  ],
])("a mistake is named in one sentence and nothing is written (%#)", async (args, expected, text) => {
  const flags = args();
  const { code, stderr } = await runCli(["anonymize", input, ...flags]);
  expect(stderr).toMatch(text);
  expect(code).toBe(expected);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  const out = flags[1] ?? "/nonexistent";
  if (!/there\.mcap$|denm-life-cycle/.test(out)) expect(existsSync(out)).toBe(false);
});

test("what is no recording is refused", async () => {
  const [out, poem] = [newFile("o.mcap"), fileOf("poem.mcap", "Shall I compare thee to a summer's day?\n")];
  expect(await runCli(["anonymize", poem, "-o", out])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Nothing was written: .* is no MCAP file/),
  });
  expect(await runCli(["anonymize", "/nonexistent.mcap", "-o", out])).toMatchObject({
    code: 1,
    stderr: "/nonexistent.mcap does not exist.\n",
  });
  expect(existsSync(out)).toBe(false);
});
