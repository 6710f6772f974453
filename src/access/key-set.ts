import { createPublicKey, type KeyObject } from "node:crypto";
import { type CryptoKey, createLocalJWKSet, type JWK, type JWSHeaderParameters } from "jose";

/** A key that checks signatures, in any form that jose takes. */
export type VerificationKey = CryptoKey | KeyObject | Uint8Array;

/** Finds the key of a token; undefined where there is none. */
export type KeySet = (header: JWSHeaderParameters) => Promise<VerificationKey | undefined>;

/** RFC 7518 §3.2: a key for HMAC is at least as long as its hash, 256 bits for HS256. */
const LEAST_SECRET_BYTES = 32;

const isSymmetric = (algorithm: string | undefined): boolean => algorithm?.startsWith("HS") ?? false;

/** The shared secret of HS tokens. It never serves a token of another family: no public key can pass for a secret. */
export function secretKeySet(secret: string): KeySet {
  const bytes = new TextEncoder().encode(secret);
  return async ({ alg }) => (isSymmetric(alg) ? bytes : undefined);
}

/**
 * Keys from a text: a JWK set or a single JWK (RFC 7517), a public key or a certificate in PEM.
 * @param allowSecrets symmetric keys are taken; false where the text is published
 * @throws Error, one clause
 */
export function readKeySet(text: string, allowSecrets: boolean): KeySet {
  if (text.trimStart().startsWith("-----BEGIN ")) return pemKeySet(text);
  const keys = readJwks(text);
  const secrets = keys.filter(({ kty }) => kty === "oct");
  if (secrets.length > 0 && !allowSecrets) throw new Error("symmetric keys must not be published");
  if (keys.some((key) => "d" in key))
    throw new Error("a private key stands among them; give public keys only");
  const secretSet = secretJwkSet(secrets);
  const publicSet = createLocalJWKSet({ keys: keys.filter(({ kty }) => kty !== "oct") });
  return async (header) =>
    isSymmetric(header.alg) ? secretSet(header) : publicSet(header).catch(() => undefined);
}

function pemKeySet(text: string): KeySet {
  if (text.includes("PRIVATE KEY-----")) throw new Error("a private key; give its public key");
  // Only the first would be read, and tokens of the others refused without a word.
  if ((text.match(/-----BEGIN (RSA )?PUBLIC KEY-----/g)?.length ?? 0) > 1)
    throw new Error("several keys in PEM; give a JWK set for more than one");
  const key = createPublicKey(text);
  return async ({ alg }) => (isSymmetric(alg) ? undefined : key);
}

function readJwks(text: string): readonly JWK[] {
  const root = JSON.parse(text) as { readonly keys?: unknown; readonly kty?: unknown } | null;
  const keys = root?.kty === undefined ? root?.keys : [root];
  const isKey = (key: unknown): key is JWK => typeof key === "object" && key !== null && "kty" in key;
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isKey))
    throw new Error("no JWK set (RFC 7517)");
  return keys;
}

function secretJwkSet(jwks: readonly JWK[]): KeySet {
  const secrets = jwks.map((jwk) => ({ jwk, bytes: Buffer.from(String(jwk.k ?? ""), "base64url") }));
  if (secrets.some(({ bytes }) => bytes.length < LEAST_SECRET_BYTES))
    throw new Error(`a symmetric key has less than ${LEAST_SECRET_BYTES} bytes`);
  return async ({ kid, alg }) => {
    const fitting = secrets.filter(
      ({ jwk }) => (kid === undefined || jwk.kid === kid) && (jwk.alg === undefined || jwk.alg === alg),
    );
    // Several without a key id: which one is meant cannot be told.
    return fitting.length === 1 ? fitting[0]?.bytes : undefined;
  };
}
