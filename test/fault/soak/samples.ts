import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ServerProcess } from "../../../bench/load/server-process.ts";

/** What the server under test holds at a moment. */
export interface Sample {
  readonly atMs: number;
  /** Resident: all of it, what is no file's (heap, buffers), shared memory, and that of the keeper of states. */
  readonly residentBytes: number;
  readonly anonymousBytes: number;
  readonly sharedBytes: number;
  /** Of the map of the history's index: what is resident, and what of that its file does not hold. */
  readonly indexBytes: number;
  readonly indexOwnBytes: number;
  /** On the disk: the index's file, which never shrinks, and the log that bounds it. */
  readonly indexFileBytes: number;
  readonly logBytes: number;
  /** Of all other files: the program and its libraries. */
  readonly programBytes: number;
  readonly keeperBytes: number;
  /** Behind a full collection. */
  readonly heapBytes: number;
  /** Of it by V8's spaces: a table that doubles shows as a step of `large_object_space`. */
  readonly heapSpaces: Readonly<Record<string, number>>;
  readonly openFiles: number;
  readonly timers: number;
  /** Sockets, pipes and the like that keep the event loop alive. */
  readonly handles: number;
  /** All that Node names active, timers too, by kind. */
  readonly resources: Readonly<Record<string, number>>;
  readonly emitters: number;
  readonly processListeners: number;
  readonly leakWarnings: number;
  readonly stations: number;
  readonly alerts: number;
}

interface Held {
  readonly heapBytes: number;
  readonly heapSpaces: Readonly<Record<string, number>>;
  readonly emitters: number;
  readonly processListeners: number;
  readonly leakWarnings: number;
  readonly resources: Readonly<Record<string, number>>;
}

export async function sample(
  server: ServerProcess,
  gauges: (name: string) => number,
  folder: string,
): Promise<Sample> {
  const held = (await server.ask({})) as Held;
  const own = memoryOf(server.pid);
  const timers = (held.resources["Timeout"] ?? 0) + (held.resources["Immediate"] ?? 0);
  const all = Object.values(held.resources).reduce((sum, count) => sum + count, 0);
  return {
    atMs: performance.now(),
    residentBytes: own.resident,
    anonymousBytes: own.anonymous,
    sharedBytes: own.shared,
    ...mappedOf(server.pid, own.file),
    indexFileBytes:
      statSync(join(folder, "alerts", "index", "data.mdb"), { throwIfNoEntry: false })?.size ?? 0,
    logBytes: gauges("roadpulse_store_bytes"),
    keeperBytes: childrenOf(server.pid).reduce((sum, pid) => sum + memoryOf(pid).resident, 0),
    heapBytes: held.heapBytes,
    heapSpaces: held.heapSpaces,
    openFiles: readdirSync(`/proc/${server.pid}/fd`).length,
    timers,
    handles: all - timers,
    resources: held.resources,
    emitters: held.emitters,
    processListeners: held.processListeners,
    leakWarnings: held.leakWarnings,
    stations: gauges("roadpulse_stations_tracked"),
    alerts: gauges("roadpulse_alerts_live"),
  };
}

/** By kind of page, proc(5): the system can take the pages of files back at any time, the others only by swapping. */
function memoryOf(pid: number) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const bytes = (name: string): number => kilobytes(status, name) * 1_024;
  const [resident, anonymous] = [bytes("VmRSS"), bytes("RssAnon")];
  return { resident, anonymous, file: bytes("RssFile"), shared: bytes("RssShmem") };
}

/** Pages of the index in the server's map of it, and of the program and its libraries. */
function mappedOf(pid: number, allFiles: number) {
  const maps = readFileSync(`/proc/${pid}/smaps`, "utf8").split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m);
  const index = maps.filter((map) => INDEX_FILE.test(map.slice(0, map.indexOf("\n"))));
  const sum = (...names: readonly string[]): number =>
    index.reduce((total, map) => total + names.reduce((all, name) => all + kilobytes(map, name), 0), 0) *
    1_024;
  const indexBytes = sum("Rss");
  return { indexBytes, indexOwnBytes: sum("Anonymous", "Swap"), programBytes: allFiles - indexBytes };
}

const INDEX_FILE = /\/index\/data\.mdb$/;

const kilobytes = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)?.[1] ?? 0);

function childrenOf(pid: number): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return list === "" ? [] : list.split(" ").map(Number);
}
