import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { exportSPKI, generateKeyPair, SignJWT } from "jose";
import { afterEach, describe, expect, it } from "vitest";
import { KeyRing } from "../../src/access/key-ring.ts";
import { isRefused } from "../../src/access/refusal.ts";
import { TokenVerifier } from "../../src/access/tokens.ts";
import { Issuer } from "../support/credentials.ts";

type Behaviour = (response: ServerResponse) => void;

/** An issuer's address that behaves as a test says. */
class JwksServer {
  behave: Behaviour = (response) => response.writeHead(500).end();
  asked = 0;
  readonly #server = createServer((_, response) => {
    this.asked++;
    this.behave(response);
  }).listen(0, "127.0.0.1");

  static async start(): Promise<JwksServer> {
    const server = new JwksServer();
    await once(server.#server, "listening");
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/jwks`;
  }

  answer(text: string): void {
    this.behave = (response) => response.writeHead(200, { "Content-Type": "application/json" }).end(text);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let jwks: JwksServer;
afterEach(() => jwks.stop());

/** A verifier with a clock that the test turns. */
async function world() {
  jwks = await JwksServer.start();
  const issuer = await Issuer.create();
  jwks.answer(issuer.jwks);
  const clock = { nowMs: Date.now() };
  const faults: (string | undefined)[] = [];
  const nowMs = () => clock.nowMs;
  const ring = new KeyRing({ keys: jwks.url, nowMs, onFault: (fault) => faults.push(fault) });
  const verifier = new TokenVerifier(ring, { audience: "roadpulse", clockToleranceS: 0 }, nowMs);
  const outcomeOf = async (token: string) => {
    const identity = await verifier.verify(token);
    return isRefused(identity) ? identity.refused : "known";
  };
  const token = (lifetimeS = 10 * 86_400) => issuer.token({ scope: "subscribe" }, lifetimeS);
  return { issuer, clock, faults, outcomeOf, token };
}

describe("keys at an address", () => {
  it("are asked for once, and again where a token names a key that is not among them", async () => {
    const { issuer, clock, outcomeOf, token } = await world();
    const old = await token();
    for (let round = 0; round < 5; round++) expect(await outcomeOf(old)).toBe("known");
    expect(jwks.asked).toBe(1);
    await issuer.rotate(true);
    jwks.answer(issuer.jwks);
    clock.nowMs += 10_000;
    expect(await outcomeOf(await token())).toBe("known");
    expect(jwks.asked).toBe(2);
    expect(await outcomeOf(old)).toBe("known");
    await issuer.rotate();
    jwks.answer(issuer.jwks);
    clock.nowMs += 300_000;
    expect(await outcomeOf(await token())).toBe("known");
    expect(await outcomeOf(old)).toBe("bad-credentials");
  });

  it("are not asked for more than once in ten seconds, whatever keys strangers name", async () => {
    const { outcomeOf } = await world();
    const stranger = await Issuer.create();
    await stranger.rotate();
    for (let attempt = 0; attempt < 20; attempt++)
      expect(await outcomeOf(await stranger.token({ sub: `s${attempt}` }))).toBe("bad-credentials");
    expect(jwks.asked).toBe(1);
  });

  it("stay in force for a day while the issuer is down, with a fault that says so, and not for longer", async () => {
    const { clock, faults, outcomeOf, token } = await world();
    const held = await token();
    expect(await outcomeOf(held)).toBe("known");
    jwks.behave = (response) => response.socket?.destroy();
    clock.nowMs += 3_600_000;
    expect(await outcomeOf(held)).toBe("known");
    expect(faults.at(-1)).toContain(jwks.url);
    clock.nowMs += 24 * 3_600_000;
    expect(await outcomeOf(held)).toBe("keys-unavailable");
  });

  const PRIVATE = { kty: "EC", crv: "P-256", x: "AA", y: "AA", d: "AA" };
  const wrong: readonly [string, Behaviour][] = [
    ["a page", (response) => response.writeHead(200).end("<html>maintenance</html>")],
    ["no keys", (response) => response.writeHead(200).end('{"keys": []}')],
    ["null", (response) => response.writeHead(200).end("null")],
    ["a private key", (response) => response.writeHead(200).end(JSON.stringify({ keys: [PRIVATE] }))],
    [
      "a shared secret, published",
      (response) =>
        response.writeHead(200).end(JSON.stringify({ keys: [{ kty: "oct", k: "A".repeat(64) }] })),
    ],
    ["a redirect", (response) => response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end()],
    ["an error", (response) => response.writeHead(503).end("{}")],
    ["half a body", (response) => response.writeHead(200, { "Content-Length": 1_000 }).end('{"keys"')],
    ["a body without end", pour],
  ];

  it.each(wrong)("leave the earlier ones in force where there is %s", async (_, behaviour) => {
    const { clock, faults, outcomeOf, token } = await world();
    const held = await token();
    expect(await outcomeOf(held)).toBe("known");
    jwks.behave = behaviour;
    clock.nowMs += 300_000;
    expect(await outcomeOf(held)).toBe("known");
    expect(faults.at(-1)).toContain(jwks.url);
    expect(await outcomeOf(await (await Issuer.create()).token({ sub: "x" }))).toBe("bad-credentials");
  });
});

describe("a shared secret beside keys at an address", () => {
  it("checks its own tokens also while the address does not answer", async () => {
    jwks = await JwksServer.start();
    const secret = "a secret of forty characters, at least so";
    const ring = new KeyRing({ keys: jwks.url, secret, nowMs: Date.now, onFault: () => undefined });
    const verifier = new TokenVerifier(ring, { audience: "roadpulse", clockToleranceS: 0 }, Date.now);
    const signed = (text: string) =>
      new SignJWT({ sub: "x", aud: "roadpulse", exp: Math.floor(Date.now() / 1_000) + 600 })
        .setProtectedHeader({ alg: "HS256" })
        .sign(new TextEncoder().encode(text));
    expect(await verifier.verify(await signed(secret))).toMatchObject({ subject: "x" });
    expect(await verifier.verify(await signed(`${secret}!`))).toMatchObject({ refused: "bad-credentials" });
    const issuer = await Issuer.create();
    expect(await verifier.verify(await issuer.token({}))).toMatchObject({ refused: "keys-unavailable" });
  });
});

describe("a file with several keys in PEM", () => {
  it("is refused with what to give instead, not read in part", async () => {
    jwks = await JwksServer.start();
    const pems = await Promise.all(
      [1, 2].map(async () => exportSPKI((await generateKeyPair("ES256", { extractable: true })).publicKey)),
    );
    const keys = join((await Issuer.create()).directory, "keys.pem");
    writeFileSync(keys, pems.join("\n"));
    const ring = new KeyRing({ keys, nowMs: Date.now, onFault: () => undefined });
    await ring.refresh();
    expect(ring.fault).toContain("JWK set");
  });
});

/** Sends until nobody takes any more. */
function pour(response: ServerResponse): void {
  const part = Buffer.alloc(64 * 1_024, " ");
  const fill = (): void => {
    while (!response.destroyed && response.write(part));
  };
  response.on("drain", fill);
  response.writeHead(200);
  fill();
}
