import { readFileSync, writeFileSync } from "node:fs";
import { McapWriter } from "@mcap/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import { motionFrame, plain, readBack, START_MS, scratchFile, someRecords, write } from "./support.ts";

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

/** A zstd frame that stores its content: one raw block, content size in four bytes (RFC 8878, 3.1.1). */
function storedZstd(content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(12);
  header.writeUInt32LE(0xfd2fb528, 0);
  header.writeUInt8(0b1010_0000, 4);
  header.writeUInt32LE(content.length, 5);
  header.writeUIntLE((content.length << 3) | 1, 9, 3);
  return Buffer.concat([header, content]);
}

describe("chunks that another tool has compressed", () => {
  async function rewritten(
    compression: string,
    compress: (chunk: Uint8Array) => Uint8Array,
  ): Promise<string> {
    const parts: Uint8Array[] = [];
    let length = 0n;
    const writer = new McapWriter({
      writable: {
        position: () => length,
        write: async (bytes) => {
          parts.push(Uint8Array.from(bytes));
          length += BigInt(bytes.length);
        },
      },
      chunkSize: 10_000,
      compressChunk: (chunk) => ({ compression, compressedData: compress(chunk) }),
    });
    await writer.start();
    const schemaId = await writer.registerSchema({
      name: "x",
      encoding: "protobuf",
      data: new Uint8Array(0),
    });
    const channelId = await writer.registerChannel({
      schemaId,
      topic: "/ingest/frames",
      messageEncoding: "protobuf",
      metadata: new Map([["slot", "5"]]),
    });
    for (let i = 0; i < 300; i++) {
      const logTime = BigInt(START_MS + i) * 1_000_000n;
      await writer.addMessage({
        channelId,
        sequence: i,
        logTime,
        publishTime: logTime,
        data: motionFrame(i + 1, START_MS),
      });
    }
    await writer.end();
    return fileOf(Buffer.concat(parts));
  }

  test("zstd is read", async () => {
    const back = await readBack(await rewritten("zstd", storedZstd));

    expect(back.warnings).toEqual([]);
    expect(back.records).toHaveLength(300);
    expect(back.records[299]).toMatchObject({ kind: "message", slot: 5, receivedAtMs: START_MS + 299 });
  });

  test("what cannot be read is left out with a warning", async () => {
    const back = await readBack(await rewritten("lz4", (chunk) => chunk));

    expect(back.records).toEqual([]);
    expect(new Set(back.warnings.map(({ code }) => code))).toEqual(new Set(["unsupported-compression"]));
  });
});
