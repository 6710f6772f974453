import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "./capture.ts";

const ENTRY = "dist/cli/roadpulse.js";

/** A build from nothing takes half a minute on a busy machine; a fresh one is left as it is. */
const BUILD_TIMEOUT_MS = 180_000;

beforeAll(() => {
  execFileSync(process.execPath, ["tools/build.mjs", "--if-stale"], { stdio: "ignore" });
}, BUILD_TIMEOUT_MS);

const ANY_PORTS = ["--port", "0", "--fast-lane-port", "0", "--log-format", "json"];
const RECORDING = "fixtures/recordings/denm-life-cycle.mcap";

/** The command line as a process of its own. */
class Roadpulse {
  readonly child: ChildProcess;
  stdout = "";
  stderr = "";
  readonly #ended: Promise<number | null>;
  #wake: () => void = () => undefined;

  constructor(args: readonly string[]) {
    this.child = spawn(ENTRY, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.child.stdout?.on("data", (data) => this.#take("stdout", String(data)));
    this.child.stderr?.on("data", (data) => this.#take("stderr", String(data)));
    this.#ended = once(this.child, "close").then(([code]) => {
      this.#wake();
      return code as number | null;
    });
  }

  /** Exit code. */
  async end(): Promise<number | null> {
    return this.#ended;
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.end();
  }

  /** The fields of the first log line with this message. */
  async logged(message: string): Promise<Record<string, string>> {
    for (;;) {
      for (const line of this.stdout.split("\n")) {
        if (line.startsWith("{") && line.endsWith("}") && JSON.parse(line).msg === message)
          return JSON.parse(line);
      }
      if (this.child.exitCode !== null)
        throw new Error(`ended without "${message}": ${this.stdout}${this.stderr}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #take(stream: "stdout" | "stderr", text: string): void {
    this[stream] += text;
    this.#wake();
  }
}

const running: Roadpulse[] = [];
afterEach(async () => {
  for (const process of running.splice(0)) {
    process.child.kill("SIGKILL");
    await process.end();
  }
});

function start(...args: string[]): Roadpulse {
  const process = new Roadpulse(args);
  running.push(process);
  return process;
}

describe.sequential("the command line as a process", () => {
  test("serve is ready when it says so, names a taken port, and ends with 0 on SIGTERM", async () => {
    const server = start("serve", ...ANY_PORTS);
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

  test("the demo alerts, tail ends after the lines that were asked for, and Ctrl-C ends the demo", async () => {
    const demo = start("demo", RECORDING, ...ANY_PORTS, "--speed", "5");
    const { streams = "" } = await demo.logged("listening");
    const tail = await runCli(["tail", "--json", "--count", "2", "--url", streams]);
    expect(tail.code).toBe(0);
    const alerts = tail.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(alerts.map(({ kind }) => kind)).toEqual(["stationary-vehicle", "roadworks"]);
    expect(await demo.stop("SIGINT")).toBe(0);
  });

  test("record keeps what producers sent, and never overwrites", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "roadpulse-record-")), "day.mcap");
    const recorder = start("record", "--out", file, ...ANY_PORTS);
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
    const replay = start("replay", RECORDING, "--json");
    replay.child.stdout?.destroy();
    expect(await replay.end()).toBe(0);
  });
});
