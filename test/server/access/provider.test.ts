import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { closeCode } from "../../../src/domain/close-code.ts";
import { subprotocol } from "../../../src/domain/subprotocol.ts";
import type { RunningServer } from "../../../src/server/server.ts";
import { BrowserJar } from "../../support/browser-jar.ts";
import { Issuer } from "../../support/credentials.ts";
import { CLIENT_ID, CLIENT_SECRET, IdentityProvider } from "../../support/identity-provider.ts";
import { startTestServer } from "../../support/server.ts";

let provider: IdentityProvider;
let audit: string;

beforeEach(async () => {
  provider = await IdentityProvider.start();
  provider.people.set("ada", { name: "Ada Lovelace", groups: ["tmc-desk", "chess-club"] });
  audit = (await Issuer.create()).audit;
});
afterEach(() => provider.stop());

/** A server that knows the provider; both know each other from here on. */
async function serverOf(flags: Record<string, unknown> = {}): Promise<RunningServer> {
  const server = await startTestServer({
    "oidc.issuer": provider.issuer,
    "oidc.clientId": CLIENT_ID,
    "oidc.clientSecret": CLIENT_SECRET,
    "oidc.name": "the city",
    "oidc.rolesClaim": "groups",
    "oidc.roles": "tmc-desk=operator tmc-police=viewer,agency:police",
    "access.auditFile": audit,
    "access.clockToleranceS": 0,
    ...flags,
  });
  await provider.register(server.httpUrl);
  return server;
}

/** Logs somebody in as a browser does, up to the server's answer to the provider's. */
async function logIn(server: RunningServer, jar: BrowserJar, login = "ada", back = "/incidents?open=7") {
  const way = `${server.httpUrl}/v1/login?return=${encodeURIComponent(back)}`;
  const { url } = await provider.logIn(jar, login, way);
  return await jar.ask(url);
}

async function viewerOf(server: RunningServer, jar: BrowserJar): Promise<Record<string, unknown>> {
  const { status, text } = await jar.ask(`${server.httpUrl}/v1/session`);
  return { status, ...JSON.parse(text) };
}

