import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { describe, expect, it } from "vitest";
import { createAuthority } from "../../src/access/development-certificates.ts";
import { subprotocol } from "../../src/domain/subprotocol.ts";
import type { RunningServer } from "../../src/server/server.ts";
import { bearer, DevelopmentCertificates, Issuer } from "../support/credentials.ts";
import { startTestServer } from "../support/server.ts";
import { StreamClient } from "../support/stream-client.ts";

const LANES = ["streamUrl", "fastLaneUrl"] as const;

const portOf = (server: RunningServer, lane: (typeof LANES)[number]): number =>
  Number(new URL(server[lane] ?? "").port);

async function shake(port: number, options: object): Promise<TLSSocket> {
  const socket = connect({ host: "127.0.0.1", port, ...options });
  await once(socket, "secureConnect");
  return socket;
}

/** Settles with the error of a handshake that must fail. */
async function refusedShake(port: number, options: object): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port, ...options });
  return await new Promise((resolve, reject) => {
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    // TLS 1.3: the server looks at the client's certificate after the client is done.
    socket.on("end", () => resolve("end"));
    socket.on("data", () => reject(new Error("the server talks")));
  });
}

describe.each(LANES)("TLS over %s", (lane) => {
  it("serves 1.2 and 1.3, nothing older, and a certificate that its authority vouches for", async () => {
    const issuer = await Issuer.create();
    const certificates = new DevelopmentCertificates(issuer.directory);
    const server = await startTestServer({ "listen.fastLaneEngine": "uws", ...certificates.serverFlags });
    const ca = certificates.authority.certPem;
    for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
      const socket = await shake(portOf(server, lane), { ca, minVersion: version, maxVersion: version });
      expect([socket.authorized, socket.getProtocol()]).toEqual([true, version]);
      socket.destroy();
    }
    const old = { ca, minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL@SECLEVEL=0" };
    expect(await refusedShake(portOf(server, lane), old)).toMatch(/PROTOCOL|ALERT|ECONNRESET/i);
    const client = await StreamClient.open(server[lane] ?? "", subprotocol.alerts, { ca });
    await client.next("welcome");
  });

  it("knows clients by their certificates, and nobody without one", async () => {
    const issuer = await Issuer.create();
    const certificates = new DevelopmentCertificates(issuer.directory);
    const identities = join(issuer.directory, "identities.json");
    writeFileSync(
      identities,
      JSON.stringify({ identities: [{ match: { commonName: "centre-*" }, scope: "subscribe" }] }),
    );
    const server = await startTestServer({
      "listen.fastLaneEngine": "uws",
      ...certificates.serverFlags,
      "listen.tlsClientCaFile": certificates.caPath,
      "access.certificates": identities,
      "access.keys": issuer.keys,
      "access.firstMessageMayAuthenticate": false,
    });
    const url = server[lane] ?? "";
    const known = await StreamClient.open(url, subprotocol.alerts, certificates.client("centre-1"));
    await known.next("welcome");
    const refusal = (options: object, protocol: string = subprotocol.alerts) =>
      StreamClient.open(url, protocol, options).then(
        () => "opened",
        (error: Error) => error.message,
      );
    expect(await refusal(certificates.client("centre-1"), subprotocol.ingest)).toContain("403");
    expect(await refusal(certificates.client("stranger"))).toContain("401");
    const { ca } = certificates.client("x");
    expect(await refusal({ ca })).toContain("401");
    const token = await issuer.token({ scope: "subscribe" });
    const byToken = await StreamClient.open(url, subprotocol.alerts, { ca, ...bearer(token) });
    await byToken.next("welcome");
    // Signed by somebody else: nobody, or no handshake at all.
    const forged = certificates.client("centre-1", createAuthority("test authority", 10, Date.now()));
    expect(await refusal(forged)).toMatch(/401|ECONNRESET|EPIPE|alert|socket hang up|disconnected/);
  });
});

describe("the certificate of the server", () => {
  it("takes a new certificate over without a restart, and keeps the connections of the old one", async () => {
    const issuer = await Issuer.create();
    const certificates = new DevelopmentCertificates(issuer.directory);
    const server = await startTestServer({ ...certificates.serverFlags });
    const ca = certificates.authority.certPem;
    const before = await StreamClient.open(server.streamUrl, subprotocol.alerts, { ca });
    certificates.renewServer("renewed");
    const nameNow = async () => {
      const socket = await shake(portOf(server, "streamUrl"), { ca });
      const { CN } = socket.getPeerCertificate().subject;
      socket.destroy();
      return CN;
    };
    await expect.poll(nameNow, { timeout: 10_000, interval: 200 }).toBe("renewed");
    expect(before.socket.readyState).toBe(before.socket.OPEN);
    before.socket.ping();
    await once(before.socket, "pong");
  });
});
