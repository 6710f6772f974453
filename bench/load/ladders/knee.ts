/** A rung as far as a knee is concerned. */
export interface KneeRung {
  readonly size: number;
  readonly costUs: number;
  readonly failure: string | undefined;
}

export interface Knee {
  readonly size: number;
  readonly why: string;
}

/** Cost per unit beyond this multiple of the least so far is a knee. */
const GROWTH = 2;

/**
 * The first rung that was not held, or at which a unit costs more than twice as much as at the cheapest smaller one;
 * undefined where there is none up to the largest rung.
 */
export function kneeOf(rungs: readonly KneeRung[]): Knee | undefined {
  let least = Number.POSITIVE_INFINITY;
  for (const { size, costUs, failure } of [...rungs].sort((a, b) => a.size - b.size)) {
    if (failure !== undefined) return { size, why: failure };
    if (costUs > GROWTH * least) return { size, why: `${(costUs / least).toFixed(1)} times the least cost` };
    least = Math.min(least, costUs);
  }
  return undefined;
}
