import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KeyRing } from "../../src/access/key-ring.ts";
import { TokenVerifier } from "../../src/access/tokens.ts";
import { runCli } from "./capture.ts";

const directory = () => mkdtempSync(join(tmpdir(), "roadpulse-credentials-"));

describe("roadpulse token", () => {
  it("makes keys once, and tokens that a server with these keys takes", async () => {
    const at = directory();
    const args = ["token", "--directory", at, "--subject", "rsu-17", "--scope", "publish"];
    const limited = await runCli([...args, "--limits", '{"station_ids": [7]}']);
    const plain = await runCli(args);
    expect([limited.code, plain.code, plain.stderr]).toEqual([0, 0, ""]);
    expect(statSync(join(at, "token-key.json")).mode & 0o077).toBe(0);
    const ring = new KeyRing({
      keys: join(at, "token-keys.json"),
      nowMs: Date.now,
      onFault: () => undefined,
    });
    const verifier = new TokenVerifier(ring, { audience: "roadpulse", clockToleranceS: 0 }, Date.now);
    expect(await verifier.verify(plain.stdout.trim())).toMatchObject({ subject: "rsu-17", via: "token" });
    expect(await verifier.verify(limited.stdout.trim())).toMatchObject({
      limits: { stationIds: [{ first: 7, last: 7 }] },
    });
  });

  it("names a mistake instead of signing it", async () => {
    const scope = await runCli(["token", "--directory", directory(), "--scope", "everything"]);
    expect([scope.code, scope.stderr]).toEqual([2, expect.stringContaining("everything is no scope")]);
    const limit = await runCli(["token", "--directory", directory(), "--limits", '{"stations": [7]}']);
    expect([limit.code, limit.stderr]).toEqual([
      2,
      expect.stringContaining("roadpulse.stations is no known limit"),
    ]);
  });
});

describe("roadpulse cert", () => {
  it("makes an authority, a server and clients that it vouches for, and keeps the authority", async () => {
    const at = directory();
    const args = ["cert", "--directory", at, "--host", "a.example", "10.0.0.7", "--client", "rsu-1"];
    expect((await runCli(args)).code).toBe(0);
    const read = (name: string) => new X509Certificate(readFileSync(join(at, `${name}.pem`)));
    const [ca, server, client] = [read("ca"), read("server"), read("rsu-1")];
    expect([ca.ca, server.ca, client.ca]).toEqual([true, false, false]);
    for (const issued of [server, client]) {
      expect(issued.checkIssued(ca)).toBe(true);
      expect(issued.verify(ca.publicKey)).toBe(true);
    }
    expect(server.checkHost("a.example")).toBe("a.example");
    expect(server.checkIP("10.0.0.7")).toBe("10.0.0.7");
    expect(client.subject).toBe("CN=rsu-1");
    expect(statSync(join(at, "server-key.pem")).mode & 0o077).toBe(0);
    expect((await runCli(["cert", "--directory", at])).code).toBe(0);
    expect(read("ca").fingerprint256).toBe(ca.fingerprint256);
    expect((await runCli(["cert", "--directory", at, "--client", "../x"])).code).toBe(2);
  });
});
