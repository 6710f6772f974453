import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import {
  type Authority,
  createAuthority,
  issueCertificate,
} from "../../src/access/development-certificates.ts";

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

/** Files of a server with TLS and of its clients, signed by an authority of the test's own. */
export class DevelopmentCertificates {
  readonly directory: string;
  readonly authority = createAuthority("test authority", 10, Date.now());
  readonly certPath: string;
  readonly keyPath: string;
  readonly caPath: string;

  constructor(directory: string) {
    this.directory = directory;
    this.certPath = join(directory, "server.pem");
    this.keyPath = join(directory, "server-key.pem");
    this.caPath = join(directory, "ca.pem");
    writeFileSync(this.caPath, this.authority.certPem);
    this.renewServer("localhost");
  }

  /** Writes a new certificate of the server over the old one. */
  renewServer(name: string): void {
    const hosts = [name, "127.0.0.1"];
    const credential = issueCertificate(this.authority, { name, hosts, purpose: "server" }, 5, Date.now());
    writeFileSync(this.keyPath, credential.keyPem);
    writeFileSync(this.certPath, credential.certPem);
  }

  /** Options of a client's socket with a certificate of its own. */
  client(name: string, authority: Authority = this.authority) {
    const { certPem, keyPem } = issueCertificate(authority, { name, purpose: "client" }, 5, Date.now());
    return { ca: this.authority.certPem, cert: certPem, key: keyPem };
  }

  get serverFlags(): Record<string, unknown> {
    return { "listen.tlsCertFile": this.certPath, "listen.tlsKeyFile": this.keyPath };
  }
}
