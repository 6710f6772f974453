import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { LeanSocket } from "../load/lean-socket.ts";
import { pinned } from "../load/pinning.ts";
import { quantile } from "../support/statistics.ts";
import { FLUSH_WAYS, type FlushMark, type FlushOrder } from "./flush-server.ts";

const SERVER = fileURLToPath(new URL("./flush-server.ts", import.meta.url));
const LOADER = fileURLToPath(new URL("../support/run-typescript.mjs", import.meta.url));

export interface FlushLoad {
  readonly sockets: number;
  /** Of the message that each socket is written, bytes. */
  readonly messageBytes: readonly number[];
  readonly rounds: number;
  readonly serverCore: number | undefined;
}

export interface FlushResult {
  readonly way: FlushOrder["way"];
  readonly messageBytes: number;
  /** Time in the engine's calls, median, ms. */
  readonly callMs: number;
  /** From the first to the last copy as they are read, ms. */
  readonly spreadP50Ms: number;
  readonly spreadP99Ms: number;
}

/** Between two rounds, so that neither side is still busy with the last one. */
const PAUSE_MS = 20;

/**
 * What it takes a bare engine to write one message to each of many sockets: the bound of every fan-out on this machine.
 * Ways take turns in every round. Empty where uWebSockets.js is not at hand.
 * @throws Error where a copy does not arrive
 */
export async function compareFlushes(load: FlushLoad): Promise<FlushResult[]> {
  const flags = ["--import", LOADER, SERVER];
  const { command, args } = pinned(load.serverCore, [process.execPath, ...flags]);
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const copies = new Copies();
  try {
    const [{ port }] = (await once(child, "message")) as [FlushMark];
    if (port === undefined) return [];
    for (let i = 0; i < load.sockets; i++) await copies.open(port);
    const results: FlushResult[] = [];
    for (const bytes of load.messageBytes) results.push(...(await ofSize(child, copies, load, bytes)));
    return results;
  } finally {
    copies.close();
    if (child.connected) child.disconnect();
  }
}

async function ofSize(
  child: ChildProcess,
  copies: Copies,
  { rounds }: FlushLoad,
  bytes: number,
): Promise<FlushResult[]> {
  const seen = FLUSH_WAYS.map((way) => ({ way, callMs: [] as number[], spreadMs: [] as number[] }));
  // The first round warms up and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const { way, callMs, spreadMs } of seen) {
      const arrived = copies.arrival();
      const answer = once(child, "message");
      child.send({ way, bytes } satisfies FlushOrder);
      const [mark] = (await answer) as [FlushMark];
      const spread = await arrived;
      if (round > 0) {
        callMs.push(mark.callMs);
        spreadMs.push(spread);
      }
      await sleep(PAUSE_MS);
    }
  }
  return seen.map(({ way, callMs, spreadMs }) => ({
    way,
    messageBytes: bytes,
    callMs: quantile(callMs, 0.5),
    spreadP50Ms: quantile(spreadMs, 0.5),
    spreadP99Ms: quantile(spreadMs, 0.99),
  }));
}

/** Sockets that all wait for a copy of one message. */
class Copies {
  readonly #sockets: LeanSocket[] = [];
  #left = 0;
  #firstMs = 0;
  #done: ((spreadMs: number) => void) | undefined;

  async open(port: number): Promise<void> {
    this.#sockets.push(await LeanSocket.open(`ws://127.0.0.1:${port}/`, "bench", () => this.#read()));
  }

  /** Time from the first to the last copy of the next message, ms. */
  arrival(): Promise<number> {
    this.#left = this.#sockets.length;
    return new Promise((resolve) => {
      this.#done = resolve;
    });
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #read(): void {
    const nowMs = performance.now();
    if (this.#left === this.#sockets.length) this.#firstMs = nowMs;
    if (--this.#left === 0) this.#done?.(nowMs - this.#firstMs);
  }
}
