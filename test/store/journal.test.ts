import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Journal, type JournalFault, type JournalOptions, readJournal } from "../../src/store/journal.ts";
import type { SegmentDamage } from "../../src/store/journal-segments.ts";
import { FaultyFiles } from "./faulty-files.ts";
import { temporaryFolder } from "./folders.ts";

const OPTIONS: JournalOptions = {
  content: "test",
  contentVersion: 2,
  sync: "interval",
  nowMs: () => 1_760_000_000_000,
};

const payload = (number: number, bytes = 50): Buffer => Buffer.alloc(bytes, `record ${number} `);

function numbersIn(folder: string, from = 1): number[] {
  return [...readJournal(folder, from)].map(({ number, bytes }) => {
    expect(Buffer.from(bytes)).toEqual(payload(number, bytes.length));
    return number;
  });
}

const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const segmentsOf = (folder: string): string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));

describe("a journal", () => {
  it("goes on after a restart and can be read from any number, also while it is written", () => {
    const folder = temporaryFolder();
    const first = Journal.open(folder, { ...OPTIONS, segmentBytes: 500 });
    for (const number of upTo(20)) expect(first.append(payload(number))).toBe(number);
    expect(numbersIn(folder)).toEqual(upTo(20));
    expect(segmentsOf(folder).length).toBeGreaterThan(2);
    first.close();
    const second = Journal.open(folder, { ...OPTIONS, segmentBytes: 500 });
    expect(second.repairs).toEqual([]);
    expect(second.append(payload(21))).toBe(21);
    for (const from of [1, 7, 21, 22]) expect(numbersIn(folder, from)).toEqual(upTo(21, from));
    second.close();
  });

  it("writes what was added at one go, and leaves numbers out when it is told to", () => {
    const folder = temporaryFolder();
    const journal = Journal.open(folder, OPTIONS);
    for (const number of upTo(5)) journal.add(payload(number));
    expect(numbersIn(folder)).toEqual([]);
    expect(journal.flush()).toBe(true);
    expect(journal.stats.writes).toBe(1);
    journal.skipTo(1_000);
    expect(journal.append(payload(1_000))).toBe(1_000);
    expect(numbersIn(folder)).toEqual([...upTo(5), 1_000]);
    journal.close();
  });

  it("cuts off a torn end and says so, wherever it was torn", () => {
    const folder = temporaryFolder();
    const journal = Journal.open(folder, OPTIONS);
    for (const number of upTo(10)) journal.append(payload(number));
    journal.close();
    const [path = ""] = segmentsOf(folder);
    const whole = readFileSync(path);
    const frameBytes = 70;
    for (let cut = 1; cut < frameBytes; cut++) {
      writeFileSync(path, whole.subarray(0, whole.length - cut));
      expect(numbersIn(folder)).toEqual(upTo(9));
      const again = Journal.open(folder, OPTIONS);
      expect(again.repairs).toEqual([
        { path, message: `its end was torn: ${frameBytes - cut} bytes of an interrupted write were cut off` },
      ]);
      expect(again.append(payload(10))).toBe(10);
      again.close();
      expect(numbersIn(folder)).toEqual(upTo(10));
    }
  });

  it("passes damage by, says where it was and reads all that is whole", () => {
    const folder = temporaryFolder();
    const journal = Journal.open(folder, { ...OPTIONS, segmentBytes: 2_000 });
    for (const number of upTo(60)) journal.append(payload(number, (number % 7) * 30));
    journal.close();
    const paths = segmentsOf(folder);
    const pristine = paths.map((path) => readFileSync(path));
    fc.assert(
      fc.property(
        fc.nat(paths.length - 1),
        fc.nat(1_999),
        fc.integer({ min: 1, max: 255 }),
        (which, at, flip) => {
          for (const [index, path] of paths.entries()) writeFileSync(path, pristine[index] ?? "");
          const path = paths[which] ?? "";
          const bytes = Buffer.from(pristine[which] ?? "");
          const place = at % bytes.length;
          bytes[place] = (bytes[place] ?? 0) ^ flip;
          writeFileSync(path, bytes);
          const damage: SegmentDamage[] = [];
          const read = [...readJournal(folder, 1, { onDamage: (found) => damage.push(found) })];
          expect(read.length).toBeGreaterThanOrEqual(59);
          for (const { number, bytes: found } of read)
            expect(Buffer.from(found)).toEqual(payload(number, found.length));
          if (read.length === 59 && read.at(-1)?.number === 60) expect(damage.length).toBe(1);
          const again = Journal.open(folder, { ...OPTIONS, segmentsSeen: 100 });
          expect(again.repairs.length).toBe(1);
          expect(again.newest).toBeGreaterThanOrEqual(59);
          again.close();
        },
      ),
      { numRuns: 150 },
    );
  });

  it("takes no garbage behind its end for records", () => {
    const folder = temporaryFolder();
    const journal = Journal.open(folder, OPTIONS);
    journal.append(payload(1));
    journal.close();
    const [path = ""] = segmentsOf(folder);
    const size = statSync(path).size;
    appendFileSync(
      path,
      Buffer.concat([Buffer.from([0xf5, 0x52, 0x50, 0x4a]), Buffer.alloc(3_000_000, 0xf5)]),
    );
    const again = Journal.open(folder, OPTIONS);
    expect(again.newest).toBe(1);
    expect(statSync(path).size).toBe(size);
    again.close();
    truncateSync(path, 10);
    const empty = Journal.open(folder, OPTIONS);
    expect(empty.repairs[0]?.message).toContain("removed");
    expect(empty.append(payload(1))).toBe(1);
    empty.close();
  });

  it("keeps what a full disk did not take and writes it when there is room again", () => {
    const folder = temporaryFolder();
    const files = new FaultyFiles();
    const faults: JournalFault[] = [];
    const journal = Journal.open(folder, { ...OPTIONS, files, onFault: (fault) => faults.push(fault) });
    journal.append(payload(1));
    files.roomBytes = 40;
    journal.append(payload(2));
    expect(journal.failure).toContain("ENOSPC");
    expect(journal.written).toBe(1);
    journal.append(payload(3));
    expect(faults.map(({ during }) => during)).toEqual(["write", "write"]);
    expect(numbersIn(folder)).toEqual([1]);
    let told: boolean | undefined;
    journal.whenSynced(3, (isSynced) => (told = isSynced));
    expect(told).toBe(false);
    files.roomBytes = Number.POSITIVE_INFINITY;
    journal.append(payload(4));
    expect(journal.failure).toBeUndefined();
    expect(journal.stats.lostRecords).toBe(0);
    expect(numbersIn(folder)).toEqual(upTo(4));
    journal.close();
  });

  it("counts what it loses when the disk stays full", () => {
    const folder = temporaryFolder();
    const files = new FaultyFiles();
    const journal = Journal.open(folder, { ...OPTIONS, files });
    journal.append(payload(1));
    files.roomBytes = 0;
    const megabyte = Buffer.alloc(1024 * 1024);
    for (let times = 0; times < 10; times++) journal.append(megabyte);
    files.roomBytes = Number.POSITIVE_INFINITY;
    expect(journal.append(payload(12))).toBe(12);
    expect(journal.stats.lostRecords).toBe(7);
    expect([...readJournal(folder)].map(({ number }) => number)).toEqual([1, 2, 3, 4, 12]);
    journal.close();
  });

  it("tells when the disk has a record, and says no after a sync that failed", async () => {
    const files = new FaultyFiles();
    files.holdSyncs = true;
    const faults: JournalFault[] = [];
    const folder = temporaryFolder();
    const journal = Journal.open(folder, { ...OPTIONS, files, onFault: (fault) => faults.push(fault) });
    const told: [number, boolean][] = [];
    const ask = (number: number) => journal.whenSynced(number, (isSynced) => told.push([number, isSynced]));
    journal.append(payload(1));
    ask(1);
    expect(told).toEqual([]);
    files.finishSyncs();
    expect(told).toEqual([[1, true]]);
    expect(journal.synced).toBe(1);
    journal.append(payload(2));
    ask(2);
    await expect.poll(() => files.held.length).toBe(1);
    files.failSync = true;
    files.finishSyncs();
    expect(told.at(-1)).toEqual([2, false]);
    expect(journal.failure).toContain("EIO");
    expect(faults).toEqual([{ during: "sync", message: "EIO: i/o error, fdatasync" }]);
    journal.append(payload(3));
    ask(3);
    expect(told.at(-1)).toEqual([3, false]);
    files.failSync = false;
    journal.close();
    expect(numbersIn(folder)).toEqual(upTo(3));
  });

  it("returns from an append under policy `every` when the disk has it", () => {
    const files = new FaultyFiles();
    const journal = Journal.open(temporaryFolder(), { ...OPTIONS, sync: "every", files });
    const before = files.syncs;
    journal.append(payload(1));
    expect(files.syncs).toBe(before + 1);
    expect(journal.synced).toBe(1);
    journal.close();
  });

  it("repeats asides in new segments and removes old segments whole", () => {
    const folder = temporaryFolder();
    const seen: string[] = [];
    const options = { ...OPTIONS, segmentBytes: 400, asides: () => [{ number: 1, bytes: payload(1) }] };
    const journal = Journal.open(folder, options);
    for (const number of upTo(30)) journal.append(payload(number));
    journal.dropBefore(16);
    expect(journal.oldest).toBeLessThanOrEqual(16);
    expect(journal.oldest).toBeGreaterThan(8);
    expect(numbersIn(folder)).toEqual(upTo(30, journal.oldest));
    expect(journal.stats.removedSegments).toBeGreaterThan(0);
    const bytes = journal.bytes;
    expect(journal.dropToSize(bytes / 2)).toBeGreaterThan(0);
    expect(journal.bytes).toBeLessThanOrEqual(bytes / 2);
    journal.close();
    const again = Journal.open(folder, {
      ...options,
      onFrame: ({ kind, number }) => seen.push(`${kind === 1 ? "record" : "aside"} ${number}`),
    });
    expect(seen[0]).toBe("aside 1");
    expect(seen.at(-1)).toBe("record 30");
    again.close();
  });

  it("refuses a folder that holds something else or comes from a later version", () => {
    const folder = temporaryFolder();
    const journal = Journal.open(folder, OPTIONS);
    journal.append(payload(1));
    journal.close();
    expect(() => Journal.open(folder, { ...OPTIONS, content: "other" })).toThrow("holds test, not other");
    expect(() => Journal.open(folder, { ...OPTIONS, contentVersion: 1 })).toThrow("later version");
    expect(() => Journal.open(join(segmentsOf(folder)[0] ?? "", "below"), OPTIONS)).toThrow("cannot be used");
  });
});
