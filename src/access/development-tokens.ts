import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";
import { readRights } from "./claims.ts";

/** A key pair that signs tokens for development: the private key, and the key set that a server reads. */
export interface SigningKeys {
  readonly privateJwk: JWK;
  readonly publicJwks: { readonly keys: readonly JWK[] };
}

const ALGORITHM = "ES256";

/** @param keyId names the key in tokens, so that several may be in force */
export async function createSigningKeys(keyId: string): Promise<SigningKeys> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const about = { kid: keyId, alg: ALGORITHM, use: "sig" };
  return {
    privateJwk: { ...(await exportJWK(privateKey)), ...about },
    publicJwks: { keys: [{ ...(await exportJWK(publicKey)), ...about }] },
  };
}

export interface TokenRequest {
  readonly subject: string;
  readonly scope: string;
  readonly audience: string;
  readonly issuer?: string | undefined;
  readonly lifetimeS: number;
  /** Value of the claim `roadpulse`. */
  readonly limits?: unknown;
}

/**
 * Signs a token.
 * @throws ClaimsError where the claims are none that a server would take
 */
export async function signToken(privateJwk: JWK, request: TokenRequest, nowMs: number): Promise<string> {
  const { subject, scope, audience, issuer, lifetimeS, limits } = request;
  const claims = {
    sub: subject,
    scope,
    aud: audience,
    ...(issuer === undefined ? {} : { iss: issuer }),
    ...(limits === undefined ? {} : { roadpulse: limits }),
  };
  readRights(claims);
  const nowS = Math.floor(nowMs / 1_000);
  return await new SignJWT({ ...claims, iat: nowS, exp: nowS + lifetimeS })
    .setProtectedHeader({
      alg: privateJwk.alg ?? ALGORITHM,
      ...(privateJwk.kid ? { kid: privateJwk.kid } : {}),
    })
    .sign(await importJWK(privateJwk, privateJwk.alg ?? ALGORITHM));
}
