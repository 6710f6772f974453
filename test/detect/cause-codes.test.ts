import { describe, expect, it } from "vitest";
import { causeMeaning } from "../../src/detect/cause-codes.ts";
import { ALERT_KINDS } from "../../src/domain/alert.ts";

/** CauseCodeType of ETSI TS 102 894-2 V2.4.1 without the reserved numbers. */
const ASSIGNED = [
  1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 17, 18, 19, 20, 26, 27, 28, 91, 92, 93, 94, 95, 96, 97, 98, 99,
  100,
];

describe("meanings of causes", () => {
  it("exist for every assigned code, with any sub-cause", () => {
    for (const cause of ASSIGNED) {
      for (let sub = 0; sub <= 20; sub++) {
        const meaning = causeMeaning(cause, sub);
        expect(ALERT_KINDS).toContain(meaning.kind);
        expect(meaning.text).not.toMatch(/^cause/);
      }
    }
  });

  it.each([
    [9, 1, "obstacle"],
    [9, 3, "dangerous-situation"],
    [9, 7, "slippery-road"],
    [94, 0, "stationary-vehicle"],
    [91, 0, "stationary-vehicle"],
    [92, 0, "accident"],
    [97, 1, "collision-risk"],
    [97, 4, "vru-risk"],
    [99, 1, "emergency-brake"],
    [99, 8, "minimal-risk-manoeuvre"],
  ])("%i/%i is %s", (cause, sub, kind) => {
    expect(causeMeaning(cause, sub).kind).toBe(kind);
  });

  it("a bus at its stop is information, a vehicle on fire a danger to life", () => {
    expect(causeMeaning(94, 4).severity).toBe(1);
    expect(causeMeaning(94, 6).severity).toBe(5);
  });

  it("reserved and future codes keep their numbers", () => {
    expect(causeMeaning(101, 3)).toEqual({ kind: "notice", severity: 2, text: "cause 101, sub-cause 3" });
  });
});
