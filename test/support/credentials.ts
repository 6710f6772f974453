import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** An issuer of tokens with a key file that a test server reads. */
export class Issuer {
  readonly directory = mkdtempSync(join(tmpdir(), "roadpulse-access-"));
  readonly keys = join(this.directory, "keys.json");
  readonly audit = join(this.directory, "audit.ndjson");
  readonly #algorithm: string;
  readonly #published: object[] = [];
  #privateKey: CryptoKeyLike | undefined;
  #kid = 0;

  private constructor(algorithm: string) {
    this.#algorithm = algorithm;
  }

  static async create(algorithm = "ES256"): Promise<Issuer> {
    const issuer = new Issuer(algorithm);
    await issuer.rotate();
    return issuer;
  }

  /** Signs with a new key from now on; earlier ones stay published where `keepEarlier`. */
  async rotate(keepEarlier = false): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(this.#algorithm, { extractable: true });
    const jwk = await exportJWK(publicKey);
    if (!keepEarlier) this.#published.length = 0;
    this.#published.push({ ...jwk, kid: `k${++this.#kid}`, alg: this.#algorithm });
    this.#privateKey = privateKey;
    writeFileSync(this.keys, this.jwks);
  }

  get jwks(): string {
    return JSON.stringify({ keys: this.#published });
  }

  async token(claims: JWTPayload & { readonly scope?: string }, lifetimeS = 600): Promise<string> {
    if (this.#privateKey === undefined) throw new Error("no key");
    const nowS = Math.floor(Date.now() / 1_000);
    return await new SignJWT({ sub: "tester", aud: "roadpulse", exp: nowS + lifetimeS, ...claims })
      .setProtectedHeader({ alg: this.#algorithm, kid: `k${this.#kid}` })
      .sign(this.#privateKey);
  }
}

type CryptoKeyLike = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

/** A socket that a test opens with credentials, and how it ended where it did not open. */
export function bearer(token: string): { readonly headers: Record<string, string> } {
  return { headers: { Authorization: `Bearer ${token}` } };
}
