import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quantile } from "../support/statistics.ts";
import { GeneratorProcess } from "./generator-process.ts";
import { highestHolding } from "./ladder.ts";
import { type ProfileShares, profileShares, readProfile } from "./profile.ts";
import { overloadOf, type Rung, type RungOptions, runRung } from "./rung.ts";
import { ServerProcess } from "./server-process.ts";

export type Lane = "http" | "fast";

/** Cores of server and generator; undefined where processes cannot be held on cores. */
export interface Cores {
  readonly server: number | undefined;
  readonly generator: number | undefined;
}

/** One way in: a lane, and how many reports travel in a message. */
export interface Way {
  readonly lane: Lane;
  readonly reportsPerMessage: number;
}

export interface LoadSettings {
  readonly cores: Cores;
  readonly sockets: number;
  readonly seed: number;
  /** First rung of the ladder by reports per message. */
  readonly firstRate: (reportsPerMessage: number) => number;
  readonly leastRate: number;
  readonly mostRate: number;
  readonly refinements: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly latencyMs: number;
  readonly hazardsPerSecond: number;
  /** A load that leaves the server idle, for the latency without load; 0 leaves that out. */
  readonly idleRate: number;
  readonly log: (line: string) => void;
}

const RUNG_FACTOR = 1.25;

/** Nominal rate of CAMs at speed (ETSI EN 302 637-2: 1 to 10 Hz). */
const CAM_HZ = 10;

/** A rung that failed while others used the server's core is tried again. */
const TOLERABLE_INTERFERENCE = 0.1;
const ATTEMPTS = 3;

/** Each takes 10 s at most. */
const RECOVERY_ATTEMPTS = 6;

/** The generator and server of one measurement; both end with `close`. */
class Bench {
  readonly server: ServerProcess;
  readonly generator: GeneratorProcess;
  readonly #settings: LoadSettings;

  private constructor(server: ServerProcess, generator: GeneratorProcess, settings: LoadSettings) {
    this.server = server;
    this.generator = generator;
    this.#settings = settings;
  }

  static async open(way: Way, settings: LoadSettings, profileDirectory?: string): Promise<Bench> {
    const { cores, sockets } = settings;
    const server = await ServerProcess.start({
      core: cores.server,
      settings: ["track.maxStations=2000000", "limits.maxItemsPerSecondPerSource=1000000"],
      ...(profileDirectory === undefined ? {} : { profileDirectory }),
    });
    const generator = await GeneratorProcess.start(cores.generator).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    const bench = new Bench(server, generator, settings);
    try {
      await generator.connect(way.lane === "fast" ? server.fastLaneUrl : server.streamUrl, sockets);
    } catch (error) {
      await bench.close();
      throw error;
    }
    return bench;
  }

  run(way: Way, reportsPerSecond: number, more: Partial<RungOptions> = {}): Promise<Rung> {
    const { seed, warmUpMs, measureMs, cores } = this.#settings;
    return runRung(this.server, this.generator, cores.server, {
      reportsPerSecond,
      reportsPerMessage: way.reportsPerMessage,
      reportsPerVehiclePerSecond: CAM_HZ,
      hazardsPerSecond: 0,
      poll: false,
      seed,
      warmUpMs,
      measureMs,
      ...more,
    });
  }

  /** A server so far overloaded that it tells nothing any more: waits until it does. */
  async recover(error: unknown): Promise<undefined> {
    this.#settings.log(`  ${String(error)}`);
    await this.generator.stop();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.server.state();
        return undefined;
      } catch (stillSilent) {
        if (attempt === RECOVERY_ATTEMPTS) throw stillSilent;
      }
    }
  }

  async close(): Promise<void> {
    this.generator.end();
    await this.server.stop();
  }
}

export interface WayResult {
  readonly way: Way;
  readonly engine: string;
  readonly rungs: readonly Rung[];
  readonly sustained: Rung | undefined;
  readonly halfLoad: LatencyResult | undefined;
  readonly idle: LatencyResult | undefined;
}

export interface LatencyResult {
  readonly reportsPerSecond: number;
  readonly hazardsSent: number;
  readonly hazardsSeen: number;
  readonly alertP50Ms: number;
  readonly alertP99Ms: number;
  readonly alertP999Ms: number;
  readonly alertMaxMs: number;
  /** The server's own part: socket to delivery. */
  readonly serverP50Ms: number;
  readonly serverP99Ms: number;
  readonly generatorLagP99Ms: number;
  readonly cpuShare: number;
  readonly interference: number;
}

/** Sustained rate of one way in, and latencies at half of it and without load. */
export async function measureWay(way: Way, settings: LoadSettings): Promise<WayResult> {
  const bench = await Bench.open(way, settings);
  try {
    const rungs: Rung[] = [];
    const rate = await highestHolding(
      async (reportsPerSecond) => holds(bench, way, reportsPerSecond, rungs, settings),
      {
        firstRate: settings.firstRate(way.reportsPerMessage),
        factor: RUNG_FACTOR,
        leastRate: settings.leastRate,
        mostRate: settings.mostRate,
        refinements: settings.refinements,
      },
    );
    const sustained = rungs.findLast((rung) => rung.offeredPerSecond === rate);
    return {
      way,
      engine: way.lane === "http" ? "ws" : bench.server.engine,
      rungs,
      sustained,
      halfLoad: rate === 0 ? undefined : await latency(bench, way, rate / 2, settings),
      idle: settings.idleRate === 0 ? undefined : await latency(bench, way, settings.idleRate, settings),
    };
  } finally {
    await bench.close();
  }
}

