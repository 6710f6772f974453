import { readdirSync, readFileSync } from "node:fs";
import type { ServerProcess } from "../../../bench/load/server-process.ts";

/** What the server under test holds at a moment. */
export interface Sample {
  readonly atMs: number;
  /** Resident: all of it, what is no file's (heap, buffers), and that of the keeper of states. */
  readonly residentBytes: number;
  readonly anonymousBytes: number;
  readonly keeperBytes: number;
  /** Behind a full collection. */
  readonly heapBytes: number;
  readonly openFiles: number;
  readonly timers: number;
  /** Sockets, pipes and the like that keep the event loop alive. */
  readonly handles: number;
  readonly emitters: number;
  readonly processListeners: number;
  readonly leakWarnings: number;
  readonly stations: number;
  readonly alerts: number;
}

interface Held {
  readonly heapBytes: number;
  readonly emitters: number;
  readonly processListeners: number;
  readonly leakWarnings: number;
  readonly resources: Readonly<Record<string, number>>;
}

export async function sample(server: ServerProcess, gauges: (name: string) => number): Promise<Sample> {
  const held = (await server.ask({})) as Held;
  const own = memoryOf(server.pid);
  const timers = (held.resources["Timeout"] ?? 0) + (held.resources["Immediate"] ?? 0);
  const all = Object.values(held.resources).reduce((sum, count) => sum + count, 0);
  return {
    atMs: performance.now(),
    residentBytes: own.resident,
    anonymousBytes: own.anonymous,
    keeperBytes: childrenOf(server.pid).reduce((sum, pid) => sum + memoryOf(pid).resident, 0),
    heapBytes: held.heapBytes,
    openFiles: readdirSync(`/proc/${server.pid}/fd`).length,
    timers,
    handles: all - timers,
    emitters: held.emitters,
    processListeners: held.processListeners,
    leakWarnings: held.leakWarnings,
    stations: gauges("roadpulse_stations_tracked"),
    alerts: gauges("roadpulse_alerts_live"),
  };
}

function memoryOf(pid: number): { readonly resident: number; readonly anonymous: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0) * 1_024;
  return { resident: bytes("VmRSS"), anonymous: bytes("RssAnon") };
}

function childrenOf(pid: number): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return list === "" ? [] : list.split(" ").map(Number);
}
