import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DevelopmentCertificates, Issuer } from "../../support/credentials.ts";
import { revocationList } from "../../support/revocation-list.ts";
import { startTestServer } from "../../support/server.ts";
import { streamStatus } from "../../support/stream-status.ts";

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

describe("lists of revoked certificates", () => {
  it("turn away on both lanes whoever stands in them, without a restart, and nobody else", async () => {
    const { certificates, crl, flags } = await world();
    const server = await startTestServer({ ...flags, "listen.fastLaneEngine": "auto" });
    expect(server.fastLaneEngine).toBe("ws");
    const [lost, kept] = [certificates.client("rsu-1"), certificates.client("rsu-2")];
    for (const url of [server.streamUrl, server.fastLaneUrl ?? ""])
      for (const client of [lost, kept]) expect(await streamStatus(url, client)).toBe(101);
    writeFileSync(crl, revocationList(certificates.authority, [lost.cert]));
    for (const url of [server.streamUrl, server.fastLaneUrl ?? ""]) {
      await expect.poll(() => streamStatus(url, lost)).toBe(401);
      expect(await streamStatus(url, kept)).toBe(101);
    }
    // What was true a day ago is not known to be true.
    writeFileSync(crl, revocationList(certificates.authority, [], -1));
    await expect.poll(() => streamStatus(server.streamUrl, kept)).toBe(401);
  });

  it("are refused where the fast lane could not read them, or where there is no authority", async () => {
    const { flags } = await world();
    await expect(startTestServer({ ...flags, "listen.fastLaneEngine": "uws" })).rejects.toThrow(/revoked/);
    const { "listen.tlsClientCaFile": _, "access.certificates": __, ...without } = flags;
    await expect(startTestServer(without)).rejects.toThrow(/no client is asked/);
  });
});
