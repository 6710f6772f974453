import { readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ByteSink } from "../../src/recording/file-sink.ts";
import { recordingInfo } from "../../src/recording/info.ts";
import { CHUNK_AGE_MS, Recorder } from "../../src/recording/recorder.ts";
import { encodeIngestFrame } from "../../src/wire/ingest-frame.ts";
import {
  helloFrame,
  message,
  motionFrame,
  plain,
  readBack,
  START_MS,
  scratchFile,
  someRecords,
  write,
} from "./support.ts";

describe("round trip", () => {
  test("what was recorded is read back in order, to the microsecond", async () => {
    const file = scratchFile();
    const records = someRecords(5_000);

    const summary = await write(file, records);
    const back = await readBack(file);

    expect(summary).toMatchObject({ records: records.length, lostRecords: 0, failure: undefined });
    expect(summary.bytes).toBe(statSync(file).size);
    expect(summary.chunks).toBeGreaterThan(10);
    expect(plain(back.records)).toEqual(plain(records));
    expect(back.warnings).toEqual([]);
  });

  test("bytes that are no frame are kept as they came", async () => {
    const file = scratchFile();
    const garbage = Uint8Array.from([0xff, 0x00, 0x08]);
    const absurd = encodeIngestFrame({ base_time_unix_ms: Number.MAX_SAFE_INTEGER });
    const records = [
      message(START_MS, 65_535, garbage),
      message(START_MS, 65_535, absurd),
      message(START_MS, 1, new Uint8Array(0)),
    ];

    await write(file, records);

    expect(plain((await readBack(file)).records)).toEqual(plain(records));
  });

  test("bytes may be overwritten once record() has returned", async () => {
    const file = scratchFile();
    const recorder = await Recorder.create(file, { clockStartMs: START_MS });
    const bytes = motionFrame(1, START_MS);
    const kept = Uint8Array.from(bytes);

    recorder.record(message(START_MS, 1, bytes));
    bytes.fill(0xdd);
    await recorder.close();

    expect(plain((await readBack(file)).records)).toEqual(plain([message(START_MS, 1, kept)]));
  });

  test("an empty recording is a whole file", async () => {
    const file = scratchFile();

    await write(file, []);

    expect(await readBack(file)).toEqual({ records: [], warnings: [] });
  });
});

describe("the same input gives the same bytes", () => {
  test("twice", async () => {
    const [first, second] = [scratchFile(), scratchFile()];

    await write(first, someRecords(3_000));
    await write(second, someRecords(3_000));

    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
  });

  test("with and without ticks", async () => {
    const [bare, ticking] = [scratchFile(), scratchFile()];
    const records = someRecords(500);
    await write(bare, records);

    const recorder = await Recorder.create(ticking, { clockStartMs: START_MS });
    let tickMs = START_MS;
    for (const record of records) {
      for (; tickMs <= record.receivedAtMs; tickMs += 50)
        recorder.record({ kind: "tick", receivedAtMs: tickMs });
      recorder.record(record);
    }
    await recorder.close();

    expect(readFileSync(bare).equals(readFileSync(ticking))).toBe(true);
  });
});

test("a file in the way is not overwritten unless asked", async () => {
  const file = scratchFile();
  await write(file, []);

  await expect(Recorder.create(file, { clockStartMs: START_MS })).rejects.toMatchObject({ code: "EEXIST" });
  const again = await Recorder.create(file, { clockStartMs: START_MS, replace: true });
  await again.close();
});

test("ticks alone put a quiet recording on disk", async () => {
  const file = scratchFile();
  const recorder = await Recorder.create(file, { clockStartMs: START_MS });
  recorder.record(message(START_MS, 1, motionFrame(1, START_MS)));

  recorder.record({ kind: "tick", receivedAtMs: START_MS + CHUNK_AGE_MS });
  await recorder.drained();

  expect((await readBack(file)).records).toHaveLength(1);
  await recorder.close();
});

test("where it comes from stands in the file", async () => {
  const file = scratchFile();

  await write(file, someRecords(3), { provenance: { seed: "42", configHash: "abc" } });

  expect((await recordingInfo(file)).provenance).toEqual({
    layout: "1",
    clockStartMs: String(START_MS),
    seed: "42",
    configHash: "abc",
  });
});

