import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutCloseReason, MAX_CLOSE_REASON_BYTES } from "../../src/transport/close-reason.ts";

const text = fc.string({ unit: "grapheme", maxLength: 300 });

describe("cutCloseReason", () => {
  it("keeps what fits", () => {
    expect(cutCloseReason("")).toBe("");
    expect(cutCloseReason("a".repeat(MAX_CLOSE_REASON_BYTES))).toBe("a".repeat(MAX_CLOSE_REASON_BYTES));
  });

  it("never splits a character", () => {
    expect(cutCloseReason("a".repeat(122) + "ü")).toBe("a".repeat(122));
    expect(cutCloseReason("a".repeat(121) + "🚗")).toBe("a".repeat(121));
  });

  it("returns the longest prefix of whole characters within the limit", () => {
    fc.assert(
      fc.property(text, (reason) => {
        const cut = cutCloseReason(reason);
        expect(reason.startsWith(cut)).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(MAX_CLOSE_REASON_BYTES);
        const [next] = reason.slice(cut.length);
        if (next !== undefined) expect(Buffer.byteLength(cut + next)).toBeGreaterThan(MAX_CLOSE_REASON_BYTES);
      }),
    );
  });
});
