import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startTestServer } from "../support/server.ts";
import { runCli } from "./capture.ts";

const RECORDING = "fixtures/recordings/denm-life-cycle.mcap";
/** A broken-down vehicle that is told, changed and cancelled. */
const ALERT = "841txwph3xwkf";

test("explain tells the life of an alert of a recording", async () => {
  const { code, stdout } = await runCli(["explain", ALERT.slice(0, 4), "--recording", RECORDING]);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^stationary-vehicle ${ALERT}$`, "m"));
  expect(stdout).toMatch(/^Why \(hazard-notice\/relayed\): Station reports stationary vehicle\.$/m);
  expect(stdout).toMatch(/^ +2 +\+15\.0 s +updated +confirmed .*cause 94\/0 → 94\/2/m);
  expect(stdout).toMatch(/^ +3 +\+40\.0 s +cancelled/m);
});

test("explain names settings and their documentation, and --parameters all of them", async () => {
  const recording = "fixtures/recordings/hard-braking-chain.mcap";
  const lines = (await runCli(["replay", recording, "--json"])).stdout.split("\n").slice(0, -1);
  const braking = lines.map((line) => JSON.parse(line)).find(({ kind }) => kind === "emergency-brake");
  const { stdout } = await runCli(["explain", braking.alertId, "--recording", recording]);
  expect(stdout).toMatch(/decelerationMps2 +[\d.]+ +≥ 7 +emergency-braking\.carDecelerationMps2/);
  expect(stdout).toMatch(/Source: C2C-CC triggering conditions/);
  expect(stdout).not.toContain("heavyDecelerationMps2");
  const all = await runCli(["explain", braking.alertId, "--recording", recording, "--parameters"]);
  expect(all.stdout).toContain("emergency-braking.heavyDecelerationMps2");
});

test("explain runs with settings of the detectors, and shows them", async () => {
  const settings = join(mkdtempSync(join(tmpdir(), "roadpulse-explain-")), "settings.json");
  writeFileSync(settings, '{ "values": { "stationary-vehicle.suspectedAfterMs": 7000 } }');
  const recording = ["--recording", "fixtures/recordings/incident-queue.mcap", "--settings", settings];
  const listed = await runCli(["explain", "nothing-like-it", ...recording]);
  const id = /(\w+) \(stationary-vehicle\)/.exec(listed.stderr)?.[1] ?? "";
  const { stdout } = await runCli(["explain", id, ...recording]);
  expect(stdout).toMatch(/standingS +7 +≥ 7 +stationary-vehicle\.suspectedAfterMs/);
  expect(stdout).toContain("stationary-vehicle.suspectedAfterMs = 7000 ms");
});

test("a live server explains what it remembers, ended alerts too", async () => {
  const server = await startTestServer({ clock: "replay" });
  await runCli(["replay", RECORDING, "--url", server.streamUrl, "--json"]);
  const live = await runCli(["explain", ALERT, "--url", server.streamUrl, "--json"]);
  const again = await runCli(["explain", ALERT, "--recording", RECORDING, "--json"]);
  expect(live.code).toBe(0);
  expect(JSON.parse(live.stdout)).toEqual(JSON.parse(again.stdout));
  const why = await runCli(["why-not", ALERT, "--url", server.streamUrl, "--min-severity", "5"]);
  expect(why.stdout).toMatch(/^The subscriber was not told\. .*severity \(3\)/);
});

test("a server that has forgotten the beginning says so", async () => {
  const server = await startTestServer({ clock: "replay", "deliver.ringTransitions": 100 });
  const recording = "fixtures/recordings/incident-queue.mcap";
  await runCli(["replay", recording, "--url", server.streamUrl, "--json"]);
  const unknown = await runCli(["explain", "nothing-like-it", "--url", server.streamUrl]);
  expect(unknown).toMatchObject({ code: 1 });
  expect(unknown.stderr).toMatch(/There is no alert nothing-like-it\. There are /);
});

test("why-not holds a subscription file against an alert", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "roadpulse-why-")), "subscription.json");
  writeFileSync(file, JSON.stringify({ circle: [51.4355, 6.718, 500], kind: "congestion", confirmed: true }));
  const { code, stdout } = await runCli(["why-not", file, ALERT, "--recording", RECORDING]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^The subscriber was not told\. Conditions that failed, in so many of 3 revisions: kind \(3\)\.$/m,
  );
  expect(stdout).toMatch(/^ +yes +area +its area meets the circle$/m);
  const json = JSON.parse(
    (await runCli(["why-not", ALERT, "--recording", RECORDING, "--since", "30s", "--json"])).stdout,
  );
  expect(json.told).toBe(true);
  writeFileSync(file, JSON.stringify({ colour: "red" }));
  expect((await runCli(["why-not", file, ALERT, "--recording", RECORDING])).stderr).toMatch(
    /^colour in .* is no condition of a subscription\. Known are bbox/,
  );
});

test("an alert that is not there is answered with those that are", async () => {
  const { code, stderr } = await runCli(["explain", "zzz", "--recording", RECORDING]);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    new RegExp(`There is no alert zzz\\. There are ${ALERT} \\(stationary-vehicle\\), `),
  );
  const missing = await runCli(["explain", "x", "--recording", "nothing.mcap"]);
  expect(missing.stderr).toBe("nothing.mcap does not exist.\n");
});
