import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isConfigProblems, loadConfig } from "../../../src/config/load.ts";
import { silentLogger } from "../../../src/ops/logging.ts";
import { Pipeline } from "../../../src/pipeline.ts";
import { ServerMemory } from "../../../src/server/restart/server-memory.ts";
import { temporaryFolder } from "../../store/folders.ts";

const MIB = 2 ** 20;

function memoryOf(maxBytes: number): ServerMemory {
  const config = loadConfig({ flags: {} });
  if (isConfigProblems(config)) throw new Error("the defaults are wrong");
  const folder = temporaryFolder();
  const folders = { inputs: join(folder, "inputs"), states: join(folder, "states") };
  return new ServerMemory(new Pipeline(), {
    order: { config, folders, fingerprint: "a", everyMs: 1_000 },
    told: { live: () => [], holds: () => false },
    sync: "none",
    maxBytes,
    nowMs: () => 1_000,
    logger: silentLogger,
  });
}

/** What a producer sends in some time, in blocks of a megabyte. */
function fill(memory: ServerMemory, megabytes: number): void {
  for (let at = 1; at <= megabytes; at++)
    memory.journal.add({ kind: "message", receivedAtMs: 1_000 + at, slot: 1, bytes: new Uint8Array(MIB) });
}

describe("what a server keeps for its restart", () => {
  it("is not called kept where input was removed that no saved state holds, until one does", async () => {
    const memory = memoryOf(40 * MIB);
    expect(memory.gauges().isKept).toBe(1);
    fill(memory, 30);
    expect(memory.gauges()).toMatchObject({ isKept: 1 });
    // The keeper stands still: nothing tells the journal that its input is held by a state.
    fill(memory, 60);
    expect(memory.gauges()).toMatchObject({ isKept: 0 });
    expect(memory.gauges().inputBytes).toBeLessThan(75 * MIB);
    expect(memory.failure).toContain("store.maxInputBytes");
    await memory.close();
    expect(memory.failure).toBeUndefined();
  });
});
