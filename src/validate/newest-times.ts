/** A power of two; 2 MB. A fleet larger than this shares places, and is compared more often than need be. */
const PLACES = 262_144;

/**
 * The newest time that any message of a station had. What is newer still cannot be a copy, and so nearly every report is
 * known to be none from one number in 2 MB, where looking for its copy reads two lines of 80 MB. Stations whose ids share
 * a place share its time: it is too late for one of them then, and a message of that one is compared for nothing.
 * Measured at 100,000 stations, decode to congestion: 0.81 and 0.84 of the time (medians of nine pairs of sweeps).
 */
export class NewestTimes {
  readonly #observedMs = new Float64Array(PLACES).fill(Number.NEGATIVE_INFINITY);

  of(stationId: number): number {
    return this.#observedMs[placeOf(stationId)] as number;
  }

  note(stationId: number, observedAtMs: number): void {
    const place = placeOf(stationId);
    if (observedAtMs > (this.#observedMs[place] as number)) this.#observedMs[place] = observedAtMs;
  }

  clear(): void {
    this.#observedMs.fill(Number.NEGATIVE_INFINITY);
  }
}

/** Ids of real stations are random, of simulated ones counted; the golden ratio spreads both. */
function placeOf(stationId: number): number {
  return Math.imul(stationId, 0x9e3779b1) >>> 14;
}
