import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { TrustedProxies } from "../../../src/access/trusted-proxies.ts";
import { isConfigProblems, loadConfig } from "../../../src/config/load.ts";
import { proxiesOf } from "../../../src/config/rules.ts";
import { subprotocol } from "../../../src/domain/subprotocol.ts";
import { silentLogger } from "../../../src/ops/logging.ts";
import { type RunningServer, startServer } from "../../../src/server/server.ts";
import { Issuer } from "../../support/credentials.ts";

const running: RunningServer[] = [];
afterAll(() => Promise.all(running.map((server) => server.stop())));

async function serverBehind(trustedProxies: string): Promise<{ server: RunningServer; issuer: Issuer }> {
  const issuer = await Issuer.create();
  const config = loadConfig({
    flags: {
      "listen.port": 0,
      "listen.fastLanePort": 0,
      "listen.fastLaneEngine": "uws",
      "listen.drainTimeoutMs": 500,
      "access.keys": issuer.keys,
      "access.auditFile": issuer.audit,
      "access.trustedProxies": trustedProxies,
    },
  });
  if (isConfigProblems(config)) throw new Error(JSON.stringify(config));
  const server = await startServer(config, { logger: silentLogger });
  running.push(server);
  return { server, issuer };
}

const shown = (forwardedFor: string) => ({
  Authorization: "Bearer no.such.token",
  "X-Forwarded-For": forwardedFor,
});

const ask = async (server: RunningServer, forwardedFor: string): Promise<number> =>
  (await fetch(`${server.httpUrl}/metrics`, { headers: shown(forwardedFor) })).status;

async function dial(url: string, forwardedFor: string): Promise<void> {
  const socket = new WebSocket(url, [subprotocol.alerts], { headers: shown(forwardedFor) });
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("close", resolve));
}

/** Addresses in the audit log. */
const audited = (issuer: Issuer): Set<string> =>
  new Set(
    readFileSync(issuer.audit, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).address as string),
  );

describe("a client behind a proxy", () => {
  it("is known by the address that a trusted proxy has seen, on both engines and for HTTP", async () => {
    const { server, issuer } = await serverBehind("127.0.0.0/8 ::1");
    expect(await ask(server, "203.0.113.1")).toBe(401);
    await dial(server.streamUrl, "198.51.100.66, 203.0.113.2");
    await dial(server.fastLaneUrl ?? "", "203.0.113.3, 127.0.0.9");
    await expect.poll(() => audited(issuer)).toEqual(new Set(["203.0.113.1", "203.0.113.2", "203.0.113.3"]));
  });

  it("does not use up the attempts of others behind the same proxy", async () => {
    const { server } = await serverBehind("127.0.0.1");
    for (let attempt = 0; attempt < 50; attempt++) await ask(server, "203.0.113.1");
    expect(await ask(server, "203.0.113.1")).toBe(429);
    expect(await ask(server, "198.51.100.66, 203.0.113.1")).toBe(429);
    expect(await ask(server, "203.0.113.2")).toBe(401);
  });

  it("is known by its own address where nobody is trusted, whatever it writes", async () => {
    const { server, issuer } = await serverBehind("");
    await ask(server, "203.0.113.1");
    await dial(server.fastLaneUrl ?? "", "203.0.113.1");
    await expect.poll(() => audited(issuer)).toEqual(new Set(["127.0.0.1"]));
  });
});

describe("TrustedProxies", () => {
  const proxies = new TrustedProxies(proxiesOf("10.0.0.7 fd00::/8") ?? []);
  it.each([
    ["192.0.2.1", "203.0.113.1", "192.0.2.1"],
    ["10.0.0.7", undefined, "10.0.0.7"],
    ["10.0.0.7", "", "10.0.0.7"],
    ["10.0.0.7", "203.0.113.1, unknown", "10.0.0.7"],
    ["10.0.0.7", "203.0.113.1, fd00::2", "203.0.113.1"],
    ["fd00::1", "2001:db8::5", "2001:db8::5"],
    ["10.0.0.7", "::ffff:203.0.113.1", "203.0.113.1"],
    ["10.0.0.7", "198.51.100.1, 192.0.2.9, 10.0.0.7", "192.0.2.9"],
  ])("takes %s with %s for %s", (peer, forwardedFor, client) => {
    expect(proxies.clientOf(peer, forwardedFor)).toBe(client);
  });

  it.each(["10.0.0", "10.0.0.0/33", "0.0.0.0/0", "proxy.example", "10.0.0.0/8/8", "::1/x"])(
    "refuses the setting %s",
    (written) => {
      const config = loadConfig({ flags: { "access.trustedProxies": written } });
      expect(isConfigProblems(config) && config.map(({ path }) => path)).toContain("access.trustedProxies");
    },
  );
});
