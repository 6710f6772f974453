import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeAll } from "vitest";

const ENTRY = "dist/cli/roadpulse.js";

/** A build from nothing takes half a minute on a busy machine; a fresh one is left as it is. */
const BUILD_TIMEOUT_MS = 180_000;

/** For tests that start the built program. */
export function buildBeforehand(): void {
  beforeAll(() => {
    execFileSync(process.execPath, ["tools/build.mjs", "--if-stale"], { stdio: "ignore" });
  }, BUILD_TIMEOUT_MS);
}

/** Ports of the system's choice, and log lines that a test can read. */
export const ANY_PORTS = ["--port", "0", "--fast-lane-port", "0", "--log-format", "json"];

/** The command line as a process of its own. */
export class Roadpulse {
  readonly child: ChildProcess;
  stdout = "";
  stderr = "";
  readonly #ended: Promise<number | null>;
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.child = spawn(ENTRY, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
    this.child.stdout?.setEncoding("utf8").on("data", (text) => this.#take("stdout", text));
    this.child.stderr?.setEncoding("utf8").on("data", (text) => this.#take("stderr", text));
    // Only then all of its output has come.
    this.#ended = once(this.child, "close").then(([code]) => {
      this.#isOver = true;
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
      // The last line may still be on its way.
      for (const line of this.stdout.split("\n").slice(0, -1)) {
        if (line.startsWith("{") && JSON.parse(line).msg === message) return JSON.parse(line);
      }
      if (this.#isOver) throw new Error(`ended without "${message}": ${this.stdout}${this.stderr}`);
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

/** Starts the program; it ends with the test at the latest. */
export function startRoadpulse(...args: string[]): Roadpulse {
  return startRoadpulseWith({}, args);
}

/** The same with variables of the environment added. */
export function startRoadpulseWith(env: NodeJS.ProcessEnv, args: readonly string[]): Roadpulse {
  const process = new Roadpulse(args, env);
  running.push(process);
  return process;
}
