import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportSPKI, generateKeyPair, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { bearer, Issuer } from "../support/credentials.ts";
import { startTestServer } from "../support/server.ts";

const SECRET = "a secret of forty characters, at least so";

async function statusOf(url: string, token: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, bearer(token));
  await response.text();
  return response.status;
}

const claims = (sub: string) => ({
  sub,
  aud: "roadpulse",
  scope: "operate",
  exp: Math.floor(Date.now() / 1_000) + 600,
});

const signed = (alg: string, key: Parameters<SignJWT["sign"]>[0], sub = "x") =>
  new SignJWT(claims(sub)).setProtectedHeader({ alg }).sign(key);

describe("signatures of tokens, end to end", () => {
  it.each(["RS256", "PS256", "ES256", "EdDSA"])("%s by a key file", async (algorithm) => {
    const issuer = await Issuer.create(algorithm);
    const server = await startTestServer({ "access.keys": issuer.keys });
    expect(await statusOf(server.httpUrl, await issuer.token({ scope: "operate" }))).toBe(200);
    const stranger = await Issuer.create(algorithm);
    expect(await statusOf(server.httpUrl, await stranger.token({ scope: "operate" }))).toBe(401);
  });

  it("HS256 by a shared secret, and by no other", async () => {
    const server = await startTestServer({ "access.secret": SECRET });
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(await statusOf(server.httpUrl, await signed("HS256", bytes(SECRET)))).toBe(200);
    expect(await statusOf(server.httpUrl, await signed("HS512", bytes(`${SECRET}${SECRET}`)))).toBe(401);
    expect(await statusOf(server.httpUrl, await signed("HS256", bytes(`${SECRET}!`)))).toBe(401);
  });

  it("takes no public key for a shared secret", async () => {
    const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
    const pem = await exportSPKI(publicKey);
    const file = join((await Issuer.create()).directory, "key.pem");
    writeFileSync(file, pem);
    const server = await startTestServer({ "access.keys": file });
    expect(await statusOf(server.httpUrl, await signed("RS256", privateKey))).toBe(200);
    for (const secret of [pem, pem.trim()])
      expect(await statusOf(server.httpUrl, await signed("HS256", new TextEncoder().encode(secret)))).toBe(
        401,
      );
  });
});
