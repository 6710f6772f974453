import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../store/folders.ts";
import { startTestServer } from "../support/server.ts";

describe("a server that cannot start", () => {
  it("leaves no recording behind where another one has its store", async () => {
    const [directory, recordings] = [temporaryFolder(), temporaryFolder()];
    const store = { "store.directory": directory };
    await startTestServer(store);
    const second = startTestServer({ ...store, "record.directory": recordings });
    await expect(second).rejects.toThrow("in use");
    expect(readdirSync(recordings)).toEqual([]);
  });

  it("leaves no recording behind where its port is taken, and keeps one of another server", async () => {
    const recordings = temporaryFolder();
    const first = await startTestServer({ "record.directory": recordings });
    const kept = readdirSync(recordings);
    expect(kept).toHaveLength(1);
    const file = join(recordings, "second.mcap");
    const port = Number(new URL(first.httpUrl).port);
    await expect(startTestServer({ "listen.port": port, "record.file": file })).rejects.toThrow("in use");
    expect(readdirSync(recordings)).toEqual(kept);
  });

  it("lets go of its store where its recording exists already", async () => {
    const store = { "store.directory": temporaryFolder() };
    const file = join(temporaryFolder(), "taken.mcap");
    writeFileSync(file, "");
    await expect(startTestServer({ ...store, "record.file": file })).rejects.toThrow("EEXIST");
    await startTestServer(store);
  });

  it("lets go of its store where the journal of what came in cannot be used", async () => {
    const directory = temporaryFolder();
    const store = { "store.directory": directory };
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "inputs"), "no folder");
    await expect(startTestServer(store)).rejects.toMatchObject({ name: "JournalError" });
    rmSync(join(directory, "inputs"));
    await startTestServer(store);
  });
});
