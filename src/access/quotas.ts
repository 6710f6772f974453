import { type AdmissionLimits, TokenBucket } from "../domain/token-bucket.ts";

/** How many of something each name holds, up to a bound. Names that hold nothing are forgotten. */
export class HeldQuota {
  readonly #most: number;
  readonly #held = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** False where the name holds as many as it may. */
  take(name: string): boolean {
    const held = this.#held.get(name) ?? 0;
    if (held >= this.#most) return false;
    this.#held.set(name, held + 1);
    return true;
  }

  giveBack(name: string): void {
    const held = this.#held.get(name) ?? 0;
    if (held <= 1) this.#held.delete(name);
    else this.#held.set(name, held - 1);
  }

  held(name: string): number {
    return this.#held.get(name) ?? 0;
  }
}

/** Names remembered; beyond it the one that was filled longest ago is forgotten, which grants it a full bucket at most. */
const MAX_NAMES = 10_000;

/** Token buckets by name: so many at once, so many per second in the long run. */
export class RateQuota {
  readonly #limits: AdmissionLimits;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(perSecond: number, burst: number) {
    this.#limits = { itemsPerSecond: perSecond, burstItems: burst };
  }

  /** What a name may take at once that has taken nothing for a while. */
  get burst(): number {
    return this.#limits.burstItems;
  }

  /** What the name may take at once now. */
  available(name: string, nowMs: number): number {
    return this.#buckets.get(name)?.available(nowMs) ?? this.burst;
  }

  /** Takes also what is not there, down to one burst below zero: what must pass is paid for later. */
  charge(name: string, amount: number, nowMs: number): void {
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = new TokenBucket(this.#limits, nowMs);
      this.#buckets.set(name, bucket);
      if (this.#buckets.size > MAX_NAMES) this.#forgetOldest();
    }
    bucket.available(nowMs);
    bucket.charge(amount);
  }

  #forgetOldest(): void {
    const [oldest = ""] = this.#buckets.keys();
    this.#buckets.delete(oldest);
  }
}
