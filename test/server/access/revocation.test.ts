import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { subprotocol } from "../../../src/domain/subprotocol.ts";
import { DevelopmentCertificates, Issuer } from "../../support/credentials.ts";
import { revocationList } from "../../support/revocation-list.ts";
import { startTestServer } from "../../support/server.ts";

async function world() {
  const { directory } = await Issuer.create();
  const certificates = new DevelopmentCertificates(directory);
  const identities = join(directory, "identities.json");
  const crl = join(directory, "crl.pem");
  writeFileSync(
    identities,
    JSON.stringify({ identities: [{ match: { commonName: "rsu-*" }, scope: "subscribe" }] }),
  );
  writeFileSync(crl, revocationList(certificates.authority, []));
  const flags = {
    ...certificates.serverFlags,
    "listen.tlsClientCaFile": certificates.caPath,
    "listen.tlsClientCrlFile": crl,
    "access.certificates": identities,
  };
  return { certificates, crl, flags };
}

async function statusOf(url: string, options: object): Promise<number> {
  const socket = new WebSocket(url, [subprotocol.alerts], options);
  socket.on("error", () => undefined);
  const opened = once(socket, "open").then(() => 101);
  const refused = once(socket, "unexpected-response").then(([, response]) => {
    (response as IncomingMessage).resume();
    return (response as IncomingMessage).statusCode ?? 0;
  });
  const status = await Promise.race([opened, refused]);
  socket.terminate();
  return status;
}

describe("lists of revoked certificates", () => {
  it("turn away on both lanes whoever stands in them, without a restart, and nobody else", async () => {
    const { certificates, crl, flags } = await world();
    const server = await startTestServer({ ...flags, "listen.fastLaneEngine": "auto" });
    expect(server.fastLaneEngine).toBe("ws");
    const [lost, kept] = [certificates.client("rsu-1"), certificates.client("rsu-2")];
    for (const url of [server.streamUrl, server.fastLaneUrl ?? ""])
      for (const client of [lost, kept]) expect(await statusOf(url, client)).toBe(101);
    writeFileSync(crl, revocationList(certificates.authority, [lost.cert]));
    for (const url of [server.streamUrl, server.fastLaneUrl ?? ""]) {
      await expect.poll(() => statusOf(url, lost)).toBe(401);
      expect(await statusOf(url, kept)).toBe(101);
    }
    // What was true a day ago is not known to be true.
    writeFileSync(crl, revocationList(certificates.authority, [], -1));
    await expect.poll(() => statusOf(server.streamUrl, kept)).toBe(401);
  });

  it("are refused where the fast lane could not read them, or where there is no authority", async () => {
    const { flags } = await world();
    await expect(startTestServer({ ...flags, "listen.fastLaneEngine": "uws" })).rejects.toThrow(/revoked/);
    const { "listen.tlsClientCaFile": _, "access.certificates": __, ...without } = flags;
    await expect(startTestServer(without)).rejects.toThrow(/no client is asked/);
  });
});
