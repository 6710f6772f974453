import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ANY_PORTS, buildBeforehand, startRoadpulse } from "../support/process.ts";
import { runCli } from "./capture.ts";

buildBeforehand();
const RECORDING = "fixtures/recordings/denm-life-cycle.mcap";

describe.sequential("the command line as a process", () => {
  test("serve is ready when it says so, names a taken port, and ends with 0 on SIGTERM", async () => {
    const server = startRoadpulse("serve", ...ANY_PORTS);
    const { http = "" } = await server.logged("listening");
    expect((await fetch(`${http}/readyz`)).status).toBe(200);

    const { port } = new URL(http);
    expect(await runCli(["serve", "--log-level", "silent", ...ANY_PORTS, "--port", port])).toEqual({
      code: 1,
      stdout: "",
      stderr:
        `Port ${port} on 127.0.0.1 is taken by another program. ` +
        "Stop that program, or choose other ports: --port and --fast-lane-port.\n",
    });

    expect(await server.stop("SIGTERM")).toBe(0);
    await server.logged("stopped");
  });

  test("serve keeps what --set says where its own flags say nothing", async () => {
    const folder = mkdtempSync(join(tmpdir(), "roadpulse-set-"));
    const server = startRoadpulse("serve", ...ANY_PORTS, "--set", `store.directory=${folder}`);
    expect(await server.logged("the alert log is open")).toMatchObject({ directory: folder });
    await server.logged("listening");
    expect(await server.stop("SIGTERM")).toBe(0);
  });

  test("the demo alerts, tail ends after the lines that were asked for, and Ctrl-C ends the demo", async () => {
    const demo = startRoadpulse("demo", RECORDING, ...ANY_PORTS, "--speed", "5");
    const { streams = "" } = await demo.logged("listening");
    const tail = await runCli(["tail", "--json", "--count", "2", "--url", streams]);
    expect(tail.code).toBe(0);
    const alerts = tail.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(alerts.map(({ kind }) => kind)).toEqual(["stationary-vehicle", "roadworks"]);
    // What the console keeps lives as long as the demo.
    const { directory } = await demo.logged("the alert log is open");
    expect(existsSync(directory as string)).toBe(true);
    expect(await demo.stop("SIGINT")).toBe(0);
    expect(existsSync(directory as string)).toBe(false);
  });

  test("record keeps what producers sent, and never overwrites", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "roadpulse-record-")), "day.mcap");
    const recorder = startRoadpulse("record", "--out", file, ...ANY_PORTS);
    const { streams = "" } = await recorder.logged("listening");
    expect((await runCli(["doctor", "--url", streams])).code).toBe(0);
    expect(await recorder.stop("SIGINT")).toBe(0);
    expect(recorder.stderr).toMatch(/^items +sensor 1$/m);

    const inspect = await runCli(["inspect", file, "--json"]);
    expect(JSON.parse(inspect.stdout)).toMatchObject({
      items: { sensor: 1 },
      sources: [{ name: "roadpulse-doctor", items: 1 }],
      warnings: [],
    });
    expect(await runCli(["record", "--out", file, ...ANY_PORTS, "--log-level", "silent"])).toEqual({
      code: 1,
      stdout: "",
      stderr: `The recording ${file} exists already. Choose another name.\n`,
    });
  });

  test("a reader that has seen enough is no failure", async () => {
    const replay = startRoadpulse("replay", RECORDING, "--json");
    replay.child.stdout?.destroy();
    expect(await replay.end()).toBe(0);
  });
});
