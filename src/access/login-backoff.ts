import { addressGroup } from "./address-group.ts";

/** Failures that anybody may have: caps lock, an old password, a colleague's keyboard. */
const FREE_FAILURES = 5;

/** Of one address (of version 6: one /64), behind which a whole room may sit. */
const FREE_FAILURES_OF_ADDRESS = 25;

const FIRST_PAUSE_MS = 1_000;

/** Longest pause: a stranger who keeps failing on a name must not keep its owner out for long. */
const LONGEST_PAUSE_MS = 60_000;

/** Failures are forgotten after so long without another. */
const MEMORY_MS = 15 * 60_000;

/** Names and addresses remembered; beyond it those whose last failure is longest ago are forgotten. */
const MAX_REMEMBERED = 10_000;

interface Failures {
  count: number;
  lastAtMs: number;
}

/**
 * Makes guessing slow: after some failures of a name or of an address the pauses between attempts double up to a minute.
 * Names are treated alike whether anybody has them. Who has logged in from an address before is not held up there by what
 * strangers try elsewhere.
 */
export class LoginBackoff {
  readonly #failures = new Map<string, Failures>();
  readonly #trusted = new Map<string, true>();

  /** Time to wait before the next attempt is looked at, ms; 0 where it is at once. */
  pauseMs(name: string, address: string, nowMs: number): number {
    const ownKey = pairOf(name, address);
    const nameKey = this.#trusted.has(ownKey) ? ownKey : `name ${name}`;
    return Math.max(
      this.#pauseOf(nameKey, FREE_FAILURES, nowMs),
      this.#pauseOf(ofAddress(address), FREE_FAILURES_OF_ADDRESS, nowMs),
    );
  }

  /** Counts an attempt as failed, before it is looked at: a hundred at once must not all be free. */
  begin(name: string, address: string, nowMs: number): void {
    for (const key of this.#keysOf(name, address)) this.#count(key, nowMs);
  }

  /** The attempt has failed indeed: the pause begins now, however long the look at it took. */
  failed(name: string, address: string, nowMs: number): void {
    for (const key of this.#keysOf(name, address)) {
      const failures = this.#failures.get(key);
      if (failures !== undefined) failures.lastAtMs = nowMs;
    }
  }

  /** The address keeps its other failures: a stranger with one account could wipe out those on others. */
  succeeded(name: string, address: string): void {
    const ownKey = pairOf(name, address);
    this.#failures.delete(`name ${name}`);
    this.#failures.delete(ownKey);
    const failures = this.#failures.get(ofAddress(address));
    if (failures !== undefined) failures.count = Math.max(0, failures.count - 1);
    remember(this.#trusted, ownKey, true);
  }

  #keysOf(name: string, address: string): readonly string[] {
    const ownKey = pairOf(name, address);
    return [ofAddress(address), this.#trusted.has(ownKey) ? ownKey : `name ${name}`];
  }

  #pauseOf(key: string, free: number, nowMs: number): number {
    const failures = this.#failures.get(key);
    if (failures === undefined || failures.count < free) return 0;
    if (nowMs - failures.lastAtMs >= MEMORY_MS) return 0;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(16, failures.count - free));
    return Math.max(0, failures.lastAtMs + pause - nowMs);
  }

  #count(key: string, nowMs: number): void {
    const known = this.#failures.get(key);
    const isOld = known === undefined || nowMs - known.lastAtMs >= MEMORY_MS;
    remember(this.#failures, key, { count: isOld ? 1 : known.count + 1, lastAtMs: nowMs });
  }
}

const pairOf = (name: string, address: string): string => `pair ${name} ${addressGroup(address)}`;

const ofAddress = (address: string): string => `address ${addressGroup(address)}`;

/** Keeps the newest entries. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= MAX_REMEMBERED) return;
  const [oldest = ""] = map.keys();
  map.delete(oldest);
}