describe("logging in with an identity provider", () => {
  it("makes a session with the name, roles and agency that the provider tells, and leads back", async () => {
    const server = await serverOf();
    const jar = new BrowserJar();
    const ways = JSON.parse((await jar.ask(`${server.httpUrl}/v1/login/ways`)).text);
    expect(ways).toEqual({ password: false, provider: { name: "the city", href: "/v1/login" } });
    const answer = await logIn(server, jar);
    expect([answer.status, answer.headers.location]).toEqual([303, "/incidents?open=7"]);
    expect(answer.headers["set-cookie"]?.join()).toMatch(/roadpulse-session=[\w-]{43}; .*SameSite=Strict/);
    expect(await viewerOf(server, jar)).toMatchObject({
      status: 200,
      subject: "ada",
      name: "Ada Lovelace",
      agency: "centre",
      scopes: ["subscribe", "operate"],
    });
    provider.people.set("pia", { preferred_username: "pia", groups: ["tmc-police"] });
    const other = new BrowserJar();
    await logIn(server, other, "pia");
    expect(await viewerOf(server, other)).toMatchObject({
      name: "pia",
      agency: "police",
      scopes: ["subscribe"],
    });
  });

  it("sends the browser to the provider with PKCE, state and nonce, different ones each time", async () => {
    const server = await serverOf();
    const go = async () => {
      const answer = await new BrowserJar().ask(`${server.httpUrl}/v1/login`);
      expect(answer.headers["set-cookie"]?.join()).toMatch(
        /roadpulse-login=.*HttpOnly; SameSite=Lax; Max-Age=600/,
      );
      return new URL(answer.headers.location ?? "").searchParams;
    };
    const [one, other] = [await go(), await go()];
    expect(one.get("code_challenge_method")).toBe("S256");
    for (const name of ["code_challenge", "state", "nonce"]) {
      expect(one.get(name)?.length).toBeGreaterThanOrEqual(43);
      expect(one.get(name)).not.toBe(other.get(name));
    }
  });

  it("leads back to pages of this server only", async () => {
    const server = await serverOf();
    const dots = ["/.//evil.example", "/a/..//evil.example", "/%2e//evil.example"];
    for (const back of [
      ...["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"],
      ...dots,
    ]) {
      const answer = await logIn(server, new BrowserJar(), "ada", back);
      expect(answer.headers.location, back).toBe("/");
    }
    provider.people.set("eve", { groups: [] });
    for (const back of dots) {
      const { headers } = await logIn(server, new BrowserJar(), "eve", back);
      expect(headers["refresh"], back).toBe("0; url=/?login=missing-scope");
    }
  });

  it("refuses who has no role here, and who refused the provider", async () => {
    const server = await serverOf();
    provider.people.set("eve", { groups: ["chess-club"] });
    const jar = new BrowserJar();
    const none = await logIn(server, jar, "eve");
    expect([none.status, none.headers["refresh"]]).toEqual([
      403,
      "0; url=/incidents?open=7&login=missing-scope",
    ]);
    expect((await viewerOf(server, jar))["status"]).toBe(401);
    const denied = new BrowserJar();
    const { headers } = await denied.ask(`${server.httpUrl}/v1/login`);
    const state = new URL(headers.location ?? "").searchParams.get("state") ?? "";
    const back = `${server.httpUrl}/v1/login/callback?error=access_denied&state=${state}&iss=${provider.issuer}`;
    expect((await denied.ask(back)).status).toBe(401);
    expect(server.pipeline.counters.accessRefused.counts.get("missing-scope")).toBe(1);
  });

  it("takes no answer of another login: a wrong state, another browser's, none, one that was used", async () => {
    const server = await serverOf();
    const jar = new BrowserJar();
    const { url } = await provider.logIn(jar, "ada", `${server.httpUrl}/v1/login`);
    const wrong = new URL(url);
    wrong.searchParams.set("state", "x".repeat(43));
    const victim = new BrowserJar();
    await victim.ask(`${server.httpUrl}/v1/login`);
    // The attacker's code in the victim's browser, which has begun a login of its own.
    expect((await victim.ask(url)).status).toBe(401);
    expect((await new BrowserJar().ask(url)).status).toBe(401);
    const forged = new BrowserJar();
    forged.put(server.httpUrl, "roadpulse-login", "AAAA".repeat(40));
    expect((await forged.ask(url)).status).toBe(401);
    const cookies = jar.cookies(server.httpUrl).split("; ");
    expect((await jar.ask(wrong.href)).status).toBe(401);
    const again = new BrowserJar();
    for (const [name = "", value = ""] of cookies.map((pair) => pair.split("=")))
      again.put(server.httpUrl, name, value);
    expect((await again.ask(url)).status).toBe(303);
    const late = new BrowserJar();
    for (const [name = "", value = ""] of cookies.map((pair) => pair.split("=")))
      late.put(server.httpUrl, name, value);
    // The provider takes a code once.
    expect((await late.ask(url)).status).toBe(401);
  });

  it.each([
    ["of another nonce", (claims: object) => ({ ...claims, nonce: "another" })],
    ["for another audience", (claims: object) => ({ ...claims, aud: "another" })],
    ["of another issuer", (claims: object) => ({ ...claims, iss: "https://evil.example" })],
    ["that has expired", (claims: object) => ({ ...claims, exp: Math.floor(Date.now() / 1_000) - 60 })],
    ["of nobody", (claims: object) => ({ ...claims, sub: undefined })],
  ])("refuses an id token %s, although it is signed", async (_, tamper) => {
    const server = await serverOf();
    const jar = new BrowserJar();
    provider.tamper = tamper as never;
    expect((await logIn(server, jar)).status).toBe(401);
    expect((await viewerOf(server, jar))["status"]).toBe(401);
    provider.tamper = (claims) => claims;
    expect((await logIn(server, jar)).status).toBe(303);
  });

  it("refuses a signature of another key, and takes the provider's next key at once", async () => {
    const server = await serverOf();
    expect((await logIn(server, new BrowserJar())).status).toBe(303);
    await provider.rotateKeys();
    expect((await logIn(server, new BrowserJar())).status).toBe(303);
    provider.forge = true;
    expect((await logIn(server, new BrowserJar())).status).toBe(401);
  });

  it("starts while the provider is down, says so, and takes logins once it is up", async () => {
    provider.isDown = true;
    const server = await serverOf();
    const jar = new BrowserJar();
    const refused = await jar.ask(`${server.httpUrl}/v1/login`);
    expect([refused.status, refused.headers["refresh"]]).toEqual([
      503,
      "0; url=/?login=provider-unavailable",
    ]);
    const ready = await jar.ask(`${server.httpUrl}/readyz`);
    expect(ready.status).toBe(200);
    expect(ready.text).toContain(`identity-provider: ${provider.issuer}`);
    provider.isDown = false;
    await expect.poll(async () => (await logIn(server, new BrowserJar())).status).toBe(303);
    expect((await jar.ask(`${server.httpUrl}/readyz`)).text).not.toContain("identity-provider: ");
    provider.isDown = true;
    const { url } = { url: `${server.httpUrl}/v1/login` };
    const kept = new BrowserJar();
    // What is known of the provider still leads there; its answer cannot be checked, though.
    expect((await kept.ask(url)).status).toBe(303);
  });

  it("ends a session when the provider vouches for the person no longer, with its streams", async () => {
    provider.idTokenLifeS = 2;
    const server = await serverOf();
    const jar = new BrowserJar();
    await logIn(server, jar);
    const socket = await streamOf(server, jar);
    const [code] = await once(socket, "close");
    expect(code).toBe(closeCode.credentialsExpired);
    expect((await viewerOf(server, jar))["status"]).toBe(401);
  });

  it("renews a session in the background, and ends it when the provider takes the person's role away", async () => {
    provider.people.set("bob", {});
    provider.idTokenLifeS = 3;
    const server = await serverOf();
    const jar = new BrowserJar();
    await logIn(server, jar);
    const socket = await streamOf(server, jar);
    const { expiresAtMs } = await viewerOf(server, jar);
    expect(Number(expiresAtMs)).toBeGreaterThan(Date.now() + 3_600_000);
    await expect.poll(() => provider.tokenRequests, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    expect((await viewerOf(server, jar))["status"]).toBe(200);
    provider.people.set("ada", { name: "Ada Lovelace", groups: ["chess-club"] });
    const [code, reason] = await once(socket, "close");
    expect([code, String(reason)]).toEqual([closeCode.unauthenticated, "the account was removed or changed"]);
  }, 20_000);

  it("ends the provider's session, too, at logout", async () => {
    const server = await serverOf();
    const jar = new BrowserJar();
    await logIn(server, jar);
    const { text } = await jar.ask(`${server.httpUrl}/v1/session`, { method: "DELETE" });
    const { providerLogoutHref } = JSON.parse(text) as { providerLogoutHref: string };
    const page = await jar.ask(providerLogoutHref);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining("logout")]);
    expect((await viewerOf(server, jar))["status"]).toBe(401);
  });

  it("reads the client's secret from a file, and tells nobody of it", async () => {
    const file = join((await Issuer.create()).directory, "client");
    writeFileSync(file, `${CLIENT_SECRET}\n`);
    const server = await serverOf({ "oidc.clientSecret": undefined, "oidc.clientCredentialFile": file });
    const jar = new BrowserJar();
    expect((await logIn(server, jar)).status).toBe(303);
    rmSync(file);
    const left = await jar.ask(`${server.httpUrl}/v1/session`, { method: "DELETE" });
    expect([left.status, left.text]).toEqual([200, expect.stringContaining("providerLogoutHref")]);
    await server.stop();
    expect(readFileSync(audit, "utf8")).toContain('"identity":"ada"');
    await expect(
      startTestServer({
        "oidc.issuer": provider.issuer,
        "oidc.clientId": "x",
        "oidc.clientCredentialFile": `${file}-not`,
      }),
    ).rejects.toThrow(/client-not/);
  });
});

async function streamOf(server: RunningServer, jar: BrowserJar): Promise<WebSocket> {
  const headers = { Cookie: jar.cookies(server.httpUrl), Origin: server.httpUrl };
  const socket = new WebSocket(server.streamUrl, [subprotocol.alerts], { headers });
  await once(socket, "open");
  return socket;
}
