import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startTestServer } from "../support/server.ts";
import { runCli } from "./capture.ts";

const RECORDING = "fixtures/recordings/denm-life-cycle.mcap";

function alertPath(): string {
  return join(mkdtempSync(join(tmpdir(), "roadpulse-cli-")), "alerts.ndjson");
}

async function inProcess(...flags: string[]): Promise<string[]> {
  const path = alertPath();
  expect(await runCli(["replay", RECORDING, "--alerts", path, ...flags])).toMatchObject({
    code: 0,
    stdout: "",
  });
  return readFileSync(path, "utf8").split("\n").slice(0, -1);
}

test("a replay in process tells what it did and what became of the items", async () => {
  const { code, stdout, stderr } = await runCli(["replay", RECORDING, "--json"]);
  expect(code).toBe(0);
  expect(stdout.split("\n").slice(0, -1)).toEqual(await inProcess());
  expect(stderr).toMatch(
    /^[\d,]+ records with [\d,]+ items in \d+\.\d s \([\d,]+ items\/s\): \d+ alerts, \d+ transitions\n/,
  );
  expect(stderr).toMatch(/^source +received +accepted/m);
});

test("a server on the recording's clock gives the same alert file, and tail shows the same lines", async () => {
  const expected = await inProcess();
  const server = await startTestServer({ clock: "replay" });
  const tail = runCli(["tail", "--json", "--url", server.streamUrl, "--count", String(expected.length)]);
  await expect.poll(() => server.hub.stats.sessions).toBe(1);
  const path = alertPath();
  const { code, stderr } = await runCli(["replay", RECORDING, "--url", server.streamUrl, "--alerts", path]);

  expect(code).toBe(0);
  expect(stderr).toMatch(/ transitions, every alert ended\n$/);
  expect(readFileSync(path, "utf8").split("\n").slice(0, -1)).toEqual(expected);
  expect((await tail).stdout.split("\n").slice(0, -1)).toEqual(expected);
  expect((await tail).stderr).toMatch(new RegExp(`^Go on from here: --resume \\d+:${expected.length}$`, "m"));
});

test("a live server gets the recording now, through one session per recorded one", async () => {
  const server = await startTestServer();
  const path = alertPath();
  const args = [
    "replay",
    RECORDING,
    "--url",
    server.streamUrl,
    "--to",
    "12s",
    "--speed",
    "10",
    "--alerts",
    path,
  ];
  const { code } = await runCli(args);
  const alerts = readFileSync(path, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

  expect(code).toBe(0);
  expect(alerts.map(({ kind, state }) => `${kind} ${state}`).slice(0, 2)).toEqual([
    "stationary-vehicle new",
    "roadworks new",
  ]);
  expect(Math.abs(alerts[0].detectedAtMs - Date.now())).toBeLessThan(3_600_000);
  for (const source of server.pipeline.counters.sources.values()) expect(source.unaccounted).toBe(0);
});

test("full speed into a live server is refused with the way to do it", async () => {
  const server = await startTestServer();
  const { code, stderr } = await runCli(["replay", RECORDING, "--url", server.streamUrl, "--speed", "max"]);
  expect(code).toBe(2);
  expect(stderr).toBe(
    "--speed max needs a server on the recording's clock. Start it with roadpulse serve --clock replay.\n",
  );
});

test("a part of a recording gives the alerts of that part", async () => {
  const whole = await inProcess();
  const part = await inProcess("--from", "20s", "--to", "40s");
  expect(part.length).toBeGreaterThan(0);
  expect(part.length).toBeLessThan(whole.length);
  expect((await runCli(["replay", RECORDING, "--from", "40s", "--to", "20s"])).code).toBe(2);
});

test("tail filters at the server and may leave out what was live", async () => {
  const server = await startTestServer({ clock: "replay" });
  const all = await inProcess();
  const works = all.filter((line) => JSON.parse(line).kind === "roadworks");
  const tail = runCli([
    "tail",
    "--json",
    "--kind",
    "roadworks",
    "--no-snapshot",
    "--url",
    server.streamUrl,
    "-n",
    String(works.length),
  ]);
  await expect.poll(() => server.hub.stats.sessions).toBe(1);
  await runCli(["replay", RECORDING, "--url", server.streamUrl, "--alerts", alertPath()]);

  expect((await tail).stdout.split("\n").slice(0, -1)).toEqual(works);
});

test("tail goes on after a cursor", async () => {
  const server = await startTestServer({ clock: "replay" });
  const all = await inProcess();
  await runCli(["replay", RECORDING, "--url", server.streamUrl, "--alerts", alertPath()]);
  const { epoch } = server.hub.cursor;
  const left = all.length - 5;
  const { stdout } = await runCli([
    "tail",
    "--json",
    "--resume",
    `${epoch}:5`,
    "-n",
    String(left),
    "--url",
    server.streamUrl,
  ]);
  expect(stdout.split("\n").slice(0, -1)).toEqual(all.slice(5));
});

test("tail ends quietly on Ctrl-C and says where to go on", async () => {
  const server = await startTestServer();
  const stop = new AbortController();
  const tail = runCli(["tail", "--url", server.streamUrl], { signal: stop.signal });
  await expect.poll(() => server.hub.stats.sessions).toBe(1);
  stop.abort();
  expect(await tail).toMatchObject({ code: 0, stdout: "" });
});

test("without a server tail says so at once", async () => {
  const server = await startTestServer();
  const url = server.streamUrl;
  await server.stop();
  const { code, stderr } = await runCli(["tail", "--url", url]);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^Cannot reach ws:.*nothing listens there.* roadpulse doctor finds the broken hop; --wait waits for the server\.\n$/,
  );
});
