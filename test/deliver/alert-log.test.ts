import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryAlertLog } from "../../src/deliver/alert-log.ts";
import { transitionsAfter } from "../../src/domain/alert-log.ts";
import { AlertLives, change } from "./alert-lives.ts";

describe("the alert log in memory", () => {
  it("keeps the newest transitions and links the revisions of each alert", () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (changes, capacity) => {
          const log = new MemoryAlertLog(1, capacity);
          const lives = new AlertLives();
          const all = log.append(changes.map((each) => lives.apply(each)));
          expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, i) => i + 1));
          expect([...transitionsAfter(log, 0)]).toEqual(all.slice(-capacity));
          expect(log.oldest).toBe(Math.max(0, all.length - capacity) + 1);
          for (const { alert, previousSequence } of all) {
            const previous = all[previousSequence - 1]?.alert;
            expect(previous?.alertId ?? alert.alertId).toBe(alert.alertId);
            expect(previous?.revision ?? 0).toBe(alert.revision - 1);
          }
          expect(log.at(log.oldest - 1)).toBeUndefined();
          expect(log.at(log.newest + 1)).toBeUndefined();
        },
      ),
    );
  });

  it("is empty at first", () => {
    const log = new MemoryAlertLog(1);
    expect([log.oldest, log.newest, [...transitionsAfter(log, 0)]]).toEqual([1, 0, []]);
  });
});
