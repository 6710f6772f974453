import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "./capture.ts";

test("config check accepts the defaults", async () => {
  expect(await runCli(["config", "check"])).toEqual({
    code: 0,
    stdout: "The configuration is valid.\n",
    stderr: "",
  });
});

test("config check names every mistake and exits with 2", async () => {
  const { code, stderr } = await runCli(["config", "check", "--set", "listen.prot=1", "--log-level", "loud"]);
  expect(code).toBe(2);
  expect(stderr.split("\n")).toEqual([
    "listen.prot is not a known key (command line). Did you mean listen.port?",
    'log.level must be one of trace, debug, info, warn, error, fatal, silent, not "loud" (command line).',
    "",
  ]);
});

test("config check warns about an open door", async () => {
  const { code, stderr } = await runCli([
    "config",
    "check",
    "--host",
    "0.0.0.0",
    "--set",
    "listen.allowUnauthenticated=true",
  ]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Warning: Anyone who reaches 0\.0\.0\.0/);
});

test("config print shows what file, environment and flags come to, without secrets", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "roadpulse-cli-")), "roadpulse.json");
  writeFileSync(file, JSON.stringify({ listen: { port: 1001, fastLanePort: 1002 } }));
  const env = {
    ROADPULSE_CONFIG: file,
    ROADPULSE_LISTEN_PORT: "2001",
    ROADPULSE_DELIVER_STATION_LABEL_KEY: "sixteen letters!",
  };
  const { stdout } = await runCli(["config", "print", "--set", "log.level=warn"], { env });
  expect(JSON.parse(stdout)).toMatchObject({
    listen: { port: 2001, fastLanePort: 1002 },
    log: { level: "warn" },
    deliver: { stationLabelKey: "***" },
  });
});
