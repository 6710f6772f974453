import { once } from "node:events";
import { chmodSync, readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { closeCode } from "../../../src/domain/close-code.ts";
import { subprotocol } from "../../../src/domain/subprotocol.ts";
import { AccountFile, PASSWORD } from "../../support/accounts.ts";
import { type Answer, BrowserJar } from "../../support/browser-jar.ts";
import { bearer, DevelopmentCertificates, Issuer } from "../../support/credentials.ts";
import { startTestServer } from "../../support/server.ts";

const LANES = ["streamUrl", "fastLaneUrl"] as const;

let issuer: Issuer;
let accounts: AccountFile;

beforeEach(async () => {
  issuer = await Issuer.create();
});

async function serverOf(flags: Record<string, unknown> = {}) {
  accounts = new AccountFile(issuer.directory);
  await accounts.put("a.operator", ["operator"], { displayName: "Ada Operator" });
  await accounts.put("p.viewer", ["viewer", "agency:police"]);
  return await startTestServer({
    "listen.fastLaneEngine": "uws",
    "access.accounts": accounts.path,
    "access.auditFile": issuer.audit,
    ...flags,
  });
}

const login = (jar: BrowserJar, url: string, name = "a.operator", password = PASSWORD): Promise<Answer> =>
  jar.ask(`${url}/v1/session`, { json: { name, password } });

const statusOf = async (jar: BrowserJar, url: string): Promise<number> => (await jar.ask(url)).status;

/** A stream that a page of the server opens with the browser's cookies. */
function stream(
  url: string,
  jar: BrowserJar,
  httpUrl: string,
  headers: Record<string, string> = {},
): WebSocket {
  const { host } = new URL(url);
  const scheme = url.startsWith("wss:") ? "https" : "http";
  const socket = new WebSocket(url, [subprotocol.alerts], {
    headers: { Cookie: jar.cookies(httpUrl), Origin: `${scheme}://${host}`, ...headers },
  });
  socket.on("error", () => undefined);
  return socket;
}

async function streamStatus(socket: WebSocket): Promise<number> {
  const refused = once(socket, "unexpected-response").then(([, response]) => {
    (response as IncomingMessage).resume();
    return (response as IncomingMessage).statusCode ?? 0;
  });
  const status = await Promise.race([once(socket, "open").then(() => 101), refused]);
  socket.terminate();
  return status;
}

const auditLines = (): Record<string, unknown>[] =>
  readFileSync(issuer.audit, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("people who log in", () => {
  it("are known by a cookie that scripts cannot read, until they log out", async () => {
    const server = await serverOf();
    const jar = new BrowserJar();
    expect(await statusOf(jar, `${server.httpUrl}/v1/session`)).toBe(401);
    expect(JSON.parse((await jar.ask(`${server.httpUrl}/v1/login/ways`)).text)).toEqual({ password: true });
    const answer = await login(jar, server.httpUrl, " A.Operator ");
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({
      subject: "a.operator",
      name: "Ada Operator",
      agency: "centre",
      scopes: ["subscribe", "operate"],
      open: false,
    });
    const [cookie = ""] = answer.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^roadpulse-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await statusOf(jar, `${server.httpUrl}/metrics`)).toBe(200);
    const taken = new BrowserJar();
    taken.put(server.httpUrl, "roadpulse-session", cookie.slice(18, 61));
    expect((await jar.ask(`${server.httpUrl}/v1/session`, { method: "DELETE" })).status).toBe(200);
    expect(await statusOf(taken, `${server.httpUrl}/v1/session`)).toBe(401);
    await server.stop();
    const acts = auditLines().map(({ act, identity, reason }) => [act, identity, reason]);
    expect(acts).toContainEqual(["login", "a.operator", undefined]);
    expect(acts).toContainEqual(["logged-out", "a.operator", undefined]);
    expect(acts).toContainEqual(["GET /v1/session", undefined, "session-ended"]);
    expect(readFileSync(issuer.audit, "utf8")).not.toContain(cookie.slice(18, 61));
  });

  it("get a new id at each login, and the old one opens nothing", async () => {
    const server = await serverOf();
    const jar = new BrowserJar();
    await login(jar, server.httpUrl);
    const before = new BrowserJar();
    before.put(server.httpUrl, "roadpulse-session", jar.cookies(server.httpUrl).split("=")[1] ?? "");
    expect(await statusOf(before, `${server.httpUrl}/v1/session`)).toBe(200);
    await login(jar, server.httpUrl);
    expect(await statusOf(before, `${server.httpUrl}/v1/session`)).toBe(401);
    expect(await statusOf(jar, `${server.httpUrl}/v1/session`)).toBe(200);
  });

  it("may do what their roles permit and see with their agency's eyes", async () => {
    const server = await serverOf();
    const jar = new BrowserJar();
    const viewer = JSON.parse((await login(jar, server.httpUrl, "p.viewer")).text);
    expect(viewer).toMatchObject({ agency: "police", scopes: ["subscribe"] });
    expect(await statusOf(jar, `${server.httpUrl}/metrics`)).toBe(403);
  });

  it("are told neither which of name and password was wrong, nor by the time that it takes", async () => {
    const server = await serverOf();
    const timed = async (name: string) => {
      const began = performance.now();
      const { status, text } = await login(new BrowserJar(), server.httpUrl, name, "wrong wrong wrong");
      return { status, text, tookMs: performance.now() - began };
    };
    const tookMs = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    // The shortest of several: a busy machine holds any one of them up.
    for (let i = 0; i < 3; i++) {
      const known = await timed("a.operator");
      const unknown = await timed("nobody");
      expect([known.status, unknown.status]).toEqual([401, 401]);
      expect(known.text).toBe(unknown.text);
      tookMs.known = Math.min(tookMs.known, known.tookMs);
      tookMs.unknown = Math.min(tookMs.unknown, unknown.tookMs);
    }
    expect(Math.max(...Object.values(tookMs)) / Math.min(...Object.values(tookMs))).toBeLessThan(4);
    const words = await timed("my secret password in the wrong field");
    expect(words.status).toBe(401);
    await server.stop();
    const failures = auditLines().filter(({ act }) => act === "login");
    expect(failures.map(({ identity }) => identity)).toContain("a.operator");
    expect(readFileSync(issuer.audit, "utf8")).not.toContain("secret password");
  });

  it("are held up after some failures, but not by what strangers try on other names", async () => {
    const server = await serverOf();
    const fail = () => login(new BrowserJar(), server.httpUrl, "a.operator", "wrong wrong wrong");
    for (let attempt = 0; attempt < 5; attempt++) expect((await fail()).status).toBe(401);
    const held = await login(new BrowserJar(), server.httpUrl);
    expect(held.status).toBe(429);
    expect(Number(held.headers["retry-after"])).toBeGreaterThan(0);
    expect((await login(new BrowserJar(), server.httpUrl, "p.viewer")).status).toBe(200);
    expect(server.pipeline.counters.accessRefused.counts.get("attempt-quota")).toBe(1);
  });

  it("do not hold up the event loop while their passwords are checked", async () => {
    const server = await serverOf();
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    await login(new BrowserJar(), server.httpUrl);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  it("go on where others behind the same address have tried too many bad tokens", async () => {
    const server = await serverOf({ "access.keys": issuer.keys });
    const jar = new BrowserJar();
    await login(jar, server.httpUrl);
    const bad = () => fetch(`${server.httpUrl}/metrics`, bearer("a.b.c"));
    for (let attempt = 0; attempt < 60; attempt++) await (await bad()).text();
    expect((await bad()).status).toBe(429);
    expect(await statusOf(jar, `${server.httpUrl}/metrics`)).toBe(200);
  });

  it("cannot be logged in by a page of another origin, nor by a form", async () => {
    const server = await serverOf();
    const json = { name: "a.operator", password: PASSWORD };
    const jar = new BrowserJar();
    const foreign = { headers: { Origin: "https://evil.example" }, json };
    expect((await jar.ask(`${server.httpUrl}/v1/session`, foreign)).status).toBe(403);
    expect((await jar.ask(`${server.httpUrl}/v1/session`, { form: json })).status).toBe(415);
    for (const body of [{}, { name: 1, password: 2 }, [], "x"])
      expect((await jar.ask(`${server.httpUrl}/v1/session`, { json: body })).status).toBe(400);
    expect(jar.cookies(server.httpUrl)).toBe("");
  });

  it("are asked although nobody else is, and nobody logs in where there are no accounts", async () => {
    const server = await startTestServer();
    const answer = await login(new BrowserJar(), server.httpUrl);
    expect(answer.status).toBe(409);
  });

  it("get a cookie for this host alone, by TLS alone, where there is TLS", async () => {
    const certificates = new DevelopmentCertificates((await Issuer.create()).directory);
    const server = await serverOf(certificates.serverFlags);
    const jar = new BrowserJar({ ca: certificates.authority.certPem });
    const url = server.httpUrl.replace("127.0.0.1", "localhost");
    const [cookie = ""] = (await login(jar, url)).headers["set-cookie"] ?? [];
    expect(cookie).toMatch(
      /^__Host-roadpulse-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect(await statusOf(jar, `${url}/v1/session`)).toBe(200);
  });
});

describe.each(LANES)("a session over %s", (lane) => {
  it("opens streams of this server's own pages, and of no others", async () => {
    const server = await serverOf({ "access.allowedOrigins": "https://console.example" });
    const jar = new BrowserJar();
    await login(jar, server.httpUrl);
    const url = server[lane] ?? "";
    const ask = (headers: Record<string, string>) => streamStatus(stream(url, jar, server.httpUrl, headers));
    expect(await ask({})).toBe(101);
    expect(await ask({ Origin: "https://evil.example" })).toBe(403);
    // An origin that is listed may open streams, with a token: the cookie is not its own.
    expect(await ask({ Origin: "https://console.example" })).toBe(401);
    const plain = new WebSocket(url, [subprotocol.alerts], {
      headers: { Cookie: jar.cookies(server.httpUrl) },
    });
    plain.on("error", () => undefined);
    expect(await streamStatus(plain)).toBe(401);
    expect(await ask({ Cookie: "roadpulse-session=x" })).toBe(401);
  });

  it("ends its streams at logout, with a code and a reason that say so", async () => {
    const server = await serverOf();
    const jar = new BrowserJar();
    await login(jar, server.httpUrl);
    const socket = stream(server[lane] ?? "", jar, server.httpUrl);
    await once(socket, "open");
    const closed = once(socket, "close");
    await jar.ask(`${server.httpUrl}/v1/session`, { method: "DELETE" });
    const [code, reason] = await closed;
    expect(code).toBe(closeCode.unauthenticated);
    expect(String(reason)).toContain("ended by its user");
  });

  it("ends its streams when its account is taken out of the file", async () => {
    const server = await serverOf();
    const [one, other] = [new BrowserJar(), new BrowserJar()];
    await login(one, server.httpUrl);
    await login(other, server.httpUrl, "p.viewer");
    const socket = stream(server[lane] ?? "", one, server.httpUrl);
    await once(socket, "open");
    const closed = once(socket, "close");
    accounts.remove("a.operator");
    const [code, reason] = await closed;
    expect([code, String(reason)]).toEqual([closeCode.unauthenticated, "the account was removed or changed"]);
    expect(await statusOf(one, `${server.httpUrl}/v1/session`)).toBe(401);
    expect(await statusOf(other, `${server.httpUrl}/v1/session`)).toBe(200);
    expect((await login(new BrowserJar(), server.httpUrl)).status).toBe(401);
  });

  it("ends when it has lasted long enough, used or not, and does not idle while a stream is open", async () => {
    const server = await serverOf({ "session.longestMs": 5_000, "session.idleMs": 2_000 });
    const [busy, idle] = [new BrowserJar(), new BrowserJar()];
    await login(idle, server.httpUrl, "p.viewer");
    await login(busy, server.httpUrl);
    const beganAtMs = Date.now();
    const socket = stream(server[lane] ?? "", busy, server.httpUrl);
    await once(socket, "open");
    const [code, reason] = await once(socket, "close");
    expect(code).toBe(closeCode.credentialsExpired);
    expect(String(reason)).toContain("log in again");
    expect(Date.now() - beganAtMs).toBeGreaterThan(3_000);
    expect(await statusOf(idle, `${server.httpUrl}/v1/session`)).toBe(401);
    await server.stop();
    const acts = auditLines().map(({ act, identity }) => `${act} ${identity}`);
    expect(acts).toContain("expired a.operator");
    expect(acts).toContain("idle p.viewer");
  });
});

describe("the account file", () => {
  it("is refused where others can read it, and stays in force where a new one cannot be used", async () => {
    const server = await serverOf();
    const jar = new BrowserJar();
    await login(jar, server.httpUrl);
    chmodSync(accounts.path, 0o644);
    const warnings = async () => (await jar.ask(`${server.httpUrl}/readyz`)).text;
    await expect.poll(warnings).toContain("chmod 600");
    expect(await statusOf(jar, `${server.httpUrl}/v1/session`)).toBe(200);
    await expect(startTestServer({ "access.accounts": accounts.path })).rejects.toThrow(/chmod 600/);
    chmodSync(accounts.path, 0o600);
    await expect.poll(warnings).not.toContain("chmod 600");
    await expect(startTestServer({ "access.accounts": join(issuer.directory, "none.json") })).rejects.toThrow(
      /none\.json/,
    );
  });

  it("goes with tokens: each knows its own", async () => {
    const server = await serverOf({ "access.keys": issuer.keys });
    const token = bearer(await issuer.token({ sub: "t", scope: "operate" }));
    expect((await fetch(`${server.httpUrl}/metrics`, token)).status).toBe(200);
    const jar = new BrowserJar();
    await login(jar, server.httpUrl, "p.viewer");
    // Who shows a token is whom it names, whatever cookies come along.
    expect((await jar.ask(`${server.httpUrl}/metrics`, token)).status).toBe(200);
  });
});
