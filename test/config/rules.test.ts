import { expect, test } from "vitest";
import { isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { recordingFile } from "../../src/config/recording-file.ts";
import { configWarnings, isLoopback } from "../../src/config/rules.ts";
import type { Config } from "../../src/config/schema.ts";

function config(flags: Record<string, unknown>): Config {
  const loaded = loadConfig({ flags });
  if (isConfigProblems(loaded)) throw new Error(loaded[0]?.message);
  return loaded;
}

test.each(["127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "::1", "[::1]", "::ffff:127.0.0.1"])(
  "%s is loopback",
  (host) => expect(isLoopback(host)).toBe(true),
);

test.each([
  "0.0.0.0",
  "::",
  "192.168.1.5",
  "example.org",
  "127.0.0.1.example.org",
  "127.attacker",
  "::ffff:10.0.0.1",
])("%s is not loopback", (host) => expect(isLoopback(host)).toBe(false));

test("an open door is allowed on request and warned about", () => {
  const open = config({ "listen.host": "0.0.0.0", "listen.allowUnauthenticated": true });
  expect(configWarnings(open)).toHaveLength(1);
  expect(configWarnings(open)[0]).toContain("0.0.0.0");
});

test("loopback needs no warning", () => {
  expect(configWarnings(config({ "listen.allowUnauthenticated": true }))).toEqual([]);
});

test("without a fast lane its port does not matter", () => {
  expect(config({ "listen.fastLanePort": 8080, "listen.fastLaneEngine": "off" }).listen.fastLanePort).toBe(
    8080,
  );
});

test("a directory gets one recording per start", () => {
  const startedAtMs = Date.UTC(2026, 2, 4, 5, 6, 7, 8);
  expect(recordingFile(config({ "record.directory": "rec" }), startedAtMs)).toBe(
    "rec/roadpulse-20260304T050607Z.mcap",
  );
  expect(recordingFile(config({ "record.file": "a.mcap" }), startedAtMs)).toBe("a.mcap");
  expect(recordingFile(config({}), startedAtMs)).toBeUndefined();
});
