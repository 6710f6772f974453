import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/**
 * Cost of a new hash: N = 2^15, r = 8, p = 3 (OWASP Password Storage Cheat Sheet, one of its equal choices). It takes 32 MiB,
 * not the 128 MiB of p = 1, because checks run beside the detectors.
 */
const COST = { log2N: 15, r: 8, p: 3 } as const;

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** What a stored hash may ask for: a file must not make a login hold the machine. */
const MOST_COST = { log2N: 17, r: 8, p: 8 } as const;

/** NIST SP 800-63B-4 §3.1.1.2 asks for 15 where nothing else is shown and takes at least 64. */
const LEAST_PASSWORD_CHARACTERS = 15;
const MOST_PASSWORD_CHARACTERS = 256;

interface StoredHash {
  readonly cost: { readonly log2N: number; readonly r: number; readonly p: number };
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Hash of a new password, in the PHC string format. Works on a thread of libuv's pool, not in the event loop. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await deriveFrom(password, salt, COST);
  return `$scrypt$ln=${COST.log2N},r=${COST.r},p=${COST.p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Why a password is none that anybody should have; undefined where it is fit. */
export function passwordProblem(password: string, name: string): string | undefined {
  const { length } = [...password];
  if (length < LEAST_PASSWORD_CHARACTERS)
    return `a password has at least ${LEAST_PASSWORD_CHARACTERS} characters; a few words will do`;
  if (length > MOST_PASSWORD_CHARACTERS)
    return `a password has at most ${MOST_PASSWORD_CHARACTERS} characters`;
  if (new Set(password).size < 5) return "this password repeats itself";
  if (name.length >= 4 && password.toLowerCase().includes(name.toLowerCase()))
    return "the password holds the account's name";
  return undefined;
}

/** @throws Error, one clause, where the text is no hash of ours */
export function readHash(text: string): StoredHash {
  const parts =
    /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(text);
  const [log2N = 0, r = 0, p = 0] = parts?.slice(1, 4).map(Number) ?? [];
  const isBounded = log2N <= MOST_COST.log2N && r <= MOST_COST.r && p <= MOST_COST.p;
  if (parts === null || log2N < 14 || r < 8 || p < 1 || !isBounded)
    throw new Error("password must be a hash as roadpulse account makes it");
  const [salt = "", hash = ""] = parts.slice(4);
  return {
    cost: { log2N, r, p },
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
}

/** Checks that may wait; each takes some 200 ms, so the last one waits for seconds. */
const MAX_WAITING = 32;

/**
 * Checks passwords one at a time: thirty-two megabytes and one thread of the pool, however many log in at once. A name that
 * nobody has takes as long as one that somebody has.
 */
export class PasswordChecker {
  readonly #nobody: StoredHash = {
    cost: COST,
    salt: randomBytes(SALT_BYTES),
    hash: randomBytes(HASH_BYTES),
  };
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Too many are waiting: come back later. */
  get isFull(): boolean {
    return this.#waiting >= MAX_WAITING;
  }

  /** @param stored undefined where nobody has the name */
  async isRight(stored: string | undefined, password: string): Promise<boolean> {
    this.#waiting++;
    const check = this.#last.then(() =>
      matches(stored === undefined ? this.#nobody : readHash(stored), password),
    );
    this.#last = check.catch(() => undefined);
    try {
      return (await check) && stored !== undefined;
    } finally {
      this.#waiting--;
    }
  }
}

async function matches({ cost, salt, hash }: StoredHash, password: string): Promise<boolean> {
  // A longer one is nobody's, but it takes as long.
  const shown = password.length > 4 * MOST_PASSWORD_CHARACTERS ? "" : password;
  return timingSafeEqual(await deriveFrom(shown, salt, cost), hash);
}

function deriveFrom(password: string, salt: Buffer, { log2N, r, p }: StoredHash["cost"]): Promise<Buffer> {
  const N = 2 ** log2N;
  // Keyboards write one character in several ways (RFC 8265 §4).
  return derive(password.normalize("NFKC"), salt, HASH_BYTES, { N, r, p, maxmem: 256 * N * r });
}

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");
