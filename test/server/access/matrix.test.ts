import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { isConfigProblems, loadConfig } from "../../../src/config/load.ts";
import { SCOPES } from "../../../src/domain/access.ts";
import { subprotocol } from "../../../src/domain/subprotocol.ts";
import type { HttpRoute } from "../../../src/ops/http.ts";
import { silentLogger } from "../../../src/ops/logging.ts";
import { type RunningServer, startServer } from "../../../src/server/server.ts";
import { AccountFile, PASSWORD } from "../../support/accounts.ts";
import { BrowserJar } from "../../support/browser-jar.ts";
import { bearer, DevelopmentCertificates, Issuer } from "../../support/credentials.ts";

/**
 * Every scope × every action × both engines × token, certificate, login and nothing; one server, TLS throughout. The routes
 * of HTTP are those that the server has, so that a new one is asked, too.
 */

/** What each stream needs; none may be missing here. */
const STREAMS: Readonly<Record<string, string>> = {
  [subprotocol.ingest]: "publish",
  [subprotocol.alerts]: "subscribe",
  [subprotocol.replay]: "operate",
  [subprotocol.console]: "subscribe",
};

/** Whoever comes by may have these: they tell nothing of the traffic and change nothing but who somebody is. */
const FOR_ANYONE = new Set([
  "GET /livez",
  "GET /readyz",
  "GET /version",
  "GET /v1/openapi.json",
  "GET /v1/login/ways",
  "GET /v1/login",
  "GET /v1/login/callback",
  "GET /v1/login/done",
  "POST /v1/session",
  "DELETE /v1/session",
]);

/** The page of the console, which holds no data. */
const IS_PAGE = /^GET \/($|[a-z]+$|assets\/|icon\.|licences\.md)/;

/** Nobody but these may change something with less than `operate`. */
const MAY_CHANGE_WITH_LESS = new Set<string>();

const HOLDERS = [...SCOPES, "nothing"] as const;
const LANES = ["streamUrl", "fastLaneUrl"] as const;
const KINDS = ["token", "certificate", "login", "none"] as const;

let server: RunningServer;
let issuer: Issuer;
let certificates: DevelopmentCertificates;
const options = new Map<string, object>();
const jars = new Map<string, BrowserJar>();

beforeAll(async () => {
  issuer = await Issuer.create();
  certificates = new DevelopmentCertificates(issuer.directory);
  const scopeOf = (holder: string) => (holder === "nothing" ? "" : holder);
  const identities = HOLDERS.map((holder) => ({
    match: { commonName: `certificate-${holder}` },
    scope: scopeOf(holder),
  }));
  const file = join(issuer.directory, "identities.json");
  writeFileSync(file, JSON.stringify({ identities }));
  const accounts = new AccountFile(issuer.directory);
  for (const holder of HOLDERS) await accounts.put(`login-${holder}`, [`r-${holder}`]);
  const config = loadConfig({
    flags: {
      "listen.port": 0,
      "listen.fastLanePort": 0,
      "listen.fastLaneEngine": "uws",
      "listen.drainTimeoutMs": 500,
      ...certificates.serverFlags,
      "listen.tlsClientCaFile": certificates.caPath,
      "access.certificates": file,
      "access.keys": issuer.keys,
      "access.accounts": accounts.path,
      "access.roles": HOLDERS.map((holder) => `r-${holder}=${scopeOf(holder)}`).join(" "),
      "access.auditFile": issuer.audit,
      "access.firstMessageMayAuthenticate": false,
    },
  });
  if (isConfigProblems(config)) throw new Error(JSON.stringify(config));
  server = await startServer(config, { logger: silentLogger });
  await makeCredentials();
}, 60_000);

async function makeCredentials(): Promise<void> {
  const { ca } = certificates.client("x");
  options.set("none nothing", { ca });
  for (const holder of HOLDERS) {
    const scope = holder === "nothing" ? "" : holder;
    options.set(`token ${holder}`, { ca, ...bearer(await issuer.token({ sub: `token-${holder}`, scope })) });
    options.set(`certificate ${holder}`, certificates.client(`certificate-${holder}`));
    const jar = new BrowserJar({ ca });
    const json = { name: `login-${holder}`, password: PASSWORD };
    expect((await jar.ask(`${server.httpUrl}/v1/session`, { json })).status).toBe(200);
    jars.set(holder, jar);
    options.set(`login ${holder}`, { ca, headers: { Cookie: jar.cookies(server.httpUrl) } });
  }
}

interface ExpectedLine {
  readonly act: string;
  readonly reason: string;
  readonly answer: number;
  readonly identity?: string;
}
const expected: ExpectedLine[] = [];

afterAll(async () => {
  await server.stop();
  // Every refusal has its line; equal ones of ten seconds share one, and beyond a thousand kinds those of several people.
  const lines = readFileSync(issuer.audit, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ExpectedLine & { outcome: string });
  const keyOf = ({ act, reason, answer }: ExpectedLine) => `${act} ${reason} ${answer}`;
  const refused = lines.filter(({ outcome }) => outcome === "refused");
  const written = new Set(refused.map(keyOf));
  expect(expected.map(keyOf).filter((key) => !written.has(key))).toEqual([]);
  const named = new Set(refused.map(({ identity }) => identity));
  for (const kind of ["token", "certificate", "login"]) expect(named).toContain(`${kind}-nothing`);
  expect(expected.length).toBeGreaterThan(200);
  expect(readFileSync(issuer.audit, "utf8")).not.toMatch(/eyJ|roadpulse-session/);
});

