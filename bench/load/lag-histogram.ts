const BUCKET_MS = 0.02;
const BUCKETS = 25_000;

/** Times up to 500 ms in steps of 20 µs; longer ones count as 500 ms. Takes no memory per value. */
export class LagHistogram {
  readonly #counts = new Uint32Array(BUCKETS + 1);
  #count = 0;

  record(ms: number): void {
    const bucket = Math.min(BUCKETS, Math.max(0, Math.floor(ms / BUCKET_MS)));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count++;
  }

  /** Upper end of the bucket that holds the quantile, ms; 0 without values. */
  quantile(q: number): number {
    let left = q * this.#count;
    if (left === 0) return 0;
    for (let bucket = 0; bucket <= BUCKETS; bucket++) {
      left -= this.#counts[bucket] ?? 0;
      if (left <= 0) return (bucket + 1) * BUCKET_MS;
    }
    return BUCKETS * BUCKET_MS;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#count = 0;
  }
}
