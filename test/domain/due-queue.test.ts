import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DueQueue } from "../../src/domain/due-queue.ts";

describe("the queue of due times", () => {
  it("gives out everything due, earliest first, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 100 })), fc.nat({ max: 100 }), (times, until) => {
        const queue = new DueQueue();
        for (const [i, time] of times.entries()) queue.push(time, `${i}`);
        const out: number[] = [];
        for (let due = queue.popUntil(until); due !== undefined; due = queue.popUntil(until))
          out.push(due.atMs);
        expect(out).toEqual(times.filter((time) => time <= until).sort((a, b) => a - b));
        expect(queue.size).toBe(times.length - out.length);
      }),
    );
  });
});
