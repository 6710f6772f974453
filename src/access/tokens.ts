import { createHash } from "node:crypto";
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import type { Identity } from "../domain/access.ts";
import { ClaimsError, readRights } from "./claims.ts";
import { type KeyRing, KeysUnavailable } from "./key-ring.ts";
import { type Refused, refuse } from "./refusal.ts";

/** `none` and every algorithm of encryption are missing on purpose (RFC 8725 §3.1). */
const TOKEN_ALGORITHMS = [
  "HS256",
  "HS384",
  "HS512",
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
] as const;

/** A token with a thousand station ids has 6 kB; a header of 16 kB is refused by HTTP anyway. */
const MAX_TOKEN_CHARACTERS = 8_192;

/** Verified tokens remembered: checking a signature takes 200 µs, and after an outage everybody comes at once. */
const MAX_REMEMBERED = 10_000;

/** A remembered token of keys at an address is checked again after this, in case its key was withdrawn. */
const REMEMBERED_MS = 60_000;

export interface TokenRules {
  readonly audience: string;
  readonly issuer?: string | undefined;
  readonly clockToleranceS: number;
}

interface Remembered {
  readonly identity: Identity;
  readonly generation: number;
  readonly verifiedAtMs: number;
}

/** Checks JSON Web Tokens (RFC 7519, best practices of RFC 8725). */
export class TokenVerifier {
  readonly #ring: KeyRing;
  readonly #rules: TokenRules;
  readonly #nowMs: () => number;
  readonly #remembered = new Map<string, Remembered>();

  /** @param nowMs Unix ms */
  constructor(ring: KeyRing, rules: TokenRules, nowMs: () => number) {
    this.#ring = ring;
    this.#rules = rules;
    this.#nowMs = nowMs;
  }

  /**
   * What can be told at once: a token that was verified a moment ago is good, and one whose claims would be refused is
   * refused whatever its signature. Undefined where the signature has to be checked. Never throws.
   */
  screen(token: string): Identity | Refused | undefined {
    if (token.length > MAX_TOKEN_CHARACTERS) return refuse("bad-credentials", "the token is too long");
    const known = this.#ring.isFresh ? this.#recall(digestOf(token)) : undefined;
    return known ?? this.#claimsProblem(token);
  }

  /** Who presents the token. Never throws. */
  async verify(token: string): Promise<Identity | Refused> {
    if (token.length > MAX_TOKEN_CHARACTERS) return refuse("bad-credentials", "the token is too long");
    await this.#ring.refresh();
    const key = digestOf(token);
    const known = this.#recall(key);
    if (known !== undefined) return known;
    try {
      const { payload } = await this.#check(token);
      const identity = identityOf(payload, this.#rules.clockToleranceS);
      this.#remember(key, identity);
      return identity;
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** Claims that nobody has vouched for: good for refusing only. */
  #claimsProblem(token: string): Refused | undefined {
    try {
      const { alg } = decodeProtectedHeader(token);
      const isKnown = TOKEN_ALGORITHMS.some((algorithm) => algorithm === alg);
      if (!isKnown) return refuse("bad-credentials", "the token is not valid");
      const payload = decodeJwt(token);
      const { audience, issuer, clockToleranceS } = this.#rules;
      if (issuer !== undefined && payload.iss !== issuer) return wrongClaim("iss");
      if (![payload.aud].flat().includes(audience)) return wrongClaim("aud");
      if (typeof payload.exp !== "number") return wrongClaim("exp");
      const nowS = this.#nowMs() / 1_000;
      if (payload.exp + clockToleranceS <= nowS) return refuse("expired", "the token has expired");
      readRights(payload);
      return undefined;
    } catch (error) {
      return refusalOf(error);
    }
  }

  #check(token: string) {
    const { audience, issuer, clockToleranceS } = this.#rules;
    return jwtVerify(token, (header) => this.#ring.keyFor(header), {
      algorithms: [...TOKEN_ALGORITHMS],
      audience,
      clockTolerance: clockToleranceS,
      currentDate: new Date(this.#nowMs()),
      requiredClaims: ["sub", "exp"],
      ...(issuer === undefined ? {} : { issuer }),
    });
  }

  #recall(key: string): Identity | undefined {
    const known = this.#remembered.get(key);
    if (known === undefined) return undefined;
    const nowMs = this.#nowMs();
    const isFresh =
      known.generation === this.#ring.generation &&
      nowMs - known.verifiedAtMs < REMEMBERED_MS &&
      nowMs < known.identity.expiresAtMs;
    if (isFresh) return known.identity;
    this.#remembered.delete(key);
    return undefined;
  }

  #remember(key: string, identity: Identity): void {
    if (this.#remembered.size >= MAX_REMEMBERED) {
      const [oldest = ""] = this.#remembered.keys();
      this.#remembered.delete(oldest);
    }
    const { generation } = this.#ring;
    this.#remembered.set(key, { identity, generation, verifiedAtMs: this.#nowMs() });
  }
}

function identityOf(payload: JWTPayload, clockToleranceS: number): Identity {
  return {
    ...readRights(payload),
    via: "token",
    expiresAtMs: ((payload.exp ?? 0) + clockToleranceS) * 1_000,
  };
}

function digestOf(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}

function wrongClaim(claim: string): Refused {
  return refuse("bad-credentials", `the token's ${claim} is missing or not the one expected`);
}

/** Signature, key and algorithm are one refusal for the client: it learns nothing that helps to forge. */
function refusalOf(error: unknown): Refused {
  if (error instanceof KeysUnavailable) return refuse("keys-unavailable", error.message);
  if (error instanceof ClaimsError) return refuse("bad-credentials", error.message);
  if (error instanceof errors.JWTExpired) return refuse("expired", "the token has expired");
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === "nbf" ? refuse("not-yet", "the token is not valid yet") : wrongClaim(error.claim);
  }
  return refuse("bad-credentials", "the token is not valid");
}
