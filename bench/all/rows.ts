/** Figures that the rooms measured, by name. What is missing was not measured. */
export type Figures = Readonly<Record<string, number>>;

/** One promise of the performance table, and how figures answer it. */
export interface Row {
  readonly what: string;
  readonly target: string;
  /** Names of the figures that it needs; without one of them nothing is said. */
  readonly needs: readonly string[];
  readonly result: (figures: (name: string) => number) => string;
  readonly isMet: (figures: (name: string) => number) => boolean;
  /** What the short version leaves out of it. */
  readonly shortNote?: string;
  /** Why it cannot be measured, where nothing here does. */
  readonly missing?: string;
}

/** A row with its answer. */
export interface AnsweredRow {
  readonly what: string;
  readonly target: string;
  readonly result: string;
  /** Undefined where nothing was measured. */
  readonly isMet: boolean | undefined;
  readonly note: string;
}

const thousands = (value: number): string => Math.round(value).toLocaleString("en-US");
const times = (value: number): string => `${value.toPrecision(3)}×`;
const percent = (share: number): string => `${Math.round(share * 100)} %`;
const ms = (value: number): string => `${value.toPrecision(3)} ms`;

export const ROWS: readonly Row[] = [
  {
    what: "Linear Road through sockets, all answers within 5 s, equal to the oracle's",
    target: "L ≥ 60 on one core, goal L = 512",
    needs: ["linearRoad.rating", "linearRoad.usPerTuple"],
    result: (of) =>
      `L = ${of("linearRoad.rating")}, ${of("linearRoad.usPerTuple").toPrecision(3)} µs per tuple`,
    isMet: (of) => of("linearRoad.rating") >= 60,
    shortNote: "tries L = 60 only, for some seconds",
  },
  {
    what: "OSPBench pipeline",
    target: "400,000 obs/s, p99 < 50 ms, recovers from a burst in < 1 s",
    needs: ["ospbench.observationsPerSecond", "ospbench.p99Ms", "ospbench.recoveryMs"],
    result: (of) =>
      `${thousands(of("ospbench.observationsPerSecond"))} obs/s, p99 ${ms(of("ospbench.p99Ms"))}, ` +
      `recovery ${ms(of("ospbench.recoveryMs"))}`,
    isMet: (of) =>
      // The rate at which all was sent, over a window that ends some microseconds late: 399,988 were sent as 400,000.
      of("ospbench.observationsPerSecond") >= 400_000 * 0.999 &&
      of("ospbench.p99Ms") < 50 &&
      of("ospbench.recoveryMs") < 1_000,
  },
  {
    what: "one report per message, 1,000 sockets, against the bare engine (reports per CPU-second)",
    target: "≥ 75 % of uWebSockets.js doing nothing",
    needs: ["engine.uwsShare", "engine.wsShare", "engine.perCpuSecond"],
    result: (of) =>
      `${percent(of("engine.uwsShare"))} of bare uWebSockets.js (${percent(of("engine.wsShare"))} of bare ws on 8080); ` +
      `${thousands(of("engine.perCpuSecond"))} reports per CPU-second`,
    isMet: (of) => of("engine.uwsShare") >= 0.75,
    shortNote: "one round",
  },
  {
    what: "50 reports per message, decode to congestion, in process",
    target: "1,000,000 reports/s per core",
    needs: ["process.congestionNs"],
    result: (of) => `${thousands(1e9 / of("process.congestionNs"))} reports/s`,
    isMet: (of) => of("process.congestionNs") <= 1_000,
    shortNote: "fewer rounds",
  },
  {
    what: "the same with map matching, trust and every detector",
    target: "400,000 reports/s per core",
    needs: ["process.everythingNs"],
    result: (of) => `${thousands(1e9 / of("process.everythingNs"))} reports/s`,
    isMet: (of) => of("process.everythingNs") <= 2_500,
    shortNote: "fewer rounds",
  },
  {
    what: "the same over sockets, 50 per message, no map (sustained)",
    target: "300,000 reports/s (floor)",
    needs: ["load.sustainedPerSecond", "load.usPerReport"],
    result: (of) =>
      `${thousands(of("load.sustainedPerSecond"))} reports/s, ${of("load.usPerReport").toPrecision(3)} µs each`,
    isMet: (of) => of("load.sustainedPerSecond") >= 300_000,
    shortNote: "coarse ladder",
  },
  {
    what: "update + neighbours within 150 m, 100,000 stations",
    target: "2,000,000 pairs/s per core, ≥ 150× rbush remove + insert, no mismatch",
    needs: ["index.pairsPerSecond", "index.moveRatio", "index.pairRatio", "index.mismatches"],
    result: (of) =>
      `${thousands(of("index.pairsPerSecond"))} pairs/s; update ${times(of("index.moveRatio"))}, pair ` +
      `${times(of("index.pairRatio"))} of rbush; ${of("index.mismatches")} mismatches`,
    isMet: (of) =>
      of("index.pairsPerSecond") >= 2e6 && of("index.moveRatio") >= 150 && of("index.mismatches") === 0,
    shortNote: "two steps",
  },
  {
    what: "decode of a 43-byte report, 50 per message",
    target: "≥ 3.5× protobufjs, ≥ 10× protobuf-es",
    needs: ["decode.protobufjsRatio", "decode.protobufEsRatio", "decode.ns"],
    result: (of) =>
      `${times(of("decode.protobufjsRatio"))} protobufjs, ${times(of("decode.protobufEsRatio"))} protobuf-es, ` +
      `${Math.round(of("decode.ns"))} ns`,
    isMet: (of) => of("decode.protobufjsRatio") >= 3.5 && of("decode.protobufEsRatio") >= 10,
    shortNote: "fewer rounds; tests compare the readers field by field",
  },
  {
    what: "alert fan-out to 1,000 subscribers",
    target: "1,000,000 deliveries/s, first to last copy ≤ 10 ms",
    needs: ["fanOut.deliveriesPerSecond", "fanOut.spreadP50Ms", "fanOut.spreadP99Ms"],
    result: (of) =>
      `${thousands(of("fanOut.deliveriesPerSecond"))} deliveries/s held, first to last copy p50 ` +
      `${ms(of("fanOut.spreadP50Ms"))}, p99 ${ms(of("fanOut.spreadP99Ms"))}`,
    isMet: (of) => of("fanOut.deliveriesPerSecond") >= 1e6 && of("fanOut.spreadP99Ms") <= 10,
  },
  {
    what: "report in to alert out, single-station hazards, idle",
    target: "p50 < 0.3 ms",
    needs: ["latency.idleP50Ms", "latency.idleP99Ms"],
    result: (of) => `p50 ${ms(of("latency.idleP50Ms"))}, p99 ${ms(of("latency.idleP99Ms"))}`,
    isMet: (of) => of("latency.idleP50Ms") < 0.3,
    shortNote: "5 s",
  },
  {
    what: "the same at half of the sustained load",
    target: "p99 < 5 ms, p99.9 < 10 ms",
    needs: ["latency.halfP50Ms", "latency.halfP99Ms", "latency.halfP999Ms"],
    result: (of) =>
      `p50 ${ms(of("latency.halfP50Ms"))}, p99 ${ms(of("latency.halfP99Ms"))}, p99.9 ${ms(of("latency.halfP999Ms"))}`,
    isMet: (of) => of("latency.halfP99Ms") < 5 && of("latency.halfP999Ms") < 10,
    shortNote: "5 s",
  },
  {
    what: "the same for tick-driven detectors",
    target: "one tick (50 ms) more",
    needs: ["latency.tickIdleP50Ms", "latency.tickHalfP99Ms", "latency.tickHalfP999Ms"],
    result: (of) =>
      `idle p50 ${ms(of("latency.tickIdleP50Ms"))}; half load p99 ${ms(of("latency.tickHalfP99Ms"))}, p99.9 ` +
      ms(of("latency.tickHalfP999Ms")),
    isMet: (of) =>
      of("latency.tickIdleP50Ms") < 50.3 &&
      of("latency.tickHalfP99Ms") < 55 &&
      of("latency.tickHalfP999Ms") < 60,
    shortNote: "5 s",
  },
  {
    what: "memory per tracked station, heap and buffers",
    target: "≤ 600 B with the R-tree",
    needs: ["memory.bytesPerStation"],
    result: (of) => `${Math.round(of("memory.bytesPerStation"))} B`,
    isMet: (of) => of("memory.bytesPerStation") <= 600,
    shortNote: "fewer stations",
  },
  {
    what: "memory over short-lived ids",
    target: "flat over 10,000,000",
    needs: ["memory.passedStations", "memory.earlyBytes", "memory.lateBytes"],
    result: (of) =>
      `${thousands(of("memory.passedStations"))} ids: ${Math.round(of("memory.earlyBytes") / 2 ** 20)} MiB after a fifth, ` +
      `${Math.round(of("memory.lateBytes") / 2 ** 20)} MiB at the end`,
    isMet: (of) => of("memory.lateBytes") <= of("memory.earlyBytes") * 1.05,
    shortNote: "fewer ids",
  },
  {
    what: "against the naive twin, equal alerts",
    target: "≥ 25× reports/s",
    needs: ["naive.ratio"],
    result: (of) => times(of("naive.ratio")),
    isMet: (of) => of("naive.ratio") >= 25,
  },
  {
    what: "cost per report as the fleet grows from 10,000, constant density, in process",
    target: "≤ 2× at 1,000,000 stations",
    needs: ["growth.ratio", "growth.most"],
    result: (of) => `${times(of("growth.ratio"))} at ${thousands(of("growth.most"))} stations`,
    isMet: (of) => of("growth.ratio") <= 2 && of("growth.most") >= 1e6,
    shortNote: "a smaller largest fleet",
  },
];

/** Answers a row; `why` tells why a figure is missing, by the room that should have measured it. */
export function answer(
  row: Row,
  figures: Figures,
  why: (figure: string) => string,
  isShort: boolean,
): AnsweredRow {
  const { what, target, needs, shortNote = "" } = row;
  const missing = row.missing ?? missingText(needs, figures, why);
  if (missing !== undefined) return { what, target, result: "not measured", isMet: undefined, note: missing };
  const of = (name: string): number => figures[name] ?? Number.NaN;
  return { what, target, result: row.result(of), isMet: row.isMet(of), note: isShort ? shortNote : "" };
}

function missingText(
  needs: readonly string[],
  figures: Figures,
  why: (figure: string) => string,
): string | undefined {
  const absent = needs.find((name) => !Number.isFinite(figures[name]));
  return absent === undefined ? undefined : why(absent);
}
