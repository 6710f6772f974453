import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AuditLog } from "../../src/access/audit-log.ts";

const folder = () => mkdtempSync(join(tmpdir(), "roadpulse-audit-"));

function logAt(path: string, faults: (string | undefined)[] = [], maxBytes = 2_000, keep = 2): AuditLog {
  return new AuditLog({ path, maxBytes, keep, nowMs: Date.now, onFault: (fault) => faults.push(fault) });
}

const event = (identity: string) =>
  ({
    outcome: "refused",
    act: "subscribe",
    reason: "missing-scope",
    identity,
    address: "10.0.0.1",
    answer: 403,
  }) as const;

describe("the audit log", () => {
  it("begins a new file at its bound, keeps so many old ones, and loses no line between them", async () => {
    const at = folder();
    const path = join(at, "audit.ndjson");
    const log = logAt(path);
    for (let count = 0; count < 30; count++) {
      log.note(event(`person-${String(count).padStart(2, "0")}`));
      // One write each: what waits together is written together.
      await expect
        .poll(() => (existsSync(path) ? readFileSync(path, "utf8") : ""), { interval: 1 })
        .toContain(`person-${String(count).padStart(2, "0")}`);
    }
    await log.close();
    const names = readdirSync(at).sort();
    expect(names).toEqual(["audit.ndjson", "audit.ndjson.1", "audit.ndjson.2"]);
    const lines = names
      .toReversed()
      .flatMap((name) => readFileSync(join(at, name), "utf8").trim().split("\n"))
      .map((line) => (JSON.parse(line) as { identity: string }).identity);
    const last = Number(lines.at(-1)?.slice(7));
    expect(last).toBe(29);
    // The kept ones follow each other without a hole; the oldest are gone with their file.
    expect(lines).toEqual(
      lines.map((_, index) => `person-${String(last - lines.length + 1 + index).padStart(2, "0")}`),
    );
    for (const name of names) {
      expect(statSync(join(at, name)).size).toBeLessThanOrEqual(2_000);
      expect(statSync(join(at, name)).mode & 0o077).toBe(0);
    }
  });

  it("goes on in the file of the server before it", async () => {
    const path = join(folder(), "audit.ndjson");
    for (const name of ["one", "two"]) {
      const log = logAt(path);
      log.note(event(name));
      await log.close();
    }
    expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(2);
  });

  it("writes equal events of ten seconds as one line and a count", async () => {
    const path = join(folder(), "audit.ndjson");
    const log = logAt(path);
    for (let count = 0; count < 1_000; count++) log.note(event("flooder"));
    await log.close();
    const lines = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { repeated?: number });
    expect(lines.map(({ repeated }) => repeated)).toEqual([undefined, 999]);
  });

  it("stays short and counts right where somebody asks for thousands of different things", async () => {
    const path = join(folder(), "audit.ndjson");
    const log = logAt(path, [], 10_000_000);
    for (let count = 0; count < 3_000; count++)
      log.note({ ...event("flooder"), act: `GET /v1/alerts/${count}` });
    await log.close();
    const lines = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { act: string; identity?: string; repeated?: number });
    expect(lines).toHaveLength(1_002);
    expect(lines.slice(-2)).toEqual([
      expect.not.objectContaining({ identity: "flooder" }),
      expect.objectContaining({ act: "various", repeated: 1_999 }),
    ]);
  });

  it("names who did what needs rights, however many refusals there are, and however many such acts", async () => {
    const path = join(folder(), "audit.ndjson");
    const log = logAt(path, [], 10_000_000);
    for (let count = 0; count < 1_100; count++)
      log.note({ ...event("flooder"), act: `GET /v1/alerts/${count}` });
    for (let count = 0; count < 1_100; count++)
      log.note({ outcome: "allowed", act: `POST /v1/x/${count}`, identity: "insider", address: "10.0.0.2" });
    await log.close();
    const allowed = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { outcome: string; act: string; identity?: string; address: string })
      .filter(({ outcome }) => outcome === "allowed");
    expect(new Set(allowed.map(({ act }) => act)).size).toBe(1_100);
    expect(new Set(allowed.map(({ identity, address }) => `${identity} ${address}`))).toEqual(
      new Set(["insider 10.0.0.2"]),
    );
  });

  it("says that the disk does not take its lines, counts them, and goes on when it does", async () => {
    const path = join(folder(), "audit.ndjson");
    mkdirSync(path);
    const faults: (string | undefined)[] = [];
    const log = logAt(path, faults, 1_000_000);
    log.note(event("lost"));
    await expect.poll(() => log.dropped).toBe(1);
    expect(log.fault).toContain(path);
    rmdirSync(path);
    log.note(event("kept"));
    await log.close();
    expect(readFileSync(path, "utf8")).toContain("kept");
    expect(faults.at(-1)).toBeUndefined();
    expect(log.dropped).toBe(1);
  });
});
