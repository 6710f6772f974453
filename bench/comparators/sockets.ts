import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { clientFrame, LeanSocket } from "../load/lean-socket.ts";
import { pinned } from "../load/pinning.ts";
import { median } from "../support/statistics.ts";

const SERVER = fileURLToPath(new URL("./socket-server.ts", import.meta.url));
const LOADER = fileURLToPath(new URL("../support/run-typescript.mjs", import.meta.url));

/** Where a server stands; without a port its engine is not at hand. */
export interface SocketServerMark {
  readonly port: number | undefined;
  readonly messages: number;
  readonly processorUs: number;
}

export interface SocketsOrder {
  readonly sockets: number;
  readonly messagesPerS: number;
  readonly seconds: number;
  readonly repetitions: number;
  readonly serverCore: number | undefined;
  readonly log: (line: string) => void;
}

export type SocketMode = "ingest" | "echo";
const MODES: readonly SocketMode[] = ["ingest", "echo"];
const ENGINES = ["ws", "uws"] as const;

export interface SocketsResult {
  readonly mode: SocketMode;
  readonly engine: (typeof ENGINES)[number];
  readonly isAbsent: boolean;
  /** Processor time of the server per message, µs: median, least, most. */
  readonly processorUs: readonly [number, number, number];
  /** Messages that were due and did not arrive in time, of all repetitions. */
  readonly missing: number;
}

/** As long as a CAM with its envelope. */
const MESSAGE_BYTES = 64;
const SLICE_MS = 5;

/** The two engines in turn at one offered rate: one message per write, on sockets in turn. */
export async function compareSockets(order: SocketsOrder): Promise<SocketsResult[]> {
  const results: SocketsResult[] = [];
  for (const mode of MODES) {
    const runs = new Map<string, Run[]>(ENGINES.map((engine) => [engine, []]));
    for (let repetition = 0; repetition < order.repetitions; repetition++) {
      for (const engine of ENGINES) {
        const run = await runOnce(order, engine, mode);
        if (run !== undefined) runs.get(engine)?.push(run);
      }
    }
    for (const engine of ENGINES) results.push(resultOf(mode, engine, runs.get(engine) ?? []));
    order.log(
      `${mode}: ${results
        .slice(-2)
        .map(({ engine, processorUs }) => `${engine} ${processorUs[0].toFixed(2)} µs`)
        .join(", ")}`,
    );
  }
  return results;
}

interface Run {
  readonly processorUs: number;
  readonly missing: number;
}

async function runOnce(order: SocketsOrder, engine: string, mode: SocketMode): Promise<Run | undefined> {
  const flags = ["--import", LOADER, SERVER, engine, mode];
  const { command, args } = pinned(order.serverCore, [process.execPath, ...flags]);
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const sockets: LeanSocket[] = [];
  try {
    const [ready] = (await once(child, "message")) as [SocketServerMark];
    if (ready.port === undefined) return undefined;
    let echoed = 0;
    for (let i = 0; i < order.sockets; i++) {
      sockets.push(await LeanSocket.open(`ws://127.0.0.1:${ready.port}/`, "bench", () => echoed++));
    }
    const { messagesPerS, seconds } = order;
    await send(sockets, messagesPerS, 0.5);
    await sleep(100);
    const before = await markOf(child);
    const due = await send(sockets, messagesPerS, seconds);
    await sleep(100);
    const after = await markOf(child);
    const messages = after.messages - before.messages;
    if (mode === "echo" && echoed === 0) throw new Error(`${engine} echoes nothing`);
    return { processorUs: (after.processorUs - before.processorUs) / messages, missing: due - messages };
  } finally {
    for (const socket of sockets) socket.destroy();
    if (child.connected) child.disconnect();
  }
}

async function markOf(child: ChildProcess): Promise<SocketServerMark> {
  const answer = once(child, "message");
  child.send("mark");
  const [mark] = (await answer) as [SocketServerMark];
  return mark;
}

/** Sends at a rate, in slices of 5 ms; returns how many messages. */
async function send(sockets: readonly LeanSocket[], perS: number, seconds: number): Promise<number> {
  const frame = clientFrame(new Uint8Array(MESSAGE_BYTES));
  const startMs = performance.now();
  const total = Math.round(perS * seconds);
  let sent = 0;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startMs) * perS) / 1_000));
    for (; sent < due; sent++) sockets[sent % sockets.length]?.sendFrame(frame);
    await sleep(SLICE_MS);
  }
  return total;
}

function resultOf(mode: SocketMode, engine: (typeof ENGINES)[number], runs: readonly Run[]): SocketsResult {
  const costs = runs.map(({ processorUs }) => processorUs);
  return {
    mode,
    engine,
    isAbsent: runs.length === 0,
    processorUs: [median(costs), Math.min(...costs), Math.max(...costs)],
    missing: runs.reduce((sum, run) => sum + run.missing, 0),
  };
}