async function holds(
  bench: Bench,
  way: Way,
  rate: number,
  rungs: Rung[],
  settings: LoadSettings,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const rung = await bench.run(way, rate).catch((error: unknown) => bench.recover(error));
    if (rung === undefined) return false;
    rungs.push(rung);
    const overload = overloadOf(rung);
    settings.log(`  ${Math.round(rate)} reports/s: ${overload ?? "sustained"}; ${rungLine(rung)}`);
    if (overload === undefined) return true;
    if (rung.interference < TOLERABLE_INTERFERENCE || attempt === ATTEMPTS) return false;
  }
}

function rungLine(rung: Rung): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return (
    `server ${percent(rung.cpuShare)} CPU, ${rung.cpuUsPerReport.toFixed(2)} µs a report, loop delay p99 ` +
    `${rung.loopDelayP99Ms.toFixed(1)} ms, others ${percent(rung.interference)}, generator ` +
    `${percent(rung.generatorCpuShare)} CPU, lag p99 ${rung.generatorLagP99Ms.toFixed(1)} ms`
  );
}

async function latency(bench: Bench, way: Way, rate: number, settings: LoadSettings): Promise<LatencyResult> {
  const rung = await bench.run(way, rate, {
    hazardsPerSecond: settings.hazardsPerSecond,
    measureMs: settings.latencyMs,
    poll: true,
  });
  const result: LatencyResult = {
    reportsPerSecond: rate,
    hazardsSent: rung.hazardsSent,
    hazardsSeen: rung.hazardsSeen,
    alertP50Ms: quantile(rung.alertLatenciesMs, 0.5),
    alertP99Ms: quantile(rung.alertLatenciesMs, 0.99),
    alertP999Ms: quantile(rung.alertLatenciesMs, 0.999),
    alertMaxMs: quantile(rung.alertLatenciesMs, 1),
    serverP50Ms: quantile(rung.serverLatenciesMs, 0.5),
    serverP99Ms: quantile(rung.serverLatenciesMs, 0.99),
    generatorLagP99Ms: rung.generatorLagP99Ms,
    cpuShare: rung.cpuShare,
    interference: rung.interference,
  };
  settings.log(
    `  alerts at ${Math.round(rate)} reports/s: p50 ${result.alertP50Ms.toFixed(2)}, p99 ` +
      `${result.alertP99Ms.toFixed(2)}, p99.9 ${result.alertP999Ms.toFixed(2)} ms; ${rung.hazardsSeen} of ` +
      `${rung.hazardsSent} hazards; ${rungLine(rung)}`,
  );
  return result;
}

export interface ProfileResult extends ProfileShares {
  readonly way: Way;
  readonly reportsPerSecond: number;
  /** With the profiler running; the shares matter. */
  readonly cpuUsPerReport: number;
}

/** Where the server's time goes at a rate. */
export async function profileWay(
  way: Way,
  rate: number,
  settings: LoadSettings,
  hazardsPerSecond = 0,
): Promise<ProfileResult> {
  const directory = mkdtempSync(join(tmpdir(), "roadpulse-profile-"));
  try {
    const bench = await Bench.open(way, settings, directory);
    const rung = await bench.run(way, rate, { hazardsPerSecond }).finally(() => bench.close());
    settings.log(`  profile at ${Math.round(rate)} reports/s: ${rungLine(rung)}`);
    const shares = profileShares(readProfile(directory), rung.window);
    return { way, reportsPerSecond: rate, cpuUsPerReport: rung.cpuUsPerReport, ...shares };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export interface MemoryResult {
  readonly fewStations: number;
  readonly manyStations: number;
  readonly fewResidentBytes: number;
  readonly manyResidentBytes: number;
  /** Resident memory that one more station costs, at the same rate of reports. */
  readonly bytesPerStation: number;
}

/** Resident memory with few and with many stations that together report at the same rate. */
export async function measureMemory(
  stations: { readonly few: number; readonly many: number },
  settings: LoadSettings,
): Promise<MemoryResult> {
  const few = await residentWith(stations.few, stations.many, settings);
  const many = await residentWith(stations.many, stations.many, settings);
  return {
    fewStations: few.stations,
    manyStations: many.stations,
    fewResidentBytes: few.residentBytes,
    manyResidentBytes: many.residentBytes,
    bytesPerStation: (many.residentBytes - few.residentBytes) / (many.stations - few.stations),
  };
}

/** Every station reports once a second where there are `most` of them: the longest interval of CAMs. */
async function residentWith(stations: number, most: number, settings: LoadSettings): Promise<Rung> {
  const way: Way = { lane: "fast", reportsPerMessage: 50 };
  const bench = await Bench.open(way, settings);
  try {
    const rung = await bench.run(way, most, { reportsPerVehiclePerSecond: most / stations });
    settings.log(`  ${rung.stations} stations: ${Math.round(rung.residentBytes / 2 ** 20)} MiB resident`);
    return rung;
  } finally {
    await bench.close();
  }
}
