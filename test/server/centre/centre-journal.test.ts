import { appendFileSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CentreJournal, type CentreJournalOptions } from "../../../src/server/centre/centre-journal.ts";
import { FaultyFiles } from "../../store/faulty-files.ts";
import { temporaryFolder } from "../../store/folders.ts";

/** Adds up what it is told: an event that is lost or told twice shows. */
class Sum {
  readonly kind: string;
  value = 0;
  told = 0;

  constructor(kind = "sum") {
    this.kind = kind;
  }

  replay(event: unknown): void {
    this.value += (event as { add: number }).add;
    this.told++;
  }

  restore(state: unknown): void {
    this.value = (state as { value: number }).value;
  }

  *carried(): Iterable<unknown> {
    yield { value: this.value };
  }
}

class Desk {
  readonly sum: Sum;
  readonly journal: CentreJournal;
  readonly #port: { append(event: unknown): void };

  constructor(folder: string, options: Partial<CentreJournalOptions> = {}) {
    this.sum = new Sum();
    this.journal = new CentreJournal({
      folder,
      sync: "interval",
      syncIntervalMs: 5,
      maxAgeMs: 1_000_000,
      maxBytes: 1_000_000_000,
      nowMs: () => 0,
      onFault: () => undefined,
      ...options,
    });
    this.#port = this.journal.join(this.sum);
    this.journal.open();
  }

  add(value: number): void {
    this.#port.append({ add: value });
    this.sum.value += value;
  }
}

const lastSegment = (folder: string) =>
  join(
    folder,
    readdirSync(folder)
      .filter((name) => name !== "lock")
      .sort()
      .at(-1) ?? "",
  );

describe("the journal of the centre", () => {
  it("gives back every event once, in whatever segments they stand", () => {
    const folder = temporaryFolder();
    const desk = new Desk(folder, { segmentBytes: 200 });
    for (let value = 1; value <= 100; value++) desk.add(value);
    desk.journal.close();
    const again = new Desk(folder);
    expect(again.sum.value).toBe(5_050);
    expect(again.sum.told).toBeGreaterThan(0);
    expect(readdirSync(folder).length).toBeGreaterThan(5);
    again.journal.close();
  });

  it("has everything that was answered when the process is killed, and repairs a torn end with a message", () => {
    const folder = temporaryFolder();
    const killed = new Desk(folder);
    killed.add(1);
    killed.add(2);
    const path = lastSegment(folder);
    const { length } = readFileSync(path);
    killed.journal.close();
    truncateSync(path, length);
    appendFileSync(path, Buffer.from([0xf5, 0x52, 0x50]));
    const again = new Desk(folder);
    expect(again.sum.value).toBe(3);
    expect(again.journal.repairs.join()).toContain("torn");
    again.add(4);
    again.journal.close();
    const third = new Desk(folder);
    expect(third.sum.value).toBe(7);
    expect(third.journal.repairs).toEqual([]);
    third.journal.close();
  });

  it("goes on while the disk is full, says so, and writes what waited exactly once", () => {
    const folder = temporaryFolder();
    const files = new FaultyFiles();
    const desk = new Desk(folder, { files, segmentBytes: 300 });
    desk.add(1);
    files.roomBytes = 0;
    for (let value = 2; value <= 20; value++) desk.add(value);
    expect(desk.journal.failure).toContain("ENOSPC");
    files.roomBytes = Number.POSITIVE_INFINITY;
    desk.add(21);
    expect(desk.journal.failure).toBeUndefined();
    desk.journal.close();
    const again = new Desk(folder);
    expect(again.sum.value).toBe(231);
    again.journal.close();
  });

  it("forgets what is too old, but not what is carried over", () => {
    const folder = temporaryFolder();
    let nowMs = 1_000_000;
    const desk = new Desk(folder, { maxAgeMs: 100_000, nowMs: () => nowMs });
    for (let value = 1; value <= 40; value++) {
      desk.add(value);
      nowMs += 10_000;
      desk.journal.retain();
    }
    desk.journal.close();
    const again = new Desk(folder, { nowMs: () => nowMs });
    expect(again.sum.value).toBe(820);
    expect(again.sum.told).toBeLessThan(20);
    again.journal.close();
  });

  it("leaves what it does not understand, and counts it", () => {
    const folder = temporaryFolder();
    const desk = new Desk(folder);
    desk.add(1);
    desk.journal.close();
    const other = new CentreJournal({
      folder,
      sync: "none",
      syncIntervalMs: 5,
      maxAgeMs: 1,
      maxBytes: 1,
      nowMs: () => 0,
      onFault: () => undefined,
    });
    other.open();
    expect(other.unknownRecords).toBe(1);
    expect(() => new Desk(folder)).toThrow("in use");
    other.close();
  });
});