/** 101 where the server greets, else the status, or the close code less 4000. */
async function streamStatus(url: string, protocol: string, shown: object): Promise<number> {
  const headers = {
    Origin: url.replace(/^wss/, "https").replace(/\/v1.*/, ""),
    ...(shown as { headers?: object }).headers,
  };
  const socket = new WebSocket(url, [protocol], { ...shown, headers });
  socket.on("error", () => undefined);
  const opened = once(socket, "message").then(() => 101);
  const closed = once(socket, "close").then(([code]) => (code as number) - 4_000);
  const refused = once(socket, "unexpected-response").then(([, response]) => {
    (response as IncomingMessage).resume();
    return (response as IncomingMessage).statusCode ?? 0;
  });
  const status = await Promise.race([opened, refused, closed]);
  socket.terminate();
  return status;
}

const agents = new Map<string, Agent>();

async function httpAnswer(
  route: HttpRoute,
  path: string,
  who: string,
): Promise<{ status: number; code: unknown }> {
  const shown = options.get(who) as { headers?: object };
  const agent = agents.get(who) ?? new Agent({ ...shown, keepAlive: true, maxSockets: 1 });
  agents.set(who, agent);
  const body =
    route.method === "GET" || route.method === "DELETE" ? "" : "{}".slice(0, route.maxBodyBytes ?? 0);
  const headers = {
    ...shown.headers,
    ...(route.method === "GET" ? {} : { "Content-Type": "application/json", "Content-Length": body.length }),
  };
  const sent = request(`${server.httpUrl}${path}`, { agent, method: route.method, headers });
  sent.on("error", () => undefined);
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const status = response.statusCode ?? 0;
  if (status < 400) {
    response.destroy();
    return { status, code: undefined };
  }
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString("utf8");
  const isJson = String(response.headers["content-type"]).startsWith("application/json");
  return { status, code: isJson ? (JSON.parse(text) as { error?: unknown }).error : undefined };
}

const REFUSALS = ["no-credentials", "missing-scope", "bad-credentials"];

const nameOf = (route: HttpRoute): string => `${route.method} ${route.path}`;

describe("HTTP", () => {
  it("has no resource for anyone, and none that changes something for less than operate, but those that are listed", () => {
    const open = server.routes.filter(({ access }) => access === "anyone").map(nameOf);
    expect(open.filter((name) => !FOR_ANYONE.has(name) && !IS_PAGE.test(name))).toEqual([]);
    const lax = server.routes.filter(
      ({ method, access = "operate" }) => method !== "GET" && access !== "operate" && access !== "admin",
    );
    const names = lax.map(nameOf).filter((name) => !FOR_ANYONE.has(name) && !MAY_CHANGE_WITH_LESS.has(name));
    expect(names).toEqual([]);
    expect(server.routes.length).toBeGreaterThan(20);
  });

  it.each(KINDS)(
    "lets in with %s whom the scope of each resource says, and nobody else",
    async (kind) => {
      for (const route of server.routes) {
        const { access = "operate", method } = route;
        // Logging out would take the credentials of everything after it.
        if (nameOf(route) === "DELETE /v1/session" || nameOf(route) === "POST /v1/session") continue;
        const path = route.path.replace(/\*$/, "nothing-there");
        for (const holder of kind === "none" ? (["nothing"] as const) : HOLDERS) {
          const who = `${kind} ${holder}`;
          const { status, code } = await httpAnswer(route, path, who);
          const mayCome =
            access === "anyone" ||
            (kind !== "none" && (access === "known" || holder === access || holder === "admin"));
          const about = `${method} ${path} with ${who}: ${status} ${String(code)}`;
          if (mayCome) {
            expect(REFUSALS, about).not.toContain(code);
            expect(status, about).not.toBe(500);
            continue;
          }
          const answer = kind === "none" ? 401 : 403;
          const reason = kind === "none" ? "no-credentials" : "missing-scope";
          expect([status, code], about).toEqual([answer, reason]);
          expected.push({ act: `${method} ${path}`.slice(0, 64), reason, answer });
        }
      }
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
    120_000,
  );
});

describe("streams", () => {
  it("are all asked here", () => {
    expect(Object.keys(STREAMS).sort()).toEqual(Object.values(subprotocol).sort());
  });

  describe.each(Object.entries(STREAMS))("%s", (protocol, need) => {
    it.each(LANES)("over %s: token, certificate, login, none", async (lane) => {
      for (const kind of KINDS) {
        for (const holder of kind === "none" ? (["nothing"] as const) : HOLDERS) {
          const mayCome = kind !== "none" && (holder === need || holder === "admin");
          // A replay is refused on a live clock whoever asks.
          const granted = protocol === subprotocol.replay ? 403 : 101;
          const answer = kind === "none" ? 401 : mayCome ? granted : 403;
          const status = await streamStatus(
            server[lane] ?? "",
            protocol,
            options.get(`${kind} ${holder}`) ?? {},
          );
          expect(status, `${protocol} with ${kind} ${holder} over ${lane}`).toBe(answer);
          const reason = kind === "none" ? "no-credentials" : "missing-scope";
          if (!mayCome) expected.push({ act: need, reason, answer });
        }
      }
    });
  });
});
