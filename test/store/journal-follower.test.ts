import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Journal } from "../../src/store/journal.ts";
import { JournalFollower, JournalGapError } from "../../src/store/journal-follower.ts";
import { temporaryFolder } from "./folders.ts";

const begin = (folder: string) =>
  Journal.open(folder, {
    content: "test",
    contentVersion: 1,
    sync: "none",
    segmentBytes: 400,
    nowMs: () => 0,
  });

const numbers = (follower: JournalFollower) => [...follower.read()].map(({ number }) => number);

describe("following a journal that is being written", () => {
  it("reads each record once, whatever was written between two looks, and across segments", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 1, maxLength: 12 }), fc.nat(20), (bursts, after) => {
        const folder = temporaryFolder();
        const journal = begin(folder);
        const follower = new JournalFollower(folder, after);
        const seen: number[] = [];
        for (const burst of bursts) {
          for (let i = 0; i < burst; i++) journal.append(Buffer.from(`record ${journal.newest + 1}`));
          seen.push(...numbers(follower));
        }
        const wanted = Array.from({ length: Math.max(0, journal.newest - after) }, (_, i) => after + i + 1);
        expect(seen).toEqual(wanted);
        follower.close();
        journal.close();
      }),
      { numRuns: 40 },
    );
  });

  it("says where records are missing: removed before they were read, or left out", () => {
    const folder = temporaryFolder();
    const journal = begin(folder);
    for (let i = 0; i < 60; i++) journal.append(Buffer.from(`record ${i}`));
    journal.dropBefore(40);
    expect(journal.oldest).toBeGreaterThan(1);
    expect(() => numbers(new JournalFollower(folder, 0))).toThrow(JournalGapError);
    const follower = new JournalFollower(folder, 50);
    expect(numbers(follower)).toEqual([51, 52, 53, 54, 55, 56, 57, 58, 59, 60]);
    journal.skipTo(70);
    journal.append(Buffer.from("later"));
    expect(() => numbers(follower)).toThrow(/lacks records 61 to 69/);
    journal.close();
  });
});
