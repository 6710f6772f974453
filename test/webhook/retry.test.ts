import { describe, expect, it } from "vitest";
import { LONGEST_PAUSE_MS, pauseMs, retryAfterMs } from "../../src/webhook/retry.ts";

describe("pauses between attempts", () => {
  it("are anywhere up to a bound that doubles, and end at five minutes", () => {
    expect(pauseMs(1, undefined, 0)).toBe(0);
    expect([1, 2, 3].map((failures) => pauseMs(failures, undefined, 0.5))).toEqual([250, 500, 1_000]);
    expect(pauseMs(1_000, undefined, 0.999_999)).toBe(LONGEST_PAUSE_MS);
  });

  it("are no shorter than the receiver asks for, and no longer than an hour for it", () => {
    expect(pauseMs(1, 120_000, 0)).toBe(120_000);
    expect(pauseMs(1, 1e12, 0)).toBe(3_600_000);
  });

  it("read both forms of Retry-After", () => {
    const nowMs = Date.parse("Wed, 21 Oct 2015 07:28:00 GMT");
    expect(retryAfterMs("120", nowMs)).toBe(120_000);
    expect(retryAfterMs("Wed, 21 Oct 2015 07:29:00 GMT", nowMs)).toBe(60_000);
    expect(retryAfterMs("Wed, 21 Oct 2015 07:00:00 GMT", nowMs)).toBe(0);
    for (const none of [undefined, "soon", "-1"]) expect(retryAfterMs(none, nowMs)).toBeUndefined();
  });
});
