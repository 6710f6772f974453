import { median, spread } from "../support/statistics.ts";

/** One thing that is timed. */
export interface MicroCase {
  readonly name: string;
  /** What one operation is. */
  readonly unit: string;
  /** Operations of one batch: enough that a batch takes tens of milliseconds. */
  readonly operations: number;
  /** Makes the input of the next batch, untimed, and hands out the work on it. */
  readonly batch: () => () => void;
}

/** Cases that are timed in turn, so that noise meets all of them alike. */
export interface MicroPart {
  readonly name: string;
  readonly cases: readonly MicroCase[];
  /** The case that the ratios refer to; the first where absent. */
  readonly baseline?: string;
  readonly note?: string;
}

export interface MicroResult {
  readonly part: string;
  readonly name: string;
  readonly unit: string;
  /** Processor time per operation with its garbage collection, median of the rounds. */
  readonly nsPerOperation: number;
  /** Wall time likewise: above the processor time where others use the core. */
  readonly wallNsPerOperation: number;
  /** Distance of the extreme rounds relative to the median. */
  readonly spread: number;
  /** Time relative to the part's baseline. */
  readonly ratio: number;
  readonly rounds: number;
}

export interface Rounds {
  readonly warmUp: number;
  readonly counted: number;
}

/** What has survived two of them is old. */
const MINOR_COLLECTIONS = 2;

const NS_PER_US = 1_000;
const NS_PER_MS = 1e6;

interface Timing {
  readonly cpuNs: number;
  readonly wallNs: number;
}

export function measurePart(part: MicroPart, rounds: Rounds): MicroResult[] {
  const timings = part.cases.map((): Timing[] => []);
  for (let round = 0; round < rounds.warmUp + rounds.counted; round++) {
    for (const [i, microCase] of part.cases.entries()) {
      const timing = timeBatch(microCase);
      if (round >= rounds.warmUp) timings[i]?.push(timing);
    }
  }
  const results = part.cases.map((microCase, i) => resultOf(part, microCase, timings[i] ?? []));
  const base = results.find(({ name }) => name === part.baseline) ?? results[0];
  return results.map((result) => ({
    ...result,
    ratio: result.nsPerOperation / (base?.nsPerOperation ?? Number.NaN),
  }));
}

/**
 * Minor collections move the input to the old generation first, so that the work pays for its own garbage only.
 * Processor time counts, because other work on the machine stretches the wall time.
 */
function timeBatch(microCase: MicroCase): Timing {
  const work = microCase.batch();
  for (let i = 0; i < MINOR_COLLECTIONS; i++) globalThis.gc?.({ type: "minor" });
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  work();
  const wallMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(cpu);
  return {
    cpuNs: ((user + system) * NS_PER_US) / microCase.operations,
    wallNs: (wallMs * NS_PER_MS) / microCase.operations,
  };
}

function resultOf(part: MicroPart, microCase: MicroCase, timings: readonly Timing[]): MicroResult {
  const cpu = timings.map(({ cpuNs }) => cpuNs);
  return {
    part: part.name,
    name: microCase.name,
    unit: microCase.unit,
    nsPerOperation: median(cpu),
    wallNsPerOperation: median(timings.map(({ wallNs }) => wallNs)),
    spread: spread(cpu),
    ratio: 1,
    rounds: timings.length,
  };
}

/** Results are summed up here, so that no work can be left out as unused. */
export const sink = { sum: 0 };
