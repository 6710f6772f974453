import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { answerOf } from "../support/child.ts";
import { freePort } from "../support/free-port.ts";
import { fetchText, readServerState, type ServerState } from "./metrics.ts";
import { pinned } from "./pinning.ts";

const ROADPULSE = fileURLToPath(new URL("../../dist/cli/roadpulse.js", import.meta.url));

/** Node's options as the program's own first line gives them to users. */
const NODE_OPTIONS = /^#!\S+ -S node (.*)$/m.exec(readFileSync(ROADPULSE, "utf8"))?.[1]?.split(" ") ?? [];

const START_TIMEOUT_MS = 15_000;
const START_POLL_MS = 50;
const STOP_TIMEOUT_MS = 15_000;

/** Microseconds between two samples: 4,000 a second keep the profiler below 5 % of the time. */
const PROFILE_INTERVAL_US = 250;

export interface ServerOptions {
  readonly core: number | undefined;
  /** Directory for a CPU profile, written when the server stops. */
  readonly profileDirectory?: string;
  /** Module that the server loads before its own first one; it may talk with `ask`. */
  readonly probe?: string;
  /** Further configuration, e.g. `track.maxStations=1000000`. */
  readonly settings?: readonly string[];
}

/** The server under test: the program as users start it, with its own ports, on loopback. */
export class ServerProcess {
  readonly httpUrl: string;
  readonly streamUrl: string;
  readonly fastLaneUrl: string;
  /** Engine of the fast lane, as the server tells it. */
  engine = "unknown";
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number, fastLanePort: number) {
    this.#child = child;
    this.httpUrl = `http://127.0.0.1:${port}`;
    this.streamUrl = `ws://127.0.0.1:${port}/v1/stream`;
    this.fastLaneUrl = `ws://127.0.0.1:${fastLanePort}/v1/stream`;
  }

  static async start({
    core,
    profileDirectory,
    probe,
    settings = [],
  }: ServerOptions): Promise<ServerProcess> {
    const [port, fastLanePort] = await Promise.all([freePort(), freePort()]);
    const profiling =
      profileDirectory === undefined
        ? []
        : [
            "--cpu-prof",
            "--cpu-prof-dir",
            profileDirectory,
            "--cpu-prof-interval",
            String(PROFILE_INTERVAL_US),
          ];
    // What is measured is what the server can take, not what it sheds.
    const fixed = ["log.level=warn", "limits.shedWhenOverloaded=false"];
    const all = [`listen.port=${port}`, `listen.fastLanePort=${fastLanePort}`, ...fixed, ...settings];
    const line = [
      process.execPath,
      ...NODE_OPTIONS,
      ...profiling,
      ...(probe === undefined ? [] : ["--import", probe]),
      ROADPULSE,
      "serve",
      ...all.flatMap((set) => ["--set", set]),
    ];
    const { command, args } = pinned(core, line);
    const stdio: StdioOptions = [
      "ignore",
      "inherit",
      "inherit",
      ...(probe === undefined ? [] : ["ipc" as const]),
    ];
    const child = spawn(command, args, { stdio });
    const server = new ServerProcess(child, port, fastLanePort);
    // Whatever ends this process, the server must not outlive it.
    process.once("exit", () => child.kill("SIGKILL"));
    await server.#ready();
    return server;
  }

  /** Process id. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Exit code or signal where it has ended. */
  get end(): number | string | undefined {
    return this.#child.exitCode ?? this.#child.signalCode ?? undefined;
  }

  state(): Promise<ServerState> {
    return readServerState(this.httpUrl);
  }

  /** One question to the probe. @throws Error where the server ends meanwhile */
  ask(order: object): Promise<unknown> {
    return answerOf(this.#child, order);
  }

  /** Ends it at once: thousands of connections take their time to be closed one by one. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** Asks the server to stop and waits; kills it where it does not. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
  }

  async #ready(): Promise<void> {
    const deadlineMs = performance.now() + START_TIMEOUT_MS;
    while (performance.now() < deadlineMs) {
      if (this.#child.exitCode !== null) throw new Error(`the server ended with ${this.#child.exitCode}`);
      const version = await fetchText(`${this.httpUrl}/version`).catch(() => "{}");
      const { fastLaneEngine } = JSON.parse(version) as { fastLaneEngine?: string };
      // HTTP answers a moment before the fast lane is open, and its engine is known then.
      if (fastLaneEngine === "uws" || fastLaneEngine === "ws") {
        this.engine = fastLaneEngine;
        return;
      }
      await sleep(START_POLL_MS);
    }
    await this.stop();
    throw new Error(`the server is not ready after ${START_TIMEOUT_MS} ms`);
  }
}
