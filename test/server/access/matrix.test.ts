import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { isConfigProblems, loadConfig } from "../../../src/config/load.ts";
import { SCOPES } from "../../../src/domain/access.ts";
import { subprotocol } from "../../../src/domain/subprotocol.ts";
import { silentLogger } from "../../../src/ops/logging.ts";
import { type RunningServer, startServer } from "../../../src/server/server.ts";
import { bearer, DevelopmentCertificates, Issuer } from "../../support/credentials.ts";

/** Every scope × every action × both engines × token, certificate and nothing; one server, TLS throughout. */

const ACTIONS = [
  { act: "publish", need: "publish", stream: subprotocol.ingest },
  { act: "subscribe", need: "subscribe", stream: subprotocol.alerts },
  { act: "replay", need: "operate", stream: subprotocol.replay },
  { act: "GET /metrics", need: "operate", path: "/metrics" },
  { act: "GET /v1/sources", need: "operate", path: "/v1/sources" },
  { act: "GET /readyz", need: undefined, path: "/readyz" },
  { act: "GET /nowhere", need: undefined, path: "/nowhere" },
] as const;
type Action = (typeof ACTIONS)[number];

const HOLDERS = [...SCOPES, "nothing"] as const;
const LANES = ["streamUrl", "fastLaneUrl"] as const;

let server: RunningServer;
let issuer: Issuer;
let certificates: DevelopmentCertificates;

beforeAll(async () => {
  issuer = await Issuer.create();
  certificates = new DevelopmentCertificates(issuer.directory);
  const identities = HOLDERS.map((scope) => ({
    match: { commonName: `cert-${scope}` },
    scope: scope === "nothing" ? "" : scope,
  }));
  const file = join(issuer.directory, "identities.json");
  writeFileSync(file, JSON.stringify({ identities }));
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
      "access.auditFile": issuer.audit,
      "access.firstMessageMayAuthenticate": false,
    },
  });
  if (isConfigProblems(config)) throw new Error(JSON.stringify(config));
  server = await startServer(config, { logger: silentLogger });
});

const expected: object[] = [];

afterAll(async () => {
  await server.stop();
  // Every refusal has its line; equal ones of ten seconds share one.
  const lines = readFileSync(issuer.audit, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  for (const entry of expected) expect(lines).toContainEqual(expect.objectContaining(entry));
  expect(lines.filter(({ outcome }) => outcome === "refused").length).toBeGreaterThan(40);
  expect(readFileSync(issuer.audit, "utf8")).not.toMatch(/eyJ/);
});

type Credentials = "token" | "certificate" | "none";

async function optionsOf(kind: Credentials, holder: string): Promise<object> {
  const { ca } = certificates.client("x");
  if (kind === "certificate") return certificates.client(`cert-${holder}`);
  const scope = holder === "nothing" ? "" : holder;
  return kind === "none" ? { ca } : { ca, ...bearer(await issuer.token({ sub: `token-${holder}`, scope })) };
}

/** 101 where the server greets, else the status, or the close code less 4000. */
async function streamStatus(url: string, protocol: string, options: object): Promise<number> {
  const socket = new WebSocket(url, [protocol], options);
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

async function httpStatus(path: string, options: object): Promise<number> {
  const sent = request(`${server.httpUrl}${path}`, { agent: false, ...options }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}

function wanted(action: Action, kind: Credentials, holder: string): number {
  const isRefused = action.need !== undefined && kind === "none";
  const mayNot = action.need !== undefined && holder !== action.need && holder !== "admin";
  if (isRefused) return 401;
  if (mayNot) return 403;
  if ("stream" in action) return action.act === "replay" ? 403 : 101;
  return action.path === "/nowhere" ? 404 : 200;
}

/** A replay is refused on a live clock whoever asks: no act of access control. */
function isAudited(action: Action, kind: Credentials, holder: string): boolean {
  const lacks = kind === "none" || (holder !== action.need && holder !== "admin");
  return action.need !== undefined && lacks;
}

async function check(action: Action, kind: Credentials, holder: string, lane: (typeof LANES)[number]) {
  const options = await optionsOf(kind, holder);
  const status =
    "stream" in action
      ? await streamStatus(server[lane] ?? "", action.stream, options)
      : await httpStatus(action.path, options);
  const answer = wanted(action, kind, holder);
  expect(status, `${action.act} with ${kind} ${holder} over ${lane}`).toBe(answer);
  if (!isAudited(action, kind, holder)) return;
  expected.push({
    outcome: "refused",
    act: "stream" in action ? action.need : action.act,
    reason: kind === "none" ? "no-credentials" : "missing-scope",
    answer,
    address: "127.0.0.1",
    ...(kind === "none" ? {} : { identity: kind === "token" ? `token-${holder}` : `cert-${holder}` }),
  });
}

describe.each(ACTIONS)("$act", (action) => {
  const lanes = "stream" in action ? LANES : (["streamUrl"] as const);
  it.each(lanes)("over %s: token, certificate, none", async (lane) => {
    for (const holder of HOLDERS) {
      await check(action, "token", holder, lane);
      await check(action, "certificate", holder, lane);
    }
    await check(action, "none", "nothing", lane);
  });
});
