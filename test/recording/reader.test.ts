import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import { plain, readBack, START_MS, scratchFile, someRecords, write } from "./support.ts";

async function wholeFile(count: number): Promise<{ bytes: Buffer; records: unknown[] }> {
  const file = scratchFile();
  const records = someRecords(count);
  await write(file, records);
  return { bytes: readFileSync(file), records: plain(records) };
}

function fileOf(bytes: Uint8Array): string {
  const file = scratchFile();
  writeFileSync(file, bytes);
  return file;
}

describe("a writer that was killed", () => {
  test("every whole chunk before the cut is read, whatever byte the file ends at", async () => {
    const { bytes, records } = await wholeFile(1_500);
    const full = records.length;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 8, max: bytes.length - 1 }), async (cut) => {
        const back = await readBack(fileOf(bytes.subarray(0, cut)));

        const read = plain(back.records);
        expect(read).toEqual(records.slice(0, read.length));
        if (read.length < full) expect(back.warnings.map(({ code }) => code)).toEqual(["truncated"]);
      }),
      { numRuns: 60 },
    );
  });

  test("at most one chunk is lost", async () => {
    const { bytes } = await wholeFile(3_000);
    const half = await readBack(fileOf(bytes.subarray(0, bytes.length / 2)));

    // 3,000 records of 10 ms come in chunks of about 100; the cut is past the schemas.
    const lastMs = half.records.at(-1)?.receivedAtMs ?? 0;
    const share = (lastMs - START_MS) / (3_000 * 10.125);
    expect(share).toBeGreaterThan(0.3);
  });
});

describe("damage", () => {
  test("a flipped bit costs one chunk, the rest is read", async () => {
    const { bytes, records } = await wholeFile(2_000);
    const damaged = Buffer.from(bytes);
    const middle = damaged.indexOf("rsu-2") + 60_000;
    damaged[middle] = (damaged[middle] ?? 0) ^ 0x10;

    const back = await readBack(fileOf(damaged));

    expect(back.warnings.map(({ code }) => code)).toEqual(["damaged"]);
    expect(back.records.length).toBeGreaterThan(records.length * 0.8);
    expect(plain(back.records.slice(-1))).toEqual(records.slice(-1));
  });

  test("random bytes never throw", async () => {
    const { bytes } = await wholeFile(50);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        async (at, noise) => {
          const damaged = Buffer.from(bytes);
          damaged.set(noise.subarray(0, damaged.length - at), at);
          await readBack(fileOf(damaged));
        },
      ),
      { numRuns: 100 },
    );
  });

  test("a file of another kind gives no records and says why", async () => {
    const back = await readBack(fileOf(Buffer.from("t_ms,id,type\n1,2,3\n")));

    expect(back.records).toEqual([]);
    expect(back.warnings.map(({ code }) => code)).toEqual(["not-a-recording"]);
  });

  test("a file that does not exist rejects", async () => {
    await expect(readBack("/nonexistent/x.mcap")).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("a part of a recording", () => {
  test("from the middle on: open sessions are introduced first, without old items", async () => {
    const file = scratchFile();
    const records = someRecords(1_000);
    await write(file, records);
    const fromMs = START_MS + 5_000;

    const back = await readBack(file, { fromMs, toMs: fromMs + 1_000 });

    const head = back.records.slice(0, 4);
    expect(head.map(({ kind, receivedAtMs }) => [kind, receivedAtMs])).toEqual([
      ["session-opened", fromMs],
      ["message", fromMs],
      ["session-opened", fromMs],
      ["message", fromMs],
    ]);
    const hellos = head.flatMap((record) =>
      record.kind === "message" ? [decodeIngestFrame(record.bytes)] : [],
    );
    expect(hellos).toMatchObject([
      { hello: { source_id: "rsu-1" }, items: [] },
      { hello: { source_id: "rsu-2" }, items: [] },
    ]);
    const inside = records.filter(
      ({ receivedAtMs }) => receivedAtMs >= fromMs && receivedAtMs < fromMs + 1_000,
    );
    expect(plain(back.records.slice(4))).toEqual(plain(inside));
  });

  test("from the start on nothing is added", async () => {
    const file = scratchFile();
    const records = someRecords(10);
    await write(file, records);

    expect(plain((await readBack(file, { fromMs: START_MS })).records)).toEqual(plain(records));
  });
});
