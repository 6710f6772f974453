import { Chance } from "./chance.ts";

/** A share of counted things with its 95 % bounds. `value` is undefined where nothing was counted. */
export interface Share {
  readonly value: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly hits: number;
  readonly of: number;
}

/** Two-sided 95 %. */
const Z = 1.959963984540054;

/** Wilson's score interval (Wilson 1927): holds for small counts and for shares near 0 and 1. */
export function share(hits: number, of: number): Share {
  if (of === 0) return { value: undefined, low: undefined, high: undefined, hits, of };
  const p = hits / of;
  const z2 = Z * Z;
  const middle = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of))) / (1 + z2 / of);
  return { value: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half), hits, of };
}

/** Events per unit of exposure with exact 95 % bounds. */
export interface Rate {
  readonly value: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly events: number;
  readonly exposure: number;
}

/** Garwood's exact interval of a Poisson rate (Garwood 1936): no event in an exposure E bounds the rate by 3.69/E. */
export function rate(events: number, exposure: number): Rate {
  if (!(exposure > 0)) return { value: undefined, low: undefined, high: undefined, events, exposure };
  const low = events === 0 ? 0 : poissonMean((mean) => 1 - poissonBelow(events, mean), 0.025);
  const high = poissonMean((mean) => 1 - poissonBelow(events + 1, mean), 0.975);
  return { value: events / exposure, low: low / exposure, high: high / exposure, events, exposure };
}

/** Probability of fewer than `k` events where `mean` are expected. */
function poissonBelow(k: number, mean: number): number {
  let logTerm = -mean;
  let sum = 0;
  for (let i = 0; i < k; i++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(mean) - Math.log(i + 1);
  }
  return Math.min(1, sum);
}

/** The mean at which a rising probability reaches `target`, by halving. */
function poissonMean(probability: (mean: number) => number, target: number): number {
  let low = 0;
  let high = 8;
  while (probability(high) < target) high *= 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (probability(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** What a list of measured values looks like; the bounds are those of the mean. */
export interface Distribution {
  readonly n: number;
  readonly mean: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly median: number | undefined;
  readonly p95: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

const NOTHING: Distribution = {
  n: 0,
  mean: undefined,
  low: undefined,
  high: undefined,
  median: undefined,
  p95: undefined,
  min: undefined,
  max: undefined,
};

/** Enough for bounds that are stable to about 2 % of their width. */
const RESAMPLES = 1_000;
const BOOTSTRAP_SEED = 20_240_601;

/** Mean with 95 % bounds by bootstrap (percentile, seeded), median, 95th percentile. */
export function distribution(values: readonly number[]): Distribution {
  if (values.length === 0) return NOTHING;
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = bootstrapMean(sorted);
  return {
    n: sorted.length,
    mean: meanOf(sorted),
    low,
    high,
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    min: sorted[0],
    max: sorted.at(-1),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Linear between the two nearest ranks (Hyndman and Fan 1996, type 7). */
export function quantile(sorted: ArrayLike<number>, portion: number): number {
  const place = (sorted.length - 1) * portion;
  const below = Math.floor(place);
  const from = sorted[below] ?? Number.NaN;
  const to = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return from + (to - from) * (place - below);
}

/** Values beyond this number change the bounds less than the resampling does, and cost a thousandfold. */
const MOST_RESAMPLED = 5_000;

function bootstrapMean(sorted: readonly number[]): readonly [number, number] {
  const chance = new Chance(BOOTSTRAP_SEED);
  const step = Math.max(1, sorted.length / MOST_RESAMPLED);
  const taken: number[] = [];
  for (let i = 0; i < sorted.length; i += step) taken.push(sorted[Math.floor(i)] ?? 0);
  const means: number[] = [];
  for (let round = 0; round < RESAMPLES; round++) {
    let sum = 0;
    for (let i = 0; i < taken.length; i++) sum += taken[Math.floor(chance.uniform() * taken.length)] ?? 0;
    means.push(sum / taken.length);
  }
  means.sort((a, b) => a - b);
  const middle = meanOf(sorted);
  // A thinned list spreads as the whole one, its mean differs by more: the bounds are narrowed to the true count.
  const scale = Math.sqrt(taken.length / sorted.length);
  const around = meanOf(taken);
  return [
    middle + (quantile(means, 0.025) - around) * scale,
    middle + (quantile(means, 0.975) - around) * scale,
  ];
}