/** Takes bytes only while it is told to. */
class ReluctantSink implements ByteSink {
  readonly blocks: Uint8Array[] = [];
  length = 0;
  refuses = false;
  closed = false;
  #gate: Promise<void> = Promise.resolve();
  #open: () => void = () => {};

  stall(): void {
    this.#gate = new Promise((open) => {
      this.#open = open;
    });
  }

  goOn(): void {
    this.#open();
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.#gate;
    if (this.refuses) throw new Error("ENOSPC: no space left on device");
    this.blocks.push(Uint8Array.from(bytes));
    this.length += bytes.length;
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

async function writeOut(sink: ReluctantSink): Promise<string> {
  const { writeFile } = await import("node:fs/promises");
  const file = scratchFile();
  await writeFile(file, Buffer.concat(sink.blocks));
  return file;
}

describe("a disk that does not keep up", () => {
  test("records beyond the bound are dropped, counted and marked; hellos and session events are kept", async () => {
    const sink = new ReluctantSink();
    const recorder = await Recorder.over(sink, { clockStartMs: START_MS, maxQueuedBytes: 20_000 });
    sink.stall();
    for (let i = 0; i < 1_000; i++)
      recorder.record(message(START_MS + i, 1, motionFrame(1 + i, START_MS + i)));

    expect(recorder.lostRecords).toBeGreaterThan(100);
    expect(recorder.queuedBytes).toBeLessThan(40_000);
    recorder.record({ kind: "session-opened", receivedAtMs: START_MS + 1_000, slot: 2 });
    recorder.record(message(START_MS + 1_000, 2, helloFrame("late")));
    sink.goOn();
    await recorder.drained();
    recorder.record(message(START_MS + 2_000, 1, motionFrame(7, START_MS + 2_000)));
    const summary = await recorder.close();

    const { records, warnings } = await readBack(await writeOut(sink));
    expect(records).toHaveLength(summary.records);
    expect(summary.records + summary.lostRecords).toBe(1_003);
    expect(records.slice(-3).map(({ kind, receivedAtMs }) => [kind, receivedAtMs - START_MS])).toEqual([
      ["session-opened", 1_000],
      ["message", 1_000],
      ["message", 2_000],
    ]);
    expect(warnings.map(({ code, text }) => [code, text])).toEqual([
      ["records-lost", `${summary.lostRecords} records are missing here (queue-full)`],
    ]);
  });

  test("a refused write loses its chunk, says so, and recording goes on", async () => {
    const sink = new ReluctantSink();
    const failures: string[] = [];
    const recorder = await Recorder.over(sink, {
      clockStartMs: START_MS,
      onFailure: (error) => failures.push(error.message),
    });
    const send = async (atMs: number, slot: number): Promise<void> => {
      recorder.record(message(START_MS + atMs, slot, motionFrame(1, START_MS + atMs)));
      recorder.record({ kind: "tick", receivedAtMs: START_MS + atMs + CHUNK_AGE_MS });
      await recorder.drained();
    };

    await send(0, 1);
    sink.refuses = true;
    await send(2_000, 2);
    sink.refuses = false;
    await send(4_000, 2);
    const summary = await recorder.close();

    expect(summary).toMatchObject({ records: 2, lostRecords: 1, failure: "ENOSPC: no space left on device" });
    expect(failures).toHaveLength(1);
    const { records, warnings } = await readBack(await writeOut(sink));
    expect(records.map(({ receivedAtMs }) => receivedAtMs - START_MS)).toEqual([0, 4_000]);
    expect(warnings.map(({ text }) => text)).toEqual(["1 records are missing here (write-failed)"]);
  });

  test("close() does not hang or throw on a disk that stays full", async () => {
    const sink = new ReluctantSink();
    const recorder = await Recorder.over(sink, { clockStartMs: START_MS });
    recorder.record(message(START_MS, 1, motionFrame(1, START_MS)));
    sink.refuses = true;

    const summary = await recorder.close();

    expect(summary).toMatchObject({ records: 0, lostRecords: 1 });
    expect(summary.failure).toContain("ENOSPC");
    expect(sink.closed).toBe(true);
  });
});
