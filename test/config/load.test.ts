import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ConfigInput, isConfigProblems, loadConfig } from "../../src/config/load.ts";
import { problemLine } from "../../src/config/problem.ts";
import type { Config } from "../../src/config/schema.ts";

function configFile(content: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), "roadpulse-config-")), "roadpulse.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

function valid(input: ConfigInput): Config {
  const loaded = loadConfig(input);
  if (isConfigProblems(loaded)) throw new Error(loaded.map(problemLine).join("\n"));
  return loaded;
}

function problems(input: ConfigInput): string[] {
  const loaded = loadConfig(input);
  return isConfigProblems(loaded) ? loaded.map(problemLine) : [];
}

describe("precedence", () => {
  test("defaults listen on loopback and record nothing", () => {
    expect(valid({})).toMatchObject({
      listen: { host: "127.0.0.1", port: 8080, fastLanePort: 8081, fastLaneEngine: "auto" },
      record: {},
      clock: "live",
    });
  });

  test("file wins over defaults, environment over the file, flags over all", () => {
    const file = configFile({
      listen: { port: 1001, fastLanePort: 1002 },
      track: { maxStations: 7 },
      clock: "replay",
    });
    const env = { ROADPULSE_LISTEN_PORT: "2001", ROADPULSE_TRACK_MAX_STATIONS: "8" };
    const config = valid({ file, env, flags: { "listen.port": 3001 } });

    expect(config.listen.port).toBe(3001);
    expect(config.track.maxStations).toBe(8);
    expect(config.listen.fastLanePort).toBe(1002);
    expect(config.clock).toBe("replay");
  });

  test("texts of the environment and of --set are read as the key's type", () => {
    const env = { ROADPULSE_LISTEN_ALLOW_UNAUTHENTICATED: "true", ROADPULSE_DEMO_SPEED: "2.5" };
    const config = valid({ env, flags: { "deliver.ringTransitions": "500" } });

    expect(config.listen.allowUnauthenticated).toBe(true);
    expect(config.demo.speed).toBe(2.5);
    expect(config.deliver.ringTransitions).toBe(500);
  });

  test("an empty variable and an undefined flag count as absent", () => {
    expect(
      valid({ env: { ROADPULSE_LISTEN_PORT: "" }, flags: { "listen.host": undefined } }).listen,
    ).toMatchObject({
      host: "127.0.0.1",
      port: 8080,
    });
  });

  test("variables that Kubernetes sets for a service called roadpulse are passed over", () => {
    const env = {
      ROADPULSE_SERVICE_HOST: "10.0.0.1",
      ROADPULSE_SERVICE_PORT: "8080",
      ROADPULSE_PORT: "tcp://10.0.0.1:8080",
      ROADPULSE_PORT_8080_TCP_ADDR: "10.0.0.1",
    };
    expect(problems({ env })).toEqual([]);
  });
});

describe("mistakes are named in one sentence with the path", () => {
  const cases: [string, ConfigInput, string][] = [
    [
      "a value out of range",
      { flags: { "listen.port": "70000" } },
      "listen.port must be a whole number from 0 to 65535, not 70000 (command line).",
    ],
    [
      "a text for a number",
      { env: { ROADPULSE_TRACK_MAX_STATIONS: "many" } },
      'track.maxStations must be a whole number from 1 to 10000000, not "many" (environment variable ROADPULSE_TRACK_MAX_STATIONS).',
    ],
    [
      "an unknown choice",
      { flags: { "listen.fastLaneEngine": "epoll" } },
      'listen.fastLaneEngine must be one of auto, uws, ws, off, not "epoll" (command line).',
    ],
    [
      "an unknown key",
      { flags: { "listen.prot": 1 } },
      "listen.prot is not a known key (command line). Did you mean listen.port?",
    ],
    [
      "an unknown variable",
      { env: { ROADPULSE_LISTN_PORT: "1" } },
      "The environment variable ROADPULSE_LISTN_PORT is not known. Did you mean ROADPULSE_LISTEN_PORT?",
    ],
    [
      "a host that others can reach",
      { flags: { "listen.host": "0.0.0.0" } },
      "listen.host 0.0.0.0 is reachable from other machines, and no authentication is configured. " +
        "Listen on 127.0.0.1, set access.keys, or set listen.allowUnauthenticated to true if everyone on that network may take part.",
    ],
    [
      "two lanes on one port",
      { flags: { "listen.fastLanePort": 8080 } },
      "listen.fastLanePort is 8080, which is also listen.port. " +
        "Give the fast lane a port of its own, or set listen.fastLaneEngine to off.",
    ],
    [
      "two recordings",
      { flags: { "record.file": "a.mcap", "record.directory": "b" } },
      "record.file and record.directory exclude each other. Set one of them.",
    ],
  ];

  test.each(cases)("%s", (_name, input, sentence) => {
    expect(problems(input)).toEqual([sentence]);
  });

  test("every mistake at once", () => {
    const file = configFile({
      listen: { port: -1 },
      lisen: { host: "x" },
      limits: 3,
      log: { level: ["info"] },
    });
    expect(problems({ file })).toEqual([
      `lisen.host is not a known key (file ${file}). Did you mean listen.host?`,
      `limits must be a JSON object (file ${file}).`,
      `listen.port must be a whole number from 0 to 65535, not -1 (file ${file}).`,
      `log.level must be one of trace, debug, info, warn, error, fatal, silent, not ["info"] (file ${file}).`,
    ]);
  });

  test("a secret's wrong value is not repeated", () => {
    const [problem] = problems({ env: { ROADPULSE_DELIVER_STATION_LABEL_KEY: "tooshort" } });
    expect(problem).toBe(
      "deliver.stationLabelKey must be text of 16 to 1024 characters " +
        "(environment variable ROADPULSE_DELIVER_STATION_LABEL_KEY).",
    );
  });
});

describe("the file", () => {
  test("that is missing is named", () => {
    expect(problems({ file: "/nonexistent/roadpulse.json" })).toEqual([
      "The configuration file /nonexistent/roadpulse.json does not exist.",
    ]);
  });

  test("that is not JSON is refused with the line", () => {
    const file = configFile('{\n  "listen": {\n    "port": 1,\n  }\n}');
    expect(problems({ file })[0]).toMatch(/is not JSON: .* at line 4, column 3\. JSON takes no comments/);
  });

  test("that holds no object is refused", () => {
    const file = configFile([1]);
    expect(problems({ file })).toEqual([`The configuration file ${file} must hold a JSON object.`]);
  });

  test("may name its schema for editors", () => {
    expect(problems({ file: configFile({ $schema: "./roadpulse.schema.json" }) })).toEqual([]);
  });

  test("cannot reach the prototype", () => {
    const file = configFile('{"__proto__": {"polluted": true}}');
    expect(problems({ file })).toHaveLength(1);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
