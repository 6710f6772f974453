import type { Figures } from "./rows.ts";

/** How much is asked of a room. */
export type Extent = "smoke" | "short" | "full";

/** A benchmark of its own, called as users call it; what it printed as JSON becomes figures. */
export interface Room {
  readonly name: string;
  /** Script of package.json. */
  readonly script: string;
  /** Arguments; `FILE` stands for the file that the JSON is to be written to, without it JSON is read from stdout. */
  readonly args: Readonly<Record<Extent, readonly string[]>>;
  /** Beginnings of the names of the figures that it measures. */
  readonly measures: readonly string[];
  readonly figures: (json: unknown) => Figures;
}

export const FILE = "FILE";

/** A field of JSON that came from outside: undefined where it is not there. */
function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    json,
  );
}

function number(json: unknown, ...path: readonly (string | number)[]): number {
  const value = at(json, ...path);
  return typeof value === "number" ? value : Number.NaN;
}

function list(json: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = at(json, ...path);
  return Array.isArray(value) ? value : [];
}

const linearRoad: Room = {
  name: "Linear Road",
  script: "bench:linear-road",
  args: {
    smoke: ["--smoke", "--json"],
    short: ["--ladder", "60", "--window", "6", "--json"],
    full: ["--json"],
  },
  measures: ["linearRoad."],
  figures: (json) => {
    const passed = list(json, "rungs").filter((rung) => at(rung, "passed") === true);
    return {
      "linearRoad.rating": number(json, "rating"),
      "linearRoad.usPerTuple": number(passed.at(-1) ?? at(json, "rungs", 0), "serverUsPerTuple"),
    };
  },
};

const inProcess: Room = {
  name: "pipeline in process",
  script: "bench:in-process",
  args: {
    smoke: ["--stations", "2000", "--most", "20000", "--rounds", "1", "--settling", "2", "--json", FILE],
    short: ["--most", "100000", "--rounds", "3", "--settling", "10", "--json", FILE],
    full: ["--rounds", "5", "--json", FILE],
  },
  measures: ["process.", "growth."],
  figures: (json) => {
    const sizes = Object.keys(at(json) as object)
      .map(Number)
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    const most = sizes.at(-1) ?? Number.NaN;
    return {
      "process.congestionNs": number(json, "decode to congestion"),
      "process.everythingNs": number(json, "map matching, trust and every detector"),
      "growth.most": most,
      "growth.ratio": number(json, String(most)) / number(json, String(sizes[0])),
    };
  },
};

const decode: Room = {
  name: "decode",
  script: "bench:micro",
  args: {
    smoke: ["--smoke", "--only", "decode", "--json", FILE],
    short: ["--only", "decode", "--rounds", "3", "--json", FILE],
    full: ["--only", "decode", "--rounds", "7", "--json", FILE],
  },
  measures: ["decode."],
  figures: (json) => {
    const ns = (name: string): number =>
      number(
        list(json, "results").find((one) => at(one, "part") === "decode" && at(one, "name") === name),
        "nsPerOperation",
      );
    const ours = ns("ours, 50 per message");
    return {
      "decode.ns": ours,
      "decode.protobufjsRatio": ns("protobufjs, 50 per message") / ours,
      "decode.protobufEsRatio": ns("protobuf-es, 50 per message") / ours,
    };
  },
};

const POINTS = ["--only", "points", "--points", "100000", "--no-redis"];

const movingPoints: Room = {
  name: "moving points",
  script: "bench:comparators",
  args: {
    smoke: ["--only", "points", "--no-redis", "--smoke", "--json"],
    short: [...POINTS, "--steps", "2", "--json"],
    full: [...POINTS, "--json"],
  },
  measures: ["index."],
  figures: (json) => {
    const along = list(json, "points").filter((one) => at(one, "layout") === "along roads");
    const of = (name: RegExp): unknown => along.find((one) => name.test(String(at(one, "name"))));
    const ours = of(/Roadpulse/);
    return {
      "index.pairsPerSecond": number(ours, "pairsPerS"),
      "index.moveRatio": number(of(/^rbush/), "updateNs") / number(ours, "updateNs"),
      "index.pairRatio": number(ours, "againstRbush", 0),
      "index.mismatches": number(ours, "mismatches"),
    };
  },
};

const memory: Room = {
  name: "memory",
  script: "bench:micro",
  args: {
    smoke: ["--smoke", "--only", "memory", "--json", FILE],
    short: ["--only", "memory", "--held", "50000", "--passing", "200000", "--json", FILE],
    full: ["--only", "memory", "--passing", "10000000", "--json", FILE],
  },
  measures: ["memory."],
  figures: (json) => ({
    "memory.bytesPerStation": number(json, "memory", "heapBytesPerStation"),
    "memory.passedStations": number(json, "memory", "passedStations"),
    "memory.earlyBytes": number(json, "memory", "heapBytesEarly"),
    "memory.lateBytes": number(json, "memory", "heapBytesLate"),
  }),
};

