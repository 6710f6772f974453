import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { freePort } from "../../bench/support/free-port.ts";
import { STREAM_PATH } from "../../src/domain/subprotocol.ts";
import { temporaryFolder } from "../store/folders.ts";
import { buildBeforehand } from "../support/process.ts";
import { Producer } from "../support/stream-client.ts";
import { FallibleServer } from "./alert-world.ts";
import { fill, smallDisk } from "./small-disk.ts";
import { auditLog, HazardSource, produce, Witness } from "./witness.ts";

buildBeforehand();

const atLeast = (read: () => number | Promise<number>, value: number) =>
  expect.poll(read, { timeout: 20_000 }).toBeGreaterThanOrEqual(value);

describe("a server whose store has trouble", () => {
  const disk = smallDisk(24);

  it.skipIf(disk === undefined)(
    "goes on telling alerts while the disk is full, says so, and writes what it told when there is room",
    async () => {
      const folder = disk ?? "";
      const server = new FallibleServer(await freePort(), folder);
      await server.start();
      const witness = new Witness(server.url, 1, true);
      const stop = new AbortController();
      const producing = produce(server.url, 1, stop.signal);
      await atLeast(() => witness.reached, 50);
      const filler = join(folder, "filler");
      fill(filler);
      await atLeast(() => server.metric("roadpulse_store_write_failures_total"), 1);
      const atFailure = witness.reached;
      await atLeast(() => witness.reached, atFailure + 100);
      const ready = await (await fetch(`${server.url.replace("ws", "http")}/readyz`)).text();
      expect(ready).toContain("Alerts are delivered, but the alert log cannot be written: ENOSPC");
      rmSync(filler);
      await expect.poll(() => server.metric("roadpulse_store_unwritten"), { timeout: 20_000 }).toBe(0);
      expect(await server.metric("roadpulse_store_lost_total")).toBe(0);
      const before = witness.reached;
      await server.kill();
      await server.start();
      await atLeast(() => witness.reached, before + 20);
      stop.abort();
      await producing;
      const newest = await server.metric("roadpulse_store_newest");
      await expect.poll(() => witness.reached, { timeout: 20_000 }).toBe(newest);
      witness.stream.close();
      await server.process.stop("SIGTERM");
      const { lines, faults } = auditLog(join(folder, "alerts"));
      expect([faults, witness.faults, witness.gaps]).toEqual([[], [], 0]);
      expect(lines.slice(-witness.told.length)).toEqual(witness.told);
    },
    120_000,
  );

  it("loses nothing when it stands still and goes on, or is killed while it stands", async () => {
    const folder = temporaryFolder();
    const server = new FallibleServer(await freePort(), folder);
    await server.start();
    const witnesses = [1, 2, 3].map((seed) => new Witness(server.url, seed, false));
    const stop = new AbortController();
    const producing = produce(server.url, 1, stop.signal);
    const reached = () => Math.min(...witnesses.map((witness) => witness.reached));
    await atLeast(reached, 20);
    server.process.child.kill("SIGSTOP");
    await sleep(1_500);
    const standing = reached();
    server.process.child.kill("SIGCONT");
    await atLeast(reached, standing + 20);
    server.process.child.kill("SIGSTOP");
    await server.kill();
    await server.start();
    const restarted = reached();
    await atLeast(reached, restarted + 20);
    stop.abort();
    await producing;
    const newest = await server.metric("roadpulse_store_newest");
    await expect.poll(reached, { timeout: 20_000 }).toBe(newest);
    for (const { stream } of witnesses) stream.close();
    await server.process.stop("SIGTERM");
    expect(auditLog(join(folder, "alerts")).faults).toEqual([]);
    expect(witnesses.flatMap(({ faults, gaps }) => [...faults, gaps])).toEqual([0, 0, 0]);
  }, 120_000);

  it("acknowledges a hazard once its disk has it, and knows it after being killed", async () => {
    const folder = temporaryFolder();
    const server = new FallibleServer(await freePort(), folder);
    await server.start();
    const producer = await Producer.open(server.url + STREAM_PATH, "rsu-1");
    const receipt = await producer.send({ items: [new HazardSource(7).next()], want_durable_receipt: true });
    expect(receipt).toMatchObject({ accepted: 1, durable: true });
    await server.kill();
    await server.start();
    const witness = new Witness(server.url, 1, false);
    await expect.poll(() => witness.reached, { timeout: 20_000 }).toBeGreaterThanOrEqual(1);
    expect(await server.metric("roadpulse_alerts_live")).toBe(1);
    witness.stream.close();
  }, 60_000);
});
