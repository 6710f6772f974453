import type { JWSHeaderParameters } from "jose";
import { type KeySet, readKeySet, secretKeySet, type VerificationKey } from "./key-set.ts";
import { type KeySource, keySource } from "./key-source.ts";

/** The keys cannot be read, so nobody can tell whether a token is good. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}

/** No key fits the token. */
class UnknownKey extends Error {
  override readonly name = "UnknownKey";
}

/** An issuer that is down for a night keeps nobody out; keys that nobody has confirmed for longer open nothing. */
const MAX_UNCONFIRMED_MS = 24 * 3_600_000;

export interface KeyRingOptions {
  /** File or address of the keys. */
  readonly keys?: string | undefined;
  /** Shared secret of HS tokens. */
  readonly secret?: string | undefined;
  /** Unix ms. */
  readonly nowMs: () => number;
  /** The keys could not be read, or can be again (`undefined`). Called on changes only. */
  readonly onFault: (fault: string | undefined) => void;
}

/**
 * The keys that check tokens. They may be exchanged while the server runs: they are read anew when they are older than
 * their source allows, and when a token names a key that is not among them, at most once per pause of the source.
 */
export class KeyRing {
  readonly #options: KeyRingOptions;
  readonly #source: KeySource | undefined;
  readonly #secret: KeySet | undefined;
  #read: KeySet | undefined;
  #version: string | undefined;
  #confirmedAtMs = Number.NEGATIVE_INFINITY;
  #attemptedAtMs = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  #fault: string | undefined;
  #generation = 0;

  constructor(options: KeyRingOptions) {
    this.#options = options;
    this.#source = options.keys === undefined ? undefined : keySource(options.keys);
    this.#secret = options.secret === undefined ? undefined : secretKeySet(options.secret);
  }

  /** Changes when the keys do: what was verified before has to be verified again. */
  get generation(): number {
    return this.#generation;
  }

  /** Why the keys could not be read when they last were; undefined while all is well. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Whether the keys are as fresh as their source allows: what was verified with them may be believed again. */
  get isFresh(): boolean {
    return this.#source === undefined || this.#options.nowMs() - this.#confirmedAtMs < this.#source.maxAgeMs;
  }

  /** Reads the keys anew where they may be old. Never throws. */
  async refresh(): Promise<void> {
    const source = this.#source;
    if (source === undefined) return;
    const nowMs = this.#options.nowMs();
    const isOld = nowMs - this.#confirmedAtMs >= source.maxAgeMs;
    if (isOld && nowMs - this.#attemptedAtMs >= source.leastPauseMs) await this.#readAgain(source);
    // Somebody is reading: the first keys are worth waiting for, newer ones are not.
    else if (this.#read === undefined) await this.#reading;
  }

  /**
   * @throws UnknownKey where none fits, also after a look for newer ones
   * @throws KeysUnavailable where no keys could be read for a day
   */
  async keyFor(header: JWSHeaderParameters): Promise<VerificationKey> {
    const secret = await this.#secret?.(header);
    // It stands in the configuration: a source that is down has no say in it.
    if (secret !== undefined) return secret;
    const known = await this.#read?.(header);
    const isConfirmed = this.#options.nowMs() - this.#confirmedAtMs < MAX_UNCONFIRMED_MS;
    if (this.#source === undefined || (known !== undefined && isConfirmed)) return found(known);
    if (this.#options.nowMs() - this.#attemptedAtMs >= this.#source.leastPauseMs)
      await this.#readAgain(this.#source);
    else await this.#reading;
    if (this.#options.nowMs() - this.#confirmedAtMs >= MAX_UNCONFIRMED_MS)
      throw new KeysUnavailable("the keys that check tokens cannot be read");
    return found(await this.#read?.(header));
  }

  #readAgain(source: KeySource): Promise<void> {
    this.#reading ??= this.#take(source).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Keys that cannot be read or understood leave the earlier ones in force. */
  async #take(source: KeySource): Promise<void> {
    this.#attemptedAtMs = this.#options.nowMs();
    try {
      const fresh = await source.read(this.#version);
      if (fresh !== undefined && fresh.version !== this.#version) {
        this.#read = readKeySet(fresh.text, !source.name.startsWith("http"));
        this.#version = fresh.version;
        this.#generation++;
      }
      this.#confirmedAtMs = this.#options.nowMs();
      this.#tell(undefined);
    } catch (error) {
      this.#tell(`${source.name}: ${(error as Error).message}`);
    }
  }

  #tell(fault: string | undefined): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.#options.onFault(fault);
  }
}

function found(key: VerificationKey | undefined): VerificationKey {
  if (key === undefined) throw new UnknownKey("no key fits the token");
  return key;
}
