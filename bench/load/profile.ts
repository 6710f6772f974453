import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  /** Microseconds on the monotonic clock of the machine. */
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Time in JavaScript by stage and by function, µs. */
export interface ProfileTimes {
  readonly totalUs: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly functions: readonly FunctionTime[];
}

export interface FunctionTime {
  readonly name: string;
  readonly where: string;
  readonly us: number;
}

/** Moments on the monotonic clock of the machine, µs. */
export interface ProfileWindow {
  readonly fromUs: number;
  readonly toUs: number;
}

const TOP_FUNCTIONS = 25;

/** Rooms of the source tree by the stage that they work for. */
const ROOM_STAGES: Readonly<Record<string, string>> = {
  transport: "sockets",
  ingest: "ingest",
  wire: "wire",
  decode: "decode",
  validate: "validate",
  track: "track",
  geo: "index and geometry",
  detect: "detect",
  alert: "alert",
  deliver: "deliver",
  stream: "stream",
  recording: "recording",
  ops: "metrics",
};

const LIBRARY_STAGES: Readonly<Record<string, string>> = {
  ws: "sockets",
  "uWebSockets.js": "sockets",
  protobufjs: "wire",
  "@protobufjs": "wire",
  rbush: "index and geometry",
  rxjs: "stream",
  "prom-client": "metrics",
};

/** What the profiler does not see: Node counts the system calls of sockets as idle time. */
export const NATIVE = "kernel and native code";

/** The stage that a function's own time belongs to. */
export function stageOf({ functionName, url }: CallFrame): string {
  if (functionName === "(garbage collector)") return "garbage collection";
  if (functionName === "(program)") return NATIVE;
  const library = /node_modules\/((?:@protobufjs)|[^/]+)/.exec(url)?.[1];
  if (library !== undefined) return LIBRARY_STAGES[library] ?? "other";
  const room = /\/(?:dist|src)\/([^/]+)\//.exec(url)?.[1];
  if (room !== undefined) return ROOM_STAGES[room] ?? "composition";
  if (/\/(?:dist|src)\/[^/]+$/.test(url)) return "composition";
  if (/^node:(net|_?stream|internal\/(streams?|stream_base_commons|net|buffer))/.test(url)) return "sockets";
  return url === "" ? NATIVE : "node";
}

/** Reads the only profile of a directory. */
export function readProfile(directory: string): CpuProfile {
  const file = readdirSync(directory).find((name) => name.endsWith(".cpuprofile"));
  if (file === undefined) throw new Error(`no CPU profile in ${directory}`);
  return JSON.parse(readFileSync(join(directory, file), "utf8")) as CpuProfile;
}

/** Where the time within the window went. */
export function profileTimes(profile: CpuProfile, window: ProfileWindow): ProfileTimes {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const stages = new Map<string, number>();
  const functions = new Map<string, { name: string; where: string; us: number }>();
  let atUs = profile.startTime;
  let totalUs = 0;
  for (const [i, node] of profile.samples.entries()) {
    const deltaUs = Math.max(0, profile.timeDeltas[i + 1] ?? 0);
    atUs += Math.max(0, profile.timeDeltas[i] ?? 0);
    const frame = frames.get(node);
    if (frame === undefined || atUs < window.fromUs || atUs > window.toUs) continue;
    if (frame.functionName === "(idle)" || frame.functionName === "(root)") continue;
    totalUs += deltaUs;
    const stage = stageOf(frame);
    stages.set(stage, (stages.get(stage) ?? 0) + deltaUs);
    const where = placeOf(frame);
    const key = `${frame.functionName} ${where}`;
    const entry = functions.get(key) ?? { name: frame.functionName || "(anonymous)", where, us: 0 };
    entry.us += deltaUs;
    functions.set(key, entry);
  }
  return {
    totalUs,
    stages: Object.fromEntries(stages),
    functions: [...functions.values()].sort((a, b) => b.us - a.us).slice(0, TOP_FUNCTIONS),
  };
}

/** File below the project with its line, or the library's name. */
function placeOf({ url, lineNumber }: CallFrame): string {
  const path = /\/(?:dist|src|node_modules)\/(.+)$/.exec(url)?.[1] ?? url;
  return path === "" ? "native" : `${path}:${lineNumber + 1}`;
}