const engine: Room = {
  name: "bare engines",
  script: "bench:load",
  args: {
    smoke: ["--engine", "--smoke", "--json", FILE],
    short: ["--engine", "--rates", "50000", "--runs", "1", "--seconds", "2", "--json", FILE],
    full: ["--engine", "--runs", "1", "--json", FILE],
  },
  measures: ["engine."],
  figures: (json) => {
    const least = (name: RegExp): unknown =>
      list(json, "ratios").find((one) => name.test(String(at(one, "name"))));
    return {
      "engine.uwsShare": number(least(/uWebSockets/), "ratio"),
      "engine.wsShare": number(least(/\(ws\)/), "ratio"),
      "engine.perCpuSecond": 1e6 / number(least(/uWebSockets/), "oursUs"),
    };
  },
};

const fanOut: Room = {
  name: "fan-out",
  script: "bench:load",
  args: {
    smoke: ["--ladder", "deliveries", "--smoke", "--json", FILE],
    short: ["--ladder", "deliveries", "--sizes", "500", "--json", FILE],
    full: ["--ladder", "deliveries", "--json", FILE],
  },
  measures: ["fanOut."],
  figures: (json) => {
    const rungs = list(json, 0, "rungs");
    // The fastest rung that was held; where none was, what the first one gave.
    const held = rungs.filter((rung) => at(rung, "failure") === undefined);
    const best = held.at(-1) ?? rungs[0];
    return {
      "fanOut.deliveriesPerSecond": held.length === 0 ? noneOf(rungs) : number(best, "deliveriesPerSecond"),
      "fanOut.spreadP50Ms": number(best, "spreadMs", "p50"),
      "fanOut.spreadP99Ms": number(best, "spreadMs", "p99"),
    };
  },
};

const load: Room = {
  name: "load over sockets",
  script: "bench:load",
  args: {
    smoke: ["--smoke", "--json", FILE],
    short: ["--lanes", "fast", "--batches", "50", "--short", "--json", FILE],
    full: ["--lanes", "fast", "--batches", "50", "--json", FILE],
  },
  measures: ["load.", "latency."],
  figures: (json) => {
    const way = list(json, "runs", 0).at(-1);
    return {
      "load.sustainedPerSecond": number(way, "sustained", "offeredPerSecond"),
      "load.usPerReport": number(way, "sustained", "cpuUsPerReport"),
      "latency.idleP50Ms": number(way, "idle", "alertP50Ms"),
      "latency.idleP99Ms": number(way, "idle", "alertP99Ms"),
      "latency.halfP50Ms": number(way, "halfLoad", "alertP50Ms"),
      "latency.halfP99Ms": number(way, "halfLoad", "alertP99Ms"),
      "latency.halfP999Ms": number(way, "halfLoad", "alertP999Ms"),
      "latency.tickIdleP50Ms": number(way, "tickIdle", "alertP50Ms"),
      "latency.tickHalfP99Ms": number(way, "tickHalfLoad", "alertP99Ms"),
      "latency.tickHalfP999Ms": number(way, "tickHalfLoad", "alertP999Ms"),
    };
  },
};

const NAIVE_SHORT = ["--fixtures", "", "--stations", "10000", "--batch", "50", "--ways", "process"];

const naive: Room = {
  name: "naive twin",
  script: "bench:naive",
  args: {
    smoke: ["--smoke", "--no-profile", "--json"],
    short: [...NAIVE_SHORT, "--warm-up", "2", "--repetitions", "3", "--no-profile", "--json"],
    full: ["--no-profile", "--json"],
  },
  measures: ["naive."],
  figures: (json) => {
    // Fleets with 50 reports per message, in process; the room refuses where alerts differ.
    const fleet = list(json, "results").find(
      (one) => /stations, 50 per message/.test(String(at(one, "name"))) && at(one, "way") === "in process",
    );
    return { "naive.ratio": number(fleet, "ratio", "rates", 0) };
  },
};

const ospbench: Room = {
  name: "OSPBench",
  script: "bench:ospbench",
  args: {
    smoke: ["--smoke", "--json"],
    short: ["--rates", "400000", "--warm-up", "2", "--measure", "3", "--json"],
    full: ["--json"],
  },
  measures: ["ospbench."],
  figures: (json) => {
    const rungs = list(json, "rungs");
    const constant = rungs.filter((rung) => number(rung, "burst") === 0);
    const passed = constant.filter((rung) => at(rung, "passed") === true);
    const best = passed.at(-1);
    const recoveries = rungs.flatMap((rung) => list(rung, "play", "recoveriesMs")).map(Number);
    return {
      "ospbench.observationsPerSecond":
        best === undefined ? noneOf(constant) : number(best, "observationsPerS"),
      "ospbench.p99Ms": number(best ?? constant[0], "play", "p99Ms"),
      "ospbench.recoveryMs": recoveries.length === 0 ? Number.NaN : Math.max(...recoveries),
    };
  },
};

/** What was reached where rungs were tried and none was held; no number where none was tried. */
function noneOf(rungs: readonly unknown[]): number {
  return rungs.length === 0 ? Number.NaN : 0;
}

/** In the order in which they run. */
export const ROOMS: readonly Room[] = [
  load,
  engine,
  fanOut,
  inProcess,
  decode,
  movingPoints,
  memory,
  linearRoad,
  ospbench,
  naive,
];
