import type { HazardKind } from "./hazards.ts";
import { highestHolding } from "./ladder.ts";
import { type LatencyResult, measureLatency } from "./latency.ts";
import { Rig } from "./rig.ts";
import { type Rung, rungLine } from "./rung.ts";
import type { LoadSettings, Way } from "./settings.ts";

const RUNG_FACTOR = 1.25;

/** A rung that failed while others used this share of the server's core is tried again. */
const TOLERABLE_INTERFERENCE = 0.1;

export interface WayResult {
  readonly way: Way;
  readonly engine: string;
  readonly rungs: readonly Rung[];
  readonly sustained: Rung | undefined;
  readonly halfLoad: LatencyResult | undefined;
  readonly idle: LatencyResult | undefined;
  /** The same for a detector that decides on ticks, 50 ms apart. */
  readonly tickHalfLoad: LatencyResult | undefined;
  readonly tickIdle: LatencyResult | undefined;
}

/** Sustained rate of one way in, and latencies at half of it and without load. */
export async function measureWay(way: Way, settings: LoadSettings): Promise<WayResult> {
  const rig = await Rig.open(way, settings);
  try {
    const firstRate = settings.firstRate(way.reportsPerMessage);
    if (settings.isWarmedUp) await warmUp(rig, way, firstRate / 2, settings);
    const rungs: Rung[] = [];
    const rate = await highestHolding(
      async (reportsPerSecond) => holds(rig, way, reportsPerSecond, rungs, settings),
      {
        firstRate,
        factor: RUNG_FACTOR,
        leastRate: settings.leastRate,
        mostRate: settings.mostRate,
        refinements: settings.refinements,
      },
    );
    const sustained = rungs.findLast((rung) => rung.offeredPerSecond === rate);
    const latency = (of: number, kind: HazardKind) => measureLatency(rig, way, of, settings, kind);
    const { idleRate } = settings;
    return {
      way,
      engine: way.lane === "http" ? "ws" : rig.server.engine,
      rungs,
      sustained,
      halfLoad: rate === 0 ? undefined : await latency(rate / 2, "braking"),
      idle: idleRate === 0 ? undefined : await latency(idleRate, "braking"),
      tickHalfLoad: rate === 0 ? undefined : await latency(rate / 2, "breakdown"),
      tickIdle: idleRate === 0 ? undefined : await latency(idleRate, "breakdown"),
    };
  } finally {
    await rig.close();
  }
}

/** A rung that does not count: a server that still compiles its code would fail one that it holds a minute later. */
async function warmUp(rig: Rig, way: Way, rate: number, settings: LoadSettings): Promise<void> {
  const rung = await rig.run(way, rate).catch((error: unknown) => rig.recover(error));
  if (rung !== undefined) settings.log(`  ${Math.round(rate)} reports/s to warm up: ${rungLine(rung)}`);
}

async function holds(
  rig: Rig,
  way: Way,
  rate: number,
  rungs: Rung[],
  settings: LoadSettings,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const rung = await rig.run(way, rate).catch((error: unknown) => rig.recover(error));
    if (rung === undefined) return false;
    rungs.push(rung);
    const overload = settings.overloadOf(rung);
    settings.log(`  ${Math.round(rate)} reports/s: ${overload ?? "sustained"}; ${rungLine(rung)}`);
    if (overload === undefined) return true;
    if (rung.interference < TOLERABLE_INTERFERENCE || attempt === settings.attempts) return false;
  }
}
