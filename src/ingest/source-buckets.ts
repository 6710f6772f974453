import { type AdmissionLimits, TokenBucket } from "../domain/token-bucket.ts";

interface Shared {
  readonly bucket: TokenBucket;
  sessions: number;
}

/**
 * One bucket per source name, shared by its sessions, so that neither a second connection nor a new one buys more. A bucket
 * without sessions is kept until it is full again, which takes two bursts at most: the table is bounded by the sessions
 * that can come and go in that time.
 */
export class SourceBuckets {
  readonly #limits: AdmissionLimits;
  readonly #shared = new Map<string, Shared>();

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#shared.size;
  }

  /** The bucket of a source, for one more session. */
  hold(name: string, nowMs: number): TokenBucket {
    const known = this.#shared.get(name) ?? { bucket: new TokenBucket(this.#limits, nowMs), sessions: 0 };
    known.sessions++;
    this.#shared.set(name, known);
    return known.bucket;
  }

  /** A session of the source has ended. */
  release(name: string): void {
    const known = this.#shared.get(name);
    if (known !== undefined) known.sessions--;
  }

  /** What the source that was given most got since this was asked last, items per second. */
  mostTakenPerSecond(nowMs: number): number {
    let most = 0;
    for (const { bucket } of this.#shared.values()) most = Math.max(most, bucket.takenPerSecond(nowMs));
    return most;
  }

  /** Forgets buckets that nobody uses and that a new one would equal. */
  sweep(nowMs: number): void {
    for (const [name, { bucket, sessions }] of this.#shared) {
      if (sessions === 0 && bucket.isFull(nowMs)) this.#shared.delete(name);
    }
  }
}
