import { describe, expect, it } from "vitest";
import { LoginBackoff } from "../../src/access/login-backoff.ts";

const MINUTE = 60_000;

describe("pauses after failed logins", () => {
  it("double from the sixth failure of a name up to a minute, whoever tries, and are forgotten in a quarter of an hour", () => {
    const backoff = new LoginBackoff();
    const pauses = Array.from({ length: 14 }, (_, attempt) => {
      const pause = backoff.pauseMs("a", `10.0.0.${attempt}`, 0);
      backoff.begin("a", `10.0.0.${attempt}`, 0);
      return pause;
    });
    expect(pauses).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60].map((s) => s * 1_000));
    expect(backoff.pauseMs("b", "10.0.0.1", 0)).toBe(0);
    expect(backoff.pauseMs("a", "10.0.0.1", 15 * MINUTE)).toBe(0);
  });

  it("begin when the attempt was looked at, and count attempts that are still being looked at", () => {
    const backoff = new LoginBackoff();
    for (let attempt = 0; attempt < 5; attempt++) backoff.begin("a", "here", 0);
    expect(backoff.pauseMs("a", "here", 0)).toBe(1_000);
    backoff.failed("a", "here", 3_000);
    expect(backoff.pauseMs("a", "here", 3_000)).toBe(1_000);
  });

  it("do not keep somebody out where they have logged in before, whatever strangers try elsewhere", () => {
    const backoff = new LoginBackoff();
    backoff.begin("a", "desk", 0);
    backoff.succeeded("a", "desk");
    for (let attempt = 0; attempt < 50; attempt++) backoff.begin("a", `10.0.1.${attempt}`, 0);
    expect(backoff.pauseMs("a", "elsewhere", 0)).toBe(MINUTE);
    expect(backoff.pauseMs("a", "desk", 0)).toBe(0);
    for (let attempt = 0; attempt < 6; attempt++) backoff.begin("a", "desk", 0);
    expect(backoff.pauseMs("a", "desk", 0)).toBe(2_000);
  });

  it("slow an address down over all names, with more patience", () => {
    const backoff = new LoginBackoff();
    for (let attempt = 0; attempt < 25; attempt++) backoff.begin(`n${attempt}`, "here", 0);
    expect(backoff.pauseMs("new", "here", 0)).toBe(1_000);
    expect(backoff.pauseMs("new", "there", 0)).toBe(0);
  });
});
